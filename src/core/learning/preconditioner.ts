import { classShares } from './trainingData.ts';
import type { TrainingData } from './trainingData.ts';
import type { Penalty } from './headObjective.ts';

/** Divides a gradient by an estimate of the curvature, in place. */
export type Precondition = (direction: Float64Array) => void;

/** More rows do not make the estimate better than it has to be. */
const SAMPLE = 1500;
/** Wider states cost more to invert than they save. */
const WIDEST = 600;

/**
 * An estimate of the curvature of a head's objective: the second moments of dense values, common to all tags, and how often a feature
 * occurs, each times the variance of the tag. It decides how fast training goes, never what comes out.
 */
export function headPreconditioner(data: TrainingData, penalty: Penalty): Precondition {
  const { denseWidth: wide, untaught, pairs, rows } = data;
  const size = untaught.dense.length;
  const variances = classShares(data).map((share) => Math.max(share * (1 - share), 0.5 / rows));
  const occurrences = new Float64Array(pairs.names.length);
  for (const feature of pairs.rowFeatures) occurrences[feature] = (occurrences[feature] ?? 0) + 1;
  const scales = new Float64Array(pairs.pairTags.length);
  pairs.names.forEach((_, feature) => {
    const end = pairs.featureStarts[feature + 1] ?? 0;
    for (let pair = pairs.featureStarts[feature] ?? 0; pair < end; pair++)
      scales[pair] = 1 / (0.1 * (occurrences[feature] ?? 0) + penalty.features);
  });
  const mean = variances.reduce((sum, value) => sum + value, 0) / variances.length;
  const factor = wide > WIDEST ? undefined : cholesky(moments(data, penalty.dense / mean), wide);
  return (direction) => {
    variances.forEach((variance, tag) => {
      const block = direction.subarray(tag * wide, (tag + 1) * wide);
      if (factor !== undefined) solve(factor, block, wide);
      const divisor = factor === undefined ? variance * rows + penalty.dense : variance;
      for (let column = 0; column < wide; column++) block[column] = (block[column] ?? 0) / divisor;
    });
    for (let pair = 0; pair < scales.length; pair++)
      direction[size + pair] = (direction[size + pair] ?? 0) * (scales[pair] ?? 1);
  };
}

/** The sum over rows of the products of their dense values, estimated from some of them, plus `ridge` on the diagonal; the lower triangle alone. */
function moments({ dense, denseWidth: wide, rows }: TrainingData, ridge: number): Float64Array {
  const sums = new Float64Array(wide * wide);
  const step = Math.max(1, Math.floor(rows / SAMPLE));
  let taken = 0;
  for (let row = 0; row < rows; row += step) {
    taken++;
    const start = row * wide;
    for (let one = 0; one < wide; one++) {
      const value = dense[start + one] ?? 0;
      for (let other = 0; other <= one; other++)
        sums[one * wide + other] = (sums[one * wide + other] ?? 0) + value * (dense[start + other] ?? 0);
    }
  }
  for (let index = 0; index < sums.length; index++) sums[index] = ((sums[index] ?? 0) * rows) / taken;
  for (let one = 0; one < wide; one++) sums[one * wide + one] = (sums[one * wide + one] ?? 0) + ridge;
  return sums;
}

/** The lower Cholesky factor of a positive definite matrix, in its place. */
export function cholesky(matrix: Float64Array, size: number): Float64Array {
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = matrix[row * size + column] ?? 0;
      for (let inner = 0; inner < column; inner++)
        sum -= (matrix[row * size + inner] ?? 0) * (matrix[column * size + inner] ?? 0);
      matrix[row * size + column] = row === column ? Math.sqrt(sum) : sum / (matrix[column * size + column] ?? 1);
    }
  }
  return matrix;
}

/** Solves the equations of a matrix with this factor for a right side, in its place. */
export function solve(factor: Float64Array, values: Float64Array, size: number): void {
  for (let row = 0; row < size; row++) {
    let sum = values[row] ?? 0;
    for (let column = 0; column < row; column++) sum -= (factor[row * size + column] ?? 0) * (values[column] ?? 0);
    values[row] = sum / (factor[row * size + row] ?? 1);
  }
  // The transposed factor is read row by row too, so that memory is read in order.
  for (let row = size - 1; row >= 0; row--) {
    const value = (values[row] ?? 0) / (factor[row * size + row] ?? 1);
    values[row] = value;
    for (let column = 0; column < row; column++)
      values[column] = (values[column] ?? 0) - (factor[row * size + column] ?? 0) * value;
  }
}
