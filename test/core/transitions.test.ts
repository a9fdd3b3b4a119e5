import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { bestTags, classifiedPrediction } from '../../src/core/classification.ts';
import { decode, tagsOf } from '../../src/core/scheme.ts';
import { legalBefore, likeliestLegalTags } from '../../src/core/transitions.ts';

const tags = tagsOf('full', ['PER', 'LOC']);

/** Distributions over a few words, every probability above 0. */
const distributions = fc
  .array(fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: tags.length, maxLength: tags.length }), {
    maxLength: 5,
  })
  .map((rows) => ({
    tags,
    values: Float32Array.from(rows.flatMap((row) => row.map((value) => value / row.reduce((a, b) => a + b, 0)))),
  }));

function probabilityOf(sequence: readonly string[], values: Float32Array): number {
  return sequence.reduce((product, tag, word) => product * values[word * tags.length + tags.indexOf(tag)]!, 1);
}

function everySequence(length: number): readonly (readonly string[])[] {
  if (length === 0) return [[]];
  return everySequence(length - 1).flatMap((rest) => tags.map((tag) => [...rest, tag]));
}

describe('legal tag sequences', () => {
  it('let I follow only B and I of its own label', () => {
    assert.deepEqual(legalBefore(tags), [null, null, [1, 2], null, [3, 4]]);
    assert.deepEqual(legalBefore(['O', 'B', 'I']), [null, null, [1, 2]]);
  });

  it('let I stand anywhere where its label has no B', () => {
    assert.deepEqual(legalBefore(['O', 'I-PER', 'B-LOC', 'I-LOC']), [null, null, null, [2, 3]]);
  });

  it('are the likeliest of all', () => {
    fc.assert(
      fc.property(
        distributions.filter(({ values }) => values.length <= 4 * tags.length),
        (distribution) => {
          const found = likeliestLegalTags(distribution);
          const words = distribution.values.length / tags.length;
          assert.equal(found.length, words);
          assert.deepEqual(decode(found, 'repair').illegal, []);
          const best = everySequence(words)
            .filter((sequence) => decode(sequence, 'repair').illegal.length === 0)
            .reduce((most, sequence) => Math.max(most, probabilityOf(sequence, distribution.values)), 0);
          assert.ok(Math.abs(probabilityOf(found, distribution.values) - best) <= best * 1e-6);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('are the best tags of each word where those are legal', () => {
    fc.assert(
      fc.property(distributions, (distribution) => {
        const best = bestTags(distribution).tags;
        if (decode(best, 'repair').illegal.length > 0) return;
        const found = likeliestLegalTags(distribution);
        const [a, b] = [found, best].map((sequence) => probabilityOf(sequence, distribution.values));
        assert.ok(Math.abs(a! - b!) <= b! * 1e-6);
      }),
    );
  });

  it('of a model without B start where its I does, and are no failure', () => {
    const values = Float32Array.from([0.1, 0.9, 0.2, 0.8, 0.7, 0.3, 0.4, 0.6]);
    const prediction = classifiedPrediction({ tags: ['O', 'I-GENE'], values }, 'full');
    assert.deepEqual(prediction.tags, ['B-GENE', 'I-GENE', 'O', 'B-GENE']);
    assert.deepEqual(prediction.layer, [
      { first: 0, end: 2, label: 'GENE' },
      { first: 3, end: 4, label: 'GENE' },
    ]);
    assert.deepEqual(prediction.failures, []);
  });
});
