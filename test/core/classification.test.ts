import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { bestTags, classifiedPrediction } from '../../src/core/classification.ts';

const tags = ['O', 'B-PER', 'I-PER', 'B-LOC', 'I-LOC'];
const values = Float32Array.from([0.1, 0.6, 0, 0.3, 0, 0.3, 0, 0.25, 0.05, 0.4, 0.4, 0, 0.3, 0, 0.3]);
const distribution = { tags, values };

describe('classification', () => {
  it('keeps the best tags as they are; the layer is of the likeliest legal sequence', () => {
    const prediction = classifiedPrediction(distribution, 'full');
    assert.deepEqual(prediction.tags, ['B-PER', 'I-LOC', 'O']);
    // B-PER O scores .6 × .3, B-LOC I-LOC .3 × .4, and I-LOC behind B-PER is not legal.
    assert.deepEqual(prediction.layer, [{ first: 0, end: 1, label: 'PER' }]);
    assert.deepEqual(prediction.failures, [
      { kind: 'illegalTransition', first: 1, end: 2, detail: 'I-LOC after B-PER' },
    ]);
    assert.deepEqual(
      prediction.probabilities.map((value) => value.toFixed(2)),
      ['0.60', '0.40', '0.40'],
    );
  });

  it('sums labels before it decides in the simplified scheme', () => {
    const prediction = classifiedPrediction(distribution, 'simplified');
    // The third word: O .4 against I .3 + .3, which no single tag reaches.
    assert.deepEqual(prediction.tags, ['B', 'I', 'I']);
    assert.deepEqual(prediction.layer, [{ first: 0, end: 3, label: '_' }]);
  });

  it('lets the first tag win a tie and reads no words from nothing', () => {
    assert.deepEqual(bestTags({ tags: ['O', 'B'], values: Float32Array.from([0.5, 0.5]) }).tags, ['O']);
    assert.deepEqual(bestTags({ tags, values: new Float32Array(0) }).tags, []);
    assert.deepEqual(bestTags({ tags: [], values: new Float32Array(0) }).tags, []);
  });
});
