import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { PanelLabel } from '../src/protocol/panel.ts';
import { closeIcon } from './icons.ts';
import { bindings, gridKeys, keyText, labelKeys } from './keys.ts';
import { button } from './toolkit.ts';

/** All keys. A modal dialog, so that Escape closes it and the focus goes back to where it was. */
export function cheatSheet(labels: readonly PanelLabel[], close: () => void): TemplateResult {
  const keys = labelKeys(labels);
  return html`<dialog id="cheat-sheet" aria-labelledby="cheat-sheet-title">
    <header>
      <h2 id="cheat-sheet-title">Keys</h2>
      ${button({ label: 'Close', icon: closeIcon, iconOnly: true, onClick: close })}
    </header>
    <dl>
      ${labels.map(({ name }, index) => row([keys[index] ?? ''].filter(Boolean).map(upper), `Label the selection ${name}`))}
      ${bindings.map((binding) => row(binding.keys.map(keyText), binding.does))}
      ${gridKeys.map((binding) => row(binding.keys, binding.does))}
    </dl>
    <p class="quiet">The numbers 1 to 9 are the first nine labels. On a Mac, Ctrl is Cmd.</p>
  </dialog>`;
}

function upper(key: string): string {
  return key.toUpperCase();
}

function row(keys: readonly string[], does: string): TemplateResult {
  return html`<div>
    <dt>${keys.map((key) => html`<kbd>${key}</kbd> `)}</dt>
    <dd>${does}</dd>
  </div>`;
}

/** Opens the dialog that `cheatSheet` drew in `root`, or closes it. */
export function toggleCheatSheet(root: ParentNode): void {
  const dialog = root.querySelector<HTMLDialogElement>('#cheat-sheet');
  if (dialog === null) return;
  if (dialog.open) dialog.close();
  else dialog.showModal();
}
