import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { certaintySteps } from '../../src/core/certainty.ts';
import type { PairedSentence } from '../../src/core/certainty.ts';
import { seededRandom } from '../../src/core/random.ts';
import { bootstrapDifference, bootstrapF1, randomisationTest } from '../../src/core/significance.ts';
import { finish } from '../../src/core/steps.ts';
import type { Tally } from '../../src/core/tally.ts';

const options = { seed: 5, draws: 200, rounds: 500 };
const tally = (correct: number, predicted: number, gold: number): Tally => ({ correct, predicted, gold });
const bert = [tally(1, 1, 1), tally(2, 2, 2), tally(0, 1, 1), tally(1, 2, 1), tally(1, 1, 2), tally(1, 1, 1)];
const t5 = [tally(0, 1, 1), tally(1, 2, 2), tally(0, 0, 1), tally(1, 1, 1), tally(0, 1, 2), tally(1, 1, 1)];

function sentences(documents: readonly (string | undefined)[]): PairedSentence[] {
  return bert.map((one, index) => ({ documentId: documents[index], answers: { bert: one, t5: t5[index]! } }));
}

describe('the certainty of both models', () => {
  it('is what the tests over all sentences say, each figure from a stream of its own', () => {
    const { models, difference } = finish(certaintySteps(sentences([]), options));
    const drawn = () => ({ random: seededRandom(5), draws: 200 });
    assert.deepEqual(
      models.map(({ source, unit, units, interval }) => ({ source, unit, units, interval })),
      [
        { source: 'bert', unit: 'sentence', units: 6, interval: bootstrapF1(bert, drawn()) },
        { source: 't5', unit: 'sentence', units: 6, interval: bootstrapF1(t5, drawn()) },
      ],
    );
    assert.deepEqual(difference?.interval, bootstrapDifference(bert, t5, drawn()));
    assert.deepEqual(difference.test, randomisationTest(bert, t5, { random: seededRandom(5), rounds: 500 }));
    assert.equal(difference.test.p, 0.25);
  });

  it('is drawn over documents where there are two', () => {
    const { models, difference } = finish(certaintySteps(sentences(['a', 'a', 'a', 'b', 'b', 'b']), options));
    assert.deepEqual([models[0]?.unit, models[0]?.units, models[0]?.sentences], ['document', 2, 6]);
    assert.deepEqual([difference?.unit, difference?.units, difference?.test.rounds], ['document', 2, 4]);
  });

  it('compares only where both models answered, and nothing over fewer than two units', () => {
    const half = sentences([]).map(({ answers }, index): PairedSentence => ({
      documentId: undefined,
      answers: { bert: answers.bert, t5: index === 0 ? answers.t5 : null },
    }));
    const { models, difference } = finish(certaintySteps(half, options));
    assert.deepEqual(
      models.map(({ source, units, interval }) => [source, units, interval === null]),
      [
        ['bert', 6, false],
        ['t5', 1, true],
      ],
    );
    assert.equal(difference, null);
    assert.deepEqual(finish(certaintySteps([], options)), { models: [], difference: null });
  });

  it('can pause after each draw and each round', () => {
    const steps = certaintySteps(sentences([]), options);
    let pauses = 0;
    while (steps.next().done !== true) pauses++;
    assert.equal(pauses, 200 + 200 + 32 + 200);
  });
});
