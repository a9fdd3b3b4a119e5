import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { CorpusItem } from '../../../src/core/corpus.ts';
import type { PredictionsUse } from '../../../src/core/formats/format.ts';
import { iob2 } from '../../../src/core/formats/iob2.ts';
import { labelStudio } from '../../../src/core/formats/labelStudio.ts';
import { LossCounter } from '../../../src/core/formats/losses.ts';
import { predictedComment, predictionsIn } from '../../../src/core/predictedNote.ts';
import { issuesOf, readAll, sentencesOf, writeOne } from './convert.ts';
import { layerOver } from './generators.ts';

const region = (start: number, end: number, label: string): unknown => ({
  type: 'labels',
  from_name: 'label',
  to_name: 'text',
  value: { start, end, labels: [label] },
});
const task = {
  id: 1,
  data: { text: '😀 Ada left Turin.' },
  annotations: [{ result: [region(2, 5, 'PER')] }],
  predictions: [
    { model_version: 'ner v1', score: 0.9, result: [region(2, 5, 'PER'), region(11, 15, 'LOC')] },
    { result: [] },
  ],
};
const open = { ...task, id: 2, annotations: [] };

function read(predictions: PredictionsUse | undefined): readonly CorpusItem[] {
  return readAll(labelStudio, JSON.stringify([task, open]), 50, { predictions });
}

describe('predictions beside annotations', () => {
  it('are kept as notes, which are no gold, and said so', () => {
    const items = read(undefined);
    assert.deepEqual(
      issuesOf(items).map(({ reason }) => reason),
      ['predictions', 'predictions'],
    );
    const [annotated, bare] = sentencesOf(items);
    assert.equal(bare?.layer, null);
    assert.deepEqual(annotated?.layer, [{ first: 1, end: 2, label: 'PER' }]);
    for (const sentence of [annotated, bare])
      assert.deepEqual(sentence.comments, [
        { key: 'predicted', value: 'ner v1: PER 2, LOC 4' },
        { key: 'predicted', value: 'predictions: -' },
      ]);
    // The span of the prediction ends inside of a word, which is cut there so that nothing is made up.
    assert.deepEqual(
      bare.tokens.map(({ form }) => form),
      ['😀', 'Ada', 'left', 'Turi', 'n', '.'],
    );
  });

  it('come back through IOB2 as they were, in the same offsets', () => {
    const columns = writeOne(iob2, read(undefined));
    const written = JSON.parse(writeOne(labelStudio, readAll(iob2, columns))) as {
      annotations: unknown[];
      predictions: { model_version: string; result: { value: unknown }[] }[];
    }[];
    for (const { predictions } of written)
      assert.deepEqual(
        predictions.map(({ model_version: by, result }) => [by, result.map(({ value }) => value)]),
        [
          [
            'ner v1',
            [
              { start: 2, end: 5, text: 'Ada', labels: ['PER'] },
              { start: 11, end: 15, text: 'Turi', labels: ['LOC'] },
            ],
          ],
          ['predictions', []],
        ],
      );
    assert.deepEqual(
      written.map(({ annotations }) => annotations.length),
      [1, 0],
    );
    const losses = new LossCounter(labelStudio);
    for (const item of readAll(iob2, columns)) losses.add(item);
    assert.ok(losses.losses().every(({ kind }) => kind !== 'comments'));
  });

  it('count as gold only where nobody annotated, in the name of their model, and only on request', () => {
    const [annotated, bare] = sentencesOf(read('gold'));
    assert.deepEqual(annotated?.layer?.length, 1);
    assert.deepEqual(bare?.layer, [
      { first: 1, end: 2, label: 'PER' },
      { first: 3, end: 4, label: 'LOC' },
    ]);
    assert.deepEqual(bare.annotators, [undefined, 'ner v1', undefined, 'ner v1', undefined, undefined]);
    assert.ok(sentencesOf(read('none')).every(({ comments }) => comments === undefined));
  });

  it('are notes that can be read again', () => {
    fc.assert(
      fc.property(layerOver(12), fc.constantFrom('a', 'model 1: x', 'é'), (layer, by) => {
        assert.deepEqual(predictionsIn([predictedComment({ by, layer })]), [{ by, layer }]);
      }),
    );
    assert.deepEqual(predictionsIn([{ key: 'predicted', value: 'what' }]), []);
  });
});
