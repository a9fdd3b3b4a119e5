import type { Failure, Prediction } from './prediction.ts';
import { decode } from './scheme.ts';

/** A run of words that is asked about at once: half-open word indices. */
export interface Chunk {
  readonly first: number;
  readonly end: number;
}

/** Words after which a long sentence may be cut with least harm. */
const BORDER = /^[.;:,!?–—)\]]$/u;

/** The pieces that a word may take at most, estimated from its letters without a tokenizer. */
export function estimatedPieces(word: string): number {
  return 1 + Math.min(48, Math.ceil(word.length / 2));
}

/**
 * Runs of at most `words` words and about `pieces` pieces, cut behind punctuation in the last third where there is some.
 * One run where all fits; no word is lost.
 */
export function chunksOf(sentence: readonly string[], words: number, pieces: number): readonly Chunk[] {
  const chunks: Chunk[] = [];
  let first = 0;
  while (first < sentence.length) {
    let end = first;
    let estimate = 0;
    while (end < sentence.length && end - first < words) {
      estimate += estimatedPieces(sentence[end] ?? '');
      if (estimate > pieces && end > first) break;
      end++;
    }
    if (end < sentence.length) end = softBorder(sentence, first, end);
    chunks.push({ first, end });
    first = end;
  }
  return chunks;
}

/** The prediction of a whole sentence from those of its chunks; a span never crosses a cut. */
export function joinPredictions(chunks: readonly Chunk[], parts: readonly Prediction[]): Prediction {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const layer = parts.flatMap((part, index) => {
    const shift = chunks[index]?.first ?? 0;
    return part.layer.map((span) => ({ ...span, first: span.first + shift, end: span.end + shift }));
  });
  const tags = parts.flatMap((part) => part.tags);
  const failures = parts.flatMap((part, index) => {
    const shift = chunks[index]?.first ?? 0;
    return part.failures.map((failure): Failure => {
      const { first, end } = failure;
      return first === undefined || end === undefined
        ? failure
        : { ...failure, first: first + shift, end: end + shift };
    });
  });
  const probabilities = parts.flatMap((part) => part.probabilities);
  const raws = parts.flatMap((part) => (part.raw === undefined ? [] : [part.raw]));
  const raw = {
    prompt: raws.map((part) => part.prompt).join('\n'),
    answer: raws.map((part) => part.answer).join('\n'),
  };
  // A chunk that starts with I has a start of its own; decoding the whole again would join it to the chunk before.
  return { layer, tags: startsRepaired(tags, chunks), probabilities, failures, ...(raws.length === 0 ? {} : { raw }) };
}

function startsRepaired(tags: readonly string[], chunks: readonly Chunk[]): readonly string[] {
  const starts = new Set(chunks.map((chunk) => chunk.first));
  const illegal = new Set(
    chunks.flatMap(({ first, end }) => decode(tags.slice(first, end), 'repair').illegal.map((index) => index + first)),
  );
  return tags.map((tag, index) =>
    index > 0 && starts.has(index) && illegal.has(index) && tag.startsWith('I') ? `B${tag.slice(1)}` : tag,
  );
}

function softBorder(sentence: readonly string[], first: number, end: number): number {
  for (let index = end; index > first + ((end - first) * 2) / 3; index--) {
    if (BORDER.test(sentence[index - 1] ?? '')) return index;
  }
  return end;
}
