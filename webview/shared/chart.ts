import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import { standaloneSvg } from '../../src/core/report/chartStyle.ts';
import type { CopyText } from './confusionMatrix.ts';
import { menuButton } from './menuButton.ts';

/** A chart that core has drawn: core escapes every text in it. The numbers must stand in a table beside it. */
export function chart(svg: string, what: string, copy: CopyText): TemplateResult {
  const items = [
    {
      label: 'as SVG',
      run: () => {
        copy(standaloneSvg(svg), `${what} as SVG`);
      },
    },
  ];
  return html`<div class="drawn">${unsafeHTML(svg)}${menuButton('Copy', what, items)}</div>`;
}
