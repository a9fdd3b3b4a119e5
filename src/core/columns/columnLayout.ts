import type { ColumnLayout } from './document.ts';
import { isBlank } from '../lines.ts';
import { columnRoles, entityKey } from './columnRoles.ts';
import { taggingEvidence } from '../tagging.ts';
import type { Tagging } from '../tagging.ts';

/** A half-open range of UTF-16 characters in a line. */
export type Cell = readonly [start: number, end: number];

/** A layout, and how many lines were read to find it. */
export interface DetectedLayout {
  readonly layout: ColumnLayout;
  readonly linesRead: number;
}

const UNER: ColumnLayout = { columns: 5, id: 0, form: 1, tag: 2, annotator: 4, separator: '\t' };
const TOKEN_LINES_READ = 200;
const idShape = /^\d+(?:[-.]\d+)?$/;

/** True for a token's running number, a range of tokens (`1-2`) or an empty token (`8.1`). */
export function isTokenId(text: string): boolean {
  return idShape.test(text);
}

/** The number of leading characters of a line that belong to no cell: the mark that some editors put at the start of a file. */
export function markLength(line: string): 0 | 1 {
  return line.startsWith('\uFEFF') ? 1 : 0;
}

/** The cells of a line: between single tabs, or runs of other characters where the separator is a space. */
export function cellsOf(line: string, separator: '\t' | ' '): readonly Cell[] {
  const cells: Cell[] = [];
  if (separator === ' ') {
    for (const match of line.slice(markLength(line)).matchAll(/[^ \t]+/g)) {
      const start = match.index + markLength(line);
      cells.push([start, start + match[0].length]);
    }
    return cells;
  }
  for (let start: number = markLength(line); ;) {
    const tab = line.indexOf('\t', start);
    if (tab < 0) return [...cells, [start, line.length]];
    cells.push([start, tab]);
    start = tab + 1;
  }
}

/**
 * Which columns a file has, from its first token lines (`most` of them): the number of cells that most of them have, an id
 * column where the first cells are numbers, the tag column (`columnRoles.ts`), and how tags write spans.
 */
export function detectLayout(
  lineCount: number,
  lineText: (line: number) => string,
  most: number = TOKEN_LINES_READ,
): DetectedLayout {
  const { layout, linesRead, rows } = detectColumns(lineCount, lineText, most);
  const tagging = layout.tagging ?? detectTagging(rows, layout);
  return { layout: tagging === undefined ? layout : { ...layout, tagging }, linesRead };
}

interface HeadRow {
  readonly line: number;
  readonly cells: readonly string[];
  readonly separator: '\t' | ' ';
}

/**
 * How the first token lines write spans, where that is not IOB2: BIOES and BILOU by their own prefixes, IOB1 where at
 * least two spans begin with I and none needlessly with B. A file with ids is UNER's, in which such an I is a mistake.
 */
function detectTagging(rows: readonly HeadRow[], layout: ColumnLayout): Tagging | undefined {
  const sentences: string[][] = [];
  rows.forEach(({ line, cells }, index) => {
    const tag = cells[layout.tag] ?? 'O';
    const follows = index > 0 && rows[index - 1]?.line === line - 1;
    if (follows) sentences.at(-1)?.push(tag);
    else sentences.push([tag]);
  });
  const evidence = sentences.map(taggingEvidence).filter((tagging) => tagging !== undefined);
  const count = (tagging: Tagging): number => evidence.filter((other) => other === tagging).length;
  if (count('bioes') > count('bilou')) return 'bioes';
  if (count('bilou') > 0) return 'bilou';
  return layout.id === undefined && count('iob1') > 1 && count('iob2') === 0 ? 'iob1' : undefined;
}

function detectColumns(
  lineCount: number,
  lineText: (line: number) => string,
  most: number,
): DetectedLayout & { readonly rows: readonly HeadRow[] } {
  const rows: HeadRow[] = [];
  let line = 0;
  let header: string | undefined;
  for (; line < lineCount && rows.length < most; line++) {
    const text = lineText(line).slice(markLength(lineText(line)));
    header ??= /^#\s*global\.columns\s*=(.*)$/.exec(text)?.[1];
    if (isBlank(text) || text.startsWith('#') || text.startsWith('-DOCSTART-')) continue;
    const separator = text.includes('\t') ? '\t' : ' ';
    rows.push({ line, separator, cells: cellsOf(text, separator).map(([start, end]) => text.slice(start, end)) });
  }
  const shape = mostFrequent(rows.map((row) => `${row.separator}${String(row.cells.length)}`));
  const typical = rows.filter((row) => `${row.separator}${String(row.cells.length)}` === shape);
  const sample = typical[0];
  if (sample === undefined) return { layout: UNER, linesRead: line, rows };
  const columns = sample.cells.length;
  const numbered = typical.filter(({ cells }) => isTokenId(cells[0] ?? '')).length;
  const id = columns > 2 && numbered > 0.9 * typical.length ? 0 : undefined;
  const form = id === undefined ? 0 : 1;
  const base = { columns: Math.max(columns, 2), id, form, annotator: undefined, separator: sample.separator };
  const named = namedColumns(header, columns);
  if (named !== undefined) return { layout: { ...base, ...named }, linesRead: line, rows };
  if (id === 0 && columns === 10) {
    const tagKey = entityKey(typical.map((row) => row.cells[9] ?? '')) ?? 'NER';
    return { layout: { ...base, tag: 9, tagKey }, linesRead: line, rows };
  }
  const roles = columnRoles(
    typical.map(({ cells }) => cells),
    id,
  );
  const annotator = id === 0 && columns === 5 && roles.tag === 2 ? 4 : undefined;
  return { layout: { ...base, ...roles, annotator }, linesRead: line, rows };
}

/** What a `# global.columns` line of CoNLL-U Plus says, where it names a column of entities. */
function namedColumns(
  header: string | undefined,
  columns: number,
): Pick<ColumnLayout, 'tag' | 'form' | 'id'> | undefined {
  const names = header?.trim().split(/\s+/) ?? [];
  const tag = names.findIndex((name) => /(?:^|[:_])(?:NER|NE|ENTITY|IOB2?|BIO)$/i.test(name));
  const form = names.indexOf('FORM');
  const id = names.indexOf('ID');
  if (names.length !== columns || tag < 0 || form < 0) return undefined;
  return { tag, form, id: id < 0 ? undefined : id };
}

function mostFrequent(values: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}
