import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { seededRandom } from '../../src/core/random.ts';
import {
  bootstrapApart,
  bootstrapDifference,
  bootstrapF1,
  mcNemarTest,
  randomisationTest,
} from '../../src/core/significance.ts';
import { scoreOf } from '../../src/core/tally.ts';
import type { Tally } from '../../src/core/tally.ts';

function tallies(...rows: readonly (readonly [correct: number, predicted: number, gold: number])[]): Tally[] {
  return rows.map(([correct, predicted, gold]) => ({ correct, predicted, gold }));
}

const A = tallies([1, 1, 1], [2, 2, 2], [0, 1, 1], [1, 2, 1], [1, 1, 2], [1, 1, 1]);
const B = tallies([0, 1, 1], [1, 2, 2], [0, 0, 1], [1, 1, 1], [0, 1, 2], [1, 1, 1]);

const anyTally = fc
  .tuple(fc.nat({ max: 3 }), fc.nat({ max: 3 }), fc.nat({ max: 3 }))
  .map(([correct, more, missed]) => ({ correct, predicted: correct + more, gold: correct + missed }));

function f1(units: readonly Tally[]): string | undefined {
  const sum = (of: (tally: Tally) => number): number => units.reduce((total, one) => total + of(one), 0);
  return scoreOf({
    correct: sum((one) => one.correct),
    predicted: sum((one) => one.predicted),
    gold: sum((one) => one.gold),
  }).f1?.toFixed(4);
}

describe('paired approximate randomisation', () => {
  it('gives .25 for the worked case, exactly', () => {
    assert.deepEqual([f1(A), f1(B)], ['0.7500', '0.4286']);
    const test = randomisationTest(A, B, { random: seededRandom(1) });
    assert.equal(test?.difference.toFixed(4), '0.3214');
    assert.deepEqual([test.p, test.exact], [0.25, true]);
  });

  it('skips units whose answers are equal', () => {
    // The sixth unit doubles both numbers of the share, 16 of 64, and changes nothing.
    const test = randomisationTest(A, B, { random: seededRandom(1) });
    assert.deepEqual([test?.rounds, test?.p], [32, 8 / 32]);
  });

  it('comes close to the exact p by sampling, with (c + 1) / (R + 1)', () => {
    const sampled = randomisationTest(A, B, { random: seededRandom(7), rounds: 31 });
    assert.deepEqual([sampled?.exact, sampled?.rounds], [false, 31]);
    assert.ok(Number.isInteger(Math.round(sampled!.p * 32 * 1e9) / 1e9));
    const wide = (unit: Tally, times: number): Tally[] => new Array<Tally>(times).fill(unit);
    const better = [...wide({ correct: 1, predicted: 1, gold: 1 }, 20)];
    const worse = [...wide({ correct: 0, predicted: 1, gold: 1 }, 20)];
    const clear = randomisationTest(better, worse, { random: seededRandom(3), rounds: 999 });
    assert.equal(clear?.p, 1 / 1000);
  });

  it('gives 1 for equal systems and null for nothing', () => {
    assert.equal(randomisationTest(A, A, { random: seededRandom(1) })?.p, 1);
    assert.equal(randomisationTest([], [], { random: seededRandom(1) }), null);
  });

  it('is the same for both directions', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyTally, anyTally), { minLength: 1, maxLength: 7 }), (rows) => {
        const [left, right] = [rows.map(([one]) => one), rows.map(([, one]) => one)];
        const forward = randomisationTest(left, right, { random: seededRandom(1) })!;
        const back = randomisationTest(right, left, { random: seededRandom(1) })!;
        assert.equal(forward.p, back.p);
        assert.ok(forward.p > 0 && forward.p <= 1);
      }),
    );
  });
});

describe('bootstrap', () => {
  it('gives [1, 1] for a perfect system and null for one unit', () => {
    const perfect = tallies([1, 1, 1], [2, 2, 2], [0, 0, 0], [1, 1, 1]);
    const interval = bootstrapF1(perfect, { random: seededRandom(1) });
    assert.deepEqual([interval?.low, interval?.high, interval?.draws, interval?.units], [1, 1, 1000, 4]);
    assert.equal(bootstrapF1(perfect.slice(0, 1), { random: seededRandom(1) }), null);
    assert.equal(bootstrapF1(tallies([0, 0, 0], [0, 0, 0]), { random: seededRandom(1) }), null);
  });

  it('is repeatable by its seed', () => {
    const run = (seed: number): unknown => bootstrapF1(A, { random: seededRandom(seed) });
    assert.deepEqual(run(5), run(5));
    assert.notDeepEqual(run(5), run(6));
  });

  it('covers what resampling must give', () => {
    // Two units, right and wrong: a draw is 0 or 1 with probability 1/4 each, else 1/2.
    const halves = bootstrapF1(tallies([1, 1, 1], [0, 1, 1]), { random: seededRandom(2), level: 0.4 });
    assert.deepEqual([halves?.low, halves?.high], [0.5, 0.5]);
    const all = bootstrapF1(tallies([1, 1, 1], [0, 1, 1]), { random: seededRandom(2) });
    assert.deepEqual([all?.low, all?.high], [0, 1]);
  });

  it('draws two systems together', () => {
    const interval = bootstrapDifference(A, A, { random: seededRandom(1) });
    assert.deepEqual([interval?.low, interval?.high], [0, 0]);
    const apart = bootstrapDifference(A, B, { random: seededRandom(1) })!;
    assert.ok(apart.low < 0.3214 && apart.high > 0.3214);
  });
});

describe('bootstrap of one system on two corpora', () => {
  it('draws them apart', () => {
    const apart = bootstrapApart(A, A, { random: seededRandom(1) })!;
    assert.ok(apart.low < 0 && apart.high > 0);
    const perfect = tallies([1, 1, 1], [1, 1, 1]);
    const wrong = tallies([0, 1, 1], [0, 1, 1], [0, 1, 1]);
    const clear = bootstrapApart(perfect, wrong, { random: seededRandom(1) });
    assert.deepEqual([clear?.low, clear?.high, clear?.units], [1, 1, 2]);
    assert.equal(bootstrapApart(perfect, wrong.slice(0, 1), { random: seededRandom(1) }), null);
  });
});

describe('McNemar', () => {
  it('gives the worked cases', () => {
    const test = mcNemarTest(10, 2);
    assert.equal(test.p.toFixed(4), '0.0386');
    assert.deepEqual([test.chiSquared?.toFixed(3), test.chiSquaredCorrected?.toFixed(3)], ['5.333', '4.083']);
    assert.equal(mcNemarTest(1, 1).p, 1);
  });

  it('says nothing for nothing, and does not overflow', () => {
    assert.deepEqual([mcNemarTest(0, 0).p, mcNemarTest(0, 0).chiSquared], [1, null]);
    assert.ok(Math.abs(mcNemarTest(0, 20).p - 2 ** -19) < 1e-12);
    assert.ok(mcNemarTest(3000, 3000).p === 1 && mcNemarTest(3000, 2000).p < 1e-40);
  });
});
