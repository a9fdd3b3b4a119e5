import { ratio } from './tally.ts';
import { largest } from './lists.ts';

/** One token's confidence (the probability of the tag that was given, 0 to 1) and whether the tag is right. */
export interface ConfidenceSample {
  readonly confidence: number;
  readonly correct: boolean;
}

/** Sums over the samples whose confidence lies in one of equally wide bins of [0, 1]. Addable. */
export interface ConfidenceBin {
  readonly count: number;
  readonly confidence: number;
  readonly correct: number;
}

/** One point of a reliability diagram: samples with a confidence in [low, high), the last bin with 1. Means are null for no samples. */
export interface ReliabilityPoint {
  readonly low: number;
  readonly high: number;
  readonly count: number;
  readonly confidence: number | null;
  readonly accuracy: number | null;
}

/** The number of bins that is usual in print. */
export const BINS = 10;

/** The samples of one sentence, one a token. `inside` leaves out tokens that are O on both sides, whose easy confidence hides the rest. */
export function confidenceSamples(
  gold: readonly string[],
  predicted: readonly string[],
  probabilities: readonly number[],
  inside: boolean,
): readonly ConfidenceSample[] {
  return predicted.flatMap((tag, index) => {
    const confidence = probabilities[index];
    if (confidence === undefined || (inside && tag === 'O' && gold[index] === 'O')) return [];
    return [{ confidence, correct: tag === gold[index] }];
  });
}

/** Sorts samples into bins. */
export function binSamples(samples: Iterable<ConfidenceSample>, bins: number = BINS): readonly ConfidenceBin[] {
  const sums = Array.from({ length: bins }, () => ({ count: 0, confidence: 0, correct: 0 }));
  for (const { confidence, correct } of samples) {
    const bin = sums[Math.min(bins - 1, Math.max(0, Math.floor(confidence * bins)))];
    if (bin === undefined) continue;
    bin.count++;
    bin.confidence += confidence;
    if (correct) bin.correct++;
  }
  return sums;
}

/** The bins of both sets of samples together (or, with sign -1, of the first without the second); both have the same number of bins. */
export function addBins(
  a: readonly ConfidenceBin[],
  b: readonly ConfidenceBin[],
  sign: 1 | -1 = 1,
): readonly ConfidenceBin[] {
  return a.map((bin, index) => {
    const other = b[index] ?? { count: 0, confidence: 0, correct: 0 };
    return {
      count: bin.count + sign * other.count,
      confidence: bin.confidence + sign * other.confidence,
      correct: bin.correct + sign * other.correct,
    };
  });
}

/** The reliability diagram of some bins. */
export function reliability(bins: readonly ConfidenceBin[]): readonly ReliabilityPoint[] {
  return bins.map(({ count, confidence, correct }, index) => ({
    low: index / bins.length,
    high: (index + 1) / bins.length,
    count,
    confidence: ratio(confidence, count),
    accuracy: ratio(correct, count),
  }));
}

/** Expected calibration error (Naeini et al. 2015; Guo et al. 2017): the mean gap of confidence and accuracy, weighted by samples; null for none. */
export function expectedCalibrationError(bins: readonly ConfidenceBin[]): number | null {
  const gap = bins.reduce((sum, { confidence, correct }) => sum + Math.abs(confidence - correct), 0);
  return ratio(
    gap,
    bins.reduce((sum, { count }) => sum + count, 0),
  );
}

/** A distribution over classes (sums to 1) and the index of the right class. */
export interface DistributionSample {
  readonly probabilities: readonly number[];
  readonly gold: number;
}

/** The distribution with its logits divided by a temperature above 0; 1 leaves it as it is, more makes it flatter. */
export function withTemperature(probabilities: readonly number[], temperature: number): readonly number[] {
  const logs = probabilities.map((p) => Math.log(Math.max(p, Number.MIN_VALUE)) / temperature);
  const highest = largest(logs);
  const weights = logs.map((log) => Math.exp(log - highest));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** The mean negative log-likelihood of the right classes at a temperature. */
function negativeLogLikelihood(samples: readonly DistributionSample[], temperature: number): number {
  const total = samples.reduce((sum, { probabilities, gold }) => {
    const p = withTemperature(probabilities, temperature)[gold] ?? 0;
    return sum - Math.log(Math.max(p, Number.MIN_VALUE));
  }, 0);
  return total / samples.length;
}

/** The temperature between .05 and 20 that makes the samples most likely (Guo et al. 2017), to three digits; 1 for no samples. */
export function fitTemperature(samples: readonly DistributionSample[]): number {
  if (samples.length === 0) return 1;
  const golden = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [Math.log(0.05), Math.log(20)];
  while (high - low > 1e-4) {
    const [left, right] = [high - golden * (high - low), low + golden * (high - low)];
    const better = negativeLogLikelihood(samples, Math.exp(left)) < negativeLogLikelihood(samples, Math.exp(right));
    if (better) high = right;
    else low = left;
  }
  return Number(Math.exp((low + high) / 2).toPrecision(3));
}
