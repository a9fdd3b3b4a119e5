import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { chunksOf, joinPredictions } from '../../src/core/sentenceChunks.ts';
import { decode, encode } from '../../src/core/scheme.ts';

describe('chunks of a long sentence', () => {
  it('hold every word once, in order, within the limit', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('word', ',', '.', 'verylongword'.repeat(9)), { maxLength: 300 }),
        fc.integer({ min: 1, max: 40 }),
        (words, limit) => {
          const chunks = chunksOf(words, limit, 120);
          const joined = chunks.flatMap(({ first, end }) => words.slice(first, end));
          assert.deepEqual(joined, words);
          for (const { first, end } of chunks) assert.ok(end > first && end - first <= limit);
        },
      ),
    );
  });

  it('end behind punctuation where there is some', () => {
    const words = 'a b c d e f g , h i j k'.split(' ');
    assert.deepEqual(chunksOf(words, 10, 1000), [
      { first: 0, end: 8 },
      { first: 8, end: 12 },
    ]);
  });

  it('join to a prediction whose tags decode to its layer', () => {
    const chunks = [
      { first: 0, end: 2 },
      { first: 2, end: 4 },
    ];
    const part = (given: readonly string[]) => ({
      layer: decode(given, 'repair').layer,
      tags: given,
      probabilities: given.map(() => 1),
      failures: [{ kind: 'illegalTransition', first: 0, end: 1, detail: 'x' } as const],
      raw: { prompt: 'p', answer: given.join(' ') },
    });
    const joined = joinPredictions(chunks, [part(['O', 'B-PER']), part(['I-PER', 'O'])]);
    assert.deepEqual(joined.layer, [
      { first: 1, end: 2, label: 'PER' },
      { first: 2, end: 3, label: 'PER' },
    ]);
    assert.deepEqual(decode(joined.tags, 'repair').layer, joined.layer);
    assert.deepEqual(encode(joined.layer, 4, 'full'), joined.tags);
    assert.equal(joined.failures[1]?.first, 2);
    assert.equal(joined.raw?.answer, 'O B-PER\nI-PER O');
  });
});
