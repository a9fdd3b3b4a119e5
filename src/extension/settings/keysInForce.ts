import type { PanelCommand } from '../../protocol/panelCommands.ts';
import { PANEL_COMMANDS } from '../../protocol/panelCommands.ts';

/** A keybinding as the manifest or a person's own file writes it; a command that begins with `-` takes a key away. */
export interface Keybinding {
  readonly command: string;
  readonly key: string;
  readonly when?: string | undefined;
}

/** The keys of each command of the panel, written for people, such as `Shift+B`. */
export type KeysInForce = Readonly<Record<PanelCommand, readonly string[]>>;

const PREFIX = 'entityLens.';
const PANEL = "activeWebviewPanelId == 'entityLens.panel'";

/** The keys that hold in the panel: those that the extension brings, as a person's own keybindings change them, in the order of the manifest. */
export function keysInForce(contributed: readonly Keybinding[], own: readonly Keybinding[] = []): KeysInForce {
  const inPanel = contributed.filter(({ when }) => when?.includes(PANEL) === true);
  return Object.fromEntries(
    PANEL_COMMANDS.map((command) => {
      const keys = inPanel.filter((binding) => binding.command === PREFIX + command).map(({ key }) => normal(key));
      const held = own.reduce<readonly string[]>((now, binding) => changed(now, command, binding), keys);
      return [command, [...new Set(held)].map(keyText)];
    }),
  ) as Record<PanelCommand, string[]>;
}

/** The keys of a command after one line of a person's keybindings. */
function changed(
  keys: readonly string[],
  command: PanelCommand,
  { command: named, key, when }: Keybinding,
): readonly string[] {
  const fresh = normal(key);
  if (named === `-${PREFIX}${command}`) return keys.filter((other) => other !== fresh);
  const applies = when === undefined || when.trim() === '' || when.includes(PANEL);
  if (!applies) return keys;
  if (named === PREFIX + command) return [...keys, fresh];
  // A key that a person gave to something else in the panel no longer reaches this command.
  return when?.includes(PANEL) === true ? keys.filter((other) => other !== fresh) : keys;
}

function normal(key: string): string {
  return key.trim().toLowerCase().replaceAll(/\s+/g, ' ');
}

const names: Readonly<Record<string, string>> = {
  left: '←',
  right: '→',
  up: '↑',
  down: '↓',
  ctrl: 'Ctrl',
  cmd: 'Cmd',
  shift: 'Shift',
  alt: 'Alt',
  meta: 'Meta',
};

/** A key for people: `ctrl+k shift+h` is `Ctrl+K Shift+H`. */
export function keyText(key: string): string {
  const stroke = (text: string): string =>
    text
      .split(/\+(?=.)/)
      .map((part) => names[part] ?? part.charAt(0).toUpperCase() + part.slice(1))
      .join('+');
  return normal(key).split(' ').map(stroke).join(' ');
}

/** The lines of a person's file of keybindings (JSON with comments and commas at the end of lists); what cannot be read is left out. */
export function readKeybindings(text: string): readonly Keybinding[] {
  let rows: unknown;
  try {
    rows = JSON.parse(withoutComments(text));
  } catch {
    return [];
  }
  if (!Array.isArray(rows)) return [];
  return rows.flatMap((row: unknown): Keybinding[] => {
    if (typeof row !== 'object' || row === null) return [];
    const { command, key, when } = row as Readonly<Record<string, unknown>>;
    if (typeof command !== 'string' || typeof key !== 'string') return [];
    return [{ command, key, ...(typeof when === 'string' ? { when } : {}) }];
  });
}

function withoutComments(text: string): string {
  const kept = text.replaceAll(
    /("(?:[^"\\]|\\.)*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g,
    (_, string?: string) => string ?? ' ',
  );
  return kept.replaceAll(/("(?:[^"\\]|\\.)*")|,(?=\s*[\]}])/g, (_, string?: string) => string ?? '');
}
