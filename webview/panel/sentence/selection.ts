import { nextSpan } from '../../../src/core/spanEdits.ts';
import { nextStretch } from '../../../src/core/decisions.ts';
import type { PanelSentence } from '../../../src/protocol/panelSentence.ts';
import type { Layer } from '../../../src/core/span.ts';
import type { Selection } from '../state.ts';

/** Half-open token indices. */
export interface TokenRange {
  readonly first: number;
  readonly end: number;
}

export type Step = 'left' | 'right' | 'up' | 'down' | 'start' | 'end';

/** The selected tokens. */
export function rangeOf(selection: Selection): TokenRange {
  return {
    first: Math.min(selection.anchor, selection.focus),
    end: Math.max(selection.anchor, selection.focus) + 1,
  };
}

/**
 * What a person wants to decide first: the place that the review queue lists the sentence for, else the first run of tokens
 * that are undecided in a sentence in progress, else that the sources differ in, else the first token.
 */
export function firstSelection(sentence: PanelSentence, place?: TokenRange): Selection {
  if (place !== undefined && place.first < place.end && place.end <= sentence.tokens.length)
    return { sentence: sentence.index, anchor: place.first, focus: place.end - 1, row: 0 };
  const open = nextStretch(sentence.undecided, -1);
  if (open !== undefined) return { sentence: sentence.index, anchor: open.first, focus: open.end - 1, row: 0 };
  const disagreeing = new Set(sentence.disagreeing);
  const anchor = sentence.tokens.findIndex((_, index) => disagreeing.has(index));
  if (anchor < 0) return { sentence: sentence.index, anchor: 0, focus: 0, row: 0 };
  let focus = anchor;
  while (disagreeing.has(focus + 1) && focus + 1 < sentence.tokens.length) focus++;
  return { sentence: sentence.index, anchor, focus, row: 0 };
}

/** The selection as it holds in this sentence: the remembered one where it fits, else the first. */
export function selectionIn(sentence: PanelSentence, remembered: Selection | null, place?: TokenRange): Selection {
  if (remembered?.sentence !== sentence.index) return firstSelection(sentence, place);
  const last = Math.max(0, sentence.tokens.length - 1);
  return {
    ...remembered,
    anchor: Math.min(remembered.anchor, last),
    focus: Math.min(remembered.focus, last),
    row: Math.min(remembered.row, sentence.rows.length),
  };
}

/**
 * The selection after a key. `lines` holds the first token of each line of the grid and its length, since up from the
 * first row of a line leads to the last row of the line above.
 */
export function moved(
  selection: Selection,
  step: Step,
  extend: boolean,
  grid: { readonly tokens: number; readonly rows: number; readonly lines: readonly TokenRange[] },
): Selection {
  const last = grid.tokens - 1;
  const to = (focus: number, row = selection.row): Selection => {
    const place = Math.max(0, Math.min(last, focus));
    return { ...selection, row, focus: place, anchor: extend ? selection.anchor : place };
  };
  switch (step) {
    case 'left':
      return to(extend ? selection.focus - 1 : collapsed(selection, -1));
    case 'right':
      return to(extend ? selection.focus + 1 : collapsed(selection, 1));
    case 'start':
      return to(0);
    case 'end':
      return to(last);
    case 'up':
    case 'down': {
      const row = selection.row + (step === 'up' ? -1 : 1);
      // Shift with up and down extends by whole lines, as in a text; without it the keyboard walks through the rows.
      if (!extend && row >= 0 && row <= grid.rows) return { ...selection, row };
      const target = otherLine(selection.focus, step === 'up' ? -1 : 1, grid.lines);
      if (target === undefined) return extend ? to(step === 'up' ? 0 : last) : selection;
      if (extend) return to(target);
      return to(target, step === 'up' ? grid.rows : 0);
    }
  }
}

/**
 * The next or previous run of tokens that are written like a name, with a capital first: where an entity that no source
 * found is likeliest. The run as a whole is selected; undefined where there is none.
 */
export function nextName(selection: Selection, tokens: readonly string[], direction: -1 | 1): Selection | undefined {
  const { first, end } = rangeOf(selection);
  const isName = (place: number): boolean => /^\p{Lu}/u.test(tokens[place] ?? '');
  let place = direction > 0 ? end : first - 1;
  while (place >= 0 && place < tokens.length && !isName(place)) place += direction;
  if (!isName(place)) return undefined;
  let other = place;
  while (isName(other + direction)) other += direction;
  return { ...selection, anchor: Math.min(place, other), focus: Math.max(place, other) };
}

/** As in a text editor, an arrow without shift leaves a selection at the end that it points to. */
function collapsed(selection: Selection, direction: -1 | 1): number {
  const { first, end } = rangeOf(selection);
  if (end - first === 1) return selection.focus + direction;
  return direction < 0 ? first : end - 1;
}

/** The token below or above, in the same place of the next line. */
function otherLine(token: number, direction: -1 | 1, lines: readonly TokenRange[]): number | undefined {
  const index = lines.findIndex((line) => token >= line.first && token < line.end);
  const line = lines[index];
  const target = lines[index + direction];
  if (line === undefined || target === undefined) return undefined;
  return Math.min(target.end - 1, target.first + (token - line.first));
}

/** The spans of all sources of a sentence. */
export function layersOf({ rows }: PanelSentence): readonly Layer[] {
  return rows.flatMap(({ layer }) => (layer === null ? [] : [layer]));
}

/** The first span of any source from the start of a sentence, or the last one from its end. */
export function firstSpanFrom(sentence: PanelSentence, direction: 1 | -1): TokenRange | undefined {
  const outside = direction === 1 ? -1 : sentence.tokens.length;
  return nextSpan(layersOf(sentence), { first: outside, end: outside }, direction);
}

/** The selected tokens with their sentence and text. */
export interface SelectedTokens extends TokenRange {
  readonly sentence: number;
  readonly text: string;
}

/** The tokens of a selection with their text; undefined where there is no token. */
export function selectedTokens(
  sentence: PanelSentence | null,
  selection: Selection | undefined,
): SelectedTokens | undefined {
  if (sentence === null || selection === undefined || sentence.tokens.length === 0) return undefined;
  const { first, end } = rangeOf(selection);
  return { first, end, sentence: sentence.index, text: sentence.tokens.slice(first, end).join(' ') };
}
