import { parseAnswer } from '../../core/answer.ts';
import { chunksOf, joinPredictions } from '../../core/sentenceChunks.ts';
import { classifiedPrediction } from '../../core/classification.ts';
import { mergeTags } from '../../core/distribution.ts';
import type { Failure, Prediction } from '../../core/prediction.ts';
import { buildPromptWithin, tagTokensOf } from '../../core/prompt.ts';
import type { Example, PromptTemplate } from '../../core/prompt.ts';
import { tagsOf } from '../../core/scheme.ts';
import type { Scheme } from '../../core/scheme.ts';
import { legalBefore } from '../../core/transitions.ts';
import { ChannelError } from '../../protocol/channel.ts';
import type { CancelSignal } from '../../protocol/channel.ts';
import type { Answer, Classified, ModelSpec, Prompt } from '../../protocol/inference.ts';
import type { InferenceClient } from './inferenceClient.ts';
import type { ServedModel } from '../serving/servedChoice.ts';
import type { ManifestModel } from './manifest.ts';

/** A model with what is needed to ask it in one scheme; `rename` reads a classifier's tags, undefined where they are ours already. */
export interface ModelUse {
  readonly model: ManifestModel;
  readonly spec: ModelSpec;
  readonly scheme: Scheme;
  readonly rename: ((tag: string) => string) | undefined;
  readonly asking: Asking;
  /** The server that answers for it; undefined for a model of this machine. */
  readonly served?: ServedModel | undefined;
}

/** Who runs models: the model process, or a server. */
export type Runner = Pick<InferenceClient, 'load' | 'classify' | 'generate'>;

/** How a generator is asked, where that differs from its template: fewer or more examples, or free to write what it likes. */
export interface Asking {
  /** How many examples a prompt shows; the template's own number where undefined. */
  readonly k?: number | undefined;
  /** Examples for a sentence in place of the template's own, the most telling first. */
  readonly examplesFor?: ((words: readonly string[]) => readonly Example[]) | undefined;
  /** Lets a copyTags model write freely, which shows its raw failures. */
  readonly free?: boolean | undefined;
}

/** What a batch cost. */
export interface Cost {
  readonly milliseconds: number;
  readonly pieces: number;
  readonly generatedPieces: number;
}

/** Predictions of a batch, in order, with what they cost. */
export interface BatchResult {
  readonly predictions: readonly Prediction[];
  readonly cost: Cost;
}

/** A generator was not trained on longer sentences: they are asked about in parts. */
const CHUNK_WORDS = 60;
const CHUNK_PIECES = 320;

/** The longest free answer that is waited for: every word once, in pieces, each with a tag or now and then a label. */
function freePieces(words: number): number {
  return Math.min(512, 24 + 8 * words);
}

/** Asks a model about a batch of sentences. Rejects with ChannelError. */
export function runModel(
  client: Runner,
  use: ModelUse,
  sentences: readonly (readonly string[])[],
  signal?: CancelSignal,
): Promise<BatchResult> {
  const { prompt } = use.model;
  if (use.model.family === 'bert') return runClassifier(client, use, sentences, signal);
  if (prompt !== null) return runGenerator(client, use, prompt, sentences, signal);
  return Promise.reject(new ChannelError('modelUnfit', `model ${use.model.id} has no prompt template`));
}

async function runClassifier(
  client: Runner,
  { model, spec, scheme, rename }: ModelUse,
  sentences: readonly (readonly string[])[],
  signal: CancelSignal | undefined,
): Promise<BatchResult> {
  const { tags, maxPieces } = await client.load(spec);
  const temperature = temperatureOf(model, scheme);
  const answer = await client.classify(spec, temperature, sentences, signal);
  return {
    predictions: answer.sentences.map((classified, index) => {
      const raw = { tags, values: classified.distribution };
      const prediction = classifiedPrediction(rename === undefined ? raw : mergeTags(raw, rename), scheme);
      const cuts = cutsOf(classified, sentences[index] ?? [], maxPieces);
      return { ...prediction, failures: [...prediction.failures, ...cuts] };
    }),
    cost: {
      milliseconds: answer.milliseconds,
      pieces: answer.sentences.reduce((sum, sentence) => sum + sentence.pieces, 0),
      generatedPieces: 0,
    },
  };
}

/** What a classifier's sentence suffered from being cut into pieces and windows. */
function cutsOf(
  { pieces, windows, splitWords }: Classified,
  words: readonly string[],
  maxPieces: number,
): readonly Failure[] {
  const split = splitWords.map((word): Failure => {
    const detail = `the pieces of “${(words[word] ?? '').slice(0, 200)}” have different labels; the first one's counts`;
    return { kind: 'splitAcrossPieces', first: word, end: word + 1, detail };
  });
  if (windows < 2) return split;
  const detail = `read in ${String(windows)} windows of at most ${String(maxPieces)} pieces (${String(pieces)} in all)`;
  return [...split, { kind: 'truncated', detail }];
}

async function runGenerator(
  client: Runner,
  { model, spec, scheme, asking }: ModelUse,
  given: PromptTemplate,
  sentences: readonly (readonly string[])[],
  signal: CancelSignal | undefined,
): Promise<BatchResult> {
  const { maxPieces } = await client.load(spec);
  const template = asking.k === undefined ? given : { ...given, k: asking.k };
  const plans = sentences.map((words) => {
    const chunks = chunksOf(words, CHUNK_WORDS, CHUNK_PIECES);
    const parts = chunks.map(({ first, end }) => words.slice(first, end));
    const examples = asking.examplesFor?.(words) ?? template.examples;
    const asked = parts.map((part) => {
      const text = buildPromptWithin({ ...template, examples }, part, scheme, model.labels, maxPieces);
      return { words: part, scheme, labels: model.labels, prompt: text };
    });
    return { chunks, asked };
  });
  const prompts = plans.flatMap(({ asked }) =>
    asked.map(({ prompt, words }) =>
      asking.free === true || template.answer === 'entityList'
        ? { text: prompt, constraint: null, maxTokens: freePieces(words.length) }
        : forcedPrompt(prompt, words, template, scheme, model.labels),
    ),
  );
  const answer = await client.generate(spec, temperatureOf(model, scheme), prompts, signal);
  let next = 0;
  const predictions = plans.map(({ chunks, asked }) => {
    const parts = asked.map((part) => {
      const written = answer.answers[next++];
      if (written === undefined) throw new Error('the model process answered fewer prompts than it was asked');
      const prediction = parseAnswer(written, part, template);
      return { ...prediction, failures: [...prediction.failures, ...overlong(written, maxPieces)] };
    });
    if (parts.length === 0) return EMPTY;
    const joined = joinPredictions(chunks, parts);
    if (parts.length === 1) return joined;
    const detail = `asked about in ${String(parts.length)} parts; a span cannot cross from one to the next`;
    const cut: Failure = { kind: 'truncated', detail };
    return { ...joined, failures: [...joined.failures, cut] };
  });
  return {
    predictions,
    cost: {
      milliseconds: answer.milliseconds,
      pieces: answer.answers.reduce((sum, one) => sum + one.promptPieces, 0),
      generatedPieces: answer.answers.reduce((sum, one) => sum + one.generatedPieces, 0),
    },
  };
}

const EMPTY: Prediction = { layer: [], tags: [], probabilities: [], failures: [] };

function forcedPrompt(
  text: string,
  words: readonly string[],
  template: PromptTemplate,
  scheme: Scheme,
  labels: readonly string[],
): Prompt {
  const tags = tagsOf(scheme, labels);
  return {
    text,
    constraint: {
      kind: 'copyTags',
      words: [...words],
      tagTokens: [...tagTokensOf(tags, template)],
      after: legalBefore(tags).map((before) => (before === null ? null : [...before])),
    },
    maxTokens: 0,
  };
}

function overlong(answer: Answer, maxPieces: number): readonly Failure[] {
  if (answer.promptPieces <= maxPieces) return [];
  const detail = `the prompt has ${String(answer.promptPieces)} pieces; the model was made for ${String(maxPieces)}`;
  return [{ kind: 'tokenLimit', detail }];
}

function temperatureOf(model: ManifestModel, scheme: Scheme): number {
  return model.temperature[scheme] ?? model.temperature.full ?? 1;
}
