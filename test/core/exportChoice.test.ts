import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { CorpusItem, CorpusSentence } from '../../src/core/corpus.ts';
import { exported, parseLabelMap, relabelled } from '../../src/core/exportChoice.ts';
import { chosenLayout, parseColumnChoice, previewColumns } from '../../src/core/columns/columnChoice.ts';
import { partWriter } from '../../src/core/formats/parts.ts';
import { formats } from '../../src/core/formats/registry.ts';
import { joinForms } from '../../src/core/formats/tokenOffsets.ts';
import { SPLIT_PARTS, SplitPlanner, parseShares } from '../../src/core/splitPlan.ts';
import { layerOver, madeSentence } from './formats/generators.ts';

const choice = { take: 'gold', labelMap: {}, scheme: 'full' } as const;

describe('what of a sentence is exported', () => {
  const gold: CorpusSentence = { ...joinForms(['Ada', 'left']), layer: [{ first: 0, end: 1, label: 'PER' }] };
  const open: CorpusSentence = { ...gold, layer: null };

  it('is gold, or what a model says where there is none, under the model’s name', () => {
    assert.equal(exported(open, choice), undefined);
    assert.deepEqual(exported(gold, choice)?.sentence, gold);
    const filling = { layer: [{ first: 1, end: 2, label: 'ORG' }], by: 'BERT' };
    const filled = exported(open, { ...choice, labelMap: { ORG: 'X' } }, filling);
    assert.deepEqual(filled?.sentence.layer, [{ first: 1, end: 2, label: 'X' }]);
    assert.deepEqual([filled.filled, filled.sentence.annotators], [true, [undefined, 'BERT']]);
    const started: CorpusSentence = {
      ...gold,
      layer: null,
      partial: { layer: [{ first: 0, end: 1, label: 'PER' }], undecided: [1] },
      annotators: ['ada', undefined],
    };
    assert.equal(exported(started, choice), undefined);
    const completed = exported(started, choice, filling);
    assert.deepEqual(completed?.sentence.layer, [
      { first: 0, end: 1, label: 'PER' },
      { first: 1, end: 2, label: 'ORG' },
    ]);
    assert.deepEqual([completed.sentence.annotators, completed.sentence.partial], [['ada', 'BERT'], undefined]);
    const across = { layer: [{ first: 0, end: 2, label: 'ORG' }], by: 'BERT' };
    assert.equal(exported(started, choice, across), undefined);
    assert.equal(exported(gold, { ...choice, take: 'reviewed' }), undefined);
    const looked = { ...gold, comments: [{ key: 'reviewed', value: 'me 2026-01-01' }] };
    assert.equal(exported(looked, { ...choice, take: 'reviewed' })?.filled, false);
  });

  it('has the labels of the map and only those, and its borders in every scheme', () => {
    fc.assert(
      fc.property(layerOver(20), (layer) => {
        const mapped = relabelled(layer, { labelMap: { PER: 'LOC', ORG: 'O' }, scheme: 'full' });
        assert.deepEqual(
          mapped,
          layer.flatMap((span) =>
            span.label === 'ORG' ? [] : [{ ...span, label: span.label === 'PER' ? 'LOC' : span.label }],
          ),
        );
        assert.deepEqual(
          relabelled(layer, { labelMap: {}, scheme: 'simplified' }),
          layer.map((span) => ({ ...span, label: '_' })),
        );
      }),
    );
  });

  it('reads label maps as people and as programs write them', () => {
    assert.deepEqual(parseLabelMap(' GPE=LOC, MISC = O;A-1→B'), {
      ok: true,
      value: { GPE: 'LOC', MISC: 'O', 'A-1': 'B' },
    });
    assert.deepEqual(parseLabelMap('{"GPE":"LOC"}'), { ok: true, value: { GPE: 'LOC' } });
    assert.deepEqual(parseLabelMap(''), { ok: true, value: {} });
    for (const wrong of ['GPE', 'GPE=', '=LOC', 'A=B C', '{"a":1}', '{'])
      assert.equal(parseLabelMap(wrong).ok, false, wrong);
  });
});

describe('a split corpus', () => {
  const sentences = fc.array(
    fc.record({ made: madeSentence, documentId: fc.constantFrom('a', 'b', 'c', 'd', undefined) }),
    { maxLength: 20 },
  );

  it('has every sentence once, whole documents, and the sizes that were told, in every format', () => {
    const written = formats.filter((format) => format.write !== undefined);
    fc.assert(
      fc.property(sentences, fc.nat(5), (made, seed) => {
        const corpus = made.map(({ made: { words, layer }, documentId }): CorpusSentence => ({
          ...joinForms(words),
          layer,
          documentId,
        }));
        const planner = new SplitPlanner();
        for (const sentence of corpus) planner.add(sentence);
        const plan = planner.plan({ shares: [2, 1, 1], seed });
        const partOf = plan.partOf();
        const parts = corpus.map((sentence) => partOf(sentence));
        for (const { part, sentences: count } of plan.sizes)
          assert.equal(parts.filter((one) => one === part).length, count);
        assert.equal(
          plan.sizes.reduce((sum, size) => sum + size.sentences, 0),
          corpus.length,
        );
        for (const id of ['a', 'b', 'c', 'd'])
          assert.ok(new Set(parts.filter((_, index) => corpus[index]?.documentId === id)).size <= 1);
        for (const format of written) {
          const writer = partWriter(format, { name: 'x', annotator: '-', eol: '\n' }, plan.partOf());
          const files = new Set<string>();
          const items: CorpusItem[] = corpus.map((sentence) => ({ kind: 'sentence', sentence }));
          for (const { file } of [...items.flatMap((item) => writer!.add(item)), ...writer!.end()]) files.add(file);
          assert.ok(!files.has(''), format.id);
          if (format.shape !== 'folder')
            assert.deepEqual(
              [...new Set([...files].map((file) => /^(train|dev|test)[./]/.exec(file)?.[1]))].sort(),
              [...new Set(parts.map((part) => (part === 'validation' ? 'dev' : part)))].sort(),
              format.id,
            );
        }
      }),
      { numRuns: 40 },
    );
    assert.deepEqual(SPLIT_PARTS, ['train', 'validation', 'test']);
  });

  it('is told in shares', () => {
    assert.deepEqual(parseShares('80,10,10'), [80, 10, 10]);
    assert.deepEqual(parseShares('8/1/1'), [8, 1, 1]);
    for (const wrong of ['', '80,20', '0,0,0', '-1,1,1', 'a,b,c', '1,2,3,4'])
      assert.equal(parseShares(wrong), undefined, wrong);
  });
});

describe('the columns of a file', () => {
  const sure = (text: string): boolean => previewColumns(text).sure;

  it('are known where they are as tools write them, or one column alone holds tags', () => {
    assert.ok(sure('1\tAda\tB-PER\t-\t-\n2\tleft\tO\t-\t-\n'));
    assert.ok(sure('EU NNP B-NP B-ORG\nrejects VBZ B-VP O\n'));
    assert.ok(sure('Ada\tB-PER\nleft\tO\n'));
    assert.ok(sure('# global.columns = ID FORM NER\n1\tAda\tB-PER\n'));
    assert.ok(sure(`1\tAda${'\t_'.repeat(7)}\tNER=B-PER\n`));
    assert.ok(sure('Ada B-PER NNP\nleft O VBD\n'));
  });

  it('are asked for where several hold tags, or none does', () => {
    assert.ok(!sure('Ada B-NP B-PER\nleft B-VP O\n'));
    assert.ok(!sure('B-PER Ada B-NP\nO left B-VP\n'));
    assert.ok(!sure('Ada PERSON x\nleft nothing y\n'));
  });

  it('are what a person says, with ids where the first column has them', () => {
    const preview = previewColumns('1 B-NP Ada B-PER\n2 B-VP left O\n');
    assert.deepEqual(parseColumnChoice('form=3, tag=4', preview), {
      ok: true,
      value: { columns: 4, id: 0, form: 2, tag: 3, annotator: undefined, separator: ' ' },
    });
    assert.equal(chosenLayout(preview, 0, 3).id, undefined);
    for (const wrong of ['form=3', 'form=3,tag=3', 'form=0,tag=1', 'form=3,tag=5', 'form=1,tag=2,x=3', 'tag'])
      assert.equal(parseColumnChoice(wrong, preview).ok, false, wrong);
  });
});
