import { decidedSpans } from './decisions.ts';
import type { GoldParts } from './decisions.ts';
import { sentenceState } from './sentenceState.ts';
import { workState } from './workState.ts';

/** What a document holds and how far the work on it is; the counts of several documents add up. */
export interface DocumentCounts {
  readonly sentences: number;
  readonly tokens: number;
  /** Complete sentences, reviewed or not. */
  readonly gold: number;
  /** Sentences of which some words are decided and others are not. */
  readonly inProgress: number;
  /** Complete sentences that somebody looked through. */
  readonly reviewed: number;
  readonly notes: number;
  /** Decided spans by label, those of sentences in progress too. */
  readonly labels: ReadonlyMap<string, number>;
}

/** The parts of a sentence that are counted. */
export interface CountedSentence extends GoldParts {
  readonly tokens: { readonly length: number };
  readonly comments: readonly { readonly key: string; readonly value: string }[];
}

/** Adds up sentences or whole documents, one after the other. */
export class DocumentCounter implements DocumentCounts {
  sentences = 0;
  tokens = 0;
  gold = 0;
  inProgress = 0;
  reviewed = 0;
  notes = 0;
  readonly labels = new Map<string, number>();

  /** Puts a sentence in (1), or takes out (-1) one that was put in before. */
  add(sentence: CountedSentence, sign: 1 | -1 = 1): void {
    const { tokens, comments } = sentence;
    this.sentences += sign;
    this.tokens += sign * tokens.length;
    const state = workState(sentence);
    if (state === 'complete' || state === 'reviewed') this.gold += sign;
    if (state === 'inProgress') this.inProgress += sign;
    if (state === 'reviewed') this.reviewed += sign;
    for (const { label } of decidedSpans(sentence)) this.#bump(label, sign);
    if (comments.length > 0 && sentenceState(comments).note !== undefined) this.notes += sign;
  }

  addAll({ sentences, tokens, gold, inProgress, reviewed, notes, labels }: DocumentCounts): void {
    this.sentences += sentences;
    this.tokens += tokens;
    this.gold += gold;
    this.inProgress += inProgress;
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
