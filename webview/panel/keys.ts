import type { PanelKeys, PanelLabel } from '../../src/protocol/panel.ts';
import type { PanelCommand } from '../../src/protocol/panelCommands.ts';

/** What a command does, in the words of the cheat sheet. Which keys it has is the editor's matter: the host says it. */
export interface Binding {
  readonly command: PanelCommand;
  readonly does: string;
}

export const bindings: readonly Binding[] = [
  { command: 'acceptBertAndNext', does: 'Accept BERT and go to the next sentence' },
  { command: 'acceptT5AndNext', does: 'Accept T5 and go to the next sentence' },
  { command: 'acceptBert', does: 'Accept BERT for the sentence' },
  { command: 'acceptT5', does: 'Accept T5 for the sentence' },
  { command: 'completeNoEntity', does: 'The undecided words are no part of an entity' },
  { command: 'completeAgreed', does: 'The undecided words as the models agree' },
  { command: 'completeBert', does: 'The undecided words as BERT has them' },
  { command: 'completeT5', does: 'The undecided words as T5 has them' },
  { command: 'nextUndecided', does: 'Next undecided words' },
  { command: 'setEmpty', does: 'The sentence has no entities' },
  { command: 'setEmptyAndNext', does: 'The sentence has no entities; go to the next one' },
  { command: 'removeLabel', does: 'The selected tokens are no entity (tag O)' },
  { command: 'removeLabelAndNext', does: 'The selected tokens are no entity; go to the next sentence' },
  { command: 'extendSpanEnd', does: 'Extend the span by a token at its end' },
  { command: 'shrinkSpanEnd', does: 'Shrink the span by a token at its end' },
  { command: 'extendSpanStart', does: 'Extend the span by a token at its start' },
  { command: 'shrinkSpanStart', does: 'Shrink the span by a token at its start' },
  { command: 'splitSpan', does: 'Split the span before the selected token' },
  { command: 'mergeSpan', does: 'Merge the selected spans, or one with its neighbour' },
  { command: 'nextInQueue', does: 'Next in the review queue' },
  { command: 'nextSpan', does: 'Next span of any source' },
  { command: 'previousSpan', does: 'Previous span of any source' },
  { command: 'nextSentence', does: 'Next sentence' },
  { command: 'previousSentence', does: 'Previous sentence' },
  { command: 'nextDisagreement', does: 'Next disagreement' },
  { command: 'previousDisagreement', does: 'Previous disagreement' },
  { command: 'markReviewed', does: 'Mark the sentence as reviewed, or not' },
  { command: 'editNote', does: 'Write a note about the sentence' },
  { command: 'filterQueue', does: 'Filter the review queue' },
  { command: 'undoCorrection', does: 'Undo the last correction' },
  { command: 'redoCorrection', does: 'Redo the correction' },
  { command: 'showTokens', does: 'Show the selected tokens in the editor' },
];

/** What the keyboard does on the page itself. */
export const pageKeys: readonly { readonly keys: readonly string[]; readonly does: string }[] = [
  { keys: ['←', '→'], does: 'Previous or next token' },
  { keys: ['↑', '↓'], does: 'Row above or below; entry of the queue above or below' },
  { keys: ['Shift+←', 'Shift+→'], does: 'Extend the selection by a token' },
  { keys: ['Ctrl+←', 'Ctrl+→'], does: 'Previous or next words with a capital' },
  { keys: ['Home', 'End'], does: 'First or last token (with Shift: extend)' },
  { keys: ['Shift+label'], does: 'Label the selection and go to the next sentence' },
  { keys: ['?'], does: 'Show or hide these keys' },
];

/** The part of a KeyboardEvent that decides. */
export interface Press {
  readonly key: string;
  readonly code: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** The letter of a press in lower case; on a keyboard without Latin letters the letter in that place of a Latin one. */
function letterOf(press: Press): string {
  const latin = /^Key([A-Z])$/.exec(press.code)?.[1];
  if (press.key.length === 1 && press.key > '\u007f' && latin !== undefined) return latin.toLowerCase();
  return press.key.length === 1 ? press.key.toLowerCase() : press.key;
}

/** The key of each label: the host's where no command has it, else its place from 1 to 9, else none. */
export function labelKeys(labels: readonly PanelLabel[], keys: PanelKeys): readonly string[] {
  const taken = new Set(
    Object.values(keys)
      .flat()
      .map((key) => key.toLowerCase()),
  );
  return labels.map(({ key: wanted }, index) => {
    const key = wanted.toLowerCase();
    if (key.length > 0 && !taken.has(key)) {
      taken.add(key);
      return key;
    }
    return index < 9 ? String(index + 1) : '';
  });
}

/** The label that a press means: by its key, with Shift too where no command has that, or by its place from 1 to 9. */
export function labelOf(press: Press, labels: readonly PanelLabel[], keys: PanelKeys): PanelLabel | undefined {
  if (press.altKey || press.ctrlKey || press.metaKey) return undefined;
  const pressed = letterOf(press);
  if (press.shiftKey && !isFree(`Shift+${pressed}`, keys)) return undefined;
  const place = labelKeys(labels, keys).indexOf(pressed);
  if (place >= 0) return labels[place];
  return !press.shiftKey && /^[1-9]$/.test(pressed) ? labels[Number(pressed) - 1] : undefined;
}

/** True where no command has this key. */
function isFree(key: string, keys: PanelKeys): boolean {
  return !Object.values(keys)
    .flat()
    .some((other) => other.toLowerCase() === key.toLowerCase());
}

/** The key that is shown beside the button of a command; empty where it has none. */
export function hintOf(keys: PanelKeys, command: PanelCommand): string {
  const key = keys[command][0] ?? '';
  return key.length === 1 ? key.toLowerCase() : key;
}

/** True for a press that VS Code may have a key of ours for and a browser would use itself: for going back, or for scrolling. */
export function browserWouldUse({ key, altKey }: Press): boolean {
  return key === ' ' || (altKey && (key === 'ArrowLeft' || key === 'ArrowRight'));
}
