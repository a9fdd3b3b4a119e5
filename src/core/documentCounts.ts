import { sentenceState } from './sentenceState.ts';
import type { Layer } from './span.ts';

/** What a document holds and how far the work on it is; the counts of several documents add up. */
export interface DocumentCounts {
  readonly sentences: number;
  readonly tokens: number;
  /** Sentences that somebody annotated, reviewed or not. */
  readonly gold: number;
  /** Sentences that somebody marked as reviewed. */
  readonly reviewed: number;
  readonly notes: number;
  /** Spans of gold by label. */
  readonly labels: ReadonlyMap<string, number>;
}

/** The parts of a sentence that are counted. */
export interface CountedSentence {
  readonly tokens: { readonly length: number };
  readonly gold: Layer | null;
  readonly comments: readonly { readonly key: string; readonly value: string }[];
}

/** Adds up sentences or whole documents, one after the other. */
export class DocumentCounter implements DocumentCounts {
  sentences = 0;
  tokens = 0;
  gold = 0;
  reviewed = 0;
  notes = 0;
  readonly labels = new Map<string, number>();

  /** Puts a sentence in (1), or takes out (-1) one that was put in before. */
  add({ tokens, gold, comments }: CountedSentence, sign: 1 | -1 = 1): void {
    this.sentences += sign;
    this.tokens += sign * tokens.length;
    if (gold !== null) this.gold += sign;
    for (const { label } of gold ?? []) this.#bump(label, sign);
    if (comments.length === 0) return;
    const { reviewed, note } = sentenceState(comments);
    if (reviewed !== undefined) this.reviewed += sign;
    if (note !== undefined) this.notes += sign;
  }

  addAll({ sentences, tokens, gold, reviewed, notes, labels }: DocumentCounts): void {
    this.sentences += sentences;
    this.tokens += tokens;
    this.gold += gold;
    this.reviewed += reviewed;
    this.notes += notes;
    for (const [label, count] of labels) this.#bump(label, count);
  }

  #bump(label: string, by: number): void {
    const count = (this.labels.get(label) ?? 0) + by;
    if (count === 0) this.labels.delete(label);
    else this.labels.set(label, count);
  }
}

/** The counts of several documents together. */
export function sumDocuments(all: Iterable<DocumentCounts>): DocumentCounts {
  const sum = new DocumentCounter();
  for (const counts of all) sum.addAll(counts);
  return sum;
}
