import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { CorpusItem } from '../../../src/core/corpus.ts';
import { bilou } from '../../../src/core/formats/bilou.ts';
import { bioes } from '../../../src/core/formats/bioes.ts';
import { parseColumns } from '../../../src/core/columns/columns.ts';
import { conll2003 } from '../../../src/core/formats/conll2003.ts';
import { conllu, conllup } from '../../../src/core/formats/conllu.ts';
import { iob2 } from '../../../src/core/formats/iob2.ts';
import { joinForms } from '../../../src/core/formats/tokenOffsets.ts';
import { corpusText } from '../corpora.ts';
import { issuesOf, readAll, sentencesOf, writeOne } from './convert.ts';
import { layerOver, madeSentence } from './generators.ts';

const corpus = fc.array(
  fc
    .record({
      made: madeSentence,
      documentId: fc.constantFrom('d1', 'd2'),
      id: fc.option(fc.constant('s'), { nil: undefined }),
    })
    .map(({ made, ...ids }): CorpusItem => ({
      kind: 'sentence',
      sentence: { ...joinForms(made.words), layer: made.layer, ...ids },
    })),
  { maxLength: 6 },
);
const content = (items: readonly CorpusItem[]): unknown =>
  sentencesOf(items).map(({ text, tokens, layer, id, documentId }) => ({ text, tokens, layer, id, documentId }));

describe('column formats', () => {
  for (const format of [iob2, bioes, bilou, conllu, conllup])
    it(`${format.id}: what is written is read again, and gives the same bytes again`, () => {
      fc.assert(
        fc.property(
          corpus,
          fc.constantFrom<'\n' | '\r\n'>('\n', '\r\n'),
          fc.integer({ min: 1, max: 40 }),
          (items, eol, size) => {
            const text = writeOne(format, items, { eol });
            const back = readAll(format, text, size);
            assert.deepEqual(issuesOf(back), []);
            assert.deepEqual(content(back), content(items));
            assert.equal(writeOne(format, back), text);
          },
        ),
      );
    });

  it('conll2003: words, spans and borders of documents come back, in IOB1 and IOB2', () => {
    fc.assert(
      fc.property(corpus, fc.constantFrom<'iob1' | 'iob2'>('iob1', 'iob2'), (items, tagging) => {
        const text = writeOne(conll2003, items, { tagging });
        const back = readAll(conll2003, text);
        assert.deepEqual(issuesOf(back), []);
        const forms = (list: readonly CorpusItem[]): unknown =>
          sentencesOf(list).map(({ tokens, layer }) => ({ forms: tokens.map(({ form }) => form), layer }));
        assert.deepEqual(forms(back), forms(items));
        assert.equal(writeOne(conll2003, back), text);
      }),
    );
  });

  it('keep every byte of a strange file but the tags that change', () => {
    const lines = fc.constantFrom(
      '',
      '',
      '  ',
      '# newdoc id = x',
      '# global = 1',
      '# text = a b',
      '1\ta\tB-PER\t-\tann',
      '2\tb\tI-PER\t-\t-',
      '1-2\tab\t_\t-\t-',
      'broken',
      '3\tc\tS-X\t-\t-',
      '4\t\tO\t-\t-',
    );
    fc.assert(
      fc.property(
        fc.array(lines, { maxLength: 14 }),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.boolean(),
        fc.integer({ min: 1, max: 30 }),
        (made, eol, bom, size) => {
          const text = (bom ? '\uFEFF' : '') + ['1\tfirst\tO\t-\t-', ...made].join(eol);
          const items = readAll(iob2, text, size);
          assert.equal(writeOne(iob2, items), text);
          const cleared = items.map((item): CorpusItem =>
            item.kind === 'sentence' ? { ...item, sentence: { ...item.sentence, layer: null } } : item,
          );
          const rows = (source: string): string[][] => source.split(/\r\n|\r|\n/).map((line) => line.split('\t'));
          const [before, after] = [rows(text), rows(writeOne(iob2, cleared))];
          assert.equal(after.length, before.length);
          before.forEach((cells, index) => {
            // What nobody decided any more has nobody's name.
            if (after[index]?.[2] === '_' && cells[2] !== '_')
              assert.deepEqual(after[index], cells.toSpliced(2, 1, '_').toSpliced(4, 1, '-'));
            else assert.deepEqual(after[index], cells);
          });
          for (const sentence of sentencesOf(readAll(iob2, writeOne(iob2, cleared))))
            assert.equal(sentence.layer, null);
        },
      ),
    );
  });

  it('give back a changed layer in the columns and the tagging of the file', () => {
    const text = '-DOCSTART- -X- -X- O\n\nEU NNP B-NP I-ORG\nin IN B-PP O\nBonn NNP B-NP I-LOC\nParis NNP I-NP B-LOC\n';
    fc.assert(
      fc.property(layerOver(4), (layer) => {
        const items = readAll(conll2003, text).map((item): CorpusItem =>
          item.kind === 'sentence' ? { ...item, sentence: { ...item.sentence, layer } } : item,
        );
        const written = writeOne(conll2003, items);
        assert.deepEqual(sentencesOf(readAll(conll2003, written))[0]?.layer, layer);
        assert.equal(written.replace(/\S+$/gm, '*'), text.replace(/\S+$/gm, '*'));
        assert.doesNotMatch(written, /^EU \S+ \S+ B-/m);
      }),
    );
  });

  it('write a document’s id again where the sentence that held it is left out', () => {
    const items = readAll(iob2, '# newdoc id = a\n1\tx\tO\t-\t-\n\n1\ty\tO\t-\t-\n\n# newdoc id = b\n1\tz\tO\t-\t-\n');
    const kept = items.filter((item) => item.kind !== 'sentence' || item.sentence.text !== 'x');
    assert.deepEqual(
      sentencesOf(readAll(iob2, writeOne(iob2, kept))).map(({ text, documentId }) => [text, documentId]),
      [
        ['y', 'a'],
        ['z', 'b'],
      ],
    );
  });

  it('name their columns again where the sentence after the names is left out (CoNLL-U Plus)', () => {
    const text =
      '# global.columns = ID FORM UPOS NER\n# text = a\n1\ta\tX\tO\n\n# text = Ada\n1\tAda\tPROPN\tB-PER\n\n';
    const items = readAll(conllup, text);
    assert.equal(writeOne(conllup, items), text);
    const part = writeOne(conllup, items.slice(1));
    assert.equal(part.trimStart(), '# global.columns = ID FORM UPOS NER\n# text = Ada\n1\tAda\tPROPN\tB-PER\n\n');
    assert.deepEqual(sentencesOf(readAll(conllup, part))[0]?.layer, [{ first: 0, end: 1, label: 'PER' }]);
  });

  it('join files without running their sentences together', () => {
    const [one, two] = ['1\tx\tO\t-\t-', '1\ty\tO\t-\t-\n\n\n'].map((text) => readAll(iob2, text));
    assert.deepEqual(
      sentencesOf(readAll(iob2, writeOne(iob2, [...one!, ...two!, ...one!]))).map(({ text }) => text),
      ['x', 'y', 'x'],
    );
  });

  it('say once where a file mixes IOB1 and IOB2', () => {
    const items = readAll(conll2003, 'a X Y I-PER\n\nb X Y B-PER\n\nc X Y I-PER\n');
    assert.deepEqual(
      issuesOf(items).map(({ line, reason }) => [line, reason]),
      [[3, 'mixedTagging']],
    );
    assert.equal(sentencesOf(items).filter(({ layer }) => layer?.length === 1).length, 3);
  });

  for (const name of [
    'uner/uner_en_ewt.dev',
    'uner/uner_en_pud.test',
    'gold/wnut17.dev',
    'gold/btc.dev',
    'gold/gum.dev',
  ])
    it(`${name}.iob2 comes out as it went in, also by way of BIOES`, function () {
      const text = corpusText(this, `${name}.iob2`);
      const items = readAll(iob2, text, 65_536);
      assert.equal(writeOne(iob2, items) === text, true);
      const bioesText = writeOne(bioes, items);
      const there = sentencesOf(readAll(bioes, bioesText, 65_536));
      const document = parseColumns(text);
      assert.deepEqual(
        there.map(({ layer }) => layer),
        document.sentences.map(({ gold }) => gold),
      );
      assert.equal(writeOne(iob2, readAll(bioes, bioesText)).length > 0, true);
      if (name.startsWith('uner'))
        assert.equal(writeOne(iob2, readAll(bioes, bioesText), { annotator: '-' }) === text, true);
    });
});
