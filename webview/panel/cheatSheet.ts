import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { PanelKeys, PanelLabel } from '../../src/protocol/panel.ts';
import { closeIcon } from '../shared/icons.ts';
import { bindings, labelKeys, pageKeys } from './keys.ts';
import { button } from '../shared/toolkit.ts';

/** All keys. A modal dialog, so that Escape closes it and the focus goes back to where it was. */
export function cheatSheet(labels: readonly PanelLabel[], keys: PanelKeys, close: () => void): TemplateResult {
  const ofLabels = labelKeys(labels, keys);
  return html`<dialog id="cheat-sheet" aria-labelledby="cheat-sheet-title">
    <header>
      <h2 id="cheat-sheet-title">Keys</h2>
      ${button({ label: 'Close', icon: closeIcon, iconOnly: true, onClick: close })}
    </header>
    <dl>
      ${labels.map(({ name, description }, index) =>
        row(
          [ofLabels[index] ?? ''].filter(Boolean).map(upper),
          `Label the selection ${name}${description === '' ? '' : `: ${description}`}`,
        ),
      )}
      ${bindings.map(({ command, does }) => row(keys[command], does))}
      ${pageKeys.map((binding) => row(binding.keys, binding.does))}
    </dl>
    <p class="quiet">
      The numbers 1 to 9 are the first nine labels. On a Mac, Ctrl is Cmd. The same keys work in the editor once its
      annotation mode is on. VS Code’s Keyboard Shortcuts (search for “Entity Lens”) gives commands other keys; labels
      get theirs in the setting <code>entityLens.labels</code>.
    </p>
  </dialog>`;
}

function upper(key: string): string {
  return key.toUpperCase();
}

function row(keys: readonly string[], does: string): TemplateResult {
  return html`<div>
    <dt>${keys.length === 0 ? html`<span class="quiet">none</span>` : keys.map((key) => html`<kbd>${key}</kbd> `)}</dt>
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
