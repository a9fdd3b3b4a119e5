import { sameLayer } from './span.ts';
import type { Layer, ModelSource } from './span.ts';
import { encodeAs } from './tagging.ts';
import type { Tagging } from './tagging.ts';

/** The tag of a word on which nobody decided. */
export const UNDECIDED = '_';

/**
 * What was decided of a sentence so far: the spans, and the words (ascending) on which nobody decided. A word in neither was
 * decided to be no part of an entity.
 */
export interface Decisions {
  readonly layer: Layer;
  readonly undecided: readonly number[];
}

/** The models whose answer a decision took over; none where a person decided by themselves. */
export type Origin = readonly ModelSource[];

/** Decisions with the origin of those that are new, by word. */
export interface Decided extends Decisions {
  readonly origins: readonly (Origin | undefined)[];
}

/** The parts of a sentence that say what was decided: all of it, a part (`partial`), or nothing. */
export interface GoldParts {
  /** Null unless every word is decided. */
  readonly gold: Layer | null;
  /** What is decided where that is not all; undefined where it is all or nothing. */
  readonly partial?: Decisions | undefined;
}

const NONE: readonly number[] = [];

/** The decisions of a sentence whose every word is decided. */
export function allDecided(layer: Layer): Decisions {
  return { layer, undecided: NONE };
}

/** A layer of `length` words that a person decided whole. */
export function byPerson(layer: Layer, length: number): Decided {
  return { ...allDecided(layer), origins: wordsFrom(0, length).map(() => []) };
}

/** What was decided of a sentence; null where nothing was. */
export function decisionsOf({ gold, partial }: GoldParts): Decisions | null {
  return gold === null ? (partial ?? null) : allDecided(gold);
}

/** The spans that are decided so far. */
export function decidedSpans(sentence: GoldParts): Layer {
  return decisionsOf(sentence)?.layer ?? [];
}

/** True where both say the same of every word. */
export function sameDecisions(a: Decisions | null, b: Decisions | null): boolean {
  if (a === null || b === null) return a === b;
  return (
    sameLayer(a.layer, b.layer) &&
    a.undecided.length === b.undecided.length &&
    a.undecided.every((token, index) => token === b.undecided[index])
  );
}

/** Decisions as the parts of a sentence of `length` words: complete, a part, or nothing. */
export function goldParts(decisions: Decisions | null, length: number): GoldParts {
  if (decisions === null || (length > 0 && decisions.undecided.length >= length)) return { gold: null };
  return decisions.undecided.length === 0 ? { gold: decisions.layer } : { gold: null, partial: decisions };
}

/** The tags of decisions over `length` words, UNDECIDED where nobody decided. */
export function tagsOfDecisions(decisions: Decisions | null, length: number, tagging: Tagging): readonly string[] {
  if (decisions === null) return new Array<string>(length).fill(UNDECIDED);
  const tags = [...encodeAs(decisions.layer, length, tagging)];
  for (const token of decisions.undecided) if (token < length) tags[token] = UNDECIDED;
  return tags;
}

/** The first stretch of neighbouring words (ascending numbers) that begins after `after`. */
export function nextStretch(
  words: readonly number[],
  after: number,
): { readonly first: number; readonly end: number } | undefined {
  const first = words.find((word) => word > after);
  if (first === undefined) return undefined;
  let end = first + 1;
  while (words.includes(end)) end++;
  return { first, end };
}

/** The numbers from `first` to `end` (exclusive). */
export function wordsFrom(first: number, end: number): readonly number[] {
  return Array.from({ length: Math.max(0, end - first) }, (_, index) => first + index);
}
