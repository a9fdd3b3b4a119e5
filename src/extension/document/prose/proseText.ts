import type { Sentence } from '../../../core/sentence.ts';
import { spliceBetween, upperBound } from '../../base/splice.ts';
import type { Splice } from '../../base/splice.ts';
import type { Replacement } from '../../base/textChange.ts';

/** A text as sentences; `starts[i]` is the UTF-16 offset of sentence i in the document. */
export interface ProseText {
  readonly starts: readonly number[];
  readonly sentences: readonly Sentence[];
}

/** Splits and tokenises a text; `start` is the offset of each sentence in it. */
export type ReadSentences = (text: string) => readonly { readonly start: number; readonly sentence: Sentence }[];

/** What an edit did: the text after it and which sentences are other objects now, undefined where all are the same. */
export interface ProseUpdate {
  readonly text: ProseText;
  readonly splice: Splice | undefined;
}

/** A range of UTF-16 offsets, half-open. */
interface Span {
  readonly start: number;
  readonly end: number;
}

export const emptyProse: ProseText = { starts: [], sentences: [] };

/** Where sentence i ends. */
export function endOf({ starts, sentences }: ProseText, index: number): number {
  return (starts[index] ?? 0) + (sentences[index]?.text.length ?? 0);
}

/** The sentences that a range of offsets touches, as a half-open range of indices; one that only ends where the range starts is not touched. */
export function touching(text: ProseText, { start, end }: Span): readonly [first: number, end: number] {
  const before = upperBound(text.starts, start) - 1;
  const first = before >= 0 && endOf(text, before) > start ? before : before + 1;
  return [first, Math.max(first, upperBound(text.starts, end - 1))];
}

/** Reads a whole text again, keeping the objects of sentences whose text did not change. */
export function rereadProse(old: ProseText, whole: string, read: ReadSentences): ProseUpdate {
  return spliced(old, [0, old.sentences.length], read(whole), 0, 0);
}

/**
 * The sentences after an edit, of which only `window` (offsets after the edit, around it) is read again. It is widened
 * so that it cuts no sentence in two.
 */
export function updateProse(
  old: ProseText,
  edit: Replacement,
  window: Span,
  textBetween: (start: number, end: number) => string,
  read: ReadSentences,
): ProseUpdate {
  const growth = edit.length - (edit.end - edit.start);
  const range = touching(old, {
    start: Math.min(window.start, edit.start),
    end: Math.max(window.end - growth, edit.end),
  });
  const [first, end] = range;
  const some = end > first;
  const start = Math.min(window.start, some ? (old.starts[first] ?? 0) : Infinity);
  const stop = Math.max(window.end, some ? endOf(old, end - 1) + growth : 0);
  return spliced(old, range, read(textBetween(start, stop)), start, growth);
}

function spliced(
  old: ProseText,
  [first, end]: readonly [number, number],
  found: ReturnType<ReadSentences>,
  offset: number,
  growth: number,
): ProseUpdate {
  const replaced = old.sentences.slice(first, end);
  const known = new Map<string, Sentence[]>();
  for (const sentence of replaced.toReversed()) {
    const same = known.get(sentence.text);
    if (same === undefined) known.set(sentence.text, [sentence]);
    else same.push(sentence);
  }
  const sentences = found.map(({ sentence }) => known.get(sentence.text)?.pop() ?? sentence);
  const after = old.starts.slice(end);
  const text = {
    starts: old.starts.slice(0, first).concat(
      found.map(({ start }) => start + offset),
      growth === 0 ? after : after.map((start) => start + growth),
    ),
    sentences: old.sentences.slice(0, first).concat(sentences, old.sentences.slice(end)),
  };
  const splice = spliceBetween(replaced, sentences);
  return {
    text,
    splice: splice && { first: splice.first + first, oldEnd: splice.oldEnd + first, newEnd: splice.newEnd + first },
  };
}
