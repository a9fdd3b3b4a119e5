import { OTHERS, tokenMatrix } from '../confusion.ts';
import type { Counts } from '../counts.ts';
import { scores } from '../metrics.ts';
import type { SpanScores } from '../metrics.ts';
import type { Scheme } from '../scheme.ts';
import type { Score } from '../tally.ts';

/** A score as JSON: ratios 0 to 1, null where they are 0/0. */
export interface ScoreJson {
  readonly precision: number | null;
  readonly recall: number | null;
  readonly f1: number | null;
  readonly correct: number;
  readonly predicted: number;
  readonly gold: number;
}

/** Every figure as JSON, in the order and under the names that both `evaluate` and `score` print. */
export interface EvaluationJson {
  readonly sentences: number;
  readonly tokens: number;
  readonly labelledSpan: ScoreJson;
  readonly unlabelledSpan: ScoreJson;
  readonly strictSpan: ScoreJson;
  readonly labelledSpanMacroF1: number | null;
  /** By tag of the scheme, 0 where a tag is absent on both sides. */
  readonly tokenF1: Readonly<Record<string, number>>;
  readonly tokenMacroF1: number | null;
  readonly tokenMacroReading: string;
  readonly accuracy: number | null;
  readonly partial: ScoreJson;
  readonly exact: ScoreJson;
  readonly type: ScoreJson;
  readonly labels: Readonly<Record<string, ScoreJson>>;
  /** Rows are gold, columns the prediction; both in the order of `tags`. */
  readonly confusion: {
    readonly tags: readonly string[];
    readonly rows: readonly (readonly number[])[];
    /** Every cell that is not 0 as gold, prediction, count, where there are too many tags for all to be rows. */
    readonly cells?: readonly (readonly [gold: string, predicted: string, count: number])[];
  };
}

/** A score without anything else that the object may hold. */
export function scoreJson({ precision, recall, f1, correct, predicted, gold }: Score): ScoreJson {
  return { precision, recall, f1, correct, predicted, gold };
}

function labelsJson({ labels }: SpanScores): Record<string, ScoreJson> {
  return Object.fromEntries([...labels].map(([label, score]) => [label, scoreJson(score)]));
}

function cellsOf({ tokenCells }: Counts): readonly (readonly [string, string, number])[] {
  return [...tokenCells].flatMap(([row, columns]) =>
    [...columns].map(([column, count]) => [row, column, count] as const),
  );
}

/** All figures of some counts as JSON; `labels` are those of the scheme in use, `macroLabels` as for `scores`. */
export function evaluationJson(
  counts: Counts,
  scheme: Scheme,
  labels: readonly string[],
  macroLabels?: readonly string[],
): EvaluationJson {
  const figures = scores(counts, scheme, labels, macroLabels);
  const matrix = tokenMatrix(counts, scheme, labels);
  return {
    sentences: figures.sentences,
    tokens: figures.tokens,
    labelledSpan: scoreJson(figures.labelled.micro),
    unlabelledSpan: scoreJson(figures.unlabelled),
    strictSpan: scoreJson(figures.strict.micro),
    labelledSpanMacroF1: figures.labelled.macro.f1,
    tokenF1: Object.fromEntries(figures.tokenF1),
    tokenMacroF1: figures.tokenMacroF1,
    tokenMacroReading: figures.tokenMacroReading,
    accuracy: figures.accuracy,
    partial: scoreJson(figures.partial),
    exact: scoreJson(figures.unlabelled),
    type: scoreJson(figures.type),
    labels: labelsJson(figures.labelled),
    confusion: {
      tags: matrix.rows,
      rows: matrix.counts,
      ...(matrix.rows.includes(OTHERS) ? { cells: cellsOf(counts) } : {}),
    },
  };
}
