import type { TextEdit } from '../../core/columns/document.ts';
import { lineStarts } from '../../core/lines.ts';
import { commonEnds, upperBound } from './splice.ts';
import { largest, smallest } from '../../core/lists.ts';

/** One edit that turns the old text into the new one, from their first difference to their last; undefined where they are equal. */
export function replacedText(old: string, fresh: string): TextEdit | undefined {
  if (old === fresh) return undefined;
  const ends = commonEnds(old.length, fresh.length, (a, b) => old.charCodeAt(a) === fresh.charCodeAt(b));
  let { head: first, tail } = ends;
  // A border between CR and LF would split one line end into two.
  while (first > 0 && old[first - 1] === '\r') first--;
  while (tail > 0 && old[old.length - tail] === '\n') tail--;
  const starts = lineStarts(old);
  const place = (offset: number): TextEdit['start'] => {
    const line = upperBound(starts, offset) - 1;
    return { line, character: offset - (starts[line] ?? 0) };
  };
  return { start: place(first), end: place(old.length - tail), text: fresh.slice(first, fresh.length - tail) };
}

/** A change of a text as one replacement: old offsets start..end (UTF-16) became `length` characters. */
export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly length: number;
}

/** The smallest replacement that covers all changes of one event of the editor, whose offsets refer to the text before it. */
export function coveringReplacement(
  changes: readonly { readonly rangeOffset: number; readonly rangeLength: number; readonly text: string }[],
): Replacement | undefined {
  if (changes.length === 0) return undefined;
  const start = smallest(changes.map((change) => change.rangeOffset));
  const end = largest(changes.map((change) => change.rangeOffset + change.rangeLength));
  const growth = changes.reduce((sum, change) => sum + change.text.length - change.rangeLength, 0);
  return { start, end, length: end - start + growth };
}
