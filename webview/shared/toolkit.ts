import {
  provideVSCodeDesignSystem,
  vsCodeBadge,
  vsCodeButton,
  vsCodeDropdown,
  vsCodeOption,
  vsCodeProgressRing,
  vsCodeRadio,
  vsCodeRadioGroup,
} from '@vscode/webview-ui-toolkit';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';

/** Defines the toolkit's elements. This module is the only one that knows the toolkit, since it is no longer maintained. */
export function registerToolkit(): void {
  provideVSCodeDesignSystem().register(
    vsCodeBadge(),
    vsCodeButton(),
    vsCodeDropdown(),
    vsCodeOption(),
    vsCodeProgressRing(),
    vsCodeRadio(),
    vsCodeRadioGroup(),
  );
}

export interface ButtonOptions {
  readonly label: string;
  readonly onClick: () => void;
  readonly primary?: boolean;
  readonly disabled?: boolean;
  readonly title?: string;
  /** The key that does the same. */
  readonly hint?: string;
  /** A picture: alone where `iconOnly`, else before the label. */
  readonly icon?: TemplateResult;
  readonly iconOnly?: boolean;
  readonly className?: string;
}

export function button(options: ButtonOptions): TemplateResult {
  const { label, hint = '', icon, iconOnly = false } = options;
  const spoken = iconOnly ? label : nothing;
  const title = options.title ?? (hint === '' ? (iconOnly ? label : nothing) : `${label} (${hint})`);
  return html`<vscode-button
    appearance=${iconOnly ? 'icon' : options.primary ? 'primary' : 'secondary'}
    class=${options.className ?? nothing}
    aria-label=${spoken}
    title=${title}
    ?disabled=${options.disabled ?? false}
    @click=${options.onClick}
    >${icon ?? nothing}${iconOnly ? nothing : html`<b class="text">${label}</b>`}${
      hint === '' || iconOnly ? nothing : html`<kbd aria-hidden="true">${hint}</kbd>`
    }</vscode-button
  >`;
}

export interface Option<Value extends string> {
  readonly value: Value;
  readonly label: string;
}

export interface ChoiceOptions<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly Option<Value>[];
  readonly onChange: (value: Value) => void;
}

/** The elements report changes that the page itself made as well; only a person's choice is passed on. */
function chosen<Value extends string>(choice: ChoiceOptions<Value>): (event: Event) => void {
  return (event) => {
    const element = event.currentTarget;
    const value = element instanceof HTMLElement && 'value' in element ? element.value : undefined;
    const option = choice.options.find((candidate) => candidate.value === value);
    if (option !== undefined && option.value !== choice.value) choice.onChange(option.value);
  };
}

export function radioGroup<Value extends string>(choice: ChoiceOptions<Value>): TemplateResult {
  return html`<vscode-radio-group aria-label=${choice.label} .value=${live(choice.value)} @change=${chosen(choice)}
    >${choice.options.map(({ value, label }) => html`<vscode-radio value=${value}>${label}</vscode-radio>`)}</vscode-radio-group
  >`;
}

export function dropdown<Value extends string>(choice: ChoiceOptions<Value>): TemplateResult {
  // Above, the list would lie behind what stands over the area that scrolls.
  return html`<vscode-dropdown
    position="below"
    aria-label=${choice.label}
    .value=${live(choice.value)}
    @change=${chosen(choice)}
    >${choice.options.map(({ value, label }) => html`<vscode-option value=${value}>${label}</vscode-option>`)}</vscode-dropdown
  >`;
}

/** A button in the form of a heading that shows or hides what stands below it. */
export function disclosure(title: string, open: boolean, onChange: (open: boolean) => void): TemplateResult {
  return html`<button
    class="disclosure"
    aria-expanded=${open ? 'true' : 'false'}
    @click=${() => {
      onChange(!open);
    }}
  >
    <span aria-hidden="true">${open ? '▾' : '▸'}</span> ${title}
  </button>`;
}

export function badge(text: string): TemplateResult {
  return html`<vscode-badge>${text}</vscode-badge>`;
}

export function progressRing(): TemplateResult {
  return html`<vscode-progress-ring aria-label="Working"></vscode-progress-ring>`;
}

/** True for a control of the toolkit or the browser that needs letter keys for itself. */
export function takesLetters(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('vscode-dropdown, input, textarea, select') !== null;
}

/** True for an element that Enter or space sets off. */
export function takesEnter(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('vscode-button, button, summary, a, vscode-radio') !== null;
}

/** True for an element that only space sets off or opens. */
export function takesSpace(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('summary, vscode-radio, vscode-checkbox, input') !== null;
}
