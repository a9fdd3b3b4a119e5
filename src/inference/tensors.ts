import { Tensor } from 'onnxruntime-node';
import type { InferenceSession } from 'onnxruntime-node';
import { inRunQueue } from './runQueue.ts';
import { largest } from '../core/lists.ts';

/** Ids as the runtime's int64 tensor, [1, pieces]. */
export function idTensor(ids: readonly number[]): Tensor {
  return new Tensor('int64', BigInt64Array.from(ids, BigInt), [1, ids.length]);
}

/** The attention mask of so many pieces, all of them read: [1, pieces]. */
export function maskTensor(pieces: number): Tensor {
  return new Tensor('int64', new BigInt64Array(pieces).fill(1n), [1, pieces]);
}

/** A tensor's values as 32-bit floats; half-precision outputs are widened. */
export function floats(tensor: Tensor): Float32Array {
  if (tensor.data instanceof Float32Array) return tensor.data;
  if (tensor.type === 'float16') {
    const { buffer, byteOffset, length } = tensor.data as Uint16Array;
    return Float32Array.from(new Uint16Array(buffer, byteOffset, length), halfToFloat);
  }
  throw new Error(`the model answers with ${tensor.type}, which is not a float`);
}

/** Runs a session with those of the offered inputs that it declares. */
export async function runWith(
  session: InferenceSession,
  offered: Readonly<Record<string, Tensor>>,
  outputs?: readonly string[],
): Promise<Readonly<Record<string, Tensor>>> {
  const feeds: Record<string, Tensor> = {};
  for (const name of session.inputNames) {
    const tensor = offered[name];
    if (tensor === undefined) throw new Error(`the model asks for an input "${name}" that is not known here`);
    feeds[name] = tensor;
  }
  return inRunQueue(session, () => (outputs === undefined ? session.run(feeds) : session.run(feeds, outputs)));
}

/** The named output, which must be there. */
export function output(outputs: Readonly<Record<string, Tensor>>, name: string): Tensor {
  const tensor = outputs[name];
  if (tensor === undefined) {
    throw new Error(`the model has no output "${name}" but ${Object.keys(outputs).join(', ')}`);
  }
  return tensor;
}

/** The natural logarithms of the softmax of some columns of a row of logits, divided by `temperature`. */
export function logSoftmax(row: Float32Array, temperature: number, columns: readonly number[]): readonly number[] {
  const scaled = columns.map((column) => (row[column] ?? 0) / temperature);
  const highest = largest(scaled);
  const log = highest + Math.log(scaled.reduce((sum, value) => sum + Math.exp(value - highest), 0));
  return scaled.map((value) => value - log);
}

/** The column with the highest logit of a whole row, and the natural logarithm of its probability. One pass each, since a row is a vocabulary. */
export function likeliest(
  row: Float32Array,
  temperature: number,
): { readonly column: number; readonly logProbability: number } {
  let column = 0;
  for (let index = 1; index < row.length; index++) {
    if ((row[index] ?? 0) > (row[column] ?? 0)) column = index;
  }
  const highest = row[column] ?? 0;
  let sum = 0;
  for (let index = 0; index < row.length; index++) sum += Math.exp(((row[index] ?? 0) - highest) / temperature);
  return { column, logProbability: -Math.log(sum) };
}

function halfToFloat(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
