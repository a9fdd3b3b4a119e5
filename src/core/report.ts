import type { ReliabilityPoint } from './calibration.ts';
import type { ConfusionMatrix } from './confusion.ts';
import type { Counts } from './counts.ts';
import type { Evaluation, FailureExample } from './evaluation.ts';
import type { EvaluationJson, ScoreJson } from './formats/evaluation.ts';
import type { IllegalPolicy, Scheme } from './scheme.ts';
import type { Interval, McNemarTest, RandomisationTest } from './significance.ts';

/** A model as a reader must know it to repeat a figure. */
export interface ReportModel {
  readonly name: string;
  readonly id: string;
  readonly family: string;
  readonly licence: string | null;
  readonly files: readonly { readonly path: string; readonly sha256: string }[];
}

/** What it took to predict a corpus. Times in milliseconds, memory in bytes; pieces are subwords. */
export interface ReportCost {
  readonly sentences: number;
  readonly milliseconds: number;
  readonly pieces: number;
  readonly generatedPieces: number;
  readonly residentBytes: number;
}

/** One answer over a corpus: a model's, or another person's. */
export interface ReportSystemInput {
  readonly name: string;
  readonly evaluation: Evaluation;
  readonly cost: ReportCost | null;
}

/** One corpus with the answers to it, all over the same sentences in the same order. */
export interface ReportCorpusInput {
  readonly name: string;
  readonly sha256: string | null;
  /** All sentences, with gold or not. */
  readonly sentences: number;
  readonly systems: readonly ReportSystemInput[];
  /** The counts of each pair of systems against each other, the earlier one as the reference, in the order (0,1), (0,2), (1,2) ... */
  readonly between: readonly Counts[];
}

/** What a report is made of. Everything that is not in the corpora comes from the caller: time, versions, the seed. */
export interface ReportInput {
  readonly made: string;
  readonly tool: { readonly name: string; readonly version: string };
  readonly environment: readonly (readonly [name: string, version: string])[];
  readonly scheme: Scheme;
  readonly policy: IllegalPolicy;
  readonly labels: readonly string[];
  readonly models: readonly ReportModel[];
  readonly corpora: readonly ReportCorpusInput[];
  readonly seed: number;
  readonly draws: number;
  readonly rounds: number;
}

/** One system on one corpus. */
export interface ReportSystem {
  readonly name: string;
  readonly figures: EvaluationJson;
  readonly intervals: Readonly<Record<'labelled' | 'unlabelled' | 'strict', Interval | null>>;
  readonly tokenMatrix: ConfusionMatrix;
  readonly spanMatrix: ConfusionMatrix;
  readonly failures: Readonly<Record<string, number>>;
  readonly failureLabels: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly examples: Readonly<Record<string, readonly FailureExample[]>>;
  readonly breakdowns: Readonly<Record<string, Readonly<Record<string, ScoreJson>>>>;
  readonly calibration: { readonly error: number | null; readonly points: readonly ReliabilityPoint[] } | null;
  readonly cost: ReportCost | null;
}

/** Two systems on one corpus: B's labelled span F1 minus A's, how sure that is, and how far they agree with each other. */
export interface ReportComparison {
  readonly a: string;
  readonly b: string;
  readonly randomisation: RandomisationTest | null;
  readonly interval: Interval | null;
  readonly mcNemar: McNemarTest;
  readonly kappa: number | null;
  readonly kappaInside: number | null;
  readonly spanF1: number | null;
  readonly tokenMatrix: ConfusionMatrix;
  readonly spanMatrix: ConfusionMatrix;
}

/** One corpus of a report. */
export interface ReportCorpus {
  readonly name: string;
  readonly sha256: string | null;
  readonly sentences: number;
  readonly annotated: number;
  readonly tokens: number;
  readonly documents: number;
  /** What intervals are drawn over. */
  readonly unit: 'document' | 'sentence';
  readonly systems: readonly ReportSystem[];
  readonly comparisons: readonly ReportComparison[];
}

/** One system on two corpora: labelled span F1 on the second minus that on the first, and the failure whose rate grew most. */
export interface ReportShift {
  readonly system: string;
  readonly from: string;
  readonly to: string;
  readonly difference: number | null;
  readonly interval: Interval | null;
  readonly grew: { readonly mode: string; readonly label: string; readonly perHundred: number } | null;
}

/** A report as plain data: what JSON, Markdown and HTML show. */
export interface Report extends Omit<ReportInput, 'corpora'> {
  readonly corpora: readonly ReportCorpus[];
  readonly shifts: readonly ReportShift[];
}
