import assert from 'node:assert/strict';
import { PANEL_COMMANDS } from '../../../src/protocol/panelCommands.ts';
import type { PanelLabel } from '../../../src/protocol/panel.ts';
import { bindings, browserWouldUse, hintOf, labelKeys, labelOf } from '../../../webview/panel/keys.ts';
import type { Press } from '../../../webview/panel/keys.ts';
import { keys } from '../support/keys.ts';

function press(key: string, options: Partial<Press> = {}): Press {
  const code = /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : '';
  return { key, code, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...options };
}
const label = (name: string, key: string): PanelLabel => ({ name, key, color: 1, description: '' });

describe('the keys of the page', () => {
  it('leave alone what belongs to VS Code or the browser', () => {
    assert.equal(labelOf(press('p', { ctrlKey: true }), [label('PER', 'p')], keys), undefined);
    assert.ok(browserWouldUse(press('ArrowLeft', { altKey: true })));
    assert.ok(browserWouldUse(press(' ')));
    assert.ok(!browserWouldUse(press('ArrowLeft')));
  });

  it('take Shift with a label’s key where no command has it', () => {
    const labels = [label('PER', 'p'), label('MISC', 'm')];
    assert.equal(labelOf(press('P', { shiftKey: true }), labels, keys)?.name, 'PER');
    assert.equal(labelOf(press('M', { shiftKey: true }), labels, keys), undefined);
    assert.equal(labelOf(press('m'), labels, keys)?.name, 'MISC');
    assert.equal(labelOf(press('1', { shiftKey: true }), labels, keys), undefined);
  });

  it('go by the place of the key where the keyboard has no Latin letters', () => {
    assert.equal(labelOf({ ...press('з'), code: 'KeyP' }, [label('PER', 'p')], keys)?.name, 'PER');
  });

  it('never give a label a key that a command or another label has', () => {
    const labels = [label('PER', 'p'), label('ORG', 'o'), label('PLACE', 'p'), label('EVENT', 'e')];
    assert.deepEqual(labelKeys(labels, keys), ['p', '2', '3', '4']);
    assert.equal(labelOf(press('o'), labels, keys), undefined);
    assert.equal(labelOf(press('2'), labels, keys)?.name, 'ORG');
    assert.equal(labelOf(press('1'), labels, keys)?.name, 'PER');
  });

  it('leave a tenth label without a free key to its button', () => {
    const labels = Array.from({ length: 11 }, (_, index) => label(`L${String(index)}`, ''));
    assert.deepEqual(labelKeys(labels, keys).slice(8), ['9', '', '']);
    assert.equal(labelOf(press('9'), labels, keys)?.name, 'L8');
  });

  it('are told for every command that has some, and in its place where a person changed them', () => {
    const told = new Set(bindings.map(({ command }) => command));
    for (const command of PANEL_COMMANDS) assert.ok(told.has(command) || command === 'showKeys', command);
    assert.equal(hintOf(keys, 'previousDisagreement'), 'Shift+D');
    assert.equal(hintOf({ ...keys, acceptBert: ['A'] }, 'acceptBert'), 'a');
    assert.equal(hintOf({ ...keys, acceptBert: [] }, 'acceptBert'), '');
  });
});
