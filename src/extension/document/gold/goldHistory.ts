import type { ColumnDocument, TextEdit, TokenCells } from '../../../core/columns/document.ts';
import { movedIndex } from '../../base/splice.ts';
import type { Splice } from '../../base/splice.ts';

/** The raw text of a token's two cells that corrections change (all of the cell where the tag is one of several values in it); `annotator` is undefined where the file has no such column. */
export interface CellState {
  readonly tag: string;
  readonly annotator: string | undefined;
}

/** What a correction did to one sentence; `sentence` is its index in the gold file and follows it as others come and go. */
export interface SentenceStep {
  readonly sentence: number;
  /** The words, so that another sentence that came to this index is not taken for it. */
  readonly words: string;
  readonly before: readonly CellState[];
  readonly after: readonly CellState[];
}

/** One correction: everything that is undone at once. */
export type HistoryEntry = readonly SentenceStep[];

/** The corrections that can be undone and redone, the latest last. */
export interface History {
  readonly undo: readonly HistoryEntry[];
  readonly redo: readonly HistoryEntry[];
}

/** Which way to go through the history. */
export type Direction = 'undo' | 'redo';

/** Entries kept; older ones are forgotten. */
const LIMIT = 1000;

export const emptyHistory: History = { undo: [], redo: [] };

/** The words of a sentence of the gold file as one string, undefined where there is no such sentence. */
export function wordsOf(columns: ColumnDocument, sentence: number): string | undefined {
  return columns.sentences[sentence]?.tokens.map(({ form }) => form).join('\t');
}

/** The raw cells of a sentence. */
export function cellStates(
  columns: ColumnDocument,
  sentence: number,
  lineText: (line: number) => string,
): readonly CellState[] {
  const first = columns.firstLines[sentence] ?? 0;
  return (columns.sentences[sentence]?.cells ?? []).map((cells) => {
    const line = lineText(first + cells.line);
    return { tag: line.slice(...tagRange(cells)), annotator: cells.annotator && line.slice(...cells.annotator) };
  });
}

/** What a correction of the tag changes: with its key, which may not be there before. */
function tagRange(cells: TokenCells): readonly [start: number, end: number] {
  return cells.pairs ?? cells.tag;
}

/** The history after a correction, which ends what could be redone. */
export function recorded(history: History, entry: HistoryEntry): History {
  return { undo: [...history.undo, entry].slice(-LIMIT), redo: [] };
}

/** The history after sentences of the file were replaced; entries about sentences that may be gone go with them. */
export function moved(history: History, splice: Splice): History {
  if (splice.newEnd === splice.oldEnd) return history;
  const move = (entries: readonly HistoryEntry[]): readonly HistoryEntry[] =>
    entries.flatMap((entry) => {
      const steps = entry.flatMap((step) => {
        const sentence = movedIndex(step.sentence, splice);
        return sentence === undefined ? [] : [{ ...step, sentence }];
      });
      return steps.length === entry.length ? [steps] : [];
    });
  return { undo: move(history.undo), redo: move(history.redo) };
}

function sameCells(a: readonly CellState[], b: readonly CellState[]): boolean {
  return (
    a.length === b.length &&
    a.every((cell, index) => cell.tag === b[index]?.tag && cell.annotator === b[index].annotator)
  );
}

function holds(
  columns: ColumnDocument,
  entry: HistoryEntry,
  which: 'before' | 'after',
  lineText: (line: number) => string,
): boolean {
  return entry.every(
    (step) =>
      wordsOf(columns, step.sentence) === step.words &&
      sameCells(cellStates(columns, step.sentence, lineText), step[which]),
  );
}

/** The latest entry that can still be undone or redone, with the history that remains once it is; entries above it no longer fit the file. */
export function nextStep(
  history: History,
  direction: Direction,
  columns: ColumnDocument,
  lineText: (line: number) => string,
): { readonly entry: HistoryEntry; readonly rest: History } | undefined {
  const stack = [...history[direction]];
  for (let entry = stack.pop(); entry !== undefined; entry = stack.pop()) {
    if (!holds(columns, entry, direction === 'undo' ? 'after' : 'before', lineText)) continue;
    const rest =
      direction === 'undo'
        ? { undo: stack, redo: [...history.redo, entry] }
        : { undo: [...history.undo, entry], redo: stack };
    return { entry, rest };
  }
  return undefined;
}

/**
 * The history after the editor's own undo or redo: where it brought the latest correction back (or made it again), that
 * correction changes sides, so that both ways of undoing go through the same list.
 */
export function followed(
  history: History,
  direction: Direction,
  columns: ColumnDocument,
  lineText: (line: number) => string,
): History {
  const entry = history[direction].at(-1);
  if (entry === undefined || !holds(columns, entry, direction === 'undo' ? 'before' : 'after', lineText))
    return history;
  const shorter = history[direction].slice(0, -1);
  return direction === 'undo'
    ? { undo: shorter, redo: [...history.redo, entry] }
    : { undo: [...history.undo, entry], redo: shorter };
}

/** The edits that turn the cells of an entry's sentences into what they were before or after it. */
export function stepEdits(columns: ColumnDocument, entry: HistoryEntry, direction: Direction): readonly TextEdit[] {
  return entry.flatMap((step) => {
    const from = direction === 'undo' ? step.after : step.before;
    const to = direction === 'undo' ? step.before : step.after;
    const first = columns.firstLines[step.sentence] ?? 0;
    return (columns.sentences[step.sentence]?.cells ?? []).flatMap((cells, token) =>
      cellEdits(first, cells, from[token], to[token]),
    );
  });
}

function cellEdits(
  first: number,
  cells: TokenCells,
  from: CellState | undefined,
  to: CellState | undefined,
): readonly TextEdit[] {
  if (from === undefined || to === undefined) return [];
  const line = first + cells.line;
  const edit = ([start, end]: readonly [number, number], text: string): TextEdit => ({
    start: { line, character: start },
    end: { line, character: end },
    text,
  });
  return [
    ...(to.tag === from.tag ? [] : [edit(tagRange(cells), to.tag)]),
    ...(to.annotator === undefined || to.annotator === from.annotator || cells.annotator === undefined
      ? []
      : [edit(cells.annotator, to.annotator)]),
  ];
}
