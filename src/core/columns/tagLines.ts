import { UNDECIDED } from '../decisions.ts';
import type { ColumnLayout } from './document.ts';
import { isBlank } from '../lines.ts';
import { cellsOf, isTagShaped, isTokenId, markLength } from './columnLayout.ts';

/** What one line of a column file is to a scorer. `docStart` is a `-DOCSTART-` line; `skipped` is a comment, a range of tokens or an empty token. */
export type TagLine =
  | { readonly kind: 'token' | 'docStart'; readonly form: string; readonly tag: string }
  | { readonly kind: 'blank' | 'skipped' }
  | { readonly kind: 'unread'; readonly message: string };

const BLANK: TagLine = { kind: 'blank' };
const SKIPPED: TagLine = { kind: 'skipped' };
const HASH = 35;
const HYPHEN = 45;
const FIRST_PRINTED = 33;
const MARK = 0xfeff;
const TAB = 9;
const ZERO = 48;
const NINE = 57;

/** The cell with this index between single tabs, or undefined. */
function tabCell(line: string, index: number): string | undefined {
  let start = 0;
  for (let cell = 0; cell < index; cell++) {
    const tab = line.indexOf('\t', start);
    if (tab < 0) return undefined;
    start = tab + 1;
  }
  const end = line.indexOf('\t', start);
  return end < 0 ? line.slice(start) : line.slice(start, end);
}

/** True for a line whose first cell is digits alone: a plain token id. */
function beginsWithNumber(line: string): boolean {
  for (let index = 0; ; index++) {
    const code = line.charCodeAt(index);
    if (code === TAB) return index > 0;
    if (!(code >= ZERO && code <= NINE)) return false;
  }
}

/** Stands for the tag of a cell without its key; no cell can hold it. What it means depends on the rest of the sentence: see `saidTags`. */
export const MISSING_TAG = '\n';

/** The tags of a sentence: one whose cell lacks the key is O where other cells have it, and undecided where none has. */
export function saidTags(tags: readonly string[]): readonly string[] {
  if (!tags.includes(MISSING_TAG)) return tags;
  const absent = tags.every((tag) => tag === MISSING_TAG) ? UNDECIDED : 'O';
  return tags.map((tag) => (tag === MISSING_TAG ? absent : tag));
}

/** The tag of a cell: the cell, or the value of a key in it, MISSING_TAG where it has none. */
function tagIn(cell: string | undefined, key: string | undefined): string | undefined {
  if (cell === undefined || key === undefined) return cell;
  const found = cell.split('|').find((pair) => pair.startsWith(`${key}=`));
  return found === undefined ? MISSING_TAG : found.slice(key.length + 1);
}

function readCells(line: string, layout: ColumnLayout): TagLine {
  const content = line.slice(markLength(line));
  if (isBlank(content)) return BLANK;
  const cells = cellsOf(content, layout.separator).map(([start, end]) => content.slice(start, end).trim());
  const form = cells[layout.form];
  const tag = tagIn(cells[layout.tag], layout.tagKey);
  const fits = cells.length === layout.columns && form !== undefined && tag !== undefined && form !== '';
  if (content.startsWith('#') && !(fits && layout.id === undefined && isTagShaped(tag))) return SKIPPED;
  if (content.startsWith('-DOCSTART-')) return fits ? { kind: 'docStart', form, tag } : SKIPPED;
  if (!fits)
    return {
      kind: 'unread',
      message: `${cells.length} cells instead of ${layout.columns}, or an empty word: mend the line, or delete it in both files`,
    };
  const id = layout.id === undefined ? undefined : cells[layout.id];
  return id !== undefined && isTokenId(id) && /\D/.test(id) ? SKIPPED : { kind: 'token', form, tag };
}

/**
 * Reads one line as a scorer needs it: the word and the tag, both as written. The common line, a token between tabs, takes
 * a short way; it does not count the cells behind the tag.
 */
export function readTagLine(line: string, layout: ColumnLayout): TagLine {
  const first = line.charCodeAt(0);
  if (line === '') return BLANK;
  if (first === HASH && layout.id !== undefined) return SKIPPED;
  const plain =
    layout.separator === '\t' && first !== HASH && first !== HYPHEN && first >= FIRST_PRINTED && first !== MARK;
  const numbered = layout.id === undefined || (layout.id === 0 && beginsWithNumber(line));
  if (!plain || !numbered || layout.tagKey !== undefined) return readCells(line, layout);
  const form = tabCell(line, layout.form);
  const tag = tabCell(line, layout.tag);
  if (form === undefined || tag === undefined || form.trim() === '' || tag.includes(' '))
    return readCells(line, layout);
  return { kind: 'token', form, tag };
}
