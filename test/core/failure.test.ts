import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { taggedOfTags } from '../../src/core/compare.ts';
import {
  CLASSIFIER_FAULTS,
  ERROR_MODES,
  GENERATOR_FAULTS,
  errorsOf,
  failureProfile,
  failuresOf,
} from '../../src/core/failure.ts';
import { addHistogram } from '../../src/core/histogram.ts';
import { pairSpans } from '../../src/core/pairing.ts';
import { decode } from '../../src/core/scheme.ts';
import type { Layer } from '../../src/core/span.ts';
import { anyLayer, tags } from './support/layers.ts';

function layer(line: string): Layer {
  return decode(tags(line), 'repair').layer;
}

function modes(gold: string, predicted: string): string[] {
  return errorsOf(layer(gold), layer(predicted)).map(({ mode }) => mode);
}

describe('failure modes', () => {
  const cases: readonly [gold: string, predicted: string, modes: readonly string[]][] = [
    ['B-PER I-PER O', 'B-PER I-PER O', []],
    ['O B-PER I-PER', 'B-PER I-PER I-PER', ['borderLeft']],
    ['O B-PER I-PER', 'O O B-PER', ['borderLeft']],
    ['B-PER I-PER O', 'B-PER I-PER I-PER', ['borderRight']],
    ['O B-PER O', 'B-PER I-PER I-PER', ['borderBoth']],
    ['B-PER I-PER O', 'B-LOC I-LOC O', ['label']],
    ['B-PER I-PER O', 'B-LOC I-LOC I-LOC', ['bordersAndLabel']],
    ['B-LOC I-LOC O', 'B-LOC B-LOC O', ['split', 'spurious']],
    ['B-LOC B-LOC O', 'B-LOC I-LOC O', ['merged', 'missed']],
    ['B-LOC O O', 'O O B-PER', ['missed', 'spurious']],
  ];
  for (const [gold, predicted, expected] of cases)
    it(`${gold} against ${predicted}`, () => {
      assert.deepEqual(modes(gold, predicted), expected);
    });

  it('are one for each verdict that is not correct', () => {
    fc.assert(
      fc.property(anyLayer, anyLayer, (gold, predicted) => {
        const verdicts = pairSpans(gold, predicted).filter(({ kind }) => kind !== 'correct');
        const errors = errorsOf(gold, predicted);
        assert.equal(errors.length, verdicts.length);
        assert.equal(
          errors.filter(({ mode }) => mode === 'missed').length,
          verdicts.filter(({ kind }) => kind === 'missed').length,
        );
        assert.ok(errors.every(({ mode }) => ERROR_MODES.some((one) => one === mode)));
      }),
    );
  });

  it('are named once each', () => {
    for (const list of [ERROR_MODES, CLASSIFIER_FAULTS, GENERATOR_FAULTS])
      assert.equal(new Set(list).size, list.length);
  });

  it('tell errors only where there is gold, and faults of raw output always', () => {
    const prediction = {
      ...taggedOfTags(tags('B-PER O')),
      failures: [
        { kind: 'notInText', detail: 'Merkle' },
        { kind: 'illegalTag', first: 1, end: 2, detail: 'B-X' },
      ] as const,
    };
    const seen = (gold: Layer | null): unknown =>
      failuresOf(gold, prediction, 2).map(({ mode, first, end }) => [mode, first, end]);
    assert.deepEqual(seen(null), [
      ['notInText', 0, 2],
      ['illegalTag', 1, 2],
    ]);
    assert.deepEqual(seen([]), [
      ['spurious', 0, 1],
      ['notInText', 0, 2],
      ['illegalTag', 1, 2],
    ]);
  });

  it('add up to a profile', () => {
    const errors = errorsOf(layer('B-PER O B-ORG O B-LOC'), layer('O O B-LOC O O'));
    assert.deepEqual(
      failureProfile(errors),
      new Map([
        ['missed', 2],
        ['label', 1],
      ]),
    );
    const profile = failureProfile(errors);
    assert.deepEqual(addHistogram(addHistogram(profile, profile), profile, -1), profile);
    assert.equal(addHistogram(profile, profile, -1).size, 0);
  });
});
