import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { FAILURE_NAMES } from '../src/core/failure.ts';
import type { Case, CaseView } from './cases.ts';
import { closeIcon } from './icons.ts';
import { counted, sourceNames } from './names.ts';
import type { CaseRef } from './state.ts';
import { button } from './toolkit.ts';

/** What the list may ask for. */
export interface CaseActions {
  readonly openCase: (item: Case) => void;
  readonly closeCases: () => void;
}

/** What is listed in words, such as "Gold B-ORG × BERT O" or "T5: repetition". */
export function caseTitle(cell: CaseRef): string {
  if ('mode' in cell) return `${sourceNames[cell.source]}: ${FAILURE_NAMES[cell.mode]}`;
  return `${sourceNames[cell.rowSource]} ${cell.row} × ${sourceNames[cell.columnSource]} ${cell.column}`;
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
        : html`<ol>
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
