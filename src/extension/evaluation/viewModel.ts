import { cellName } from '../../core/confusion.ts';
import type { ConfusionMatrix } from '../../core/confusion.ts';
import { shiftSentence } from '../../core/domains.ts';
import { cellKey } from '../../core/examples.ts';
import type { Example } from '../../core/examples.ts';
import { CLASSIFIER_FAULTS, ERROR_MODES, GENERATOR_FAULTS } from '../../core/failure.ts';
import type { FailureMode } from '../../core/failure.ts';
import type { ScoreJson } from '../../core/report/evaluationJson.ts';
import { failureRate } from '../../core/report/reportDomains.ts';
import type { ReportCorpus, ReportSystem, ReportView } from '../../core/report/report.ts';
import type { ModelSource } from '../../core/span.ts';
import type {
  EvaluatedCorpusView,
  EvaluatedSystem,
  EvaluationFigure,
  EvaluationSchemeView,
  EvaluationState,
  EvaluationView,
  PlacesOf,
} from '../../protocol/evaluation.ts';
import { placesKey } from './evaluated.ts';
import type { NumberedEvaluation } from './evaluated.ts';

type Range = { readonly low: number; readonly high: number } | null;

/** Everything that the page shows of the evaluations of a session. */
export function evaluationState(
  all: readonly NumberedEvaluation[],
  shown: NumberedEvaluation | undefined,
  revision: number,
): EvaluationState {
  return {
    revision,
    results: all.map(({ id, title }) => ({ id, title: `${String(id)}: ${title}` })),
    shown: shown === undefined ? null : viewOf(shown),
  };
}

function viewOf({ id, title, report, plan, notices }: NumberedEvaluation): EvaluationView {
  const { made, policy, seed, draws, views } = report;
  return {
    ...{ id, title, made, policy, seed, draws, notices: [...notices] },
    views: views.map((view) => {
      const planned = plan.find(({ scheme }) => scheme === view.scheme);
      const sourceOf = (name: string): ModelSource =>
        planned?.systems.find((system) => system.name === name)?.source ?? 'bert';
      return schemeView(view, sourceOf);
    }),
  };
}

function schemeView(
  { scheme, corpora, shifts }: ReportView,
  sourceOf: (name: string) => ModelSource,
): EvaluationSchemeView {
  return {
    scheme,
    corpora: corpora.map((corpus) => corpusView(corpus, sourceOf)),
    shifts: shifts.map((shift) => ({
      ...{ system: shift.system, to: shift.to, difference: shift.difference },
      interval: rangeOf(shift.interval),
      sentence: shiftSentence(shift),
    })),
  };
}

function corpusView(corpus: ReportCorpus, sourceOf: (name: string) => ModelSource): EvaluatedCorpusView {
  const { name, files, sentences, annotated, inProgress, tokens, documents, unit, systems, comparisons } = corpus;
  return {
    ...{ name, files: files.length, sentences, annotated, inProgress, tokens, documents, unit },
    systems: systems.map((system) => systemView(system, sourceOf(system.name))),
    comparisons: comparisons.map(({ a, b, randomisation, interval }) => ({
      ...{ a, b, difference: randomisation?.difference ?? null, p: randomisation?.p ?? null },
      interval: rangeOf(interval),
    })),
  };
}

function rangeOf(interval: Range): EvaluationFigure['interval'] {
  return interval === null ? null : { low: interval.low, high: interval.high };
}

function figure(name: string, score: ScoreJson, interval: Range = null): EvaluationFigure {
  const { precision, recall, f1, correct, predicted, gold } = score;
  return { name, precision, recall, f1, correct, predicted, gold, interval: rangeOf(interval) };
}

function systemView(system: ReportSystem, source: ModelSource): EvaluatedSystem {
  const { name, figures, intervals, failures, calibration, cost } = system;
  const faults = source === 'bert' ? CLASSIFIER_FAULTS : GENERATOR_FAULTS;
  const modes: readonly FailureMode[] = [...ERROR_MODES, ...faults];
  return {
    ...{ name, source },
    labelled: figure('Labelled', figures.labelledSpan, intervals.labelled),
    readings: [
      figure('Unlabelled', figures.unlabelledSpan, intervals.unlabelled),
      figure('Strict IOB2', figures.strictSpan, intervals.strict),
      figure('Partial', figures.partial),
      figure('Type', figures.type),
    ],
    labels: Object.entries(figures.labels).map(([label, score]) => figure(label, score)),
    tokenMacroF1: figures.tokenMacroF1,
    tokenMacroReading: figures.tokenMacroReading,
    accuracy: figures.accuracy,
    calibrationError: calibration?.error ?? null,
    failures: modes.map((mode) => ({ mode, count: failures[mode] ?? 0, perHundred: failureRate(system, mode) })),
    tokenMatrix: mutable(system.tokenMatrix),
    spanMatrix: mutable(system.spanMatrix),
    cost:
      cost === null
        ? null
        : {
            milliseconds: cost.milliseconds / cost.sentences,
            pieces: cost.pieces / cost.sentences,
            generatedPieces: cost.generatedPieces / cost.sentences,
          },
  };
}

function mutable({ rows, columns, counts }: ConfusionMatrix): EvaluatedSystem['tokenMatrix'] {
  return { rows: [...rows], columns: [...columns], counts: counts.map((row) => [...row]) };
}

/** The places that were kept behind a count, in the order of the corpus, and the count. */
export function placesFor(
  { report, places }: NumberedEvaluation,
  { scheme, corpus, system, of }: PlacesOf,
): { readonly total: number; readonly places: readonly Example[] } {
  const kept = places.get(placesKey(scheme, corpus, system));
  const evaluated = report.views
    .find((view) => view.scheme === scheme)
    ?.corpora.find(({ name }) => name === corpus)
    ?.systems.find(({ name }) => name === system);
  if (kept === undefined || evaluated === undefined) return { total: 0, places: [] };
  if (of.kind === 'failure')
    return { total: evaluated.failures[of.mode] ?? 0, places: kept.examples.get(of.mode) ?? [] };
  const matrix = of.level === 'token' ? evaluated.tokenMatrix : evaluated.spanMatrix;
  const key = cellKey(cellName(matrix, of.level, of.row, of.column));
  return { total: matrix.counts[of.row]?.[of.column] ?? 0, places: kept.cells.get(key) ?? [] };
}
