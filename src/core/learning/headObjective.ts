import type { MakeDenseProducts } from './denseProducts.ts';
import { softmax } from './head.ts';
import type { Objective } from './lbfgs.ts';
import type { CompiledPairs } from './pairTable.ts';
import { classWeights } from './trainingData.ts';
import type { TrainingData } from './trainingData.ts';

/** How much weights cost: this times half the sum of their squares. */
export interface Penalty {
  readonly dense: number;
  readonly features: number;
}

/** An error below this teaches nothing that would be seen. */
const NEGLIGIBLE = 1e-7;
/** The constant of each tag is nearly free: how frequent a tag is, is no surprise. */
export const CONSTANT_SHARE = 0.01;

/** The weighted cross-entropy of a head over the rows of its data, with the penalty. */
export function headObjective(
  data: TrainingData,
  penalty: Penalty,
  exponent: number,
  makeProducts: MakeDenseProducts,
): Objective {
  const { rows, truth, dense, denseWidth: wide, base, pairs, untaught } = data;
  const tags = untaught.tags.length;
  const denseSize = untaught.dense.length;
  const weights = classWeights(truth, tags, exponent);
  const { products, addProducts } = makeProducts(dense, rows, wide, tags);
  const scores = new Float64Array(tags);
  return (point, gradient) => {
    let value = penalise(point, gradient, denseSize, wide, penalty);
    const features = point.subarray(denseSize);
    const featureGradient = gradient.subarray(denseSize);
    const table = products(point);
    for (let row = 0; row < rows; row++) {
      for (let tag = 0; tag < tags; tag++) scores[tag] = (base[row * tags + tag] ?? 0) + (table[row * tags + tag] ?? 0);
      addFeatures(scores, pairs, row, features);
      const right = truth[row] ?? 0;
      const weight = weights[right] ?? 0;
      const score = scores[right] ?? 0;
      value += weight * (softmax(scores) - score);
      scores[right] = (scores[right] ?? 0) - 1;
      for (let tag = 0; tag < tags; tag++) {
        const error = weight * (scores[tag] ?? 0);
        scores[tag] = error;
        table[row * tags + tag] = Math.abs(error) > NEGLIGIBLE ? error : 0;
      }
      addErrors(featureGradient, pairs, row, scores);
    }
    addProducts(gradient);
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

/** Adds what the features of a row say of each tag to its scores. */
function addFeatures(scores: Float64Array, pairs: CompiledPairs, row: number, weights: Float64Array): void {
  const { rowStarts, rowFeatures, featureStarts, pairTags } = pairs;
  const to = rowStarts[row + 1] ?? 0;
  for (let index = rowStarts[row] ?? 0; index < to; index++) {
    const feature = rowFeatures[index] ?? 0;
    const end = featureStarts[feature + 1] ?? 0;
    for (let pair = featureStarts[feature] ?? 0; pair < end; pair++) {
      const tag = pairTags[pair] ?? 0;
      scores[tag] = (scores[tag] ?? 0) + (weights[pair] ?? 0);
    }
  }
}

/** Adds the errors of a row to the gradient of its features. */
function addErrors(gradient: Float64Array, pairs: CompiledPairs, row: number, errors: Float64Array): void {
  const { rowStarts, rowFeatures, featureStarts, pairTags } = pairs;
  const to = rowStarts[row + 1] ?? 0;
  for (let index = rowStarts[row] ?? 0; index < to; index++) {
    const feature = rowFeatures[index] ?? 0;
    const end = featureStarts[feature + 1] ?? 0;
    for (let pair = featureStarts[feature] ?? 0; pair < end; pair++)
      gradient[pair] = (gradient[pair] ?? 0) + (errors[pairTags[pair] ?? 0] ?? 0);
  }
}
