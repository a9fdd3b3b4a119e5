import { READABLE_COLUMN_ENDINGS, hasEnding } from '../columns/columnFiles.ts';
import { parseColumns } from '../columns/columns.ts';
import { previewColumns } from '../columns/columnChoice.ts';
import { taggingEvidence } from '../tagging.ts';
import type { FormatId } from './format.ts';
import { csvHeader } from './csv.ts';
import { isOntonotesLine } from './ontonotes.ts';
import { firstRows, formatOfRow, looksLikeJson } from './jsonRows.ts';

/** A format that was told from the beginning of a file. */
export interface ToldFormat {
  readonly format: FormatId;
  /** How many of the rows that tell anything are its rows, and of how many. */
  readonly rows: number;
  readonly of: number;
  /** The format with the next most rows, where it has many. */
  readonly runnerUp?: { readonly format: FormatId; readonly rows: number } | undefined;
  /** What the text looks like where it is taken as plain text and is none. */
  readonly unlike?: string | undefined;
}

const proseName = /\.(?:txt|text|md|markdown)$/i;
const CLOSE = 0.2;
const LINES_LOOKED_AT = 200;
const KNOWN_LEAST = 0.9;

/**
 * The format of a file by its name and the beginning of its text, the more the better: JSON by what most of its first rows
 * are, columns by their tags, else plain text, with a word on what it looks like where it is none.
 */
export function tellFormat(name: string, head: string): ToldFormat {
  const text = head.replace(/^\uFEFF/, '');
  if (looksLikeJson(text) && !/\.(?:md|markdown)$/i.test(name)) {
    const told = tellJson(text);
    if (told !== undefined || !proseName.test(name)) return told ?? { format: 'doccano', rows: 0, of: 0 };
  }
  if (/\.(?:md|markdown)$/i.test(name)) return { format: 'text', rows: 0, of: 0 };
  return (
    tellOther(name, text) ??
    tellColumns(name, text) ?? { format: 'text', rows: 0, of: 0, unlike: unlikeProse(name, text) }
  );
}

function tellJson(text: string): ToldFormat | undefined {
  const counts = new Map<FormatId, number>();
  for (const row of firstRows(text)) {
    const format = formatOfRow(row);
    if (format !== undefined) counts.set(format, (counts.get(format) ?? 0) + 1);
  }
  const [best, next] = [...counts].sort((a, b) => b[1] - a[1]);
  if (best === undefined) return undefined;
  const of = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const runnerUp = next !== undefined && next[1] >= CLOSE * of ? { format: next[0], rows: next[1] } : undefined;
  return { format: best[0], rows: best[1], of, ...(runnerUp === undefined ? {} : { runnerUp }) };
}

/** Formats that are told by their own lines. */
function tellOther(name: string, text: string): ToldFormat | undefined {
  const lines = text
    .split(/\r\n|\r|\n/)
    .slice(0, LINES_LOOKED_AT)
    .filter((line) => line.trim() !== '');
  const told = (format: FormatId, rows: number): ToldFormat => ({ format, rows, of: lines.length });
  const ontonotes = lines.filter(isOntonotesLine).length;
  if (lines.some((line) => line.startsWith('#begin document')) || ontonotes > lines.length / 2)
    return told('ontonotes', ontonotes);
  const { cells, columns } = csvHeader(lines[0] ?? '');
  if ((/\.csv$/i.test(name) && cells.length > 1) || (columns !== undefined && /[,;]/.test(lines[0] ?? '')))
    return told('csv', lines.length);
  return undefined;
}

function tellColumns(name: string, text: string): ToldFormat | undefined {
  // The last line of a beginning may be cut.
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const lines = whole === '' ? text : whole;
  const { layout } = previewColumns(lines);
  const document = parseColumns(lines, layout);
  const rows = document.sentences.reduce((sum, sentence) => sum + sentence.cells.length, 0);
  const unread = document.issues.filter(({ severity }) => severity === 'error').length;
  const tags = document.sentences.flatMap((sentence) => [...sentence.tags, 'O']);
  const known = tags.filter((tag) => /^(?:[OBIESLUM_]|[BIESLUM]-.+)$/.test(tag)).length;
  const fits = layout.tagging === 'io' || known >= tags.length * KNOWN_LEAST;
  if (!(rows > 0 && unread <= rows && fits) && !hasEnding(name, [...READABLE_COLUMN_ENDINGS, 'io', 'tsv']))
    return undefined;
  const told = (format: FormatId): ToldFormat => ({ format, rows, of: rows + unread });
  if (/^#\s*global\.columns/m.test(text)) return told('conllup');
  if (layout.tagKey !== undefined) return told('conllu');
  if (layout.tagging === 'io') return told('io');
  // Tags of both kinds may stand in one file; most of its sentences tell.
  const evidence = document.sentences.map((sentence) => taggingEvidence(sentence.tags));
  const count = (tagging: string): number => evidence.filter((one) => one === tagging).length;
  const [bioes, bilou] = [count('bioes'), count('bilou')];
  if (bioes + bilou > 0) return told(bioes >= bilou ? 'bioes' : 'bilou');
  const four = layout.columns === 4 && layout.id === undefined;
  const iob1 = layout.id === undefined && count('iob1') > 0;
  return told(four || /^-DOCSTART-/m.test(text) || iob1 ? 'conll2003' : 'iob2');
}

/** What a text that is not known is, or undefined where it may be prose. */
function unlikeProse(name: string, text: string): string | undefined {
  const lines = text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '');
  if (/^\s*(?:<\?xml|<!doctype|<[a-z][\w:.-]*(?:\s[^<>]*)?>)/i.test(text)) return 'markup (XML or HTML)';
  if (/^%PDF|^PK\u0003\u0004|\u0000/.test(text)) return 'no text';
  const ending = /\.([^.\\/]+)$/.exec(name)?.[1];
  if (ending !== undefined && !proseName.test(name)) return `a file of another kind (.${ending})`;
  const tabs = lines.filter((line) => line.includes('\t'));
  if (lines.length > 2 && tabs.length >= KNOWN_LEAST * lines.length)
    return 'a table with tabs in which no column holds tags';
  return undefined;
}
