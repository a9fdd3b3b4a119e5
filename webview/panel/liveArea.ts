import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { PanelState } from '../../src/protocol/panel.ts';
import type { Actions } from './actions.ts';
import { caseList } from './sections/caseList.ts';
import { failureTable } from './sections/failures.ts';
import { matrices } from './sections/matrices.ts';
import { queueCount, reviewQueue } from './sections/queue.ts';
import { scores } from './sections/scores.ts';
import type { Tab } from './state.ts';
import type { Model } from './model.ts';

const TABS: readonly { readonly name: Tab; readonly title: string }[] = [
  { name: 'matrices', title: 'Matrices' },
  { name: 'scores', title: 'Scores' },
  { name: 'failures', title: 'Failures' },
  { name: 'queue', title: 'Queue' },
];

/** The rest of the height: one of several views of the figures, chosen by a tab. */
export function liveArea(state: PanelState, model: Model, actions: Actions): TemplateResult {
  const { ui } = model;
  const count = queueCount(model.queue);
  return html`<div class="tabs" role="tablist" aria-label="Figures" @keydown=${onArrow}>
      ${TABS.map(
        ({ name, title }) =>
          html`<button
            role="tab"
            id=${`tab-${name}`}
            aria-selected=${ui.tab === name ? 'true' : 'false'}
            aria-controls="live"
            tabindex=${ui.tab === name ? 0 : -1}
            @click=${() => {
              actions.openTab(name);
            }}
          >
            ${title}${name === 'queue' && count !== null ? html` <span class="quiet">${count}</span>` : ''}
          </button>`,
      )}
    </div>
    <div id="live" class=${`live live-${ui.tab}`} role="tabpanel" aria-labelledby=${`tab-${ui.tab}`} tabindex="-1">
      ${content(state, model, actions)}
    </div>`;
}

function content(state: PanelState, model: Model, actions: Actions): TemplateResult {
  const { ui, cases } = model;
  const opened = cases?.cell ?? null;
  switch (ui.tab) {
    case 'matrices':
      return matrices(state, model, actions);
    case 'scores':
      return scores(state, ui, actions);
    case 'failures':
      return html`${failureTable(state, opened, ui, actions)}${
        opened !== null && 'mode' in opened ? caseList(cases, actions) : ''
      }`;
    case 'queue':
      return reviewQueue(state, model.queue, actions);
  }
}

/** Left and right choose the tab beside, as in any row of tabs. */
function onArrow(event: KeyboardEvent): void {
  const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
  if (step === 0 || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  if (!(event.currentTarget instanceof HTMLElement)) return;
  const tabs = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="tab"]')];
  const at = tabs.findIndex((tab) => tab === document.activeElement);
  const next = tabs[(at + step + tabs.length) % tabs.length];
  next?.click();
  next?.focus();
  event.preventDefault();
  event.stopPropagation();
}
