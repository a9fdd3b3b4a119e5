import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { goldEdits } from '../../../src/core/columns/columnEdits.ts';
import { BLANK_WORD, tagCell, tagOfCell } from '../../../src/core/columns/cellText.ts';
import { parseColumns } from '../../../src/core/columns/columns.ts';
import { allDecided } from '../../../src/core/decisions.ts';
import type { CorpusItem } from '../../../src/core/corpus.ts';
import { bilou } from '../../../src/core/formats/bilou.ts';
import { bioes } from '../../../src/core/formats/bioes.ts';
import { conll2003 } from '../../../src/core/formats/conll2003.ts';
import { conllu, conllup } from '../../../src/core/formats/conllu.ts';
import { iob2 } from '../../../src/core/formats/iob2.ts';
import { LossCounter } from '../../../src/core/formats/losses.ts';
import { joinForms } from '../../../src/core/formats/tokenOffsets.ts';
import { applyEdits } from '../../../src/core/lines.ts';
import { issuesOf, readAll, sentencesOf, writeOne } from '../formats/convert.ts';

const formats = [iob2, bioes, bilou, conllu, conllup, conll2003];
const pieces = fc.constantFrom(
  ...[
    'a',
    'Z',
    '-',
    '|',
    ' ',
    '\t',
    '\n',
    '\r',
    '\\',
    's',
    't',
    'n',
    'p',
    'u0041',
    '=',
    '\u0085',
    '\u2028',
    '\u00A0',
    '#',
  ],
);
const label = fc.array(pieces, { minLength: 1, maxLength: 6 }).map((all) => all.join(''));
const lossesOf = (format: (typeof formats)[number], items: readonly CorpusItem[]): readonly string[] => {
  const losses = new LossCounter(format);
  for (const item of items) losses.add(item);
  return losses.losses().map(({ kind, count }) => `${String(count)} ${kind}`);
};

describe('cells of column files', () => {
  it('hold any label, and an escaped one is read as it was meant', () => {
    fc.assert(
      fc.property(
        label,
        fc.constantFrom<'\t' | ' '>('\t', ' '),
        fc.constantFrom('NER', undefined),
        (name, separator, tagKey) => {
          const cell = tagCell(`B-${name}`, { separator, tagKey });
          assert.equal(tagOfCell(cell), `B-${name}`);
          assert.doesNotMatch(cell, separator === ' ' ? /[\s\u0085]/ : /[\t\r\n\u0085\u2028]|\s$/);
          if (tagKey !== undefined && separator === '\t') assert.ok(!cell.includes('|'));
        },
      ),
    );
    assert.equal(tagOfCell('B-A\\B'), 'B-A\\B');
  });

  for (const format of formats)
    it(`${format.id}: every label comes back and can be given and taken again`, () => {
      fc.assert(
        fc.property(label, label, (one, other) => {
          const layer = [
            { first: 0, end: 2, label: one },
            { first: 2, end: 3, label: other },
          ];
          const item: CorpusItem = {
            kind: 'sentence',
            sentence: { ...joinForms(['Ada', 'the', 'nurse', 'ran']), layer },
          };
          const text = writeOne(format, [item]);
          const back = readAll(format, text);
          assert.deepEqual(issuesOf(back), []);
          assert.deepEqual(
            sentencesOf(back).map((sentence) => sentence.layer),
            [layer],
          );
          if (format === bioes || format === bilou) return;
          const document = parseColumns(text);
          const cleared = applyEdits(text, goldEdits(document, 0, allDecided([]), 'me'));
          const again = applyEdits(cleared, goldEdits(parseColumns(cleared), 0, allDecided(layer), 'me'));
          assert.deepEqual(parseColumns(again).sentences[0]?.gold, layer);
        }),
      );
    });

  it('hold no tab or line end of a word and no word of white space: another word stands there, and that is counted', () => {
    const forms = ['Ada', 'a\nb', 'x\n\n# newdoc id = evil\n1\tEvil\tB-PER\t-\tmallory\n2\ty', ' ', '-DOCSTART-', 'ok'];
    const sentence = { ...joinForms(forms), layer: [{ first: 0, end: 1, label: 'PER' }] };
    const item: CorpusItem = { kind: 'sentence', sentence };
    for (const format of formats) {
      const back = readAll(format, writeOne(format, [item]));
      assert.deepEqual(issuesOf(back), [], format.id);
      const [first, ...others] = sentencesOf(back);
      assert.deepEqual(others, []);
      assert.deepEqual(first?.layer, sentence.layer);
      const spaced = format === conll2003 ? 'a\u00A0b' : 'a b';
      assert.deepEqual(
        first.tokens.map(({ form }) => form).filter((_, index) => index < 2 || index === 3),
        ['Ada', spaced, BLANK_WORD],
      );
      assert.equal(first.tokens.length, forms.length);
      assert.ok(
        lossesOf(format, [item]).includes(format === conll2003 ? '4 cellWords' : '3 cellWords'),
        lossesOf(format, [item]).join(),
      );
    }
  });

  it('count what no line holds of texts, ids, names and comments', () => {
    const sentence = {
      ...joinForms(['Ada']),
      layer: null,
      id: 'a\nb',
      comments: [{ key: 'note', value: 'c\r\nd' }],
      annotators: ['x\ty'],
    };
    assert.ok(lossesOf(iob2, [{ kind: 'sentence', sentence }]).includes('3 lineEnds'));
    assert.deepEqual(lossesOf(iob2, [{ kind: 'sentence', sentence: { ...joinForms(['Ada']), layer: null } }]), []);
  });
});
