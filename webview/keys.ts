import type { PanelLabel } from '../src/protocol/panel.ts';

/** What a key does, apart from the keys of the labels and of moving in the grid. */
export type Command =
  | 'clear'
  | 'acceptBert'
  | 'acceptT5'
  | 'setEmpty'
  | 'next'
  | 'previous'
  | 'nextDisagreement'
  | 'previousDisagreement'
  | 'undo'
  | 'redo'
  | 'reveal'
  | 'cheatSheet';

/** One key: `mod` is Ctrl, or Cmd on a Mac. */
interface Key {
  readonly key: string;
  readonly shift?: true;
  readonly mod?: true;
}

/** The keys of a command and what it does, in the words of the cheat sheet. The first key stands beside the button. */
export interface Binding {
  readonly command: Command;
  readonly keys: readonly Key[];
  readonly does: string;
}

export const bindings: readonly Binding[] = [
  { command: 'acceptBert', keys: [{ key: 'b' }], does: 'Accept BERT for the sentence' },
  { command: 'acceptT5', keys: [{ key: 't' }], does: 'Accept T5 for the sentence' },
  { command: 'setEmpty', keys: [{ key: 'e' }], does: 'The sentence has no entities' },
  {
    command: 'clear',
    keys: [{ key: 'o' }, { key: '0' }, { key: 'Delete' }, { key: 'Backspace' }],
    does: 'Clear the selected tokens (tag O)',
  },
  { command: 'next', keys: [{ key: 'n' }, { key: 'j' }], does: 'Next sentence' },
  { command: 'previous', keys: [{ key: 'k' }], does: 'Previous sentence' },
  { command: 'nextDisagreement', keys: [{ key: 'd' }], does: 'Next disagreement' },
  { command: 'previousDisagreement', keys: [{ key: 'd', shift: true }], does: 'Previous disagreement' },
  { command: 'undo', keys: [{ key: 'z', mod: true }], does: 'Undo the last correction' },
  {
    command: 'redo',
    keys: [
      { key: 'y', mod: true },
      { key: 'z', mod: true, shift: true },
    ],
    does: 'Redo the correction',
  },
  { command: 'reveal', keys: [{ key: 'Enter' }], does: 'Show the selected tokens in the editor' },
  { command: 'cheatSheet', keys: [{ key: '?' }], does: 'Show or hide these keys' },
];

/** What the keyboard does in the grid itself. */
export const gridKeys: readonly { readonly keys: readonly string[]; readonly does: string }[] = [
  { keys: ['←', '→'], does: 'Previous or next token' },
  { keys: ['↑', '↓'], does: 'Row above or below' },
  { keys: ['Shift+←', 'Shift+→'], does: 'Extend the selection by a token' },
  { keys: ['Home', 'End'], does: 'First or last token (with Shift: extend)' },
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

/** The command that a press means, if any. */
export function commandOf(press: Press): Command | undefined {
  if (press.altKey) return undefined;
  const pressed = letterOf(press);
  const mod = press.ctrlKey || press.metaKey;
  return bindings.find((binding) =>
    binding.keys.some(
      ({ key, shift, mod: needsMod }) =>
        key.toLowerCase() === pressed.toLowerCase() &&
        mod === (needsMod ?? false) &&
        // The question mark lies on another key, with or without shift, on every keyboard.
        (key === '?' || press.shiftKey === (shift ?? false)),
    ),
  )?.command;
}

/** The key of each label: the host's where no command has it, else its place from 1 to 9, else none. */
export function labelKeys(labels: readonly PanelLabel[]): readonly string[] {
  const taken = new Set(bindings.flatMap(({ keys }) => keys.filter((key) => !key.mod).map(({ key }) => key)));
  return labels.map(({ key: wanted }, index) => {
    const key = wanted.toLowerCase();
    if (key.length > 0 && !taken.has(key)) {
      taken.add(key);
      return key;
    }
    return index < 9 ? String(index + 1) : '';
  });
}

/** The label that a press means: by its key, or by its place from 1 to 9. */
export function labelOf(press: Press, labels: readonly PanelLabel[]): PanelLabel | undefined {
  if (press.altKey || press.ctrlKey || press.metaKey || press.shiftKey) return undefined;
  const pressed = letterOf(press);
  const place = labelKeys(labels).indexOf(pressed);
  if (place >= 0) return labels[place];
  return /^[1-9]$/.test(pressed) ? labels[Number(pressed) - 1] : undefined;
}

/** A key as it stands on buttons and in the cheat sheet. */
export function keyText({ key, shift, mod }: Key): string {
  return [...(mod ? ['Ctrl'] : []), ...(shift ? ['Shift'] : []), key.length === 1 ? key.toUpperCase() : key].join('+');
}

/** The key that is shown beside the button of a command. */
export function hintOf(command: Command): string {
  const key = bindings.find((binding) => binding.command === command)?.keys[0];
  return key === undefined ? '' : key.mod || key.shift ? keyText(key) : key.key;
}
