import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { ChoiceOptions } from './toolkit.ts';

/** One of a few, side by side in as little room as their words need; arrow keys choose, as among radio buttons. */
export function segmented<Value extends string>(choice: ChoiceOptions<Value>): TemplateResult {
  const { label, value, options, onChange } = choice;
  return html`<span class="segmented" role="radiogroup" aria-label=${label} @keydown=${onArrow}
    >${options.map(
      (option) =>
        html`<button
          type="button"
          role="radio"
          aria-checked=${option.value === value ? 'true' : 'false'}
          tabindex=${option.value === value ? 0 : -1}
          @click=${() => {
            if (option.value !== value) onChange(option.value);
          }}
        >
          ${option.label}
        </button>`,
    )}</span
  >`;
}

function onArrow(event: KeyboardEvent): void {
  const step =
    event.key === 'ArrowRight' || event.key === 'ArrowDown'
      ? 1
      : event.key === 'ArrowLeft' || event.key === 'ArrowUp'
        ? -1
        : 0;
  if (step === 0 || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  if (!(event.currentTarget instanceof HTMLElement)) return;
  const radios = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="radio"]')];
  const at = radios.findIndex((radio) => radio === document.activeElement);
  const next = radios[(at + step + radios.length) % radios.length];
  next?.focus();
  next?.click();
  event.preventDefault();
  event.stopPropagation();
}
