/** A place in a document: 0-based line and UTF-16 character. */
interface Position {
  readonly line: number;
  readonly character: number;
}

/** A stretch of a document. */
export interface Stretch {
  readonly start: Position;
  readonly end: Position;
}

/** The replacement of a stretch by a text. */
export interface Replacement {
  readonly range: Stretch;
  readonly text: string;
}

function compare(a: Position, b: Position): number {
  return a.line === b.line ? a.character - b.character : a.line - b.line;
}

/** Where a place at or after a replacement's end comes to lie. */
function shiftPosition(position: Position, { range, text }: Replacement): Position {
  const lines = text.split(/\r\n|\r|\n/);
  const lastLine = lines.at(-1) ?? '';
  const line = position.line + lines.length - 1 - (range.end.line - range.start.line);
  if (position.line !== range.end.line) return { line, character: position.character };
  const before = lines.length === 1 ? range.start.character : 0;
  return { line, character: before + lastLine.length + position.character - range.end.character };
}

/** Where a stretch lies after a replacement; undefined where the replacement touches it, so that it says nothing of the new text. */
export function shiftStretch(stretch: Stretch, change: Replacement): Stretch | undefined {
  if (compare(stretch.end, change.range.start) < 0) return stretch;
  if (compare(stretch.start, change.range.end) <= 0) {
    // Typing a blank or a full stop right behind a span does not change it; typing a letter may.
    const behind = compare(stretch.end, change.range.start) === 0 && /^[\s.,;:!?]/.test(change.text);
    return behind ? stretch : undefined;
  }
  return { start: shiftPosition(stretch.start, change), end: shiftPosition(stretch.end, change) };
}

/** Where a stretch lies after the changes of one event, which all refer to the text before it. */
export function shiftThrough(stretch: Stretch, changes: readonly Replacement[]): Stretch | undefined {
  const backwards = [...changes].sort((a, b) => compare(b.range.start, a.range.start));
  let place: Stretch | undefined = stretch;
  for (const change of backwards) place = place === undefined ? undefined : shiftStretch(place, change);
  return place;
}
