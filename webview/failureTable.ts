import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { ERROR_MODES, FAILURE_NAMES } from '../src/core/failure.ts';
import type { FailureMode } from '../src/core/failure.ts';
import type { PanelFailures, PanelState } from '../src/protocol/panel.ts';
import { counted, sourceNames } from './names.ts';
import type { CaseRef, FailureRef } from './state.ts';

/** What the table may ask for. */
export interface FailureActions {
  readonly openCell: (failure: FailureRef) => void;
}

const errors: ReadonlySet<FailureMode> = new Set(ERROR_MODES);

/** How often each model failed in each way, side by side; each count leads to its cases. */
export function failureTable(
  { failures }: PanelState,
  opened: CaseRef | null,
  actions: FailureActions,
): TemplateResult {
  if (failures.length === 0) return html`<p class="quiet">Failures appear when a model has annotated the document.</p>`;
  const modes = [...new Set(failures.flatMap((one) => one.modes.map(({ mode }) => mode)))].filter((mode) =>
    failures.some((one) => (countOf(one, mode) ?? 0) > 0),
  );
  const over = failures.map(
    ({ source, gold, predicted }) =>
      `${sourceNames[source]}: ${counted(gold, 'sentence')} with gold, ${predicted.toLocaleString('en')} predicted.`,
  );
  if (modes.length === 0) return html`<p class="quiet">No failure was found. ${over.join(' ')}</p>`;
  const group = (title: string, wanted: readonly FailureMode[]): TemplateResult =>
    html`<tbody>
      <tr>
        <th scope="rowgroup" class="group" colspan=${1 + failures.length}>${title}</th>
      </tr>
      ${
        wanted.length === 0
          ? html`<tr>
              <th scope="row" class="row-name quiet" colspan=${1 + failures.length}>none</th>
            </tr>`
          : wanted.map(
              (mode) =>
                html`<tr>
                  <th scope="row" class="row-name">${FAILURE_NAMES[mode]}</th>
                  ${failures.map((one) => countCell(one, mode, opened, actions))}
                </tr>`,
            )
      }
    </tbody>`;
  return html`<p class="quiet">${over.join(' ')}</p>
    <div class="scroll" tabindex="0" role="region" aria-label="How each fails">
      <table class="failure-modes">
        <thead>
          <tr>
            <th scope="col" class="row-name">Failure</th>
            ${failures.map(({ source }) => html`<th scope="col">${sourceNames[source]}</th>`)}
          </tr>
        </thead>
        ${group(
          'Against gold',
          modes.filter((mode) => errors.has(mode)),
        )}
        ${group(
          'In the raw output',
          modes.filter((mode) => !errors.has(mode)),
        )}
      </table>
    </div>`;
}

/** Undefined where the model's family cannot fail in this way. */
function countOf({ modes }: PanelFailures, mode: FailureMode): number | undefined {
  return modes.find((one) => one.mode === mode)?.count;
}

function countCell(
  failures: PanelFailures,
  mode: FailureMode,
  opened: CaseRef | null,
  actions: FailureActions,
): TemplateResult {
  const { source } = failures;
  const count = countOf(failures, mode);
  if (count === undefined)
    return html`<td class="quiet" title=${`${sourceNames[source]} cannot fail in this way`}>–</td>`;
  if (count === 0) return html`<td class="quiet">0</td>`;
  const isOpen = opened !== null && 'mode' in opened && opened.source === source && opened.mode === mode;
  return html`<td>
    <button
      class=${`failure ${isOpen ? 'opened' : ''}`}
      aria-expanded=${isOpen ? 'true' : 'false'}
      aria-label=${`${sourceNames[source]}, ${FAILURE_NAMES[mode]}: ${counted(count, 'case')}`}
      @click=${() => {
        actions.openCell({ source, mode });
      }}
    >
      ${count.toLocaleString('en')}
    </button>
  </td>`;
}
