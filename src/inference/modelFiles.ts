import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ChannelError } from '../protocol/channel.ts';
import type { InferenceReason, ModelSpec } from '../protocol/inference.ts';
import { messageOf } from '../core/errorMessage.ts';

/** The suffix by which the library finds the ONNX file of a dtype. */
const SUFFIX = { fp32: '', fp16: '_fp16', q8: '_quantized', int8: '_int8', q4: '_q4' } as const;

/** Digests by path, size and time of change, so that a file is read once in the life of the process. */
const digests = new Map<string, string>();

/** An error of the model process whose message says which file it is about and what to do. */
export function modelError(reason: InferenceReason, message: string): ChannelError {
  return new ChannelError(reason, message);
}

/** The files without which the library cannot load a model of this family and dtype. */
export function neededFiles(spec: Pick<ModelSpec, 'family' | 'dtype' | 'served'>): readonly string[] {
  if (spec.served !== undefined) return ['config.json', 'tokenizer.json', 'tokenizer_config.json'];
  const suffix = SUFFIX[spec.dtype];
  const graphs =
    spec.family === 'bert'
      ? [`onnx/model${suffix}.onnx`]
      : [`onnx/encoder_model${suffix}.onnx`, `onnx/decoder_model_merged${suffix}.onnx`];
  return ['config.json', 'tokenizer.json', 'tokenizer_config.json', ...graphs];
}

/** Makes sure that every file is there and, where digests are known, unchanged. Throws modelMissing or modelCorrupt. */
export async function verifyFiles(spec: ModelSpec): Promise<void> {
  const folder = path.resolve(spec.root, spec.folder);
  if (path.relative(spec.root, folder).startsWith('..')) {
    throw modelError('modelUnfit', `the folder of model ${spec.id} lies outside ${spec.root}`);
  }
  for (const name of neededFiles(spec)) await sizeOf(path.join(folder, name), spec);
  for (const { path: name, bytes, sha256 } of spec.files) {
    const file = path.join(folder, name);
    const { size, changed } = await sizeOf(file, spec);
    const key = `${file}\0${String(size)}\0${String(changed)}`;
    const digest = size === bytes ? (digests.get(key) ?? (await digestOf(file))) : undefined;
    if (digest !== undefined) digests.set(key, digest);
    if (digest === sha256) continue;
    const what = size === bytes ? 'its SHA-256 is another' : `it has ${String(size)} bytes, not ${String(bytes)}`;
    throw modelError(
      'modelCorrupt',
      `${file} is damaged (${what}). Restore it, or fetch it again: a downloaded model by “Entity Lens: Select Model…”, a bundled one by installing Entity Lens.`,
    );
  }
}

/** A model's config.json as an object. Throws modelCorrupt where it is none. */
export async function readConfig(spec: ModelSpec): Promise<Readonly<Record<string, unknown>>> {
  return readObject(path.join(spec.root, spec.folder, 'config.json'));
}

/** What has to be known of a tokenizer to encode words one by one. */
export interface TokenizerFacts {
  /** The tokens that the tokenizer cuts out of any text before it looks at words. */
  readonly markers: readonly string[];
  /** What stands before a word in running text and belongs to its pieces: a blank for byte-level tokenizers, as of RoBERTa. */
  readonly lead: string;
}

/** Reads those facts from tokenizer.json. Throws modelCorrupt where it is no JSON object. */
export async function tokenizerFacts(spec: ModelSpec): Promise<TokenizerFacts> {
  const tokenizer = await readObject(path.join(spec.root, spec.folder, 'tokenizer.json'));
  const added: readonly unknown[] = Array.isArray(tokenizer['added_tokens']) ? tokenizer['added_tokens'] : [];
  const markers = added.flatMap((entry) => {
    const content = typeof entry === 'object' && entry !== null && 'content' in entry ? entry.content : undefined;
    return typeof content === 'string' && content !== '' ? [content] : [];
  });
  return { markers, lead: isByteLevel(tokenizer['pre_tokenizer']) ? ' ' : '' };
}

function isByteLevel(step: unknown): boolean {
  if (typeof step !== 'object' || step === null) return false;
  if ('type' in step && step.type === 'ByteLevel') return true;
  return 'pretokenizers' in step && Array.isArray(step.pretokenizers) && step.pretokenizers.some(isByteLevel);
}

async function readObject(file: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (typeof value === 'object' && value !== null) return value as Readonly<Record<string, unknown>>;
  } catch (error) {
    throw modelError('modelCorrupt', `${file} is no JSON: ${messageOf(error)}`);
  }
  throw modelError('modelCorrupt', `${file} does not hold a JSON object`);
}

async function sizeOf(file: string, spec: ModelSpec): Promise<{ readonly size: number; readonly changed: number }> {
  try {
    const found = await stat(file);
    if (found.isFile()) return { size: found.size, changed: found.mtimeMs };
  } catch {
    // Missing and unreadable need the same remedy.
  }
  throw modelError(
    'modelMissing',
    `${file} of model ${spec.id} is missing or cannot be read. Restore it, or choose another model.`,
  );
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}
