import { addCounts, countSentence, emptyCounts, subtractCounts, sumCounts } from '../../core/counts.ts';
import type { Counts } from '../../core/counts.ts';
import { addHistogram } from '../../core/histogram.ts';
import type { Histogram } from '../../core/histogram.ts';
import type { Scheme } from '../../core/scheme.ts';
import type { ModelSource, Source } from '../../core/span.ts';
import { answerOf, disagrees } from '../layers.ts';
import type { Layered } from '../layers.ts';
import { failureCounts } from './failures.ts';

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
  readonly sentences: number;
  readonly gold: number;
  readonly disagreements: number;
  readonly predicted: Readonly<Record<ModelSource, number>>;
  readonly modelDisagreements: number;
  /** How often each failure happened: errors over sentences with gold, faults of raw output over all predicted ones. */
  readonly failures: Readonly<Record<ModelSource, Histogram>>;
  /** In the order of `pairs`. */
  readonly counts: readonly Counts[];
}

/** Totals that may not have everything yet: `pending` changed sentences are still to be counted. */
export interface TotalsSoFar {
  readonly totals: CorpusTotals;
  readonly pending: number;
}

/** Sentences that are counted between two looks at the clock. */
const stride = 32;

/** The counts of a corpus, kept up to date by what its changed sentences counted before and count now. */
export class Totals {
  private seen: readonly Layered[] = [];
  private totals: CorpusTotals;
  /** What is still to be taken out of the totals and then to be put in. */
  private removing: Layered[] = [];
  private adding: Layered[] = [];

  constructor(scheme: Scheme) {
    this.totals = noTotals(scheme);
  }

  /** The totals of these sentences; costs the sentences that are not the objects of the last call, and one comparison for each other one. */
  of(sentences: readonly Layered[], scheme: Scheme): CorpusTotals {
    return this.step(sentences, scheme, () => true).totals;
  }

  /** As much of the totals of these sentences as there is time for; the next call goes on. */
  step(sentences: readonly Layered[], scheme: Scheme, hasTime: () => boolean): TotalsSoFar {
    if (scheme !== this.totals.scheme) {
      this.totals = noTotals(scheme);
      this.seen = [];
      this.removing = [];
      this.adding = [];
    }
    if (sentences !== this.seen) {
      const { removed, added } = changes(this.seen, sentences);
      this.seen = sentences;
      const waiting = new Set(this.adding);
      const gone = new Set(removed);
      this.removing = [...this.removing, ...removed.filter((sentence) => !waiting.has(sentence))];
      this.adding = [...this.adding.filter((sentence) => !gone.has(sentence)), ...added];
    }
    while (this.removing.length + this.adding.length > 0 && hasTime()) {
      const sign = this.removing.length > 0 ? -1 : 1;
      const waiting = sign === -1 ? this.removing : this.adding;
      // From the end, since taking from the start would move all others; the order makes no difference to a sum.
      this.totals = combine(this.totals, totalsOf(waiting.splice(-stride), scheme), sign);
    }
    return { totals: this.totals, pending: this.removing.length + this.adding.length };
  }
}

/** The totals of these sentences, counted from nothing. */
export function totalsOf(sentences: readonly Layered[], scheme: Scheme): CorpusTotals {
  return {
    scheme,
    sentences: sentences.length,
    gold: sentences.filter((sentence) => sentence.gold !== null).length,
    disagreements: sentences.filter((sentence) => disagrees(sentence, scheme)).length,
    predicted: { bert: predictedBy('bert', sentences), t5: predictedBy('t5', sentences) },
    modelDisagreements: sentences.filter((sentence) => disagrees({ ...sentence, gold: null }, scheme)).length,
    failures: { bert: failureCounts(sentences, 'bert', scheme), t5: failureCounts(sentences, 't5', scheme) },
    counts: pairs.map((pair) => sumCounts(countsOf(sentences, pair, scheme))),
  };
}

function predictedBy(source: ModelSource, sentences: readonly Layered[]): number {
  return sentences.filter((sentence) => sentence.predictions[source] !== undefined).length;
}

function* countsOf(sentences: readonly Layered[], pair: Pair, scheme: Scheme): Iterable<Counts> {
  for (const sentence of sentences) {
    const reference = answerOf(sentence, pair.row);
    const answer = answerOf(sentence, pair.column);
    if (reference !== undefined && answer !== undefined) yield countSentence(reference, answer, scheme);
  }
}

function noTotals(scheme: Scheme): CorpusTotals {
  return {
    scheme,
    sentences: 0,
    gold: 0,
    disagreements: 0,
    predicted: { bert: 0, t5: 0 },
    modelDisagreements: 0,
    failures: { bert: new Map(), t5: new Map() },
    counts: pairs.map(() => emptyCounts()),
  };
}

function combine(a: CorpusTotals, b: CorpusTotals, sign: 1 | -1): CorpusTotals {
  const joined = sign === 1 ? addCounts : subtractCounts;
  return {
    scheme: a.scheme,
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
  };
}

/** The objects that one list has and the other has not, looked for between what both lists share at their start and at their end. */
function changes(
  before: readonly Layered[],
  after: readonly Layered[],
): { readonly removed: readonly Layered[]; readonly added: readonly Layered[] } {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < shorter - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  const removed = before.slice(head, before.length - tail);
  const added = after.slice(head, after.length - tail);
  if (removed.length !== added.length) return { removed, added };
  const differs = (_: Layered, index: number): boolean => removed[index] !== added[index];
  return { removed: removed.filter(differs), added: added.filter(differs) };
}
