import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { ERROR_MODES, FAILURE_NAMES } from '../../../src/core/failure.ts';
import type { FailureMode } from '../../../src/core/failure.ts';
import type { PanelFailures, PanelState } from '../../../src/protocol/panel.ts';
import type { Place } from './cases.ts';
import { counted, policyNames } from '../../shared/names.ts';
import type { CaseRef, FailureRef, RowGroup, Ui } from '../state.ts';
import { button } from '../../shared/toolkit.ts';
import { SOURCE_NAMES } from '../../../src/core/span.ts';

/** What the table may ask for. */
export interface FailureActions {
  readonly openCell: (failure: FailureRef) => void;
  readonly openCase: (place: Place) => void;
  readonly openGroup: (group: RowGroup, open: boolean) => void;
}

const errors: ReadonlySet<FailureMode> = new Set(ERROR_MODES);

/** How often each model failed in each way, side by side, with the first place of each; each count leads to all its cases. */
export function failureTable(
  { failures, details, policy }: PanelState,
  opened: CaseRef | null,
  ui: Ui,
  actions: FailureActions,
): TemplateResult {
  if (failures.length === 0) return html`<p class="quiet">Failures appear when a model has annotated the document.</p>`;
  const all = [...new Set(failures.flatMap((one) => one.modes.map(({ mode }) => mode)))];
  const happened = all.filter((mode) => failures.some((one) => (countOf(one, mode) ?? 0) > 0));
  const showAll = ui.groups.includes('allModes');
  const modes = showAll ? all : happened;
  const over = failures.map(
    ({ source, gold, predicted }) =>
      `${SOURCE_NAMES[source]}: ${counted(gold, 'sentence')} with gold, ${predicted.toLocaleString('en')} predicted.`,
  );
  const columns = 1 + failures.length * 2;
  const group = (title: string, wanted: readonly FailureMode[]): TemplateResult =>
    html`<tbody>
      <tr>
        <th scope="rowgroup" class="group" colspan=${columns}>${title}</th>
      </tr>
      ${
        wanted.length === 0
          ? html`<tr>
              <th scope="row" class="row-name quiet" colspan=${columns}>none</th>
            </tr>`
          : wanted.map(
              (mode) =>
                html`<tr>
                  <th scope="row" class="row-name">${FAILURE_NAMES[mode]}</th>
                  ${failures.map(
                    (one) => html`${countCell(one, mode, opened, actions)}${exampleCell(one, mode, details, actions)}`,
                  )}
                </tr>`,
            )
      }
    </tbody>`;
  return html`<p class="quiet">${happened.length === 0 ? 'No failure was found. ' : ''}${over.join(' ')}</p>
    ${
      modes.length === 0
        ? nothing
        : html`<div class="scroll" tabindex="0" role="region" aria-label="How each fails">
            <table class="failure-modes">
              <thead>
                <tr>
                  <th scope="col" class="row-name">Failure</th>
                  ${failures.map(
                    ({ source }) =>
                      html`<th scope="col">${SOURCE_NAMES[source]}</th>
                        <th scope="col" class="example">
                          <span class="sr-only">${SOURCE_NAMES[source]}: </span>such as
                        </th>`,
                  )}
                </tr>
              </thead>
              ${group(
                `Against gold · ${policyNames[policy]}`,
                modes.filter((mode) => errors.has(mode)),
              )}
              ${group(
                'In the raw output',
                modes.filter((mode) => !errors.has(mode)),
              )}
            </table>
          </div>`
    }
    ${
      all.length === happened.length
        ? nothing
        : button({
            label: showAll
              ? 'Leave out what never happened'
              : `Show ${counted(all.length - happened.length, 'failure')} that never happened`,
            onClick: () => {
              actions.openGroup('allModes', !showAll);
            },
          })
    }`;
}

/** The first place at which a model failed in a way, in short; it leads there. */
function exampleCell(
  failures: PanelFailures,
  mode: FailureMode,
  { examples }: PanelState['details'],
  { openCase }: FailureActions,
): TemplateResult {
  const found = examples?.find((one) => one.source === failures.source && one.mode === mode);
  if (found === undefined || (countOf(failures, mode) ?? 0) === 0) return html`<td class="example"></td>`;
  const { before, text, after, expected, found: said, detail } = found;
  const short = detail ?? `${expected ?? 'nothing'} → ${said ?? 'nothing'}`;
  return html`<td class="example">
    <button
      class="failure"
      title=${`Sentence ${String(found.sentence + 1)}: ${before}⟦${text}⟧${after}`}
      @click=${() => {
        openCase(found);
      }}
    >
      <bdi>${short}</bdi>
    </button>
  </td>`;
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
    return html`<td class="quiet" title=${`${SOURCE_NAMES[source]} cannot fail in this way`}>–</td>`;
  if (count === 0) return html`<td class="quiet">0</td>`;
  const isOpen = opened !== null && 'mode' in opened && opened.source === source && opened.mode === mode;
  return html`<td>
    <button
      class=${`failure ${isOpen ? 'opened' : ''}`}
      aria-expanded=${isOpen ? 'true' : 'false'}
      aria-label=${`${SOURCE_NAMES[source]}, ${FAILURE_NAMES[mode]}: ${counted(count, 'case')}`}
      @click=${() => {
        actions.openCell({ source, mode });
      }}
    >
      ${count.toLocaleString('en')}
    </button>
  </td>`;
}
