import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { PanelState } from '../src/protocol/panel.ts';
import { counted, sourceNames } from './names.ts';

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
    ...(state.counts.unmatched > 0
      ? [
          {
            severity: 'warning' as const,
            message: `${counted(state.counts.unmatched, 'annotated sentence')} in ${state.document?.goldName ?? 'the gold file'} no longer match the text. They are kept in the file.`,
          },
        ]
      : []),
  ];
  if (all.length === 0) return nothing;
  return html`<ul class="notices" aria-label="Notices">
    ${all.map(
      ({ severity, message }) =>
        html`<li class=${severity}><strong>${words[severity]}</strong> <span>${message}</span></li>`,
    )}
  </ul>`;
}
