import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { PanelState } from '../../src/protocol/panel.ts';
import { button, progressRing } from '../shared/toolkit.ts';
import type { Actions } from './actions.ts';
import type { Said } from './toolbar.ts';

/** The last line: what was just done or refused, and what is under way. */
export function footer(state: PanelState, said: Said | null, actions: Actions): TemplateResult {
  return html`<footer>
    <p
      class=${`said ${said?.refused === true ? 'refused' : ''}`}
      role="status"
      aria-live="polite"
      title=${said?.text ?? nothing}
    >
      ${said === null ? nothing : keyed(said.count, html`<span>${said.text}</span>`)}
    </p>
    ${state.busy === null ? nothing : progress(state.busy, actions)}
  </footer>`;
}

function progress(busy: NonNullable<PanelState['busy']>, actions: Actions): TemplateResult {
  return html`<div class="bar busy">
    ${progressRing()}
    <span>${busy.what}</span>
    <progress max=${Math.max(1, busy.total)} .value=${busy.done} aria-label=${busy.what}></progress>
    <span class="quiet">${busy.done.toLocaleString('en')} of ${busy.total.toLocaleString('en')}</span>
    ${button({ label: 'Cancel', onClick: actions.cancel })}
  </div>`;
}
