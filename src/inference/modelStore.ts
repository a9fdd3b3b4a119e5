import path from 'node:path';
import { AutoModelForSeq2SeqLM, AutoModelForTokenClassification, AutoTokenizer, env } from '@huggingface/transformers';
import type { InferenceSession } from 'onnxruntime-node';
import type { ModelSpec } from '../protocol/inference.ts';
import type { Generator } from './generator.ts';
import { modelError, readConfig, tokenizerFacts, verifyFiles } from './modelFiles.ts';
import type { Classifier } from './tokenClassifier.ts';
import { WordPieces } from './wordPieces.ts';
import { stateSource } from './wordStates.ts';
import type { StateSource } from './wordStates.ts';
import { messageOf } from '../core/errorMessage.ts';

/** A model that is ready to run. */
export type LoadedModel =
  | {
      readonly family: 'bert';
      readonly spec: ModelSpec;
      readonly model: Classifier;
      readonly release: () => Promise<void>;
    }
  | {
      readonly family: 't5';
      readonly spec: ModelSpec;
      readonly model: Generator;
      readonly release: () => Promise<void>;
    };

/** Relative positions reach further than this, but no T5 was trained on longer prompts. */
const T5_PIECES = 512;

type Config = Readonly<Record<string, unknown>>;
type Tokenizer = Awaited<ReturnType<typeof AutoTokenizer.from_pretrained>>;

/** Keeps the library to local files: nothing is fetched, nothing is cached elsewhere. */
export function useLocalFilesOnly(): void {
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.useFSCache = false;
  env.useBrowserCache = false;
}

/** Verifies and loads a model with the library. Throws modelMissing, modelCorrupt or modelUnfit. */
export async function loadModel(spec: ModelSpec, threads: number): Promise<LoadedModel> {
  await verifyFiles(spec);
  const config = await readConfig(spec);
  const tags = spec.family === 'bert' ? classifierTags(spec, config) : [];
  if (spec.family === 't5') expectT5(spec, config);
  // An absolute path is read as it is; a bare folder name would have to be a legal hub id.
  const folder = path.resolve(spec.root, spec.folder);
  const options = {
    dtype: spec.dtype,
    device: 'cpu',
    local_files_only: true,
    session_options: { intraOpNumThreads: threads, interOpNumThreads: 1, logSeverityLevel: 3 },
  } as const;
  try {
    const tokenizer = await AutoTokenizer.from_pretrained(folder, { local_files_only: true });
    const pieces = new WordPieces(tokenizer, await tokenizerFacts(spec), idOr(tokenizer.unk_token_id, 0));
    const loaded =
      spec.family === 'bert'
        ? await AutoModelForTokenClassification.from_pretrained(folder, options)
        : await AutoModelForSeq2SeqLM.from_pretrained(folder, options);
    const sessions = loaded.sessions as Readonly<Record<string, InferenceSession | undefined>>;
    const release = async (): Promise<void> => {
      await loaded.dispose();
    };
    if (spec.family === 'bert') {
      const session = sessionOf(sessions, 'model', spec);
      const states = stateSource(session, spec, options.session_options);
      const model = { ...classifierOf(session, tokenizer, pieces, tags, config), states };
      return { family: 'bert', spec, model, release: () => released(release, states) };
    }
    const encoder = sessionOf(sessions, 'model', spec);
    const decoder = sessionOf(sessions, 'decoder_model_merged', spec);
    return { family: 't5', spec, model: generatorOf(encoder, decoder, tokenizer, pieces, config), release };
  } catch (error) {
    const message = messageOf(error);
    throw modelError('modelUnfit', `model ${spec.id} in ${folder} cannot be loaded: ${message}`);
  }
}

async function released(release: () => Promise<void>, states: StateSource | undefined): Promise<void> {
  await release();
  await states?.release();
}

function classifierOf(
  session: InferenceSession,
  tokenizer: Tokenizer,
  pieces: WordPieces,
  tags: readonly string[],
  config: Config,
): Omit<Classifier, 'states'> {
  // What the tokenizer puts around an empty text frames every sentence: [CLS] [SEP] for BERT.
  const frame = tokenizer.encode('', { add_special_tokens: true });
  const positions = numberOr(config['max_position_embeddings'], 512);
  return {
    session,
    pieces,
    before: frame.slice(0, 1),
    after: frame.slice(1),
    tags,
    maxPieces: Math.min(positions, numberOr(tokenizer.model_max_length, positions)),
  };
}

function generatorOf(
  encoder: InferenceSession,
  decoder: InferenceSession,
  tokenizer: Tokenizer,
  pieces: WordPieces,
  config: Config,
): Generator {
  const end = config['eos_token_id'];
  const vocabulary = tokenizer.get_vocab();
  return {
    encoder,
    decoder,
    heads: numberOr(config['num_heads'], 8),
    headWidth: numberOr(config['d_kv'], 64),
    pieces,
    start: numberOr(config['decoder_start_token_id'], idOr(tokenizer.pad_token_id, 0)),
    ends: Array.isArray(end) ? end.filter((id) => typeof id === 'number') : [numberOr(end, 1)],
    maxPieces: numberOr(config['n_positions'], T5_PIECES),
    idOf: (marker) => vocabulary.get(marker),
    textOf: (ids) => tokenizer.decode([...ids], { skip_special_tokens: false, clean_up_tokenization_spaces: false }),
  };
}

/** The tags of a classifier, in the order of its logits. */
function classifierTags(spec: ModelSpec, config: Config): readonly string[] {
  const architectures = Array.isArray(config['architectures']) ? config['architectures'].map(String) : [];
  if (!architectures.some((name) => name.endsWith('ForTokenClassification'))) {
    const found = architectures.join(', ') || String(config['model_type']);
    throw modelError(
      'modelUnfit',
      `model ${spec.id} is ${found}, not a token classifier. Choose a model whose config.json names a …ForTokenClassification architecture.`,
    );
  }
  const names = config['id2label'];
  if (typeof names !== 'object' || names === null) {
    throw modelError('modelUnfit', `config.json of model ${spec.id} has no id2label, so its tags are unknown.`);
  }
  const entries = Object.entries(names).map(([id, tag]) => [Number(id), String(tag)] as const);
  return entries.sort(([a], [b]) => a - b).map(([, tag]) => tag);
}

function expectT5(spec: ModelSpec, config: Config): void {
  const type = String(config['model_type']);
  if (['t5', 'mt5', 'umt5', 'longt5'].includes(type)) return;
  throw modelError(
    'modelUnfit',
    `model ${spec.id} is ${type}, not a T5. Choose a model whose config.json says "model_type": "t5".`,
  );
}

function sessionOf(
  sessions: Readonly<Record<string, InferenceSession | undefined>>,
  name: string,
  spec: ModelSpec,
): InferenceSession {
  const session = sessions[name];
  if (session === undefined) throw modelError('modelUnfit', `model ${spec.id} has no ONNX graph for "${name}".`);
  return session;
}

function numberOr(value: unknown, fallback: number): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : fallback;
}

function idOr(value: unknown, fallback: number): number {
  return typeof value === 'number' ? value : fallback;
}
