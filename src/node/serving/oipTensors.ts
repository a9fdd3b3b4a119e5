import * as v from 'valibot';
import type { ServedAnswer, ServedRun } from '../../protocol/inference.ts';
import { indexSchema } from '../../protocol/schemas.ts';
import { PassingError } from './retry.ts';
import type { ServerAnswer } from './serverRequest.ts';

/** The header that says where JSON ends and binary tensors begin. */
const HEADER_LENGTH = 'inference-header-content-length';

const outputSchema = v.object({
  name: v.string(),
  datatype: v.picklist(['FP32', 'FP64', 'FP16']),
  shape: v.array(indexSchema),
  // NaN is no JSON; some servers write null for it.
  data: v.optional(v.array(v.unknown())),
  parameters: v.optional(v.looseObject({ binary_data_size: v.optional(indexSchema) })),
});

const answerSchema = v.object({ outputs: v.array(outputSchema) });

/** A run as OIP v2 writes it, JSON alone or with its binary extension. */
export function requestOf(
  { inputs, outputs }: Pick<ServedRun, 'inputs' | 'outputs'>,
  binary: boolean,
): { readonly body: string | Uint8Array; readonly headers: Readonly<Record<string, string>> } {
  const tensors = inputs.map(({ name, dims, data }) => ({
    ...{ name, shape: dims, datatype: 'INT64' },
    ...(binary ? { parameters: { binary_data_size: data.byteLength } } : { data: Array.from(data, Number) }),
  }));
  const wanted = outputs.map((name) => ({ name, ...(binary ? { parameters: { binary_data: true } } : {}) }));
  const json = JSON.stringify({ inputs: tensors, outputs: wanted });
  if (!binary) return { body: json, headers: { 'content-type': 'application/json' } };
  const head = Buffer.from(json);
  const parts = inputs.map(({ data }) => Buffer.from(data.buffer, data.byteOffset, data.byteLength));
  return {
    body: Buffer.concat([head, ...parts]),
    headers: { 'content-type': 'application/octet-stream', [HEADER_LENGTH]: String(head.length) },
  };
}

/** Reads an answer to a run over `pieces` pieces. Throws PassingError where it is none: another replica may do better. */
export function answerOf(
  { bytes, headers }: ServerAnswer,
  wanted: readonly string[],
  pieces: number,
  origin: string,
): ServedAnswer {
  const bad = (what: string): PassingError => new PassingError(`${origin} answers with ${what}`);
  const told = headers.get(HEADER_LENGTH);
  const headLength = told === null ? bytes.length : Number(told);
  if (!Number.isInteger(headLength) || headLength < 0 || headLength > bytes.length)
    throw bad('a header whose length cannot be');
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, headLength)));
  } catch {
    throw bad('no whole JSON');
  }
  const parsed = v.safeParse(answerSchema, value);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    throw bad(`something else than OIP v2: ${v.getDotPath(issue) ?? 'it'}: ${issue.message}`);
  }
  let place = headLength;
  const outputs = parsed.output.outputs.map((output): ServedAnswer['outputs'][number] => {
    const { name, datatype, shape } = output;
    const count = shape.reduce((product, size) => product * size, 1);
    const size = output.parameters?.binary_data_size;
    let data: Float32Array<ArrayBuffer>;
    if (size === undefined) data = Float32Array.from(output.data ?? [], numberOf);
    else {
      if (place + size > bytes.length) throw bad(`half of the tensor “${name}”`);
      data = floatsOf(bytes.subarray(place, place + size), datatype);
      place += size;
    }
    if (data.length !== count)
      throw bad(`${String(data.length)} values in “${name}”, whose shape [${shape.join(', ')}] has ${String(count)}`);
    return { name, dims: shape, data };
  });
  return { outputs: wanted.map((name) => checked(outputs, name, pieces, bad)) };
}

function checked(
  outputs: ServedAnswer['outputs'],
  name: string,
  pieces: number,
  bad: (what: string) => PassingError,
): ServedAnswer['outputs'][number] {
  const output = outputs.find((one) => one.name === name);
  if (output === undefined) throw bad(`no output “${name}” but ${outputs.map((one) => one.name).join(', ') || 'none'}`);
  const { dims, data } = output;
  if (dims.length !== 3 || dims[0] !== 1 || dims[1] !== pieces || (dims[2] ?? 0) === 0)
    throw bad(`the shape [${dims.join(', ')}] for “${name}”, where [1, ${String(pieces)}, labels] was to come`);
  if (!data.every(Number.isFinite)) throw bad(`values in “${name}” that are no numbers`);
  return output;
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : NaN;
}

function floatsOf(bytes: Uint8Array, datatype: 'FP32' | 'FP64' | 'FP16'): Float32Array<ArrayBuffer> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const width = { FP16: 2, FP32: 4, FP64: 8 }[datatype];
  const read = (index: number): number =>
    datatype === 'FP32'
      ? view.getFloat32(index * 4, true)
      : datatype === 'FP64'
        ? view.getFloat64(index * 8, true)
        : halfToFloat(view.getUint16(index * 2, true));
  return Float32Array.from({ length: Math.floor(bytes.length / width) }, (_, index) => read(index));
}

function halfToFloat(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
