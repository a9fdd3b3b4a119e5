import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { PanelState } from '../../src/protocol/panel.ts';
import type { Actions } from './actions.ts';
import { button } from '../shared/toolkit.ts';
import { SOURCE_NAMES } from '../../src/core/span.ts';

const words = { info: 'Note', warning: 'Warning', error: 'Error' } as const;

/** What the host wants to be known, and which model failed and why, with the way to another one. */
export function notices(state: PanelState, actions: Pick<Actions, 'selectModel'>): TemplateResult | typeof nothing {
  const failed = state.models.filter((model) => model.state === 'failed');
  // A model that failed speaks for itself.
  const said = new Set(failed.map(({ source, message }) => `${SOURCE_NAMES[source]}: ${message ?? ''}`));
  const others = state.notices.filter(({ message }) => !said.has(message));
  if (failed.length + others.length === 0) return nothing;
  return html`<ul class="notices" aria-label="Notices">
    ${failed.map(
      ({ source, name, message }) =>
        html`<li class="error">
          <strong>${words.error}</strong>
          <span>${SOURCE_NAMES[source]} (${name}) failed${message === null ? '.' : `: ${message}`}</span>
          ${button({
            label: 'Select Model…',
            title: `Choose another model in place of ${SOURCE_NAMES[source]}`,
            onClick: () => {
              actions.selectModel(source);
            },
          })}
        </li>`,
    )}
    ${others.map(
      ({ severity, message }) =>
        html`<li class=${severity}><strong>${words[severity]}</strong> <span>${message}</span></li>`,
    )}
  </ul>`;
}
