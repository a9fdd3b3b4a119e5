import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { doccano } from '../../../src/core/formats/doccano.ts';
import { jsonl } from '../../../src/core/formats/jsonl.ts';
import { prodigy } from '../../../src/core/formats/prodigy.ts';
import { splitSentences } from '../../../src/core/splitSentences.ts';
import { tokenize } from '../../../src/core/tokenize.ts';
import { assertLinear } from '../support/linear.ts';
import { issuesOf, readAll, sentencesOf } from './convert.ts';

const MANY = 130_000;
const list = <Value>(count: number, made: (index: number) => Value): Value[] =>
  Array.from({ length: count }, (_, index) => made(index));
const row = (value: unknown): string => `${JSON.stringify(value)}\n`;

describe('rows of any size', () => {
  it('may have more problems, sentences, words and tags than a call has arguments', () => {
    const spans = list(MANY, () => [0, 3, 'X']);
    assert.equal(issuesOf(readAll(doccano, row({ text: 'abc def', label: spans }))).length, MANY - 1);
    assert.equal(sentencesOf(readAll(doccano, row({ text: 'One ran. '.repeat(MANY), label: [] }))).length, MANY);
    const tokens = list(MANY, () => 'w');
    const [sentence] = sentencesOf(readAll(jsonl, row({ tokens, ner_tags: list(MANY, () => 'O') })));
    assert.equal(sentence?.tokens.length, MANY);
    const wrong = readAll(jsonl, row({ tokens, ner_tags: list(MANY, (index) => `I-${String(index)}`) }));
    assert.equal(issuesOf(wrong).length, MANY);
  });

  it('may be prose of any number of lines and clitics', () => {
    assert.equal(splitSentences('a\n'.repeat(MANY)).length, MANY);
    assert.equal(tokenize("a's".repeat(4000)).length > 0, true);
    assert.equal(tokenize(`a${"'s".repeat(MANY)}`).length, MANY + 1);
  });

  it('takes time that grows with the size alone', () => {
    const text = (size: number): string => 'Ada ran to the old town again. '.repeat(size / 30);
    const spans = (size: number): readonly { start: number; end: number; label: string }[] =>
      list(Math.floor(size / 30), (index) => ({ start: index * 31, end: index * 31 + 3, label: 'PER' }));
    assertLinear('spans of many sentences', 150_000, (size) =>
      readAll(
        doccano,
        row({ text: text(size), label: spans(size).map(({ start, end, label }) => [start, end, label]) }),
      ),
    );
    assertLinear('words and spans', 150_000, (size) =>
      readAll(
        prodigy,
        row({
          text: text(size),
          spans: spans(size),
          tokens: [...text(size).matchAll(/[^ ]+/g)].map(({ 0: word, index }, id) => ({
            text: word,
            id,
            start: index,
            end: index + word.length,
          })),
        }),
      ),
    );
    assertLinear('white space before the first row', 500_000, (size) => readAll(jsonl, ' '.repeat(size), 100));
    assertLinear('a row in many pieces', 500_000, (size) => readAll(jsonl, row({ tokens: ['w'.repeat(size)] }), 100));
  });
});
