import { addTally, EMPTY_TALLY, scoreOf } from '../tally.ts';
import type { Score, Tally } from '../tally.ts';

/** Test, then train: how the answers that each system had before it learnt from a sentence compare with what the person decided. */
export interface Outcome {
  /** Exact matches of labelled spans by system; a system that had no answer is left out. */
  readonly tallies: Readonly<Record<string, Tally>>;
  /** How many decisions the person changed in the sentence, and keys pressed. */
  readonly corrections: number;
  readonly keys: number;
  /** How the sentence came: by chance, in the order of the text, or because it looked hard. */
  readonly order: 'chance' | 'text' | 'queue';
  /** True where no suggestion was shown before the person had decided. */
  readonly blind: boolean;
}

/** A system's curve after one more sentence. */
export interface CurvePoint {
  /** Sentences and corrections up to here. */
  readonly sentences: number;
  readonly corrections: number;
  /** Over all sentences up to here for which the system had an answer. */
  readonly cumulative: Score;
  /** Over the last ones alone. */
  readonly recent: Score;
}

/** How many sentences `recent` looks back on. */
export const WINDOW = 50;

/** The curve of a system over outcomes in the order in which sentences were completed. */
export function prequentialCurve(outcomes: readonly Outcome[], system: string, window = WINDOW): readonly CurvePoint[] {
  let [all, recent, corrections] = [EMPTY_TALLY, EMPTY_TALLY, 0];
  return outcomes.map((outcome, index) => {
    const gone = outcomes[index - window]?.tallies[system] ?? EMPTY_TALLY;
    const own = outcome.tallies[system] ?? EMPTY_TALLY;
    corrections += outcome.corrections;
    all = addTally(all, own);
    recent = addTally(addTally(recent, own), gone, -1);
    return { sentences: index + 1, corrections, cumulative: scoreOf(all), recent: scoreOf(recent) };
  });
}

/** The scores of the last sentences that both systems answered: what decides whether a head is used. */
export function lastScores(
  outcomes: readonly Outcome[],
  [a, b]: readonly [string, string],
  window = WINDOW,
): { readonly sentences: number; readonly scores: readonly [Score, Score] } {
  const both = outcomes.filter(({ tallies }) => Object.hasOwn(tallies, a) && Object.hasOwn(tallies, b)).slice(-window);
  const sum = (system: string): Score =>
    scoreOf(both.reduce((before, { tallies }) => addTally(before, tallies[system] ?? EMPTY_TALLY), EMPTY_TALLY));
  return { sentences: both.length, scores: [sum(a), sum(b)] };
}

/** Whether what was learnt is to be used: not where it did worse than the base model on the last sentences that both answered. */
export function isWorthUsing(outcomes: readonly Outcome[], base: string, adapted: string, window = WINDOW): boolean {
  const { scores } = lastScores(outcomes, [base, adapted], window);
  return (scores[1].f1 ?? 0) >= (scores[0].f1 ?? 0);
}

/** A place where one curve overtakes another for good: from this number of sentences on `ahead` has the higher figure up to the end. */
export interface Crossing {
  readonly sentences: number;
  readonly ahead: 'a' | 'b' | 'neither';
}

/** Who is ahead at the end of two curves over the same sentences, and since when. */
export function lastCrossing(
  a: readonly CurvePoint[],
  b: readonly CurvePoint[],
  figure: 'cumulative' | 'recent',
): Crossing {
  const aheadAt = (index: number): Crossing['ahead'] => {
    const difference = (a[index]?.[figure].f1 ?? 0) - (b[index]?.[figure].f1 ?? 0);
    return difference === 0 ? 'neither' : difference > 0 ? 'a' : 'b';
  };
  const end = Math.min(a.length, b.length) - 1;
  const ahead = aheadAt(end);
  let since = end;
  while (since > 0 && aheadAt(since - 1) === ahead) since--;
  return { sentences: a[since]?.sentences ?? 0, ahead };
}
