import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { Lesson } from '../../../src/core/learning/evidence.ts';
import { headDistribution, untaughtHead } from '../../../src/core/learning/head.ts';
import type { Head } from '../../../src/core/learning/head.ts';
import { HEAD_DEFAULTS, trainHead } from '../../../src/core/learning/headTraining.ts';
import { likeliestLegalTags } from '../../../src/core/transitions.ts';
import { evidenceOf, MODEL_TAGS, toyLessons } from './toyLanguage.ts';

const options = { ...HEAD_DEFAULTS, labels: ['PER', 'PRODUCT'] };
const exactly = { ...options, tolerance: 1e-7, iterations: 500 };
const unseen = ['Orlan', 'paints', 'the', 'widget77', '.'];

function tagsBy(head: Head, words: readonly string[], width = 6): readonly string[] {
  const evidence = evidenceOf(words, width);
  return likeliestLegalTags(headDistribution(head, words, evidence));
}

/** The largest difference of two heads' probabilities over the words of sentences. */
function apart(a: Head, b: Head, sentences: readonly Lesson[]): number {
  return Math.max(
    ...sentences.map(({ words, evidence }) => {
      const [one, other] = [headDistribution(a, words, evidence).values, headDistribution(b, words, evidence).values];
      return Math.max(...one.map((value, index) => Math.abs(value - (other[index] ?? 0))));
    }),
  );
}

describe('training a head', () => {
  it('learns a label that the model does not know from eight sentences, and keeps those that it knows', () => {
    const { head } = trainHead(toyLessons(8, 1), options);
    assert.deepEqual(tagsBy(head, ['Norix', 'sells', 'the', 'gizmo2', '.']), ['B-PER', 'O', 'O', 'B-PRODUCT', 'O']);
  });

  it('recognises a word that no lesson had by its affixes and neighbours', () => {
    const { head } = trainHead(toyLessons(30, 2, 0), options);
    assert.deepEqual(tagsBy(head, unseen, 0), ['B-PER', 'O', 'O', 'B-PRODUCT', 'O']);
    const { head: dense } = trainHead(toyLessons(30, 2, 0), { ...options, wordFeatures: false });
    assert.equal(dense.features.size, 0);
    assert.notDeepEqual(tagsBy(dense, unseen, 0), ['B-PER', 'O', 'O', 'B-PRODUCT', 'O']);
  });

  it('says what the model says where nothing was learnt', () => {
    const head = untaughtHead(['O', 'B-PER', 'I-PER'], MODEL_TAGS, 6);
    const evidence = evidenceOf(unseen);
    const { values } = headDistribution(head, unseen, evidence);
    values.forEach((value, index) => {
      assert.ok(Math.abs(value - (evidence.distribution[index] ?? 0)) < 1e-3);
    });
    assert.equal(trainHead([], options).words, 0);
  });

  it('learns nothing from undecided words, and nothing of a label that was removed', () => {
    const lessons = toyLessons(12, 3);
    const [first] = lessons;
    assert.ok(first !== undefined);
    const half: Lesson = { ...first, tags: [null, null, null, 'B-PRODUCT', 'O'] };
    assert.equal(trainHead([half], options).words, 2);
    assert.equal(trainHead([first], { ...options, labels: ['PER'] }).words, 4);
    // The same words, once undecided and once with a wrong tag: only the second changes the head.
    const { head } = trainHead(lessons, exactly);
    const masked = trainHead([...lessons, { ...first, tags: first.tags.map(() => null) }], exactly).head;
    const wrong = trainHead([...lessons, { ...first, tags: first.tags.map(() => 'B-PRODUCT') }], exactly).head;
    assert.ok(apart(head, masked, lessons) < 1e-4);
    assert.ok(apart(head, wrong, lessons) > 1e-2);
  });

  it('gives rare tags more weight with a larger exponent', () => {
    const lessons = toyLessons(6, 4).map((lesson, index) =>
      index < 3 ? lesson : { ...lesson, tags: lesson.tags.map((tag) => (tag === 'B-PRODUCT' ? 'O' : tag)) },
    );
    const product = (exponent: number): number => {
      const { head } = trainHead(lessons, { ...exactly, exponent, wordFeatures: false });
      return (
        headDistribution(head, unseen, evidenceOf(['Orlan', 'paints', 'the', 'widget9', '.'])).values[3 * 5 + 3] ?? 0
      );
    };
    assert.ok(product(1) > product(0) + 0.05, `${product(1)} against ${product(0)}`);
  });

  it('comes to the same head in any order of the lessons, from any earlier head, and after a lesson was taken back', () => {
    const probe = toyLessons(5, 99);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 3, max: 12 }), (seed, count) => {
        const lessons = toyLessons(count, seed);
        const { head } = trainHead(lessons, exactly);
        const reversed = trainHead([...lessons].reverse(), exactly).head;
        const more = trainHead([...lessons, ...toyLessons(2, seed + 1)], exactly).head;
        const undone = trainHead(lessons, exactly, more).head;
        assert.ok(apart(head, reversed, probe) < 1e-3);
        assert.ok(apart(head, undone, probe) < 1e-3);
      }),
      { numRuns: 15 },
    );
  });

  it('starts from an earlier head faster than from nothing', () => {
    const closely = { ...options, tolerance: 1e-5, iterations: 500 };
    const lessons = toyLessons(40, 5);
    const cold = trainHead(lessons, closely);
    const warm = trainHead([...lessons, ...toyLessons(1, 6)], closely, cold.head);
    assert.ok(warm.iterations < cold.iterations, `${warm.iterations} against ${cold.iterations}`);
  });
});
