import assert from 'node:assert/strict';
import { bindings, commandOf, hintOf, labelKeys, labelOf } from '../../../webview/keys.ts';
import type { Press } from '../../../webview/keys.ts';

function press(key: string, options: Partial<Press> = {}): Press {
  const code = /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : '';
  return { key, code, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...options };
}
const label = (name: string, key: string): { name: string; key: string; color: number } => ({ name, key, color: 1 });

describe('the keys of the page', () => {
  it('give each command, whatever the case of the letter', () => {
    assert.equal(commandOf(press('b')), 'acceptBert');
    assert.equal(commandOf(press('T', { shiftKey: false })), 'acceptT5');
    for (const key of ['o', '0', 'Delete', 'Backspace']) assert.equal(commandOf(press(key)), 'clear');
    for (const key of ['n', 'j']) assert.equal(commandOf(press(key)), 'next');
    assert.equal(commandOf(press('k')), 'previous');
  });

  it('tell d from shift+d', () => {
    assert.equal(commandOf(press('d')), 'nextDisagreement');
    assert.equal(commandOf(press('D', { shiftKey: true })), 'previousDisagreement');
  });

  it('undo and redo with Ctrl and with Cmd', () => {
    assert.equal(commandOf(press('z', { ctrlKey: true })), 'undo');
    assert.equal(commandOf(press('z', { metaKey: true })), 'undo');
    assert.equal(commandOf(press('y', { ctrlKey: true })), 'redo');
    assert.equal(commandOf(press('Z', { ctrlKey: true, shiftKey: true })), 'redo');
  });

  it('leave alone what belongs to VS Code or the browser', () => {
    assert.equal(commandOf(press('b', { ctrlKey: true })), undefined);
    assert.equal(commandOf(press('n', { altKey: true })), undefined);
    assert.equal(commandOf(press('z')), undefined);
    assert.equal(labelOf(press('p', { ctrlKey: true }), [label('PER', 'p')]), undefined);
  });

  it('find the question mark on any keyboard', () => {
    assert.equal(commandOf(press('?', { shiftKey: true })), 'cheatSheet');
    assert.equal(commandOf(press('?')), 'cheatSheet');
  });

  it('go by the place of the key where the keyboard has no Latin letters', () => {
    assert.equal(commandOf({ ...press('и'), code: 'KeyB' }), 'acceptBert');
    assert.equal(labelOf({ ...press('з'), code: 'KeyP' }, [label('PER', 'p')])?.name, 'PER');
  });

  it('never give a label a key that a command or another label has', () => {
    const labels = [label('PER', 'p'), label('ORG', 'o'), label('PLACE', 'p'), label('EVENT', 'e')];
    assert.deepEqual(labelKeys(labels), ['p', '2', '3', '4']);
    assert.equal(labelOf(press('o'), labels), undefined);
    assert.equal(labelOf(press('2'), labels)?.name, 'ORG');
    assert.equal(labelOf(press('1'), labels)?.name, 'PER');
  });

  it('leave a tenth label without a free key to its button', () => {
    const labels = Array.from({ length: 11 }, (_, index) => label(`L${String(index)}`, ''));
    assert.deepEqual(labelKeys(labels).slice(8), ['9', '', '']);
    assert.equal(labelOf(press('9'), labels)?.name, 'L8');
  });

  it('are shown for every command and never twice', () => {
    const all = bindings.flatMap(({ keys }) => keys.map((key) => JSON.stringify(key)));
    assert.equal(new Set(all).size, all.length);
    for (const { command } of bindings) assert.notEqual(hintOf(command), '');
    assert.equal(hintOf('previousDisagreement'), 'Shift+D');
  });
});
