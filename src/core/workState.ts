import type { GoldParts } from './decisions.ts';
import { sentenceState } from './sentenceState.ts';

/**
 * How far the work on a sentence is: no word is decided, some are, all are, or all are and a person looked it through. A
 * mark of review on a sentence that is not complete changes nothing.
 */
export const WORK_STATES = ['untouched', 'inProgress', 'complete', 'reviewed'] as const;
export type WorkState = (typeof WORK_STATES)[number];

/** What people read. */
export const workStateNames: Readonly<Record<WorkState, string>> = {
  untouched: 'untouched',
  inProgress: 'in progress',
  complete: 'complete',
  reviewed: 'reviewed',
};

/** The parts of a sentence that its state depends on. */
export interface WorkedOn extends GoldParts {
  readonly comments?: readonly { readonly key: string; readonly value: string }[] | undefined;
}

/** The state of a sentence: the one definition behind every count and every word about it. */
export function workState({ gold, partial, comments = [] }: WorkedOn): WorkState {
  if (gold === null) return partial === undefined ? 'untouched' : 'inProgress';
  return comments.length > 0 && sentenceState(comments).reviewed !== undefined ? 'reviewed' : 'complete';
}

/** Sentences by their state, each in one; they add up to all sentences. */
export type WorkCounts = Readonly<Record<WorkState, number>>;

/** What figures say of what they count: `5 complete, 2 in progress (not counted)`. `complete` includes what is reviewed. */
export function countedText(complete: number, inProgress: number): string {
  const started = inProgress === 0 ? '' : `, ${inProgress.toLocaleString('en')} in progress (not counted)`;
  return `${complete.toLocaleString('en')} complete${started}`;
}

/** The states behind counts in which what is reviewed is among what is complete. */
export function workCounts({
  sentences,
  gold,
  inProgress,
  reviewed,
}: Readonly<Record<'sentences' | 'gold' | 'inProgress' | 'reviewed', number>>): WorkCounts {
  return { untouched: sentences - gold - inProgress, inProgress, complete: gold - reviewed, reviewed };
}

/** The states of many sentences in words, those that there are: `3 untouched, 2 in progress, 4 complete, 1 reviewed`. */
export function workText(counts: WorkCounts): string {
  const said = WORK_STATES.filter((state) => counts[state] > 0).map(
    (state) => `${counts[state].toLocaleString('en')} ${workStateNames[state]}`,
  );
  return said.length === 0 ? 'no sentences' : said.join(', ');
}
