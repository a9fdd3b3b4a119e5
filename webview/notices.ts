import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { PanelState } from '../src/protocol/panel.ts';
import { sourceNames } from './names.ts';

const words = { info: 'Note', warning: 'Warning', error: 'Error' } as const;

/** What the host wants to be known, and which model failed and why. */
export function notices(state: PanelState): TemplateResult | typeof nothing {
  const all = [
    ...state.models
      .filter((model) => model.state === 'failed')
      .map((model) => ({
        severity: 'error' as const,
        message: `${sourceNames[model.source]} (${model.name}) failed${model.message === null ? '.' : `: ${model.message}`}`,
      })),
    ...state.notices,
  ];
  if (all.length === 0) return nothing;
  return html`<ul class="notices" aria-label="Notices">
    ${all.map(
      ({ severity, message }) =>
        html`<li class=${severity}><strong>${words[severity]}</strong> <span>${message}</span></li>`,
    )}
  </ul>`;
}
