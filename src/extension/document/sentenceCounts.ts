import { sentenceState } from '../../core/sentenceState.ts';
import { workState } from '../../core/workState.ts';
import type { ModelSource } from '../../core/span.ts';
import type { SessionSentence } from './session.ts';
import { spliceBetween } from '../base/splice.ts';
import { MODEL_SOURCES } from '../../core/span.ts';

/** How far the work on a document is. */
export interface SentenceCounts {
  readonly sentences: number;
  /** Complete sentences, reviewed or not. */
  readonly gold: number;
  readonly inProgress: number;
  /** Complete sentences that somebody looked through. */
  readonly reviewed: number;
  readonly notes: number;
  readonly predicted: Readonly<Record<ModelSource, number>>;
}

type Counted = Pick<SessionSentence, 'gold' | 'partial' | 'comments' | 'predictions'>;

/** The counts of a list of sentences that changes a little at a time, at the cost of those that changed. */
export class LiveCounts {
  #seen: readonly Counted[] = [];
  #gold = 0;
  #reviewed = 0;
  #inProgress = 0;
  #notes = 0;
  readonly #predicted = { bert: 0, t5: 0 };

  of(sentences: readonly Counted[]): SentenceCounts {
    const before = this.#seen;
    const splice = sentences === before ? undefined : spliceBetween(before, sentences);
    this.#seen = sentences;
    if (splice !== undefined) {
      const { first, oldEnd, newEnd } = splice;
      const inPlace = oldEnd === newEnd;
      const stayed = (index: number): boolean => inPlace && before[index] === sentences[index];
      for (let index = first; index < oldEnd; index++) if (!stayed(index)) this.#count(before[index], -1);
      for (let index = first; index < newEnd; index++) if (!stayed(index)) this.#count(sentences[index], 1);
    }
    return {
      sentences: sentences.length,
      gold: this.#gold,
      reviewed: this.#reviewed,
      inProgress: this.#inProgress,
      notes: this.#notes,
      predicted: { ...this.#predicted },
    };
  }

  #count(sentence: Counted | undefined, by: 1 | -1): void {
    if (sentence === undefined) return;
    const { note } = sentenceState(sentence.comments);
    const state = workState(sentence);
    if (state === 'complete' || state === 'reviewed') this.#gold += by;
    if (state === 'inProgress') this.#inProgress += by;
    if (state === 'reviewed') this.#reviewed += by;
    if (note !== undefined) this.#notes += by;
    for (const source of MODEL_SOURCES) if (sentence.predictions[source] !== undefined) this.#predicted[source] += by;
  }
}

const known = new WeakMap<object, LiveCounts>();

/** The counts of a session's sentences as they are now. */
export function countsOf(session: { readonly sentences: readonly Counted[] }): SentenceCounts {
  let counts = known.get(session);
  if (counts === undefined) known.set(session, (counts = new LiveCounts()));
  return counts.of(session.sentences);
}
