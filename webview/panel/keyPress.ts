import type { PanelState } from '../../src/protocol/panel.ts';
import type { PanelCommand } from '../../src/protocol/panelCommands.ts';
import { toggleCheatSheet } from './cheatSheet.ts';
import { browserWouldUse, labelOf } from './keys.ts';
import { SentenceGrid } from './sentence/grid.ts';
import { takesEnter, takesLetters, takesSpace } from '../shared/toolkit.ts';

/** What a key can do on the page. */
export interface PressActions {
  readonly run: (command: PanelCommand) => void;
  readonly label: (name: string, next: boolean) => void;
}

/** True while a dialog has the keyboard. */
export function dialogOpen(root: ParentNode): boolean {
  return root.querySelector('dialog[open]') !== null;
}

/**
 * Uses a key that no element used itself. Those of labels are used here; those of commands are VS Code's, where a person
 * can change them, and come back as `run`. What must not reach VS Code is stopped.
 */
export function usePress(event: KeyboardEvent, root: ParentNode, state: PanelState, actions: PressActions): void {
  if (event.defaultPrevented || event.isComposing) return;
  const inDialog = dialogOpen(root);
  if (takesLetters(event.target) || inDialog) {
    if (isTyping(event)) event.stopPropagation();
    if (inDialog && event.key === '?') toggleCheatSheet(root);
    return;
  }
  // Space goes on wherever the focus is: after a click it is on a button, which Enter sets off.
  const isSpace = event.key === ' ' && !takesSpace(event.target);
  if (!isSpace && (event.key === 'Enter' || event.key === ' ') && takesEnter(event.target)) {
    event.stopPropagation();
    return;
  }
  if (used(event, root, state, actions)) {
    event.preventDefault();
    event.stopPropagation();
  } else if (browserWouldUse(event)) event.preventDefault();
}

function used(event: KeyboardEvent, root: ParentNode, state: PanelState, { run, label }: PressActions): boolean {
  // The question mark lies on another key, with or without shift, on every keyboard.
  if (event.key === '?' && !event.ctrlKey && !event.metaKey && !event.altKey) {
    run('showKeys');
    return true;
  }
  const named = labelOf(event, state.labels, state.keys);
  if (named !== undefined) {
    label(named.name, event.shiftKey);
    return true;
  }
  // With nothing focused the arrows are the grid's; elsewhere they scroll or belong to a control.
  const grid = root.querySelector('entity-lens-grid');
  return event.target === document.body && grid instanceof SentenceGrid && grid.step(event);
}

/** True for what a field or a dialog needs itself; keys with Ctrl that move or edit nothing are VS Code's. */
function isTyping({ key, ctrlKey, metaKey }: KeyboardEvent): boolean {
  if (/^F\d+$/.test(key)) return false;
  return !(ctrlKey || metaKey) || /^(?:[zyaxcv]|Arrow.*|Backspace|Delete|Home|End)$/i.test(key);
}
