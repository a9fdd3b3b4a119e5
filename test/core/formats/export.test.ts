import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { parseColumns } from '../../../src/core/columns/columns.ts';
import { writeIob2 } from '../../../src/core/formats/iob2.ts';
import { jsonlRow } from '../../../src/core/formats/jsonl.ts';
import type { JsonlRow } from '../../../src/core/formats/jsonl.ts';
import { joinForms } from '../../../src/core/formats/tokenOffsets.ts';
import { decode } from '../../../src/core/scheme.ts';
import { codePointCounter, codePointLength, utf16Counter } from '../../../src/core/text.ts';
import { corpusText } from '../corpora.ts';
import { madeSentence } from './generators.ts';

const made = fc
  .record({
    sentence: madeSentence,
    id: fc.option(fc.constantFrom('s 1', 'é=1'), { nil: undefined }),
    documentId: fc.constantFrom(undefined, 'a', 'b'),
  })
  .map(({ sentence, ...ids }) => ({ ...joinForms(sentence.words), layer: sentence.layer, ...ids }));

describe('JSON Lines', () => {
  it('gives tokens, tags by name and spans in code points', () => {
    const text = '😀 Zoë went to São Paulo';
    const tokens = ['😀', 'Zoë', 'went', 'to', 'São', 'Paulo'].map((form) => ({
      form,
      start: text.indexOf(form),
      end: text.indexOf(form) + form.length,
    }));
    const layer = [
      { first: 1, end: 2, label: 'PER' },
      { first: 4, end: 6, label: 'LOC' },
    ];
    assert.deepEqual(jsonlRow({ text, tokens, layer, documentId: 'd' }, 7), {
      id: '7',
      doc: 'd',
      text,
      tokens: ['😀', 'Zoë', 'went', 'to', 'São', 'Paulo'],
      ner_tags: ['O', 'B-PER', 'O', 'O', 'B-LOC', 'I-LOC'],
      spans: [
        { start: 2, end: 5, label: 'PER' },
        { start: 14, end: 23, label: 'LOC' },
      ],
    });
  });

  it('can be read back: the spans cut the same strings out as a program that counts code points would', () => {
    fc.assert(
      fc.property(fc.array(made, { maxLength: 4 }), (sentences) => {
        const rows = sentences.map(
          (sentence, index) => JSON.parse(JSON.stringify(jsonlRow(sentence, index + 1))) as JsonlRow,
        );
        rows.forEach((row, index) => {
          const sentence = sentences[index];
          assert.ok(sentence !== undefined);
          const points = Array.from(row.text);
          assert.deepEqual(row.ner_tags === null ? null : decode(row.ner_tags, 'strict').layer, sentence.layer);
          sentence.layer?.forEach((span, position) => {
            const written = row.spans?.[position];
            assert.ok(written !== undefined);
            assert.equal(
              points.slice(written.start, written.end).join(''),
              sentence.tokens
                .slice(span.first, span.end)
                .map(({ form }) => form)
                .join(' '),
            );
          });
        });
      }),
    );
  });
});

describe('the UNER writer', () => {
  it('writes what the reader reads', () => {
    fc.assert(
      fc.property(fc.array(made, { maxLength: 5 }), fc.constantFrom<'\n' | '\r\n'>('\n', '\r\n'), (sentences, eol) => {
        const document = parseColumns([...writeIob2(sentences, { eol, annotator: 'me' })].join(''));
        assert.deepEqual(document.issues, []);
        assert.deepEqual(
          document.sentences.map(({ text, tokens, id, documentId, gold }) => ({
            text,
            tokens,
            id,
            documentId,
            layer: gold,
          })),
          sentences.map(({ text, tokens, id, documentId, layer }) => ({ text, tokens, id, documentId, layer })),
        );
      }),
    );
  });

  for (const name of ['uner_en_ewt.dev', 'uner_en_pud.test'])
    it(`writes ${name} byte for byte as it was`, function () {
      const text = corpusText(this, `uner/${name}.iob2`);
      const { sentences, eol } = parseColumns(text);
      const written = writeIob2(
        sentences.map((sentence) => ({ ...sentence, layer: sentence.gold, comments: [] })),
        { eol, annotator: '-' },
      );
      assert.equal([...written].join(''), text);
    });
});

describe('code points', () => {
  it('are counted as an array of them would be', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (text) => {
        const points = Array.from(text);
        assert.equal(codePointLength(text), points.length);
        const [toPoints, toUtf16] = [codePointCounter(text), utf16Counter(text)];
        for (let count = 0; count <= points.length; count++) {
          const offset = points.slice(0, count).join('').length;
          assert.equal(toPoints(offset), count);
          assert.equal(toUtf16(count), offset);
        }
        assert.equal(toPoints(0), 0);
        assert.equal(toUtf16(0), 0);
      }),
    );
  });
});
