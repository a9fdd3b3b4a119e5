import type { CancelSignal } from '../protocol/channel.ts';
import { ChannelError } from '../protocol/channel.ts';
import type { Answer, Prompt } from '../protocol/inference.ts';
import { throwIfCancelled } from './cancelled.ts';
import { decodeCopyTags } from './constrainedDecoding.ts';
import { emptyState, encodePrompt, step } from './decoder.ts';
import type { DecoderState, Encoded, EncoderDecoder } from './decoder.ts';
import { likeliest } from './tensors.ts';
import type { WordPieces } from './wordPieces.ts';

/** A loaded sequence-to-sequence model. */
export interface Generator extends EncoderDecoder {
  readonly pieces: WordPieces;
  readonly start: number;
  readonly ends: readonly number[];
  readonly maxPieces: number;
  /** The single piece of a marker, or undefined where the vocabulary has none. */
  readonly idOf: (marker: string) => number | undefined;
  readonly textOf: (ids: readonly number[]) => string;
}

/** How many words are decoded with guessed tags at once: more cost the head over all pieces for words that may be decided otherwise. */
export const WORDS_AHEAD = 2;

/** The answer to one prompt; with a constraint the words are forced and the tags legal, without one greedy up to `maxTokens`. */
export async function generate(
  model: Generator,
  prompt: Prompt,
  temperature: number,
  signal: CancelSignal,
  ahead: number = WORDS_AHEAD,
): Promise<Answer> {
  const ids = [...model.pieces.ofPrompt(prompt.text), ...model.ends.slice(0, 1)];
  throwIfCancelled(signal);
  const encoded = await encodePrompt(model, ids);
  return prompt.constraint === null
    ? generateFreely(model, encoded, prompt.maxTokens, temperature, ids.length, signal)
    : generateCopyTags(model, encoded, prompt.constraint, temperature, ids.length, ahead, signal);
}

async function generateCopyTags(
  model: Generator,
  encoded: Encoded,
  constraint: NonNullable<Prompt['constraint']>,
  temperature: number,
  promptPieces: number,
  ahead: number,
  signal: CancelSignal,
): Promise<Answer> {
  const words = constraint.words.map((word) => model.pieces.ofWord(word));
  const tags = constraint.tagTokens.map((token) => {
    const id = model.idOf(token);
    if (id !== undefined) return id;
    throw new ChannelError(
      'modelUnfit',
      `the model's tokenizer has no piece "${token}"; name its tag tokens in the prompt template`,
    );
  });
  const plan = { start: model.start, words, tags, after: constraint.after };
  const decided = await decodeCopyTags(model, encoded, plan, temperature, ahead, signal);
  const choices = decided.map(({ tag, logProbability }) => ({
    token: constraint.tagTokens[tag] ?? '',
    probability: Math.exp(logProbability),
  }));
  return {
    text: choices.map(({ token }, index) => `${constraint.words[index] ?? ''} ${token}`).join(' '),
    logProbability: decided.reduce((sum, choice) => sum + choice.logProbability, 0),
    choices,
    finished: true,
    promptPieces,
    generatedPieces: words.reduce((sum, pieces) => sum + pieces.length + 1, 0),
  };
}

async function generateFreely(
  model: Generator,
  encoded: Encoded,
  maxTokens: number,
  temperature: number,
  promptPieces: number,
  signal: CancelSignal,
): Promise<Answer> {
  const written: number[] = [];
  let state: DecoderState = emptyState(model);
  let last = model.start;
  let logProbability = 0;
  let finished = false;
  while (written.length < maxTokens && !finished) {
    throwIfCancelled(signal);
    const result = await step(model, encoded, state, [last]);
    const next = likeliest(result.logits.subarray(0, result.vocabulary), temperature);
    last = next.column;
    logProbability += next.logProbability;
    finished = model.ends.includes(last);
    written.push(last);
    state = result.state;
  }
  const kept = finished ? written.slice(0, -1) : written;
  return {
    text: kept.length === 0 ? '' : model.textOf(kept),
    logProbability,
    choices: null,
    finished,
    promptPieces,
    generatedPieces: written.length,
  };
}
