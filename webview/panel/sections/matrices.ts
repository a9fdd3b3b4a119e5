import { SOURCE_NAMES } from '../../../src/core/span.ts';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Matrix, PanelState } from '../../../src/protocol/panel.ts';
import { segmented } from '../../shared/segmented.ts';
import { disclosure, dropdown } from '../../shared/toolkit.ts';
import type { Actions } from '../actions.ts';
import { cellsOf } from '../changes.ts';
import type { Changes } from '../changes.ts';
import { NORMALISATIONS, ORDERS } from '../../shared/matrixChoices.ts';
import type { CaseRef, Ui } from '../state.ts';
import { caseList } from './caseList.ts';
import type { CaseView } from './cases.ts';

/** What the matrices are drawn from besides the state. */
export interface MatricesView {
  readonly ui: Ui;
  readonly cases: CaseView | null;
  readonly changes: Changes | null;
}

/** One matrix as large as it is, the others beside it where there is room, and the cases of a pressed cell over or beside them. */
export function matrices(state: PanelState, { ui, cases, changes }: MatricesView, actions: Actions): TemplateResult {
  const opened = cases?.cell ?? null;
  const cell = opened !== null && 'mode' in opened ? null : opened;
  if (state.matrices.length === 0)
    return html`<p class="quiet">There is nothing to compare before a model has annotated the document.</p>`;
  const shown = shownMatrix(state, ui);
  return html`${choices(state, ui, shown, actions)}
    <div class="matrices">
      ${state.matrices.map(
        (matrix) =>
          html`<entity-lens-matrix
            class=${matrix === shown ? 'shown' : 'beside'}
            .matrix=${matrix}
            .normalisation=${ui.normalisation}
            .order=${ui.order}
            .policy=${state.policy}
            .onCopy=${actions.copy}
            .changed=${cellsOf(changes, matrix)}
            .opened=${cell}
            .onOpen=${actions.openCell}
          ></entity-lens-matrix>`,
      )}
      ${isCell(cell) ? caseList(cases, actions) : nothing}
    </div>`;
}

function isCell(cell: CaseRef | null): boolean {
  return cell !== null && !('mode' in cell);
}

/** The matrix that the person chose; gold against a model before the models against each other. */
export function shownMatrix(state: Pick<PanelState, 'matrices'>, { pair }: Ui): Matrix | undefined {
  const chosen = state.matrices.find(
    ({ rowSource, columnSource }) => rowSource === pair?.rowSource && columnSource === pair.columnSource,
  );
  return chosen ?? state.matrices[0];
}

function nameOf({ rowSource, columnSource }: Matrix): string {
  return `${SOURCE_NAMES[rowSource]} × ${SOURCE_NAMES[columnSource]}`;
}

function choices(state: PanelState, ui: Ui, shown: Matrix | undefined, actions: Actions): TemplateResult {
  const open = ui.groups.includes('matrixView');
  return html`<div class="bar matrix-choices">
      ${
        state.matrices.length < 2 || shown === undefined
          ? nothing
          : html`<span class="pair"
              >${segmented({
                label: 'Matrix',
                value: nameOf(shown),
                options: state.matrices.map((matrix) => ({ value: nameOf(matrix), label: nameOf(matrix) })),
                onChange: (name) => {
                  const found = state.matrices.find((matrix) => nameOf(matrix) === name);
                  if (found !== undefined) actions.showPair(found);
                },
              })}</span
            >`
      }
      ${segmented({
        label: 'Level of the matrices',
        value: state.matrixLevel,
        options: [
          { value: 'token', label: 'Tokens' },
          { value: 'span', label: 'Spans' },
        ],
        onChange: actions.setMatrixLevel,
      })}
      ${disclosure('View', open, (next) => {
        actions.openGroup('matrixView', next);
      })}
    </div>
    ${
      open
        ? html`<div class="bar">
            ${dropdown({
              label: 'Numbers in the matrices',
              value: ui.normalisation,
              options: NORMALISATIONS,
              onChange: actions.setNormalisation,
            })}
            ${dropdown({ label: 'Order of the matrices', value: ui.order, options: ORDERS, onChange: actions.setOrder })}
            <span class="legend" aria-hidden="true"
              ><i class="swatch agree h6"></i>same <i class="swatch confuse h6"></i>confused</span
            >
          </div>`
        : nothing
    }`;
}
