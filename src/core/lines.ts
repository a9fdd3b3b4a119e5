import type { Place, TextEdit } from './columns/document.ts';

/** What ends a line in a file. */
export type Eol = '\n' | '\r\n';

const lineBreak = /\r\n|\r|\n/;
const lineBreaks = /\r\n|\r|\n/g;

/** The lines of a text without their ends, split at CRLF, LF and CR as editors do; a text has at least one line. */
export function splitLines(text: string): readonly string[] {
  return text.split(lineBreak);
}

/** The number of line ends in a text. */
export function countBreaks(text: string): number {
  return text.match(lineBreaks)?.length ?? 0;
}

/** The line end that a text uses first; LF where it has none. */
export function eolOf(text: string): Eol {
  return lineBreak.exec(text)?.[0] === '\r\n' ? '\r\n' : '\n';
}

/** True for a line that separates blocks: nothing but white space (and the mark at the start of a file). */
export function isBlank(line: string): boolean {
  return line.trim() === '';
}

/** The UTF-16 offset at which each line of a text begins. */
export function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (const match of text.matchAll(lineBreaks)) starts.push(match.index + match[0].length);
  return starts;
}

/** The UTF-16 offset of a place; a place past the end of the text is its end. */
export function offsetAt(text: string, starts: readonly number[], place: Place): number {
  const start = starts[place.line];
  return start === undefined ? text.length : Math.min(start + place.character, text.length);
}

/** The text after a list of edits that all refer to the text before the first of them and do not overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const starts = lineStarts(text);
  const ranges = edits
    .map((edit) => ({
      start: offsetAt(text, starts, edit.start),
      end: offsetAt(text, starts, edit.end),
      text: edit.text,
    }))
    .sort((a, b) => a.start - b.start || a.end - b.end);
  const parts: string[] = [];
  let last = 0;
  for (const range of ranges) {
    parts.push(text.slice(last, range.start), range.text);
    last = range.end;
  }
  return parts.join('') + text.slice(last);
}
