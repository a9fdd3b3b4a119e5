import type { ReliabilityPoint } from '../calibration.ts';
import type { ConfusionMatrix } from '../confusion.ts';
import type { Counts } from '../counts.ts';
import type { Shift } from '../domains.ts';
import type { Evaluation } from '../evaluation.ts';
import type { Example } from '../examples.ts';
import type { EvaluationJson, ScoreJson } from './evaluationJson.ts';
import type { IllegalPolicy, Scheme } from '../scheme.ts';
import type { Interval, McNemarTest, RandomisationTest } from '../significance.ts';

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

/** A file of a corpus as a reader must have it to repeat a figure. */
export interface ReportFile {
  readonly name: string;
  readonly sha256: string;
}

/** One corpus with the answers to it, all over the same sentences in the same order. */
export interface ReportCorpusInput {
  readonly name: string;
  readonly files: readonly ReportFile[];
  /** All sentences, with gold or not. */
  readonly sentences: number;
  /** Sentences of which only some words are decided; no figure counts them. */
  readonly inProgress: number;
  readonly systems: readonly ReportSystemInput[];
  /** The counts of each pair of systems against each other, the earlier one as the reference, in the order (0,1), (0,2), (1,2) ... */
  readonly between: readonly Counts[];
}

/** The corpora as one scheme sees them; `labels` fix the tags of the token macro mean. */
export interface ReportViewInput {
  readonly scheme: Scheme;
  readonly labels: readonly string[];
  readonly corpora: readonly ReportCorpusInput[];
}

/** What a report is made of. Everything that is not in the corpora comes from the caller: time, versions, the seed. */
export interface ReportInput {
  readonly made: string;
  readonly tool: { readonly name: string; readonly version: string };
  readonly environment: readonly (readonly [name: string, version: string])[];
  readonly policy: IllegalPolicy;
  readonly models: readonly ReportModel[];
  readonly views: readonly ReportViewInput[];
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
  readonly examples: Readonly<Record<string, readonly Example[]>>;
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
  readonly files: readonly ReportFile[];
  readonly sentences: number;
  /** Complete sentences, over which the figures are. */
  readonly annotated: number;
  readonly inProgress: number;
  readonly tokens: number;
  readonly documents: number;
  /** What intervals are drawn over. */
  readonly unit: 'document' | 'sentence';
  readonly systems: readonly ReportSystem[];
  readonly comparisons: readonly ReportComparison[];
}

/** The corpora in one scheme, and each system's way from the first of them to the others. */
export interface ReportView {
  readonly scheme: Scheme;
  readonly corpora: readonly ReportCorpus[];
  readonly shifts: readonly Shift[];
}

/** A report as plain data: what JSON, Markdown and HTML show. */
export interface Report extends Omit<ReportInput, 'views'> {
  readonly views: readonly ReportView[];
}
