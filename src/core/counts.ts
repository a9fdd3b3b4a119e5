import { inScheme } from './compare.ts';
import type { Tagged } from './compare.ts';
import type { Histogram } from './histogram.ts';
import { pairSpans } from './pairing.ts';
import type { Verdict, VerdictKind } from './pairing.ts';
import { decode } from './scheme.ts';
import type { IllegalPolicy, Scheme } from './scheme.ts';
import { sameSpan } from './span.ts';
import type { Layer } from './span.ts';
import { EMPTY_TALLY, addTally } from './tally.ts';
import type { Tally } from './tally.ts';

/** Numbers by row and column name; cells and rows of 0 are not stored. */
export type Cells = ReadonlyMap<string, Histogram>;

/** The name of the span matrix's last row (spurious) and last column (missed); no label is empty. */
export const NOTHING = '';

/** Everything that scores and matrices need, over any number of sentences in one scheme. Addable; labels need not be known before. */
export interface Counts {
  readonly sentences: number;
  readonly tokens: number;
  /** Tags of gold (rows) against tags of the prediction before any repair (columns). */
  readonly tokenCells: Cells;
  /** Spans by label under the policy in use, exact borders and label. */
  readonly labels: ReadonlyMap<string, Tally>;
  /** Spans by label under the strict policy on both sides. */
  readonly strictLabels: ReadonlyMap<string, Tally>;
  /** Verdicts by kind. */
  readonly verdicts: ReadonlyMap<VerdictKind, number>;
  /** Labels of paired spans, gold rows against predicted columns, whatever their borders; NOTHING is spurious (row) and missed (column). */
  readonly spanCells: Cells;
}

interface Builder {
  sentences: number;
  tokens: number;
  tokenCells: Map<string, Map<string, number>>;
  labels: Map<string, Tally>;
  strictLabels: Map<string, Tally>;
  verdicts: Map<VerdictKind, number>;
  spanCells: Map<string, Map<string, number>>;
}

function newBuilder(): Builder {
  return {
    sentences: 0,
    tokens: 0,
    tokenCells: new Map(),
    labels: new Map(),
    strictLabels: new Map(),
    verdicts: new Map(),
    spanCells: new Map(),
  };
}

function bump<Key>(histogram: Map<Key, number>, key: Key, by: number): void {
  const sum = (histogram.get(key) ?? 0) + by;
  if (sum === 0) histogram.delete(key);
  else histogram.set(key, sum);
}

function bumpCell(cells: Map<string, Map<string, number>>, row: string, column: string, by: number): void {
  let columns = cells.get(row);
  if (columns === undefined) {
    columns = new Map<string, number>();
    cells.set(row, columns);
  }
  bump(columns, column, by);
  if (columns.size === 0) cells.delete(row);
}

function bumpTally(tallies: Map<string, Tally>, label: string, by: Tally, sign: 1 | -1): void {
  const sum = addTally(tallies.get(label) ?? EMPTY_TALLY, by, sign);
  if (sum.gold === 0 && sum.predicted === 0) tallies.delete(label);
  else tallies.set(label, sum);
}

const GOLD_ONE: Tally = { correct: 0, predicted: 0, gold: 1 };
const PREDICTED_ONE: Tally = { correct: 0, predicted: 1, gold: 0 };
const CORRECT_ONE: Tally = { correct: 1, predicted: 1, gold: 1 };

/** Exact matches of two layers by label, found by walking both in order. */
function bumpExact(tallies: Map<string, Tally>, gold: Layer, predicted: Layer): void {
  let p = 0;
  for (const span of gold) {
    let other = predicted[p];
    for (; other !== undefined && other.first < span.first; other = predicted[++p])
      bumpTally(tallies, other.label, PREDICTED_ONE, 1);
    const correct = other !== undefined && sameSpan(span, other);
    bumpTally(tallies, span.label, correct ? CORRECT_ONE : GOLD_ONE, 1);
    if (correct) p++;
  }
  for (const span of predicted.slice(p)) bumpTally(tallies, span.label, PREDICTED_ONE, 1);
}

function bumpVerdicts(builder: Builder, verdicts: readonly Verdict[]): void {
  for (const verdict of verdicts) {
    bump(builder.verdicts, verdict.kind, 1);
    bumpCell(builder.spanCells, verdict.gold?.label ?? NOTHING, verdict.predicted?.label ?? NOTHING, 1);
  }
}

/**
 * The counts of one sentence in a scheme. Both sides are answers in the full scheme, or already simplified where the scheme
 * is simplified; tags are compared as they are, token by token, and a tag that one side lacks counts as O. The policy
 * decides what illegal tags mean for all spans but those of `strictLabels`.
 */
export function countSentence(
  gold: Tagged,
  predicted: Tagged,
  scheme: Scheme,
  policy: IllegalPolicy = 'repair',
): Counts {
  const builder = newBuilder();
  const reference = inScheme(gold, scheme, policy);
  const answer = inScheme(predicted, scheme, policy);
  builder.sentences = 1;
  builder.tokens = Math.max(reference.tags.length, answer.tags.length);
  let outside = 0;
  for (let index = 0; index < builder.tokens; index++) {
    const [row, column] = [reference.tags[index] ?? 'O', answer.tags[index] ?? 'O'];
    if (row === 'O' && column === 'O') outside++;
    else bumpCell(builder.tokenCells, row, column, 1);
  }
  if (outside === builder.tokens && reference.layer.length + answer.layer.length === 0) {
    if (outside > 0) bumpCell(builder.tokenCells, 'O', 'O', outside);
    return builder;
  }
  if (outside > 0) bumpCell(builder.tokenCells, 'O', 'O', outside);
  bumpVerdicts(builder, pairSpans(reference.layer, answer.layer));
  bumpExact(builder.labels, reference.layer, answer.layer);
  bumpExact(builder.strictLabels, decode(reference.tags, 'strict').layer, decode(answer.tags, 'strict').layer);
  return builder;
}

function accumulate(target: Builder, counts: Counts, sign: 1 | -1): void {
  target.sentences += sign * counts.sentences;
  target.tokens += sign * counts.tokens;
  for (const [label, tally] of counts.labels) bumpTally(target.labels, label, tally, sign);
  for (const [label, tally] of counts.strictLabels) bumpTally(target.strictLabels, label, tally, sign);
  for (const [kind, count] of counts.verdicts) bump(target.verdicts, kind, sign * count);
  for (const [row, columns] of counts.tokenCells)
    for (const [column, count] of columns) bumpCell(target.tokenCells, row, column, sign * count);
  for (const [row, columns] of counts.spanCells)
    for (const [column, count] of columns) bumpCell(target.spanCells, row, column, sign * count);
}

/** The counts of no sentence. */
export function emptyCounts(): Counts {
  return newBuilder();
}

/** The counts of many sentences together; use it rather than repeated addCounts, which copies. */
export function sumCounts(all: Iterable<Counts>): Counts {
  const builder = newBuilder();
  for (const counts of all) accumulate(builder, counts, 1);
  return builder;
}

/** a + b: the counts of the sentences of both. */
export function addCounts(a: Counts, b: Counts): Counts {
  return sumCounts([a, b]);
}

/** a - b, where the sentences of b are among those of a: exactly the counts of the others. */
export function subtractCounts(a: Counts, b: Counts): Counts {
  const builder = newBuilder();
  accumulate(builder, a, 1);
  accumulate(builder, b, -1);
  return builder;
}

/** The same counts seen from the other side: gold and prediction exchanged. */
export function swapCounts(counts: Counts): Counts {
  const swap = ({ correct, predicted, gold }: Tally): Tally => ({ correct, predicted: gold, gold: predicted });
  const builder = newBuilder();
  builder.sentences = counts.sentences;
  builder.tokens = counts.tokens;
  for (const [label, tally] of counts.labels) builder.labels.set(label, swap(tally));
  for (const [label, tally] of counts.strictLabels) builder.strictLabels.set(label, swap(tally));
  for (const [kind, count] of counts.verdicts)
    builder.verdicts.set(kind === 'missed' ? 'spurious' : kind === 'spurious' ? 'missed' : kind, count);
  for (const [row, columns] of counts.tokenCells)
    for (const [column, count] of columns) bumpCell(builder.tokenCells, column, row, count);
  for (const [row, columns] of counts.spanCells)
    for (const [column, count] of columns) bumpCell(builder.spanCells, column, row, count);
  return builder;
}
