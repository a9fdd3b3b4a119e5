import type { Histogram } from './histogram.ts';
import { pairSpans, verdictRange } from './pairing.ts';
import type { Verdict } from './pairing.ts';
import type { FailureKind, Prediction } from './prediction.ts';
import type { Layer, Span } from './span.ts';

/**
 * How a prediction fails against gold. Same borders: `label`. Other borders: `split` where the gold span was predicted in
 * several, `merged` where one predicted span took several, else the border that is wrong, and `bordersAndLabel` where the
 * label is wrong too. No partner: `missed`, `spurious`, as in the span matrix.
 */
export type ErrorMode =
  | 'borderLeft'
  | 'borderRight'
  | 'borderBoth'
  | 'label'
  | 'bordersAndLabel'
  | 'split'
  | 'merged'
  | 'missed'
  | 'spurious';

/** Any failure mode: an error against gold, or a fault of the raw output that needs no gold to be seen. */
export type FailureMode = ErrorMode | FailureKind;

/** The modes that errors against gold fall into, in the order in which they are shown. */
export const ERROR_MODES = [
  'borderLeft',
  'borderRight',
  'borderBoth',
  'label',
  'bordersAndLabel',
  'split',
  'merged',
  'missed',
  'spurious',
] as const satisfies readonly ErrorMode[];

/** The faults of raw output that a token classifier can show, in the order in which they are shown. */
export const CLASSIFIER_FAULTS = [
  'illegalTransition',
  'splitAcrossPieces',
  'truncated',
] as const satisfies readonly FailureKind[];

/** The faults of raw output that a generator can show, in the order in which they are shown. */
export const GENERATOR_FAULTS = [
  'unparseable',
  'illegalTag',
  'wrongLength',
  'notInText',
  'ambiguousPlace',
  'repetition',
  'tokenLimit',
  'illegalTransition',
  'truncated',
] as const satisfies readonly FailureKind[];

/** One failure in one sentence: tokens first..end (half-open; the whole sentence for some faults), the spans of an error, what was seen of a fault. */
export interface FailureCase {
  readonly mode: FailureMode;
  readonly first: number;
  readonly end: number;
  readonly gold?: Span;
  readonly predicted?: Span;
  readonly detail?: string;
}

function bordersMode(gold: Span, predicted: Span): ErrorMode {
  if (gold.first === predicted.first) return 'borderRight';
  return gold.end === predicted.end ? 'borderLeft' : 'borderBoth';
}

/** The mode of a verdict, undefined for a correct one; every other verdict has exactly one. */
export function errorMode(verdict: Verdict): ErrorMode | undefined {
  switch (verdict.kind) {
    case 'correct':
      return undefined;
    case 'label':
    case 'missed':
    case 'spurious':
      return verdict.kind;
    case 'border':
    case 'both':
      if (verdict.split) return 'split';
      if (verdict.merged) return 'merged';
      return verdict.kind === 'both' ? 'bordersAndLabel' : bordersMode(verdict.gold, verdict.predicted);
  }
}

/** The verdicts that are not correct as failures, in text order. */
export function errorsAmong(verdicts: readonly Verdict[]): readonly FailureCase[] {
  return verdicts.flatMap((verdict) => {
    const mode = errorMode(verdict);
    if (mode === undefined) return [];
    return [
      {
        mode,
        ...verdictRange(verdict),
        ...(verdict.gold === undefined ? {} : { gold: verdict.gold }),
        ...(verdict.predicted === undefined ? {} : { predicted: verdict.predicted }),
      },
    ];
  });
}

/** The errors of a predicted layer against gold, in text order. */
export function errorsOf(gold: Layer, predicted: Layer): readonly FailureCase[] {
  return errorsAmong(pairSpans(gold, predicted));
}

/** The faults of a prediction's raw output, in the order in which they were found; `length` is the number of tokens. */
export function faultsOf(prediction: Pick<Prediction, 'failures'>, length: number): readonly FailureCase[] {
  return prediction.failures.map(({ kind, first, end, detail }) => ({
    mode: kind,
    first: first ?? 0,
    end: end ?? length,
    detail,
  }));
}

/** All failures of a prediction: errors where the sentence has gold (in the prediction's scheme), then faults. */
export function failuresOf(
  gold: Layer | null,
  prediction: Pick<Prediction, 'layer' | 'failures'>,
  length: number,
): readonly FailureCase[] {
  return [...(gold === null ? [] : errorsOf(gold, prediction.layer)), ...faultsOf(prediction, length)];
}

/** How often each mode happened; addable by name. */
export function failureProfile(cases: Iterable<Pick<FailureCase, 'mode'>>): Histogram {
  const counts = new Map<string, number>();
  for (const { mode } of cases) counts.set(mode, (counts.get(mode) ?? 0) + 1);
  return counts;
}

/** What people read for each failure mode. */
export const FAILURE_NAMES = {
  borderLeft: 'wrong left border',
  borderRight: 'wrong right border',
  borderBoth: 'both borders wrong',
  label: 'wrong label',
  bordersAndLabel: 'wrong borders and label',
  split: 'split',
  merged: 'merged',
  missed: 'missed',
  spurious: 'spurious',
  illegalTransition: 'illegal transition before repair',
  splitAcrossPieces: 'split across pieces',
  truncated: 'truncated window',
  unparseable: 'unparseable answer',
  illegalTag: 'illegal tag',
  wrongLength: 'wrong length',
  notInText: 'entity not in the text',
  ambiguousPlace: 'ambiguous place',
  repetition: 'repetition',
  tokenLimit: 'cut by the token limit',
} as const satisfies Record<FailureMode, string>;

/** What people read for a mode that came as plain text. */
export function failureName(mode: string): string {
  return Object.entries(FAILURE_NAMES).find(([name]) => name === mode)?.[1] ?? mode;
}
