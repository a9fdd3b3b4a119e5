import { matrixTotals, normalised } from '../confusion.ts';
import type { ConfusionMatrix, Normalisation } from '../confusion.ts';
import { escapeHtml, escapeMarkdown, markdownTable } from './markup.ts';
import { largest } from '../lists.ts';

/** How a matrix is shown. */
export interface MatrixView {
  /** What rows and columns are, such as `gold` and `BERT`. */
  readonly rowName: string;
  readonly columnName: string;
  readonly by: Normalisation;
}

function shown(value: number | null, by: Normalisation): string {
  if (value === null) return '–';
  return by === 'counts' ? String(value) : value.toFixed(3);
}

function rowsWithTotals(matrix: ConfusionMatrix, { by }: MatrixView): string[][] {
  const { rowTotals, columnTotals, total } = matrixTotals(matrix);
  const cells = normalised(matrix, by).map((row, index) => [
    matrix.rows[index] ?? '',
    ...row.map((value) => shown(value, by)),
    String(rowTotals[index] ?? 0),
  ]);
  return [...cells, ['total', ...columnTotals.map(String), String(total)]];
}

/** The matrix as a Markdown table with totals. */
export function matrixMarkdown(matrix: ConfusionMatrix, view: MatrixView): string {
  const head = [`${view.rowName} \\ ${view.columnName}`, ...matrix.columns, 'total'].map(escapeMarkdown);
  return `${markdownTable(
    head,
    rowsWithTotals(matrix, view).map((row) => row.map(escapeMarkdown)),
  )}\n`;
}

function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

/** The matrix as CSV (RFC 4180) with a head row, without totals: what another program reads. */
export function matrixCsv(matrix: ConfusionMatrix, view: MatrixView): string {
  const head = [`${view.rowName} \\ ${view.columnName}`, ...matrix.columns];
  const rows = normalised(matrix, view.by).map((row, index) => [
    matrix.rows[index] ?? '',
    ...row.map((value) => (value === null ? '' : String(value))),
  ]);
  return [head, ...rows].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
}

const CELL = { width: 62, height: 30 };
const TEXT_WIDTH = 7.4;

/** Opacities of a cell for shares of 0 and 1; the darkest still lets its number stand out (contrast above 4.5). */
const LIGHTEST = 0.04;
const DARKEST = 0.6;

/** The matrix as an SVG heat map with its numbers printed; colours come from classes, and a cell is shaded by its share of its row. */
export function matrixSvg(matrix: ConfusionMatrix, view: MatrixView): string {
  const { rowTotals, columnTotals, total } = matrixTotals(matrix);
  const shares = normalised(matrix, view.by === 'column' ? 'column' : 'row');
  const values = normalised(matrix, view.by);
  const longest = largest(
    [...matrix.rows, ...matrix.columns].map((name) => name.length),
    5,
  );
  const left = 22 + longest * TEXT_WIDTH;
  const cellWidth = Math.max(CELL.width, longest * TEXT_WIDTH + 8);
  const top = 46;
  const width = left + (matrix.columns.length + 1) * cellWidth + 4;
  const height = top + (matrix.rows.length + 1) * CELL.height + 6;
  const x = (column: number): number => left + column * cellWidth;
  const y = (row: number): number => top + row * CELL.height;
  const text = (className: string, atX: number, atY: number, content: string): string =>
    `<text class="${className}" x="${atX.toFixed(1)}" y="${atY.toFixed(1)}">${escapeHtml(content)}</text>`;
  const middle = (column: number): number => x(column) + cellWidth / 2;
  const base = (row: number): number => y(row) + CELL.height / 2 + 4;

  const cells = values.flatMap((row, r) =>
    row.map((value, c) => {
      const share = shares[r]?.[c] ?? 0;
      const same = matrix.rows[r] === matrix.columns[c] ? ' same' : '';
      const name = `${view.rowName} ${matrix.rows[r] ?? ''}, ${view.columnName} ${matrix.columns[c] ?? ''}: ${shown(value, view.by)}`;
      return (
        `<g><title>${escapeHtml(name)}</title>` +
        `<rect class="cell${same}" x="${x(c).toFixed(1)}" y="${y(r)}" width="${(cellWidth - 2).toFixed(1)}" height="${CELL.height - 2}" fill-opacity="${(LIGHTEST + (DARKEST - LIGHTEST) * share).toFixed(3)}"/>` +
        `${text(value === 0 ? 'number zero' : 'number', middle(c), base(r), shown(value, view.by))}</g>`
      );
    }),
  );
  const heads = matrix.columns.map((name, c) => text('head', middle(c), top - 8, name));
  const names = matrix.rows.map((name, r) => text('name', left - 8, base(r), name));
  const sums = [
    text('head', middle(matrix.columns.length), top - 8, 'total'),
    ...rowTotals.map((sum, r) => text('total', middle(matrix.columns.length), base(r), String(sum))),
    text('name', left - 8, base(matrix.rows.length), 'total'),
    ...[...columnTotals, total].map((sum, c) => text('total', middle(c), base(matrix.rows.length), String(sum))),
  ];
  const title = `Confusion matrix: rows ${view.rowName}, columns ${view.columnName}`;
  return (
    `<svg class="chart matrix" role="img" viewBox="0 0 ${width.toFixed(0)} ${height}" width="${width.toFixed(0)}" height="${height}" xmlns="http://www.w3.org/2000/svg">` +
    `<title>${escapeHtml(title)}</title>` +
    text('axis', left, 16, `${view.columnName} →`) +
    text('axis start', 2, top - 8, `${view.rowName} ↓`) +
    [...heads, ...names, ...cells, ...sums].join('') +
    '</svg>'
  );
}
