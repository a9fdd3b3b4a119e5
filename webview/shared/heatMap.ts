import type { ConfusionMatrix } from '../../src/core/confusion.ts';
import type { Matrix } from '../../src/protocol/panel.ts';
import type { MatrixOrder, Normalisation } from './matrixChoices.ts';

/** The number of steps of the heat map's colour, apart from none. */
export const heatLevels = 8;

/** One cell as it is drawn: `share` is of its row or column (null where those are empty or counts are shown). */
export interface HeatCell {
  readonly row: number;
  readonly column: number;
  readonly count: number;
  readonly agrees: boolean;
  readonly level: number;
  readonly ofRow: number | null;
  readonly ofColumn: number | null;
}

export interface HeatMap {
  /** The places in the matrix of the rows and columns that are drawn. */
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  readonly cells: readonly (readonly HeatCell[])[];
  readonly rowTotals: readonly number[];
  readonly columnTotals: readonly number[];
  readonly total: number;
  /** Names that are left out because nothing was counted in their row or column. */
  readonly hidden: number;
}

/** A matrix with no more names than this is always drawn whole. */
const smallMatrix = 10;

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Everything that is drawn of a matrix: agreement and confusion are coloured each on a scale of its own. */
export function heatMapOf(
  matrix: Matrix,
  normalisation: Normalisation,
  showAll: boolean,
  order: MatrixOrder = 'labels',
): HeatMap {
  const allRowTotals = matrix.counts.map(sum);
  const allColumnTotals = matrix.columns.map((_, column) => sum(matrix.counts.map((row) => row[column] ?? 0)));
  const used = new Set([
    ...matrix.rows.filter((_, row) => (allRowTotals[row] ?? 0) > 0),
    ...matrix.columns.filter((_, column) => (allColumnTotals[column] ?? 0) > 0),
  ]);
  const whole = showAll || Math.max(matrix.rows.length, matrix.columns.length) <= smallMatrix;
  const size = (name: string): number =>
    (allRowTotals[matrix.rows.indexOf(name)] ?? 0) + (allColumnTotals[matrix.columns.indexOf(name)] ?? 0);
  const compare = (a: string, b: string): number =>
    order === 'count' ? size(b) - size(a) : order === 'name' ? a.localeCompare(b, 'en', { numeric: true }) : 0;
  const places = (names: readonly string[]): number[] => {
    const shown = names.flatMap((name, place) => (whole || used.has(name) ? [place] : []));
    // What has no partner stands last, whatever the order.
    const last = matrix.level === 'span' && shown.at(-1) === names.length - 1 ? shown.splice(-1) : [];
    return [...shown.sort((a, b) => compare(names[a] ?? '', names[b] ?? '')), ...last];
  };
  const rows = places(matrix.rows);
  const columns = places(matrix.columns);
  const agrees = (row: number, column: number): boolean => matrix.rows[row] === matrix.columns[column];
  const countAt = (row: number, column: number): number => matrix.counts[row]?.[column] ?? 0;
  const most = { agreeing: 0, confused: 0 };
  for (const row of rows)
    for (const column of columns) {
      const kind = agrees(row, column) ? 'agreeing' : 'confused';
      most[kind] = Math.max(most[kind], countAt(row, column));
    }
  const cells = rows.map((row) =>
    columns.map((column): HeatCell => {
      const count = countAt(row, column);
      const ofRow = share(count, allRowTotals[row]);
      const ofColumn = share(count, allColumnTotals[column]);
      const agreeing = agrees(row, column);
      const shown = normalisation === 'row' ? ofRow : normalisation === 'column' ? ofColumn : null;
      const heat = shown ?? logShare(count, agreeing ? most.agreeing : most.confused);
      return { row, column, count, agrees: agreeing, level: levelOf(count, heat), ofRow, ofColumn };
    }),
  );
  return {
    rows,
    columns,
    cells,
    rowTotals: rows.map((row) => allRowTotals[row] ?? 0),
    columnTotals: columns.map((column) => allColumnTotals[column] ?? 0),
    total: sum(allRowTotals),
    hidden:
      new Set([...matrix.rows, ...matrix.columns]).size -
      new Set([...rows.map((row) => matrix.rows[row]), ...columns.map((column) => matrix.columns[column])]).size,
  };
}

/** The matrix with the rows and columns that are drawn, in their order. */
export function drawnMatrix(matrix: Matrix, map: HeatMap): ConfusionMatrix {
  return {
    rows: map.rows.map((row) => matrix.rows[row] ?? ''),
    columns: map.columns.map((column) => matrix.columns[column] ?? ''),
    counts: map.cells.map((cells) => cells.map(({ count }) => count)),
  };
}

function share(count: number, total: number | undefined): number | null {
  return total === undefined || total === 0 ? null : count / total;
}

/** Counts span orders of magnitude: O alone would wash out everything else on a linear scale. */
function logShare(count: number, most: number): number {
  return most === 0 ? 0 : Math.log1p(count) / Math.log1p(most);
}

/** A step from 0 (nothing counted) to heatLevels; whatever was counted at all is at least 1. */
function levelOf(count: number, heat: number): number {
  return count === 0 ? 0 : Math.max(1, Math.min(heatLevels, Math.round(heat * heatLevels)));
}
