import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { pairSpans } from '../../src/core/pairing.ts';
import type { Verdict } from '../../src/core/pairing.ts';
import { decode } from '../../src/core/scheme.ts';
import { overlapSize } from '../../src/core/span.ts';
import type { Layer } from '../../src/core/span.ts';
import { anyLayer, tags } from './support/layers.ts';

function layer(line: string): Layer {
  return decode(tags(line), 'repair').layer;
}

function kinds(gold: string, predicted: string): string[] {
  return pairSpans(layer(gold), layer(predicted)).map(
    ({ kind, split, merged }) => `${kind}${split ? ' split' : ''}${merged ? ' merged' : ''}`,
  );
}

describe('pairing', () => {
  const cases: readonly [name: string, gold: string, predicted: string, verdicts: readonly string[]][] = [
    ['the same span', 'B-PER I-PER O', 'B-PER I-PER O', ['correct']],
    ['another label', 'B-PER I-PER O', 'B-LOC I-LOC O', ['label']],
    ['other borders', 'B-PER I-PER O', 'B-PER O O', ['border']],
    ['other borders and label', 'B-PER I-PER O', 'B-LOC O O', ['both']],
    ['nothing predicted', 'O B-PER', 'O O', ['missed']],
    ['nothing in gold', 'O O', 'O B-PER', ['spurious']],
    ['a split span', 'B-LOC I-LOC O', 'B-LOC B-LOC O', ['border split', 'spurious split']],
    ['merged spans', 'B-LOC B-LOC O', 'B-LOC I-LOC O', ['border merged', 'missed merged']],
    ['the larger overlap wins', 'B-LOC I-LOC I-LOC', 'B-LOC B-PER I-PER', ['spurious split', 'both split']],
    ['the equal label wins a tie', 'B-LOC I-LOC', 'B-PER B-LOC', ['spurious split', 'border split']],
    [
      'the total counts, not the first match',
      'B-LOC B-LOC I-LOC',
      'B-LOC I-LOC B-LOC',
      ['border merged', 'border split'],
    ],
  ];
  for (const [name, gold, predicted, verdicts] of cases)
    it(name, () => {
      const found = kinds(gold, predicted);
      assert.deepEqual([...found].sort(), [...verdicts].sort());
    });

  it('puts every span into exactly one verdict', () => {
    fc.assert(
      fc.property(anyLayer, anyLayer, (gold, predicted) => {
        const verdicts = pairSpans(gold, predicted);
        const goldOf = verdicts.flatMap((verdict) => (verdict.gold === undefined ? [] : [verdict.gold]));
        const predictedOf = verdicts.flatMap((verdict) => (verdict.predicted === undefined ? [] : [verdict.predicted]));
        const byFirst = (a: { first: number }, b: { first: number }): number => a.first - b.first;
        assert.deepEqual(goldOf.sort(byFirst), [...gold]);
        assert.deepEqual(predictedOf.sort(byFirst), [...predicted]);
      }),
    );
  });

  it('does not depend on the order of the spans', () => {
    const shuffled = anyLayer.chain((spans) =>
      fc.tuple(fc.constant(spans), fc.shuffledSubarray([...spans], { minLength: spans.length })),
    );
    fc.assert(
      fc.property(shuffled, shuffled, ([gold, mixedGold], [predicted, mixedPredicted]) => {
        assert.deepEqual(pairSpans(mixedGold, mixedPredicted), pairSpans(gold, predicted));
      }),
    );
  });

  it('is the same from either side', () => {
    const swapped = (verdict: Verdict): string => {
      const kind = verdict.kind === 'missed' ? 'spurious' : verdict.kind === 'spurious' ? 'missed' : verdict.kind;
      return JSON.stringify([kind, verdict.predicted ?? null, verdict.gold ?? null]);
    };
    const plain = ({ kind, gold, predicted }: Verdict): string =>
      JSON.stringify([kind, gold ?? null, predicted ?? null]);
    fc.assert(
      fc.property(anyLayer, anyLayer, (gold, predicted) => {
        assert.deepEqual(pairSpans(gold, predicted).map(plain).sort(), pairSpans(predicted, gold).map(swapped).sort());
      }),
    );
  });

  it('shares as many tokens as any one-to-one pairing can', () => {
    const best = (gold: Layer, predicted: Layer): number => {
      const [head, ...rest] = gold;
      if (head === undefined) return 0;
      const options = predicted.map(
        (span, index) => overlapSize(head, span) + best(rest, predicted.toSpliced(index, 1)),
      );
      return Math.max(best(rest, predicted), ...options);
    };
    const small = anyLayer.map((spans) => spans.slice(0, 4));
    fc.assert(
      fc.property(small, small, (gold, predicted) => {
        const total = pairSpans(gold, predicted).reduce(
          (sum, { gold: a, predicted: b }) => sum + (a === undefined || b === undefined ? 0 : overlapSize(a, b)),
          0,
        );
        assert.equal(total, best(gold, predicted));
      }),
    );
  });
});
