import { inScheme } from '../../core/compare.ts';
import { addCounts, countSentence, emptyCounts, subtractCounts, sumCounts } from '../../core/counts.ts';
import type { Counts } from '../../core/counts.ts';
import { addHistogram } from '../../core/histogram.ts';
import type { Histogram } from '../../core/histogram.ts';
import type { IllegalPolicy, Scheme } from '../../core/scheme.ts';
import { sameSpan } from '../../core/span.ts';
import type { Layer, ModelSource, Source, Span } from '../../core/span.ts';
import { answerOf, disagrees } from '../document/layers.ts';
import type { Layered } from '../document/layers.ts';
import { failureCounts } from './failures.ts';
import { sameReading } from './reading.ts';
import type { Reading } from './reading.ts';
import { RunningSum } from '../base/runningSum.ts';
import type { SumSoFar } from '../base/runningSum.ts';

/** Two sources that are compared; the first is the reference. */
export interface Pair {
  readonly row: Source;
  readonly column: ModelSource;
}

/** The three comparisons that the panel shows, in its order. */
export const pairs = [
  { row: 'gold', column: 'bert' },
  { row: 'gold', column: 't5' },
  { row: 'bert', column: 't5' },
] as const satisfies readonly Pair[];

/** What is known of a whole corpus. Each comparison runs over the sentences that both of its sources have. */
export interface CorpusTotals {
  readonly scheme: Scheme;
  readonly policy: IllegalPolicy;
  readonly sentences: number;
  readonly gold: number;
  readonly disagreements: number;
  readonly predicted: Readonly<Record<ModelSource, number>>;
  readonly modelDisagreements: number;
  /** How often each failure happened: errors over sentences with gold, faults of raw output over all predicted ones. */
  readonly failures: Readonly<Record<ModelSource, Histogram>>;
  /** In the order of `pairs`. */
  readonly counts: readonly Counts[];
  /** The gold spans that only this one of both models got right, where both were asked. */
  readonly onlyRight: Readonly<Record<ModelSource, number>>;
}

/** The counts of a corpus, kept up to date by what its changed sentences counted before and count now. */
export class Totals {
  #sum: RunningSum<Layered, CorpusTotals>;

  #reading: Reading;

  constructor(reading: Reading) {
    this.#reading = reading;
    this.#sum = sumOf(reading);
  }

  /** What has been counted so far. */
  get current(): CorpusTotals {
    return this.#sum.current.sum;
  }

  /** As much of the totals of these sentences as there is time for; the next call goes on. */
  step(sentences: readonly Layered[], reading: Reading, hasTime: () => boolean): SumSoFar<CorpusTotals> {
    if (!sameReading(reading, this.#reading)) {
      this.#reading = reading;
      this.#sum = sumOf(reading);
    }
    return this.#sum.step(sentences, hasTime);
  }

  /** The totals of these sentences. */
  of(sentences: readonly Layered[], reading: Reading): CorpusTotals {
    return this.step(sentences, reading, () => true).sum;
  }
}

function sumOf(reading: Reading): RunningSum<Layered, CorpusTotals> {
  return new RunningSum({
    nothing: () => noTotals(reading),
    add: (sum, sentences, sign) => combine(sum, totalsOf(sentences, reading), sign),
  });
}

/** The totals of these sentences, counted from nothing. */
export function totalsOf(sentences: readonly Layered[], reading: Reading): CorpusTotals {
  const { scheme } = reading;
  return {
    ...{ scheme, policy: reading.policy },
    sentences: sentences.length,
    gold: sentences.filter((sentence) => sentence.gold !== null).length,
    disagreements: sentences.filter((sentence) => disagrees(sentence, scheme)).length,
    predicted: { bert: predictedBy('bert', sentences), t5: predictedBy('t5', sentences) },
    modelDisagreements: sentences.filter((sentence) => disagrees({ ...sentence, gold: null }, scheme)).length,
    failures: { bert: failureCounts(sentences, 'bert', reading), t5: failureCounts(sentences, 't5', reading) },
    counts: pairs.map((pair) => sumCounts(countsOf(sentences, pair, reading))),
    onlyRight: onlyRightIn(sentences, reading),
  };
}

function predictedBy(source: ModelSource, sentences: readonly Layered[]): number {
  return sentences.filter((sentence) => sentence.predictions[source] !== undefined).length;
}

function* countsOf(sentences: readonly Layered[], pair: Pair, { scheme, policy }: Reading): Iterable<Counts> {
  for (const sentence of sentences) {
    const reference = answerOf(sentence, pair.row);
    const answer = answerOf(sentence, pair.column);
    if (reference !== undefined && answer !== undefined) yield countSentence(reference, answer, scheme, policy);
  }
}

/** The gold spans that exactly one model has as they are, over the sentences with gold and both models. */
function onlyRightIn(sentences: readonly Layered[], { scheme, policy }: Reading): CorpusTotals['onlyRight'] {
  const only = { bert: 0, t5: 0 };
  for (const sentence of sentences) {
    const [gold, bert, t5] = [answerOf(sentence, 'gold'), answerOf(sentence, 'bert'), answerOf(sentence, 't5')];
    if (gold === undefined || bert === undefined || t5 === undefined) continue;
    const layers = { bert: inScheme(bert, scheme, policy).layer, t5: inScheme(t5, scheme, policy).layer };
    const has = (layer: Layer, span: Span): boolean => layer.some((other) => sameSpan(span, other));
    for (const span of inScheme(gold, scheme, policy).layer) {
      const [byBert, byT5] = [has(layers.bert, span), has(layers.t5, span)];
      if (byBert && !byT5) only.bert++;
      if (byT5 && !byBert) only.t5++;
    }
  }
  return only;
}

function noTotals({ scheme, policy }: Reading): CorpusTotals {
  return {
    ...{ scheme, policy },
    sentences: 0,
    gold: 0,
    disagreements: 0,
    predicted: { bert: 0, t5: 0 },
    modelDisagreements: 0,
    failures: { bert: new Map(), t5: new Map() },
    counts: pairs.map(() => emptyCounts()),
    onlyRight: { bert: 0, t5: 0 },
  };
}

function combine(a: CorpusTotals, b: CorpusTotals, sign: 1 | -1): CorpusTotals {
  const joined = sign === 1 ? addCounts : subtractCounts;
  return {
    ...{ scheme: a.scheme, policy: a.policy },
    sentences: a.sentences + sign * b.sentences,
    gold: a.gold + sign * b.gold,
    disagreements: a.disagreements + sign * b.disagreements,
    predicted: {
      bert: a.predicted.bert + sign * b.predicted.bert,
      t5: a.predicted.t5 + sign * b.predicted.t5,
    },
    modelDisagreements: a.modelDisagreements + sign * b.modelDisagreements,
    failures: {
      bert: addHistogram(a.failures.bert, b.failures.bert, sign),
      t5: addHistogram(a.failures.t5, b.failures.t5, sign),
    },
    counts: a.counts.map((counts, index) => joined(counts, b.counts[index] ?? emptyCounts())),
    onlyRight: {
      bert: a.onlyRight.bert + sign * b.onlyRight.bert,
      t5: a.onlyRight.t5 + sign * b.onlyRight.t5,
    },
  };
}
