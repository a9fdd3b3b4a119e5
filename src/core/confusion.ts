import { inScheme } from './compare.ts';
import type { Tagged } from './compare.ts';
import { NOTHING } from './counts.ts';
import type { Cells, Counts } from './counts.ts';
import { labelsOf, namesOf, tagNames } from './metrics.ts';
import { pairSpans, verdictRange } from './pairing.ts';
import type { VerdictKind } from './pairing.ts';
import type { IllegalPolicy, Scheme } from './scheme.ts';
import { NO_LABEL } from './span.ts';
import { ratio } from './tally.ts';

/** Whether a matrix compares tags of tokens or labels of spans. */
export type MatrixLevel = 'token' | 'span';

/** A matrix of counts: `counts[row][column]`, rows are the reference. */
export interface ConfusionMatrix {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly counts: readonly (readonly number[])[];
}

/** The name shown for the span matrix's last row: predicted spans without a partner. */
export const SPURIOUS = 'spurious';

/** The name shown for the span matrix's last column: gold spans without a partner. */
export const MISSED = 'missed';

/** The name of the row and column that stand for all names but the most frequent ones, where there are too many to be shown. */
export const OTHERS = 'all others';

/** The most names that a matrix has: its size is their square. */
export const MOST_NAMES = 150;

/** The names of a matrix in their order, and what they count; beyond `MOST_NAMES` the rarest become one. `last` stays the last one. */
function dense(
  cells: Cells,
  names: readonly string[],
  last?: string,
): { readonly names: readonly string[]; readonly counts: number[][] } {
  const kept = names.length > MOST_NAMES ? mostFrequent(cells, names) : names;
  const own = kept === names ? names : [...kept, OTHERS];
  const all = last === undefined ? own : [...own, last];
  const index = new Map(all.map((name, position) => [name, position]));
  const counts = all.map(() => new Array<number>(all.length).fill(0));
  const others = index.get(OTHERS);
  for (const [row, columns] of cells) {
    const target = counts[index.get(row) ?? others ?? -1];
    if (target === undefined) continue;
    for (const [column, count] of columns) {
      const at = index.get(column) ?? others;
      if (at !== undefined) target[at] = (target[at] ?? 0) + count;
    }
  }
  return { names: own, counts };
}

function mostFrequent(cells: Cells, names: readonly string[]): readonly string[] {
  const totals = new Map<string, number>();
  const add = (name: string, count: number): void => {
    totals.set(name, (totals.get(name) ?? 0) + count);
  };
  for (const [row, columns] of cells)
    for (const [column, count] of columns) {
      add(row, count);
      add(column, count);
    }
  const kept = new Set([...names].sort((a, b) => (totals.get(b) ?? 0) - (totals.get(a) ?? 0)).slice(0, MOST_NAMES - 1));
  return names.filter((name) => kept.has(name));
}

/** Tags against tags over all tokens, in the order of `tagNames`; tags outside the scheme follow, so the sum is always the number of tokens. Of more than `MOST_NAMES` the rarest are one row and column. */
export function tokenMatrix(counts: Counts, scheme: Scheme, labels: readonly string[]): ConfusionMatrix {
  const names = namesOf(counts.tokenCells, tagNames(scheme, scheme === 'full' ? labelsOf(counts, labels) : [NO_LABEL]));
  const { names: shown, counts: cells } = dense(counts.tokenCells, names);
  return { rows: shown, columns: shown, counts: cells };
}

/**
 * Labels against labels over paired spans. The last column counts missed gold spans, the last row spurious predictions, so
 * a row sums to the gold spans of its label and a column to the predicted ones. A pair counts in the cell of its two labels
 * even where the borders differ; the verdict of a case says which.
 */
export function spanMatrix(counts: Counts, scheme: Scheme, labels: readonly string[]): ConfusionMatrix {
  const known = scheme === 'full' ? labelsOf(counts, labels) : [NO_LABEL];
  const { names, counts: cells } = dense(counts.spanCells, known, NOTHING);
  return { rows: [...names, SPURIOUS], columns: [...names, MISSED], counts: cells };
}

/** Tokens first..end (half-open) of one sentence behind a cell; at span level with the verdict. */
export interface ConfusionCase {
  readonly first: number;
  readonly end: number;
  readonly verdict?: VerdictKind;
}

/** Which cell of which matrix: names of tags or labels; at span level NOTHING is the spurious row and the missed column. */
export interface CellName {
  readonly level: MatrixLevel;
  readonly row: string;
  readonly column: string;
}

/** The key of the cell at these positions of a matrix, turning the shown names of the last row and column into NOTHING. */
export function cellName(matrix: ConfusionMatrix, level: MatrixLevel, row: number, column: number): CellName {
  const name = (names: readonly string[], index: number): string =>
    level === 'span' && index === names.length - 1 ? NOTHING : (names[index] ?? NOTHING);
  return { level, row: name(matrix.rows, row), column: name(matrix.columns, column) };
}

/** The places in one sentence that a cell counts, in text order; as many as the sentence adds to the cell. */
export function casesOf(
  gold: Tagged,
  predicted: Tagged,
  scheme: Scheme,
  cell: CellName,
  policy: IllegalPolicy = 'repair',
): readonly ConfusionCase[] {
  const reference = inScheme(gold, scheme, policy);
  const answer = inScheme(predicted, scheme, policy);
  if (cell.level === 'span')
    return pairSpans(reference.layer, answer.layer)
      .filter((one) => (one.gold?.label ?? NOTHING) === cell.row && (one.predicted?.label ?? NOTHING) === cell.column)
      .map((one) => ({ ...verdictRange(one), verdict: one.kind }));
  const length = Math.max(reference.tags.length, answer.tags.length);
  return Array.from({ length }, (_, index) => index)
    .filter((index) => (reference.tags[index] ?? 'O') === cell.row && (answer.tags[index] ?? 'O') === cell.column)
    .map((index) => ({ first: index, end: index + 1 }));
}

/** What a cell shows: its count, its share of the row (recall along the diagonal) or of the column (precision). */
export type Normalisation = 'counts' | 'row' | 'column';

/** The cells as shares of their row or column, 0 to 1, null in an empty one; or the counts themselves. */
export function normalised(matrix: ConfusionMatrix, by: Normalisation): readonly (readonly (number | null)[])[] {
  if (by === 'counts') return matrix.counts;
  const { rowTotals, columnTotals } = matrixTotals(matrix);
  return matrix.counts.map((row, r) =>
    row.map((count, c) => ratio(count, (by === 'row' ? rowTotals[r] : columnTotals[c]) ?? 0)),
  );
}

/** The sums of a matrix's rows and columns, and of all its cells. */
export function matrixTotals({ columns, counts }: ConfusionMatrix): {
  readonly rowTotals: readonly number[];
  readonly columnTotals: readonly number[];
  readonly total: number;
} {
  const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
  const rowTotals = counts.map(sum);
  return {
    rowTotals,
    columnTotals: columns.map((_, column) => sum(counts.map((row) => row[column] ?? 0))),
    total: sum(rowTotals),
  };
}
