import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { DirectiveResult } from 'lit/directive.js';
import type { Actions } from './actions.ts';
import type { Section, Ui } from './state.ts';

/** A part that can be folded; content that is a function is drawn only while it is open. */
export function section(
  name: Section,
  title: string,
  ui: Ui,
  actions: Pick<Actions, 'openSection'>,
  content: TemplateResult | DirectiveResult | (() => TemplateResult),
): TemplateResult {
  const open = !ui.closed.includes(name);
  return html`<details
    class="section"
    ?open=${open}
    @toggle=${(event: Event) => {
      if (event.currentTarget instanceof HTMLDetailsElement) actions.openSection(name, event.currentTarget.open);
    }}
  >
    <summary><h2>${title}</h2></summary>
    ${typeof content === 'function' ? (open ? content() : nothing) : content}
  </details>`;
}
