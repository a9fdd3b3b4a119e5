import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { nearestSentences, sentenceState, showable } from '../../../src/core/learning/nearestSentences.ts';
import type { Showable } from '../../../src/core/learning/nearestSentences.ts';

const sentence = (word: string, tag: string, ...state: readonly number[]): Showable => ({
  words: [word],
  tags: [tag],
  state: Float32Array.from(state),
});
const here = Float32Array.from([1, 0]);

describe('the nearest sentences', () => {
  const candidates = [
    sentence('a', 'B-PER', 1, 0),
    sentence('b', 'B-PER', 0.8, 0.6),
    sentence('c', 'O', 0.6, 0.8),
    sentence('d', 'B-GENE', 0, 1),
    sentence('e', 'B-PER', 1, 0),
  ];

  it('takes the nearest, the newest among equals, and the nearest with a label that is not shown', () => {
    const shown = nearestSentences(here, ['x'], candidates, 4);
    assert.deepEqual(
      shown.map(({ index, because }) => [index, because]),
      [
        [4, 'near'],
        [0, 'near'],
        [1, 'near'],
        [3, { label: 'GENE' }],
      ],
    );
    assert.ok(Math.abs((shown[2]?.similarity ?? 0) - 0.8) < 1e-6);
  });

  it('never shows the sentence that is asked about, nor more than there are', () => {
    assert.deepEqual(
      nearestSentences(here, ['a'], candidates, 9).map(({ index }) => index),
      [4, 1, 2, 3],
    );
    assert.deepEqual(nearestSentences(here, ['x'], candidates, 0), []);
  });

  it('takes the mean of the states of words, of length 1, or of the answers where there are none', () => {
    const evidence = { modelTags: ['O', 'B-PER'], distribution: Float32Array.from([1, 0, 1, 0]) };
    const hidden = Float32Array.from([3, 0, 0, 0, 4, 0]);
    const [x, y, z] = sentenceState({ ...evidence, hidden }, 2);
    assert.deepEqual([x?.toFixed(2), y?.toFixed(2), z], ['0.60', '0.80', 0]);
    assert.deepEqual([...sentenceState({ ...evidence, hidden: undefined }, 2)], [1, 0]);
  });

  it('shows complete sentences alone', () => {
    const evidence = { modelTags: ['O'], distribution: Float32Array.from([1, 1]), hidden: undefined };
    assert.equal(showable({ words: ['a', 'b'], tags: ['O', null], evidence }), undefined);
    assert.deepEqual(showable({ words: ['a', 'b'], tags: ['O', 'O'], evidence })?.tags, ['O', 'O']);
  });
});
