import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { isWorthUsing, lastCrossing, lastScores, prequentialCurve } from '../../../src/core/learning/prequential.ts';
import type { Outcome } from '../../../src/core/learning/prequential.ts';
import { addTally, EMPTY_TALLY, scoreOf } from '../../../src/core/tally.ts';
import type { Tally } from '../../../src/core/tally.ts';

const tally = (correct: number, predicted: number, gold: number): Tally => ({ correct, predicted, gold });
const outcome = (tallies: Readonly<Record<string, Tally>>, corrections = 1): Outcome => ({
  tallies,
  corrections,
  keys: 2 * corrections,
  order: 'text',
  blind: false,
});

describe('test, then train', () => {
  // Counted by hand: after three sentences base has 2 of 4 predicted and 5 gold, adapted 4 of 5 and 5.
  const outcomes = [
    outcome({ base: tally(1, 2, 2), adapted: tally(1, 2, 2) }, 2),
    outcome({ base: tally(1, 1, 2), adapted: tally(2, 2, 2) }, 0),
    outcome({ base: tally(0, 1, 1), adapted: tally(1, 1, 1) }, 1),
  ];

  it('adds up what each system said before it learnt', () => {
    const base = prequentialCurve(outcomes, 'base', 2);
    assert.deepEqual(base[2], {
      sentences: 3,
      corrections: 3,
      cumulative: scoreOf(tally(2, 4, 5)),
      recent: scoreOf(tally(1, 2, 3)),
    });
    assert.equal(base[2].cumulative.f1, 4 / 9);
    assert.equal(prequentialCurve(outcomes, 'adapted', 2)[2]?.recent.f1, 1);
    assert.equal(prequentialCurve(outcomes, 'nobody', 2)[2]?.cumulative.f1, null);
  });

  it('says who is ahead and since when', () => {
    const [base, adapted] = [prequentialCurve(outcomes, 'base'), prequentialCurve(outcomes, 'adapted')];
    assert.deepEqual(lastCrossing(base, adapted, 'cumulative'), { sentences: 2, ahead: 'b' });
    assert.deepEqual(lastCrossing(base, base, 'cumulative'), { sentences: 1, ahead: 'neither' });
    assert.deepEqual(lastCrossing([], [], 'recent'), { sentences: 0, ahead: 'neither' });
  });

  it('does not use a head that did worse on the last sentences that both answered', () => {
    assert.ok(isWorthUsing(outcomes, 'base', 'adapted'));
    assert.ok(!isWorthUsing(outcomes, 'adapted', 'base'));
    assert.ok(isWorthUsing([], 'base', 'adapted'));
    const later = [...outcomes, outcome({ base: tally(3, 3, 3) })];
    assert.deepEqual(lastScores(later, ['base', 'adapted'], 1), {
      sentences: 1,
      scores: [scoreOf(tally(0, 1, 1)), scoreOf(tally(1, 1, 1))],
    });
  });

  it('agrees with a recount of the window', () => {
    const one = fc.record({
      correct: fc.nat(3),
      predicted: fc.integer({ min: 3, max: 6 }),
      gold: fc.integer({ min: 3, max: 6 }),
    });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 30 }), fc.integer({ min: 1, max: 8 }), (tallies, window) => {
        const curve = prequentialCurve(
          tallies.map((own) => outcome({ a: own })),
          'a',
          window,
        );
        curve.forEach((point, index) => {
          const last = tallies.slice(Math.max(0, index + 1 - window), index + 1);
          assert.deepEqual(point.recent, scoreOf(last.reduce((sum, own) => addTally(sum, own), EMPTY_TALLY)));
        });
      }),
    );
  });
});
