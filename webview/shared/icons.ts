import { svg } from 'lit';
import type { TemplateResult } from 'lit';
import { html } from 'lit';

function icon(path: string): TemplateResult {
  return html`<svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">${svg`<path d=${path} />`}</svg>`;
}

export const previousIcon = icon('M10.5 3 5.5 8l5 5');
export const nextIcon = icon('M5.5 3l5 5-5 5');
export const undoIcon = icon('M6 3 2.5 6.5 6 10M3 6.5h6.5a3.5 3.5 0 0 1 0 7H6');
export const redoIcon = icon('M10 3l3.5 3.5L10 10M13 6.5H6.5a3.5 3.5 0 0 0 0 7H10');
export const previousDisagreementIcon = icon('M5 3 1 8l4 5M6.5 6.2h8M6.5 9.8h8M12.8 3.5l-4.6 9');
export const nextDisagreementIcon = icon('M11 3l4 5-4 5M1.5 6.2h8M1.5 9.8h8M7.8 3.5l-4.6 9');
export const closeIcon = icon('M3.5 3.5l9 9M12.5 3.5l-9 9');
