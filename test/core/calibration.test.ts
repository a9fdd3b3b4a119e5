import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import {
  addBins,
  binSamples,
  confidenceSamples,
  expectedCalibrationError,
  fitTemperature,
  reliability,
  withTemperature,
} from '../../src/core/calibration.ts';
import { seededRandom } from '../../src/core/random.ts';

describe('calibration', () => {
  const samples = [
    { confidence: 0.95, correct: true },
    { confidence: 0.91, correct: false },
    { confidence: 0.62, correct: true },
    { confidence: 1, correct: true },
  ];

  it('takes the tokens of a sentence, or those that are O on one side at most', () => {
    const all = confidenceSamples(['O', 'B-PER', 'O'], ['O', 'B-PER', 'B-LOC'], [0.9, 0.8, 0.7], false);
    assert.deepEqual(
      all.map(({ correct }) => correct),
      [true, true, false],
    );
    assert.equal(confidenceSamples(['O', 'B-PER', 'O'], ['O', 'B-PER', 'B-LOC'], [0.9, 0.8, 0.7], true).length, 2);
  });

  it('puts samples into bins, 1 into the last', () => {
    const points = reliability(binSamples(samples));
    assert.equal(points[9]?.count, 3);
    assert.equal(points[9].confidence?.toFixed(4), '0.9533');
    assert.equal(points[9].accuracy?.toFixed(4), '0.6667');
    assert.deepEqual([points[6]?.count, points[0]?.accuracy, points[0]?.count], [1, null, 0]);
  });

  it('gives the expected calibration error, or null for nothing', () => {
    // |2.86 - 2| + |.62 - 1| over 4.
    assert.equal(expectedCalibrationError(binSamples(samples))?.toFixed(4), '0.3100');
    assert.equal(expectedCalibrationError(binSamples([])), null);
  });

  it('adds', () => {
    const whole = binSamples(samples);
    const parts = addBins(binSamples(samples.slice(0, 2)), binSamples(samples.slice(2)));
    whole.forEach((bin, index) => {
      assert.deepEqual([parts[index]?.count, parts[index]?.correct], [bin.count, bin.correct]);
    });
    assert.ok(addBins(whole, whole, -1).every((bin) => bin.count === 0));
  });

  it('finds the temperature that a distribution was sharpened by', () => {
    const random = seededRandom(11);
    const drawn = Array.from({ length: 4000 }, () => {
      const p = 0.05 + 0.9 * random();
      return { probabilities: withTemperature([p, 1 - p], 0.5), gold: random() < p ? 0 : 1 };
    });
    const temperature = fitTemperature(drawn);
    assert.ok(Math.abs(temperature - 2) < 0.25, String(temperature));
    assert.equal(fitTemperature([]), 1);
  });

  it('leaves a distribution as it is at temperature 1', () => {
    withTemperature([0.7, 0.2, 0.1], 1).forEach((p, index) => {
      assert.ok(Math.abs(p - [0.7, 0.2, 0.1][index]!) < 1e-12);
    });
    assert.ok(withTemperature([1, 0], 5).every(Number.isFinite));
  });
});
