import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { findPlace, placesOf } from '../../src/core/align.ts';
import { chunksOf, joinPredictions } from '../../src/core/chunks.ts';
import {
  bestTags,
  classifiedPrediction,
  collapseLabels,
  mergeTags,
  tagRenamer,
} from '../../src/core/classification.ts';
import { decode, encode } from '../../src/core/scheme.ts';

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

  it('keeps the sum of each row when tags are merged', () => {
    const merged = mergeTags(distribution, tagRenamer({ LOC: 'GPE', PER: 'O' }));
    assert.deepEqual(merged.tags, ['O', 'B-GPE', 'I-GPE']);
    for (let word = 0; word < 3; word++) {
      const sum = merged.values.subarray(word * 3, word * 3 + 3).reduce((a, b) => a + b, 0);
      assert.ok(Math.abs(sum - 1) < 1e-6);
    }
    assert.deepEqual(collapseLabels(distribution).tags, ['O', 'B', 'I']);
  });

  it('lets the first tag win a tie and reads no words from nothing', () => {
    assert.deepEqual(bestTags({ tags: ['O', 'B'], values: Float32Array.from([0.5, 0.5]) }).tags, ['O']);
    assert.deepEqual(bestTags({ tags, values: new Float32Array(0) }).tags, []);
    assert.deepEqual(bestTags({ tags: [], values: new Float32Array(0) }).tags, []);
  });
});

describe('places of a string', () => {
  const words = ["don't", 'do', "n't", 'Paris', 'PARIS', 'Par', 'is'];

  it('ignore blanks but never cut a word', () => {
    assert.deepEqual(
      placesOf(words, "do n't").map(({ first, end }) => [first, end]),
      [
        [0, 1],
        [1, 3],
      ],
    );
    assert.deepEqual(
      placesOf(words, 'paris').map(({ first, end, match }) => [first, end, match]),
      [
        [3, 4, 'loose'],
        [4, 5, 'loose'],
        [5, 7, 'loose'],
      ],
    );
    assert.deepEqual(placesOf(words, ''), []);
    assert.deepEqual(placesOf([], 'x'), []);
  });

  it('prefer exact matches and free words', () => {
    const found = findPlace(
      words,
      'PARIS',
      words.map(() => false),
      0,
    );
    assert.deepEqual(found, { kind: 'found', place: { first: 4, end: 5, match: 'exact' }, others: 0 });
    const taken = words.map((_, index) => index >= 3);
    assert.deepEqual(findPlace(words, 'Paris', taken, 0), { kind: 'taken' });
    assert.deepEqual(findPlace(words, 'Berlin', taken, 0), { kind: 'notInText' });
  });
});

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
