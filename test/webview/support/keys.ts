import { readFileSync } from 'node:fs';
import { inRoot } from '../../../scripts/lib/paths.mjs';
import { keysInForce } from '../../../src/extension/settings/keysInForce.ts';
import type { Keybinding } from '../../../src/extension/settings/keysInForce.ts';
import type { PanelKeys } from '../../../src/protocol/panel.ts';

const manifest = JSON.parse(readFileSync(inRoot('package.json'), 'utf8')) as {
  readonly contributes: { readonly keybindings: readonly Keybinding[] };
};

/** The keybindings that the extension brings. */
export const { keybindings } = manifest.contributes;

/** The keys as the host tells them where a person changed none. */
export const keys = Object.fromEntries(
  Object.entries(keysInForce(keybindings)).map(([command, own]) => [command, [...own]]),
) as PanelKeys;
