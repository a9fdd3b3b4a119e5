import { Tensor } from 'onnxruntime-node';
import type { InferenceSession } from 'onnxruntime-node';
import { floats, idTensor, maskTensor, output, runWith } from './tensors.ts';

/** An encoder and a merged decoder with its cache of keys and values, in the library's layout. */
export interface EncoderDecoder {
  readonly encoder: InferenceSession;
  readonly decoder: InferenceSession;
  /** Heads and their width, where the graph leaves them open. */
  readonly heads: number;
  readonly headWidth: number;
}

/** A prompt as the encoder left it. */
export interface Encoded {
  readonly hidden: Tensor;
  readonly mask: Tensor;
}

/** Where a decoder stands: its cache by input name, and how many pieces it holds. */
export interface DecoderState {
  readonly cache: Readonly<Record<string, Tensor>>;
  readonly length: number;
}

/** The logits behind each piece that was fed, row by row, and the state after them. */
export interface Step {
  readonly logits: Float32Array;
  readonly vocabulary: number;
  readonly state: DecoderState;
}

const PAST = 'past_key_values.';

/** Runs the encoder over one prompt. */
export async function encodePrompt(model: EncoderDecoder, ids: readonly number[]): Promise<Encoded> {
  const mask = maskTensor(ids.length);
  const outputs = await runWith(model.encoder, { input_ids: idTensor(ids), attention_mask: mask });
  return { hidden: output(outputs, 'last_hidden_state'), mask };
}

/** The state before anything was decoded: caches of length 0. */
export function emptyState(model: EncoderDecoder): DecoderState {
  const cache: Record<string, Tensor> = {};
  for (const meta of model.decoder.inputMetadata) {
    if (!meta.isTensor || !meta.name.startsWith(PAST)) continue;
    const heads = meta.shape[1];
    const width = meta.shape[3];
    const dims = [
      1,
      typeof heads === 'number' ? heads : model.heads,
      0,
      typeof width === 'number' ? width : model.headWidth,
    ];
    cache[meta.name] = new Tensor(meta.type, meta.type === 'float16' ? new Uint16Array(0) : new Float32Array(0), dims);
  }
  return { cache, length: 0 };
}

/** Feeds pieces behind a state, all in one run. The keys of the encoder's side come from the first step only, since merged graphs give empty ones later. */
export async function step(
  model: EncoderDecoder,
  encoded: Encoded,
  state: DecoderState,
  ids: readonly number[],
): Promise<Step> {
  const started = state.length > 0;
  const wanted = started
    ? model.decoder.outputNames.filter((name) => name === 'logits' || name.includes('.decoder.'))
    : undefined;
  const outputs = await runWith(
    model.decoder,
    {
      ...state.cache,
      input_ids: idTensor(ids),
      encoder_hidden_states: encoded.hidden,
      encoder_attention_mask: encoded.mask,
      use_cache_branch: new Tensor('bool', [started], [1]),
    },
    wanted,
  );
  const cache: Record<string, Tensor> = { ...state.cache };
  for (const [name, tensor] of Object.entries(outputs)) {
    if (name.startsWith('present.') && !(started && name.includes('.encoder.'))) {
      cache[`${PAST}${name.slice('present.'.length)}`] = tensor;
    }
  }
  const logits = output(outputs, 'logits');
  return {
    logits: floats(logits),
    vocabulary: logits.dims[2] ?? 0,
    state: { cache, length: state.length + ids.length },
  };
}

/** A state cut back to its first `length` pieces. */
export function rewind(state: DecoderState, length: number): DecoderState {
  if (length >= state.length) return state;
  const cache: Record<string, Tensor> = {};
  for (const [name, tensor] of Object.entries(state.cache)) {
    cache[name] = name.includes('.decoder.') ? cutRows(tensor, length) : tensor;
  }
  return { cache, length };
}

// [1, heads, pieces, width] keeps the first pieces of each head.
function cutRows(tensor: Tensor, length: number): Tensor {
  const [batch = 1, heads = 0, pieces = 0, width = 0] = tensor.dims;
  const source = tensor.data;
  if (!(source instanceof Float32Array) && !(source instanceof Uint16Array)) {
    throw new Error(`a cache of ${tensor.type} is not known here`);
  }
  const size = batch * heads * length * width;
  const target = source instanceof Float32Array ? new Float32Array(size) : new Uint16Array(size);
  for (let head = 0; head < batch * heads; head++) {
    const from = head * pieces * width;
    target.set(source.subarray(from, from + length * width), head * length * width);
  }
  return new Tensor(tensor.type, target, [batch, heads, length, width]);
}
