import type { Layer } from '../span.ts';
import { encodeAs } from '../tagging.ts';
import type { Tagging } from '../tagging.ts';
import type { ColumnLayout } from './document.ts';

/** What stands for a word of white space alone in a column file. */
export const BLANK_WORD = '\u2423';

// What some program takes for the end of a line or of a cell.
const breaks = /\r\n|[\t\r\n\v\f\u0085\u2028\u2029]/g;
const letters: Readonly<Record<string, string>> = { ' ': 's', '\t': 't', '\r': 'r', '\n': 'n', '|': 'p', '\\': '\\' };
const meanings: Readonly<Record<string, string>> = { s: ' ', t: '\t', r: '\r', n: '\n', p: '|', '\\': '\\' };
const escapes = /\\(?:([strnp\\])|u([\dA-Fa-f]{4}))/g;
const inTabs = /^\s|\s$|[\t\r\n\v\f\u0085\u2028\u2029]|\\(?=$|[strnp\\|\s\u0085]|u[\dA-Fa-f]{4})/g;
const inMisc = /[|\s\u0085]|\\(?=$|[strnp\\|\s\u0085]|u[\dA-Fa-f]{4})/g;
const inSpaces = /[\s\u0085]|\\(?=$|[strnp\\|\s\u0085]|u[\dA-Fa-f]{4})/g;

/**
 * A tag as a cell can hold it: white space that would end the cell, and in `key=value|key=value` the sign between pairs, are
 * written as UDPipe does in CoNLL-U (`\s \t \r \n \p \\`), other line ends as `\u2028`.
 */
export function tagCell(tag: string, { separator, tagKey }: Pick<ColumnLayout, 'separator' | 'tagKey'>): string {
  const special = separator === ' ' ? inSpaces : tagKey === undefined ? inTabs : inMisc;
  return tag.replace(special, (sign) => {
    const letter = letters[sign];
    return letter === undefined ? `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}` : `\\${letter}`;
  });
}

/** The tag that a cell holds: `tagCell` the other way; a backslash before anything else is one. */
export function tagOfCell(cell: string): string {
  if (!cell.includes('\\')) return cell;
  return cell.replace(escapes, (_, letter: string | undefined, code: string | undefined) =>
    letter === undefined ? String.fromCharCode(Number.parseInt(code ?? '', 16)) : (meanings[letter] ?? letter),
  );
}

/** The tags of a layer over `length` tokens as the cells of a layout hold them. */
export function tagCells(
  layer: Layer,
  length: number,
  tagging: Tagging,
  layout: Pick<ColumnLayout, 'separator' | 'tagKey'>,
): readonly string[] {
  return encodeAs(layer, length, tagging).map((tag) => tagCell(tag, layout));
}

/** A word as a cell can hold it: with a space (no-break between spaces) for what ends cells and lines, and a sign for one of white space alone. */
export function wordCell(form: string, separator: '\t' | ' '): string {
  if (!/[\s\u0085]/.test(form)) return separator === ' ' ? form.replace(/^-DOCSTART-/, '\u2011DOCSTART-') : form;
  const inner = form.replace(breaks, ' ').trim();
  if (inner === '') return BLANK_WORD;
  return separator === ' ' ? inner.replace(/\s/g, '\u00A0') : inner;
}

/** A text whose words are written as in the cells of a file with tabs, so that they are found in it again. */
export function textOfCells(
  text: string,
  tokens: readonly { readonly form: string; readonly start: number; readonly end: number }[],
): string {
  if (!/[\t\r\n\v\f\u0085\u2028\u2029]/.test(text) && tokens.every(({ form }) => form.trim() !== '')) return text;
  let written = '';
  let last = 0;
  for (const { form, start, end } of tokens) {
    if (start < last || text.slice(start, end) !== form) continue;
    written += text.slice(last, start).replace(breaks, ' ') + wordCell(form, '\t');
    last = end;
  }
  return written + text.slice(last).replace(breaks, ' ');
}
