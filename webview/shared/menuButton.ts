import { html, LitElement, nothing } from 'lit';
import type { TemplateResult } from 'lit';

/** One entry of a menu. */
export interface MenuItem {
  readonly label: string;
  readonly run: () => void;
  /** The key that does the same. */
  readonly hint?: string;
  readonly title?: string;
  readonly disabled?: boolean;
}

/** A button that opens a short menu: by keyboard as by mouse, closed by Escape or by leaving it. */
export class MenuButton extends LitElement {
  static override properties = {
    label: { attribute: false },
    about: { attribute: false },
    items: { attribute: false },
    open: { state: true },
  };
  /** What stands on the button, and what it is about for who cannot see where it stands. */
  declare label: string;
  declare about: string;
  declare items: readonly MenuItem[];
  declare private open: boolean;

  constructor() {
    super();
    this.open = false;
  }

  protected override createRenderRoot(): this {
    return this;
  }

  protected override render(): TemplateResult {
    return html`<span class="menu-button" @keydown=${this.#onKeydown} @focusout=${this.#onFocusout}>
      <button
        type="button"
        class="menu-opener"
        aria-haspopup="menu"
        aria-expanded=${this.open ? 'true' : 'false'}
        aria-label=${`${this.label}: ${this.about}`}
        @click=${() => {
          this.#toggle(!this.open);
        }}
      >
        ${this.label}${this.label === '⋯' ? nothing : html` <span aria-hidden="true">▾</span>`}
      </button>
      ${
        this.open
          ? html`<ul role="menu" aria-label=${`${this.label}: ${this.about}`}>
              ${this.items.map(
                (item) =>
                  html`<li role="none">
                    <button
                      type="button"
                      role="menuitem"
                      tabindex="-1"
                      title=${item.title ?? nothing}
                      aria-disabled=${item.disabled === true ? 'true' : 'false'}
                      @click=${() => {
                        this.#choose(item);
                      }}
                    >
                      <span>${item.label}</span>${
                        item.hint === undefined || item.hint === ''
                          ? nothing
                          : html`<kbd aria-hidden="true">${item.hint}</kbd>`
                      }
                    </button>
                  </li>`,
              )}
            </ul>`
          : nothing
      }
    </span>`;
  }

  #choose(item: MenuItem): void {
    if (item.disabled === true) return;
    this.open = false;
    this.querySelector<HTMLElement>('.menu-opener')?.focus();
    item.run();
  }

  #toggle(open: boolean): void {
    this.open = open;
    void this.updateComplete.then(() => {
      if (open) this.#entries()[0]?.focus();
      else this.querySelector<HTMLElement>('.menu-opener')?.focus();
    });
  }

  #entries(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>('[role="menuitem"]')];
  }

  readonly #onFocusout = (event: FocusEvent): void => {
    if (event.relatedTarget instanceof Node && this.contains(event.relatedTarget)) return;
    this.open = false;
  };

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    // Letters mean labels elsewhere on the page.
    if (this.open && event.key !== 'Tab') event.stopPropagation();
    const entries = this.#entries();
    const at = entries.findIndex((entry) => entry === document.activeElement);
    if (!this.open) {
      if (event.key !== 'ArrowDown') return;
      event.stopPropagation();
      this.#toggle(true);
    } else if (event.key === 'Escape') this.#toggle(false);
    else if (event.key === 'ArrowDown') entries[(at + 1) % entries.length]?.focus();
    else if (event.key === 'ArrowUp') entries.at(at - 1)?.focus();
    else if (event.key === 'Home') entries[0]?.focus();
    else if (event.key === 'End') entries.at(-1)?.focus();
    else return;
    event.preventDefault();
  };
}

/** A menu button with these entries. */
export function menuButton(label: string, about: string, items: readonly MenuItem[]): TemplateResult {
  return html`<entity-lens-menu .label=${label} .about=${about} .items=${items}></entity-lens-menu>`;
}
