/** Counts behind precision and recall. `correct` may be half-integral (partial credit); `gold` counts the reference's side. Addable. */
export interface Tally {
  readonly correct: number;
  readonly predicted: number;
  readonly gold: number;
}

/** The tally of nothing. */
export const EMPTY_TALLY: Tally = { correct: 0, predicted: 0, gold: 0 };

/** Precision, recall and F1 (0 to 1) with their counts; a ratio is null where it is 0/0. */
export interface Score extends Tally {
  readonly precision: number | null;
  readonly recall: number | null;
  readonly f1: number | null;
}

/** `part / whole`, or null for 0/0. */
export function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

/** a + sign * b. */
export function addTally(a: Tally, b: Tally, sign: 1 | -1 = 1): Tally {
  return {
    correct: a.correct + sign * b.correct,
    predicted: a.predicted + sign * b.predicted,
    gold: a.gold + sign * b.gold,
  };
}

/**
 * The score of a tally. Rule for 0/0: precision is undefined (null) without predictions, recall without gold, F1 only
 * without both; F1 = 2 correct / (predicted + gold), which equals the harmonic mean wherever that is defined and is 0 where
 * one side is empty. conlleval and seqeval print 0 for each of these nulls.
 */
export function scoreOf({ correct, predicted, gold }: Tally): Score {
  return {
    correct,
    predicted,
    gold,
    precision: ratio(correct, predicted),
    recall: ratio(correct, gold),
    f1: ratio(2 * correct, predicted + gold),
  };
}

/** The mean of the values with null taken as 0 (scikit-learn's zero_division=0); null for no values. */
export function meanWithZeros(values: readonly (number | null)[]): number | null {
  return ratio(
    values.reduce<number>((sum, value) => sum + (value ?? 0), 0),
    values.length,
  );
}
