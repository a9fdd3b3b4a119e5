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

/** The errors of a predicted layer against gold, in text order. */
export function errorsOf(gold: Layer, predicted: Layer): readonly FailureCase[] {
  return pairSpans(gold, predicted).flatMap((verdict) => {
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
