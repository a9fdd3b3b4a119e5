import { addToGroups, sortedGroups } from './breakdown.ts';
import type { BreakdownContext, Dimension } from './breakdown.ts';
import { BINS, addBins, binSamples, confidenceSamples } from './calibration.ts';
import type { ConfidenceBin } from './calibration.ts';
import { inScheme } from './compare.ts';
import type { Tagged } from './compare.ts';
import { countSentence, sumCounts } from './counts.ts';
import type { Counts } from './counts.ts';
import { errorsAmong, failureProfile, faultsOf } from './failure.ts';
import { ExampleLists, addCellExamples, exampleOf } from './examples.ts';
import type { Example, SentencePlace } from './examples.ts';
import type { FailureMode } from './failure.ts';
import { addHistogram } from './histogram.ts';
import type { Histogram } from './histogram.ts';
import { pairSpans } from './pairing.ts';
import type { Prediction } from './prediction.ts';
import type { IllegalPolicy, Scheme } from './scheme.ts';
import { addTally, EMPTY_TALLY } from './tally.ts';
import type { Tally } from './tally.ts';

/** One sentence of a corpus as two sources tag it. */
export interface ComparedSentence extends BreakdownContext {
  /** What the corpus calls the sentence. */
  readonly id: string | undefined;
  /** Where it stands, for corpora that are read from files. */
  readonly place?: SentencePlace | undefined;
  readonly reference: Tagged;
  /** A model's prediction, or another person's tags. */
  readonly answer: Tagged & Partial<Pick<Prediction, 'probabilities' | 'failures'>>;
}

/** The exact matches of one sentence under each reading, and the document that it belongs to. */
export interface UnitTallies {
  readonly documentId: string | undefined;
  readonly labelled: Tally;
  readonly unlabelled: Tally;
  readonly strict: Tally;
}

/** All that is known of an answer against its reference over a corpus. Its size grows with sentences and spans, not with tokens. */
export interface Evaluation {
  readonly scheme: Scheme;
  readonly policy: IllegalPolicy;
  readonly counts: Counts;
  /** How often each failure mode happened. */
  readonly failures: Histogram;
  /** The same by the label concerned: gold's, else the predicted one; faults of raw output concern none. */
  readonly failureLabels: ReadonlyMap<FailureMode, Histogram>;
  /** The first examples of each mode. */
  readonly examples: ReadonlyMap<FailureMode, readonly Example[]>;
  /** The first examples of each cell of both matrices, by `cellKey`; empty unless they were asked for. */
  readonly cells: ReadonlyMap<string, readonly Example[]>;
  readonly units: readonly UnitTallies[];
  /** For each span of the reference in order, whether the answer has it exactly; for tests of paired systems. */
  readonly hits: readonly boolean[];
  readonly breakdowns: ReadonlyMap<Dimension, ReadonlyMap<string, Tally>>;
  /** Confidence in tags that are not O on both sides; empty where the answer has no probabilities. */
  readonly bins: readonly ConfidenceBin[];
}

/** What an evaluation keeps to be looked at. */
export interface Keeping {
  /** How many examples of each failure mode, and of each cell. */
  readonly examples: number;
  readonly cells: boolean;
}

/** A running evaluation: sentences in any order, and what they came to. */
export interface Evaluator {
  readonly add: (sentence: ComparedSentence) => void;
  readonly result: () => Evaluation;
}

const DIMENSIONS = [
  'label',
  'spanLength',
  'sentenceLength',
  'seen',
  'capitalisation',
  'document',
] as const satisfies readonly Dimension[];

function total(tallies: ReadonlyMap<string, Tally>): Tally {
  return [...tallies.values()].reduce((sum, tally) => addTally(sum, tally), EMPTY_TALLY);
}

const shared = new Map<number, Tally>();
/** Counts up to here are those of sentences; larger ones are rare. */
const SMALL = 32;

/** The same object for the same small counts: a corpus has few different sentences as far as they are counted. */
function sharedTally(tally: Tally): Tally {
  const { correct, predicted, gold } = tally;
  if (Math.max(predicted, gold) >= SMALL) return tally;
  const key = (correct * SMALL + predicted) * SMALL + gold;
  let known = shared.get(key);
  if (known === undefined) shared.set(key, (known = { correct, predicted, gold }));
  return known;
}

function unitOf(counts: Counts, documentId: string | undefined): UnitTallies {
  const labelled = total(counts.labels);
  const sameBorders = (counts.verdicts.get('correct') ?? 0) + (counts.verdicts.get('label') ?? 0);
  return {
    documentId,
    labelled: sharedTally(labelled),
    unlabelled: sharedTally({ ...labelled, correct: sameBorders }),
    strict: sharedTally(total(counts.strictLabels)),
  };
}

/**
 * Evaluates an answer sentence by sentence, so that a corpus need not be in memory. The scheme and the policy hold for both
 * sides; the pairing behind all of it is that of `pairSpans`.
 */
export function evaluator(
  scheme: Scheme,
  policy: IllegalPolicy,
  keeping: Keeping = { examples: 5, cells: false },
): Evaluator {
  const counted: Counts[] = [];
  const units: UnitTallies[] = [];
  const hits: boolean[] = [];
  const examples = new ExampleLists<FailureMode>(keeping.examples);
  const cells = new ExampleLists(keeping.cells ? keeping.examples : 0);
  const groups = new Map<Dimension, Map<string, Tally>>(DIMENSIONS.map((dimension) => [dimension, new Map()]));
  const failureLabels = new Map<FailureMode, Histogram>();
  let failures: Histogram = new Map();
  let bins = binSamples([], BINS);

  return {
    add(sentence) {
      const reference = inScheme(sentence.reference, scheme, policy);
      const answer = inScheme(sentence.answer, scheme, policy);
      const counts = countSentence(sentence.reference, sentence.answer, scheme, policy);
      counted.push(counts);
      // Sums are made in steps, so that only the running one stays.
      if (counted.length >= 256) counted.splice(0, counted.length, sumCounts(counted));
      units.push(unitOf(counts, sentence.documentId));
      const verdicts = pairSpans(reference.layer, answer.layer);
      const right = new Set(verdicts.flatMap(({ kind, gold }) => (kind === 'correct' ? [gold] : [])));
      for (const span of reference.layer) hits.push(right.has(span));
      const cases = [
        ...errorsAmong(verdicts),
        ...faultsOf({ failures: sentence.answer.failures ?? [] }, sentence.forms.length),
      ];
      failures = cases.length === 0 ? failures : addHistogram(failures, failureProfile(cases));
      for (const place of cases) {
        const label = place.gold?.label ?? place.predicted?.label;
        if (label !== undefined)
          failureLabels.set(
            place.mode,
            addHistogram(failureLabels.get(place.mode) ?? new Map(), new Map([[label, 1]])),
          );
        examples.add(place.mode, () => exampleOf(sentence, place));
      }
      if (keeping.cells) addCellExamples(cells, sentence, verdicts, reference.tags, answer.tags);
      for (const [dimension, tallies] of groups) addToGroups(tallies, dimension, verdicts, sentence);
      const { probabilities } = sentence.answer;
      if (probabilities !== undefined)
        bins = addBins(bins, binSamples(confidenceSamples(reference.tags, answer.tags, probabilities, true), BINS));
    },
    result: () => ({
      scheme,
      policy,
      counts: sumCounts(counted),
      failures,
      failureLabels,
      examples: examples.lists,
      cells: cells.lists,
      units,
      hits,
      breakdowns: new Map([...groups].map(([dimension, tallies]) => [dimension, sortedGroups(tallies)])),
      bins,
    }),
  };
}
