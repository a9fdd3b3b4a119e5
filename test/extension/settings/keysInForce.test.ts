import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { keyText, keysInForce, readKeybindings } from '../../../src/extension/settings/keysInForce.ts';
import type { Keybinding } from '../../../src/extension/settings/keysInForce.ts';
import { PANEL_COMMANDS } from '../../../src/protocol/panelCommands.ts';

interface Manifest {
  readonly contributes: {
    readonly keybindings: readonly Keybinding[];
    readonly commands: readonly { readonly command: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command?: string }[]>>;
  };
}
const manifest = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as Manifest;
const { keybindings, commands } = manifest.contributes;

describe('keys in the menu of the editor', () => {
  // VS Code shows the last key of a command there, whether or not its condition holds.
  it('are those that work in the editor outside annotation mode too', () => {
    const inMenu = manifest.contributes.menus['entityLens.editor'] ?? [];
    assert.ok(inMenu.length > 10);
    for (const { command } of inMenu) {
      const shown = keybindings.findLast((binding) => binding.command === command);
      if (shown === undefined) continue;
      assert.match(shown.key, /^ctrl\+k /, command);
      assert.match(shown.when ?? '', /^editorTextFocus && entityLens\.(?:editorHasSession|annotatable)$/, command);
    }
  });
});

describe('keys in force', () => {
  it('are those of the manifest, and every command of the panel is one that can be given another key', () => {
    const keys = keysInForce(keybindings);
    assert.deepEqual(keys.removeLabel, ['O', '0', 'Delete', 'Backspace']);
    assert.deepEqual(keys.extendSpanEnd, ['Alt+→']);
    assert.deepEqual(keys.redoCorrection, ['Ctrl+Y', 'Ctrl+Shift+Z']);
    for (const command of PANEL_COMMANDS) {
      assert.ok(
        commands.some((one) => one.command === `entityLens.${command}`),
        command,
      );
      if (command !== 'showKeys') assert.notEqual(keys[command].length, 0, command);
    }
  });

  it('give no key to two commands', () => {
    const all = Object.values(keysInForce(keybindings)).flat();
    assert.equal(new Set(all).size, all.length);
  });

  it('never override a key outside of the panel and of annotation mode', () => {
    for (const { key, when } of keybindings) {
      if (key.startsWith('ctrl+k ')) continue;
      for (const part of (when ?? '').split(' || '))
        assert.match(
          part,
          /^entityLens\.(?:annotationMode|searchShown) |^activeWebviewPanelId == 'entityLens\.panel' /,
          key,
        );
    }
  });

  it('follow what a person binds anew', () => {
    const own = readKeybindings(`// mine
      [
        { "key": "b", "command": "-entityLens.acceptBert" }, /* free */
        { "key": "a", "command": "entityLens.acceptBert", "when": "activeWebviewPanelId == 'entityLens.panel'" },
        { "key": "n", "command": "foo.bar // no comment", "when": "activeWebviewPanelId == 'entityLens.panel'" },
        { "key": "k", "command": "foo.bar", "when": "editorTextFocus" },
        { "key": "Ctrl+K  Shift+X", "command": "entityLens.acceptT5" },
        7,
      ]`);
    assert.equal(own.length, 5);
    const keys = keysInForce(keybindings, own);
    assert.deepEqual([keys.acceptBert, keys.acceptT5], [['A'], ['T', 'Ctrl+K Shift+X']]);
    assert.deepEqual([keys.nextSentence, keys.previousSentence], [['J'], ['K']]);
    assert.deepEqual(readKeybindings('[{'), []);
  });

  it('are written for people', () => {
    assert.equal(keyText('ctrl+k shift+h'), 'Ctrl+K Shift+H');
    assert.equal(keyText('.'), '.');
    assert.equal(keyText('ctrl++'), 'Ctrl++');
  });
});
