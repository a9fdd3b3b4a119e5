import { kappaOfCells } from '../agreement.ts';
import { expectedCalibrationError, reliability } from '../calibration.ts';
import { spanMatrix, tokenMatrix } from '../confusion.ts';
import { emptyCounts } from '../counts.ts';
import type { Counts } from '../counts.ts';
import { groupChanges } from '../domains.ts';
import type { Shift } from '../domains.ts';
import type { Evaluation, UnitTallies } from '../evaluation.ts';
import { evaluationJson, scoreJson } from './evaluationJson.ts';
import { scores } from '../metrics.ts';
import { seededRandom } from '../random.ts';
import type {
  Report,
  ReportComparison,
  ReportCorpus,
  ReportCorpusInput,
  ReportInput,
  ReportSystem,
  ReportSystemInput,
  ReportView,
  ReportViewInput,
} from './report.ts';
import {
  bootstrapApartSteps,
  bootstrapDifferenceSteps,
  bootstrapF1Steps,
  mcNemarTest,
  randomisationSteps,
} from '../significance.ts';
import type { BootstrapOptions } from '../significance.ts';
import { finish } from '../steps.ts';
import type { Steps } from '../steps.ts';
import { EMPTY_TALLY, addTally, scoreOf } from '../tally.ts';
import type { Tally } from '../tally.ts';

type Reading = 'labelled' | 'unlabelled' | 'strict';

function documentsOf(units: readonly Pick<UnitTallies, 'documentId'>[]): number {
  return new Set(units.flatMap(({ documentId }) => (documentId === undefined ? [] : [documentId]))).size;
}

/** What intervals over these sentences are drawn over: documents where there are two or more. */
export function unitKind(units: readonly Pick<UnitTallies, 'documentId'>[]): 'document' | 'sentence' {
  return documentsOf(units) < 2 ? 'sentence' : 'document';
}

/** The tallies that intervals are drawn over: one a document where the corpus has two or more (a sentence without one stands alone), else one a sentence. */
export function bootstrapUnits<Of extends Reading>(
  units: readonly Pick<UnitTallies, 'documentId' | Of>[],
  reading: Of,
): readonly Tally[] {
  if (unitKind(units) === 'sentence') return units.map((unit) => unit[reading]);
  const documents = new Map<string, Tally>();
  const alone: Tally[] = [];
  for (const unit of units) {
    const { documentId } = unit;
    if (documentId === undefined) alone.push(unit[reading]);
    else documents.set(documentId, addTally(documents.get(documentId) ?? EMPTY_TALLY, unit[reading]));
  }
  return [...documents.values(), ...alone];
}

function asRecord<Value, Shown>(
  map: ReadonlyMap<string, Value>,
  shown: (value: Value) => Shown,
): Readonly<Record<string, Shown>> {
  return Object.fromEntries([...map].map(([key, value]) => [key, shown(value)]));
}

function counted(histogram: ReadonlyMap<string, number>): Readonly<Record<string, number>> {
  return asRecord(histogram, (count) => count);
}

/** Examples of each failure mode in a report. */
const EXAMPLES = 5;

/** What holds for all corpora of a view. */
type Basis = Pick<ReportInput, 'seed' | 'draws' | 'rounds'> & Pick<ReportViewInput, 'scheme' | 'labels'>;

function* systemSteps({ name, evaluation, cost }: ReportSystemInput, basis: Basis): Steps<ReportSystem> {
  const { counts, units, bins } = evaluation;
  const { scheme, labels } = basis;
  const interval = (reading: Reading): Steps<ReportSystem['intervals'][Reading]> =>
    bootstrapF1Steps(bootstrapUnits(units, reading), options(basis));
  const samples = bins.reduce((sum, bin) => sum + bin.count, 0);
  return {
    name,
    figures: evaluationJson(counts, scheme, labels),
    intervals: {
      labelled: yield* interval('labelled'),
      unlabelled: yield* interval('unlabelled'),
      strict: yield* interval('strict'),
    },
    tokenMatrix: tokenMatrix(counts, scheme, labels),
    spanMatrix: spanMatrix(counts, scheme, labels),
    failures: counted(evaluation.failures),
    failureLabels: asRecord(evaluation.failureLabels, counted),
    examples: asRecord(evaluation.examples, (examples) => examples.slice(0, EXAMPLES)),
    breakdowns: asRecord(evaluation.breakdowns, (groups) => asRecord(groups, (tally) => scoreJson(scoreOf(tally)))),
    calibration: samples === 0 ? null : { error: expectedCalibrationError(bins), points: reliability(bins) },
    cost,
  };
}

/** A stream of its own for each figure, so that a figure does not depend on which others are in the report. */
function options({ seed, draws }: Basis): BootstrapOptions {
  return { random: seededRandom(seed), draws };
}

function* comparisonSteps(
  a: ReportSystemInput,
  b: ReportSystemInput,
  between: Counts,
  basis: Basis,
): Steps<ReportComparison> {
  const labelled = (evaluation: Evaluation): readonly Tally[] => evaluation.units.map((unit) => unit.labelled);
  const hits = (left: Evaluation, right: Evaluation): number =>
    left.hits.filter((hit, index) => hit && right.hits[index] !== true).length;
  const { scheme, labels, seed, rounds } = basis;
  return {
    a: a.name,
    b: b.name,
    randomisation: yield* randomisationSteps(labelled(b.evaluation), labelled(a.evaluation), {
      random: seededRandom(seed),
      rounds,
    }),
    interval: yield* bootstrapDifferenceSteps(
      bootstrapUnits(b.evaluation.units, 'labelled'),
      bootstrapUnits(a.evaluation.units, 'labelled'),
      options(basis),
    ),
    mcNemar: mcNemarTest(hits(a.evaluation, b.evaluation), hits(b.evaluation, a.evaluation)),
    kappa: kappaOfCells(between.tokenCells, false),
    kappaInside: kappaOfCells(between.tokenCells, true),
    spanF1: scores(between, scheme, labels).labelled.micro.f1,
    tokenMatrix: tokenMatrix(between, scheme, labels),
    spanMatrix: spanMatrix(between, scheme, labels),
  };
}

function* corpusSteps(corpus: ReportCorpusInput, basis: Basis): Steps<ReportCorpus> {
  const { name, files, sentences, inProgress, systems, between } = corpus;
  const first = systems[0]?.evaluation;
  const shown: ReportSystem[] = [];
  for (const system of systems) shown.push(yield* systemSteps(system, basis));
  const comparisons: ReportComparison[] = [];
  for (const [index, a] of systems.entries())
    for (const b of systems.slice(index + 1))
      comparisons.push(yield* comparisonSteps(a, b, between[comparisons.length] ?? emptyCounts(), basis));
  return {
    ...{ name, files, sentences, inProgress },
    annotated: first?.counts.sentences ?? 0,
    tokens: first?.counts.tokens ?? 0,
    documents: documentsOf(first?.units ?? []),
    unit: unitKind(first?.units ?? []),
    systems: shown,
    comparisons,
  };
}

function* shiftSteps({ corpora }: ReportViewInput, basis: Basis): Steps<readonly Shift[]> {
  const [from, ...others] = corpora;
  const shifts: Shift[] = [];
  const f1 = ({ counts }: Evaluation): number | null => scores(counts, basis.scheme, basis.labels).labelled.micro.f1;
  for (const to of others)
    for (const { name, evaluation } of from?.systems ?? []) {
      const other = to.systems.find((system) => system.name === name)?.evaluation;
      if (from === undefined || other === undefined) continue;
      const [before, after] = [f1(evaluation), f1(other)];
      shifts.push({
        ...{ system: name, from: from.name, to: to.name, before, after },
        difference: before === null || after === null ? null : after - before,
        interval: yield* bootstrapApartSteps(
          bootstrapUnits(other.units, 'labelled'),
          bootstrapUnits(evaluation.units, 'labelled'),
          options(basis),
        ),
        ...groupChanges(evaluation, other),
      });
    }
  return shifts;
}

/** `buildReport` in steps of one draw or round. */
export function* reportSteps(input: ReportInput): Steps<Report> {
  const views: ReportView[] = [];
  for (const view of input.views) {
    const basis: Basis = { ...view, seed: input.seed, draws: input.draws, rounds: input.rounds };
    const corpora: ReportCorpus[] = [];
    for (const corpus of view.corpora) corpora.push(yield* corpusSteps(corpus, basis));
    views.push({ scheme: view.scheme, corpora, shifts: yield* shiftSteps(view, basis) });
  }
  return { ...input, views };
}

/** Works out a report: every figure with its interval, every pair of systems with its tests, and each system's way from the first corpus to the others. */
export function buildReport(input: ReportInput): Report {
  return finish(reportSteps(input));
}
