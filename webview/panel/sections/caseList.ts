import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { FAILURE_NAMES } from '../../../src/core/failure.ts';
import type { CaseView, Place } from './cases.ts';
import { closeIcon } from '../../shared/icons.ts';
import { counted } from '../../shared/names.ts';
import type { CaseRef } from '../state.ts';
import { button } from '../../shared/toolkit.ts';
import { SOURCE_NAMES } from '../../../src/core/span.ts';

/** What the list may ask for. */
export interface CaseActions {
  readonly openCase: (place: Place) => void;
  readonly closeCases: () => void;
}

/** What is listed in words, such as "Gold B-ORG × BERT O" or "T5: repetition". */
export function caseTitle(cell: CaseRef): string {
  if ('mode' in cell) return `${SOURCE_NAMES[cell.source]}: ${FAILURE_NAMES[cell.mode]}`;
  return `${SOURCE_NAMES[cell.rowSource]} ${cell.row} × ${SOURCE_NAMES[cell.columnSource]} ${cell.column}`;
}

/** What one counts in the list. */
export function caseUnit(cell: CaseRef): string {
  if ('mode' in cell) return 'case';
  return cell.level === 'token' ? 'token' : 'span';
}

/** The places behind one cell of a matrix, with the words around them; each leads to its sentence. */
export function caseList(view: CaseView | null, actions: CaseActions): TemplateResult | typeof nothing {
  if (view === null) return nothing;
  const { cell, total, cases } = view;
  const unit = caseUnit(cell);
  return html`<section class="cases" aria-labelledby="cases-title" aria-busy=${view.loading ? 'true' : 'false'}>
    <header>
      <h3 id="cases-title">${caseTitle(cell)}</h3>
      <span class="quiet">${view.loading && cases.length === 0 ? 'Looking…' : counted(total, unit)}</span>
      ${button({ label: 'Close the list', icon: closeIcon, iconOnly: true, onClick: actions.closeCases })}
    </header>
    ${view.problem === null ? nothing : html`<p class="problem">The cases could not be read: ${view.problem}</p>`}
    ${
      cases.length === 0
        ? nothing
        : html`<ol
            @keydown=${(event: KeyboardEvent) => {
              walk(event, actions);
            }}
          >
            ${cases.map(
              (item) =>
                html`<li>
                  <button
                    class="case"
                    @click=${() => {
                      actions.openCase(item);
                    }}
                  >
                    <span class="where">${(item.sentence + 1).toLocaleString('en')}</span
                    ><bdi class="context"
                      ><span>${item.before}</span> <mark>${item.text}</mark> <span>${item.after}</span></bdi
                    >
                  </button>
                </li>`,
            )}
          </ol>`
    }
    ${
      total > cases.length && cases.length > 0
        ? html`<p class="quiet">The first ${cases.length} of ${total.toLocaleString('en')}.</p>`
        : nothing
    }
  </section>`;
}

/** Arrow keys walk through the list, Escape closes it. */
function walk(event: KeyboardEvent, actions: CaseActions): void {
  const { currentTarget: list, key } = event;
  if (!(list instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const entries = [...list.querySelectorAll<HTMLElement>('.case')];
  const at = entries.findIndex((entry) => entry === document.activeElement);
  if (key === 'Escape') actions.closeCases();
  else if (key === 'ArrowDown') entries[Math.min(at + 1, entries.length - 1)]?.focus();
  else if (key === 'ArrowUp') entries[Math.max(at - 1, 0)]?.focus();
  else if (key === 'Home') entries[0]?.focus();
  else if (key === 'End') entries.at(-1)?.focus();
  else return;
  event.preventDefault();
  event.stopPropagation();
}
