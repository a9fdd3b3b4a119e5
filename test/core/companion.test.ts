import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { allDecided } from '../../src/core/decisions.ts';
import { insertionIndex, matchGold, tokensIn } from '../../src/core/companion.ts';
import type { ColumnDocument } from '../../src/core/columns/document.ts';
import { sentenceBlock } from '../../src/core/columns/columnEdits.ts';
import { parseColumns } from '../../src/core/columns/columns.ts';
import { splitSentences } from '../../src/core/splitSentences.ts';
import { tokenize } from '../../src/core/tokenize.ts';

const file = (texts: readonly string[]): ColumnDocument =>
  parseColumns(
    texts
      .map((text) => sentenceBlock({ text, tokens: tokenize(text) }, allDecided([]), { annotator: 'me', eol: '\n' }))
      .join('\n'),
  );
const prose = (texts: readonly string[]): { text: string }[] => texts.map((text) => ({ text }));
const match = (left: string, right: string): string => {
  const { goldOf, unmatched } = matchGold(prose(Array.from(left)), file(Array.from(right)));
  return `${goldOf.map((gold) => gold ?? '-').join(' ')} / ${unmatched.join(' ')}`;
};

describe('matchGold', () => {
  it('follows insertions, deletions, changes, repetitions and moves', () => {
    assert.equal(match('abc', 'abc'), '0 1 2 / ');
    assert.equal(match('axbc', 'abc'), '0 - 1 2 / ');
    assert.equal(match('ac', 'abc'), '0 2 / 1');
    assert.equal(match('ayc', 'abc'), '0 - 2 / 1');
    assert.equal(match('aab', 'ab'), '0 - 1 / ');
    assert.equal(match('baac', 'aabc'), '2 0 1 3 / ');
    assert.equal(match('', 'ab'), ' / 0 1');
    assert.equal(match('ab', ''), '- - / ');
  });

  it('takes runs of white space for one space, and places the file’s tokens in the prose', () => {
    const text = 'The  man in\r\nNew York\tleft.';
    const document = file(['The man in New York left.']);
    assert.deepEqual(matchGold(prose([text]), document).goldOf, [0]);
    const gold = document.sentences[0];
    assert.ok(gold !== undefined);
    assert.deepEqual(
      tokensIn(text, gold)?.map(({ form, start, end }) => [form, text.slice(start, end)]),
      gold.tokens.map(({ form }) => [form, form]),
    );
    assert.equal(tokensIn(gold.text, gold), gold.tokens);
    assert.equal(tokensIn('The man in New York', gold), undefined);
  });

  it('matches equal texts only, each once, keeps order where it can, and loses none', () => {
    const texts = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 12 });
    fc.assert(
      fc.property(texts, texts, (left, right) => {
        const document = file(right);
        const { goldOf, unmatched } = matchGold(prose(left), document);
        const used = goldOf.filter((gold) => gold !== undefined);
        assert.equal(new Set(used).size, used.length);
        assert.deepEqual(
          [...used, ...unmatched].sort((a, b) => a - b),
          [...right.keys()],
        );
        goldOf.forEach((gold, index) => {
          if (gold !== undefined) assert.equal(right[gold], left[index]);
        });
        const count = (list: readonly string[], text: string): number => list.filter((other) => other === text).length;
        const possible = [...new Set(left)].reduce(
          (sum, text) => sum + Math.min(count(left, text), count(right, text)),
          0,
        );
        assert.equal(used.length, possible);
      }),
    );
  });

  it('matches twelve thousand sentences of which every tenth changed', () => {
    const right = Array.from({ length: 12_000 }, (_, index) => `Sentence ${String(index % 4000)} here.`);
    const left = right.map((text, index) => (index % 10 === 3 ? `${text} Changed ${String(index)}.` : text));
    const { goldOf, unmatched } = matchGold(prose(left), file(right));
    assert.equal(unmatched.length, 1200);
    assert.ok(goldOf.every((gold, index) => (index % 10 === 3 ? gold === undefined : gold === index)));
  });

  it('says where a new sentence goes so that the file keeps the order of the prose', () => {
    assert.equal(insertionIndex([0, undefined, 1], 1, 2), 1);
    assert.equal(insertionIndex([undefined, undefined, 4], 0, 6), 4);
    assert.equal(insertionIndex([undefined, undefined], 1, 6), 6);
    assert.equal(insertionIndex([2, undefined, undefined], 2, 6), 3);
  });

  it('works on prose as it is split', () => {
    const text = 'Ann met Bob in Paris.\n\nThey\nleft. It rained.';
    const sentences = splitSentences(text).map(({ start, end }) => ({ text: text.slice(start, end) }));
    assert.deepEqual(
      matchGold(sentences, file(['It rained.', 'They left.', 'Ann met Bob in Paris.'])).goldOf.length,
      sentences.length,
    );
  });
});
