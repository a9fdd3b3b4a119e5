import { softmax } from './head.ts';
import type { Objective } from './lbfgs.ts';
import { classWeights } from './trainingData.ts';
import type { TrainingData } from './trainingData.ts';

/** How much weights cost: this times half the sum of their squares. */
export interface Penalty {
  readonly dense: number;
  readonly features: number;
}

/** An error below this teaches nothing that would be seen. */
const NEGLIGIBLE = 1e-4;
/** The constant of each tag is nearly free: how frequent a tag is, is no surprise. */
const CONSTANT_SHARE = 0.01;

/** The weighted cross-entropy of a head over the rows of its data, with the penalty. */
export function headObjective(data: TrainingData, penalty: Penalty, exponent: number): Objective {
  const { rows, truth, dense, denseWidth: wide, base, pairs, untaught } = data;
  const tags = untaught.tags.length;
  const denseSize = untaught.dense.length;
  const weights = classWeights(truth, tags, exponent);
  const scores = new Float64Array(tags);
  const { rowStarts, rowFeatures, featureStarts, pairTags } = pairs;
  return (point, gradient) => {
    let value = penalise(point, gradient, denseSize, wide, penalty);
    for (let row = 0; row < rows; row++) {
      scoreRow(scores, base, dense, point, row, wide);
      const [from, to] = [rowStarts[row] ?? 0, rowStarts[row + 1] ?? 0];
      for (let index = from; index < to; index++) {
        const feature = rowFeatures[index] ?? 0;
        const end = featureStarts[feature + 1] ?? 0;
        for (let pair = featureStarts[feature] ?? 0; pair < end; pair++) {
          const tag = pairTags[pair] ?? 0;
          scores[tag] = (scores[tag] ?? 0) + (point[denseSize + pair] ?? 0);
        }
      }
      const right = truth[row] ?? 0;
      const weight = weights[right] ?? 0;
      const score = scores[right] ?? 0;
      value += weight * (softmax(scores) - score);
      scores[right] = (scores[right] ?? 0) - 1;
      for (let tag = 0; tag < tags; tag++) {
        const error = weight * (scores[tag] ?? 0);
        scores[tag] = error;
        if (Math.abs(error) > NEGLIGIBLE) addRow(gradient, tag * wide, dense, row * wide, wide, error);
      }
      for (let index = from; index < to; index++) {
        const feature = rowFeatures[index] ?? 0;
        const end = featureStarts[feature + 1] ?? 0;
        for (let pair = featureStarts[feature] ?? 0; pair < end; pair++) {
          const place = denseSize + pair;
          gradient[place] = (gradient[place] ?? 0) + (scores[pairTags[pair] ?? 0] ?? 0);
        }
      }
    }
    return value;
  };
}

/** Begins a gradient with that of the penalty, and gives the penalty. */
function penalise(
  point: Float64Array,
  gradient: Float64Array,
  denseSize: number,
  wide: number,
  penalty: Penalty,
): number {
  let value = 0;
  for (let index = 0; index < point.length; index++) {
    const weight = point[index] ?? 0;
    const share = index < denseSize && (index + 1) % wide === 0 ? CONSTANT_SHARE : 1;
    const cost = share * (index < denseSize ? penalty.dense : penalty.features);
    value += 0.5 * cost * weight * weight;
    gradient[index] = cost * weight;
  }
  return value;
}

/** Scores of one row by its dense values. Four tags at a time, so that each value is read once for four products. */
function scoreRow(
  scores: Float64Array,
  base: Float64Array,
  dense: Float32Array,
  point: Float64Array,
  row: number,
  wide: number,
): void {
  const tags = scores.length;
  const start = row * wide;
  let tag = 0;
  for (; tag + 3 < tags; tag += 4) {
    let [a, b, c, d] = [0, 0, 0, 0];
    const [placeA, placeB, placeC, placeD] = [tag * wide, (tag + 1) * wide, (tag + 2) * wide, (tag + 3) * wide];
    for (let column = 0; column < wide; column++) {
      const value = dense[start + column] ?? 0;
      a += value * (point[placeA + column] ?? 0);
      b += value * (point[placeB + column] ?? 0);
      c += value * (point[placeC + column] ?? 0);
      d += value * (point[placeD + column] ?? 0);
    }
    const place = row * tags + tag;
    scores[tag] = (base[place] ?? 0) + a;
    scores[tag + 1] = (base[place + 1] ?? 0) + b;
    scores[tag + 2] = (base[place + 2] ?? 0) + c;
    scores[tag + 3] = (base[place + 3] ?? 0) + d;
  }
  for (; tag < tags; tag++) {
    let sum = base[row * tags + tag] ?? 0;
    for (let column = 0; column < wide; column++)
      sum += (dense[start + column] ?? 0) * (point[tag * wide + column] ?? 0);
    scores[tag] = sum;
  }
}

function addRow(
  target: Float64Array,
  place: number,
  values: Float32Array,
  start: number,
  width: number,
  factor: number,
): void {
  for (let column = 0; column < width; column++)
    target[place + column] = (target[place + column] ?? 0) + factor * (values[start + column] ?? 0);
}
