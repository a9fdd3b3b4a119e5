import { kappaOfCells } from './agreement.ts';
import { expectedCalibrationError, reliability } from './calibration.ts';
import { spanMatrix, tokenMatrix } from './confusion.ts';
import { emptyCounts } from './counts.ts';
import type { Counts } from './counts.ts';
import type { Evaluation, UnitTallies } from './evaluation.ts';
import { evaluationJson, scoreJson } from './formats/evaluation.ts';
import { scores } from './metrics.ts';
import { seededRandom } from './random.ts';
import type {
  Report,
  ReportComparison,
  ReportCorpus,
  ReportCorpusInput,
  ReportInput,
  ReportShift,
  ReportSystem,
  ReportSystemInput,
} from './report.ts';
import { bootstrapApart, bootstrapDifference, bootstrapF1, mcNemarTest, randomisationTest } from './significance.ts';
import type { BootstrapOptions } from './significance.ts';
import { EMPTY_TALLY, addTally, ratio, scoreOf } from './tally.ts';
import type { Tally } from './tally.ts';

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

function systemOf({ name, evaluation, cost }: ReportSystemInput, input: ReportInput): ReportSystem {
  const { counts, units, bins } = evaluation;
  const { scheme, labels } = input;
  const interval = (reading: Reading): ReportSystem['intervals'][Reading] =>
    bootstrapF1(bootstrapUnits(units, reading), options(input));
  const samples = bins.reduce((sum, bin) => sum + bin.count, 0);
  return {
    name,
    figures: evaluationJson(counts, scheme, labels),
    intervals: {
      labelled: interval('labelled'),
      unlabelled: interval('unlabelled'),
      strict: interval('strict'),
    },
    tokenMatrix: tokenMatrix(counts, scheme, labels),
    spanMatrix: spanMatrix(counts, scheme, labels),
    failures: counted(evaluation.failures),
    failureLabels: asRecord(evaluation.failureLabels, counted),
    examples: asRecord(evaluation.examples, (examples) => examples),
    breakdowns: asRecord(evaluation.breakdowns, (groups) => asRecord(groups, (tally) => scoreJson(scoreOf(tally)))),
    calibration: samples === 0 ? null : { error: expectedCalibrationError(bins), points: reliability(bins) },
    cost,
  };
}

/** A stream of its own for each figure, so that a figure does not depend on which others are in the report. */
function options({ seed, draws }: ReportInput): BootstrapOptions {
  return { random: seededRandom(seed), draws };
}

function comparisonOf(
  a: ReportSystemInput,
  b: ReportSystemInput,
  between: Counts,
  input: ReportInput,
): ReportComparison {
  const labelled = (evaluation: Evaluation): readonly Tally[] => evaluation.units.map((unit) => unit.labelled);
  const hits = (left: Evaluation, right: Evaluation): number =>
    left.hits.filter((hit, index) => hit && right.hits[index] !== true).length;
  const { scheme, labels } = input;
  return {
    a: a.name,
    b: b.name,
    randomisation: randomisationTest(labelled(b.evaluation), labelled(a.evaluation), {
      random: seededRandom(input.seed),
      rounds: input.rounds,
    }),
    interval: bootstrapDifference(
      bootstrapUnits(b.evaluation.units, 'labelled'),
      bootstrapUnits(a.evaluation.units, 'labelled'),
      options(input),
    ),
    mcNemar: mcNemarTest(hits(a.evaluation, b.evaluation), hits(b.evaluation, a.evaluation)),
    kappa: kappaOfCells(between.tokenCells, false),
    kappaInside: kappaOfCells(between.tokenCells, true),
    spanF1: scores(between, scheme, labels).labelled.micro.f1,
    tokenMatrix: tokenMatrix(between, scheme, labels),
    spanMatrix: spanMatrix(between, scheme, labels),
  };
}

function corpusOf(corpus: ReportCorpusInput, input: ReportInput): ReportCorpus {
  const { systems, between } = corpus;
  const first = systems[0]?.evaluation;
  const documents = documentsOf(first?.units ?? []);
  const pairs = systems.flatMap((a, index) => systems.slice(index + 1).map((b) => [a, b] as const));
  return {
    name: corpus.name,
    sha256: corpus.sha256,
    sentences: corpus.sentences,
    annotated: first?.counts.sentences ?? 0,
    tokens: first?.counts.tokens ?? 0,
    documents,
    unit: unitKind(first?.units ?? []),
    systems: systems.map((system) => systemOf(system, input)),
    comparisons: pairs.map(([a, b], index) => comparisonOf(a, b, between[index] ?? emptyCounts(), input)),
  };
}

/** The failure of a label whose rate per hundred spans of the reference grew most from one corpus to another; null where none grew. */
function grewMost(from: Evaluation, to: Evaluation): ReportShift['grew'] {
  const golds = (evaluation: Evaluation): number =>
    [...evaluation.counts.labels.values()].reduce((sum, tally) => sum + tally.gold, 0);
  let most: ReportShift['grew'] = null;
  for (const [mode, labels] of to.failureLabels)
    for (const [label, count] of labels) {
      const before = ratio(from.failureLabels.get(mode)?.get(label) ?? 0, golds(from));
      const after = ratio(count, golds(to));
      if (before === null || after === null) continue;
      const perHundred = 100 * (after - before);
      if (perHundred > (most?.perHundred ?? 0)) most = { mode, label, perHundred };
    }
  return most;
}

function shiftsOf(input: ReportInput): readonly ReportShift[] {
  const [from, ...others] = input.corpora;
  if (from === undefined) return [];
  return others.flatMap((to) =>
    from.systems.flatMap(({ name, evaluation }) => {
      const other = to.systems.find((system) => system.name === name);
      if (other === undefined) return [];
      const f1 = (of: Evaluation): number | null => scores(of.counts, input.scheme, input.labels).labelled.micro.f1;
      const [before, after] = [f1(evaluation), f1(other.evaluation)];
      return [
        {
          system: name,
          from: from.name,
          to: to.name,
          difference: before === null || after === null ? null : after - before,
          interval: bootstrapApart(
            bootstrapUnits(other.evaluation.units, 'labelled'),
            bootstrapUnits(evaluation.units, 'labelled'),
            options(input),
          ),
          grew: grewMost(evaluation, other.evaluation),
        },
      ];
    }),
  );
}

/** Works out a report: every figure with its interval, every pair of systems with its tests, and each system's way from the first corpus to the others. */
export function buildReport(input: ReportInput): Report {
  return { ...input, corpora: input.corpora.map((corpus) => corpusOf(corpus, input)), shifts: shiftsOf(input) };
}
