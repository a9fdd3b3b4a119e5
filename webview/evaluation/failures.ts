import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { ERROR_MODES, FAILURE_NAMES } from '../../src/core/failure.ts';
import type { FailureMode } from '../../src/core/failure.ts';
import type { EvaluatedSystem, EvaluationSchemeView } from '../../src/protocol/evaluation.ts';
import { counted } from '../shared/names.ts';
import type { Opened } from './state.ts';
import { scrolling } from './tables.ts';

/** What the table of failures may ask for. */
export interface FailureActions {
  readonly open: (opened: Opened) => void;
}

const errors: ReadonlySet<FailureMode> = new Set(ERROR_MODES);

/** How often each system fails in each way on each corpus, and how often per hundred gold spans; each count leads to its places. */
export function failures(
  { corpora }: EvaluationSchemeView,
  opened: Opened | null,
  actions: FailureActions,
): TemplateResult {
  const names = [...new Set(corpora.flatMap(({ systems }) => systems.map(({ name }) => name)))];
  const columns = names.flatMap((name) =>
    corpora.flatMap((corpus) => {
      const system = corpus.systems.find((one) => one.name === name);
      return system === undefined ? [] : [{ corpus: corpus.name, system }];
    }),
  );
  const modes = (Object.keys(FAILURE_NAMES) as FailureMode[]).filter((mode) =>
    columns.some(({ system }) => system.failures.some((one) => one.mode === mode && one.count > 0)),
  );
  if (modes.length === 0) return html`<p class="quiet">No failure was found.</p>`;
  const group = (title: string, wanted: readonly FailureMode[]): TemplateResult | typeof nothing =>
    wanted.length === 0
      ? nothing
      : html`<tbody>
          <tr>
            <th scope="rowgroup" class="group" colspan=${1 + columns.length}>${title}</th>
          </tr>
          ${wanted.map(
            (mode) =>
              html`<tr>
                <th scope="row" class="row-name">${FAILURE_NAMES[mode]}</th>
                ${columns.map(({ corpus, system }) => failureCell(corpus, system, mode, opened, actions))}
              </tr>`,
          )}
        </tbody>`;
  return html`<p class="quiet">Counts, and beside them how many per hundred gold spans.</p>
    ${scrolling(
      'How each fails',
      html`<table class="failure-modes">
        <thead>
          <tr>
            <th scope="col" class="row-name">Failure</th>
            ${columns.map(({ corpus, system }) => html`<th scope="col">${system.name}${corpora.length > 1 ? html`<span class="reading">${corpus}</span>` : nothing}</th>`)}
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
      </table>`,
    )}`;
}

function failureCell(
  corpus: string,
  { name: system, source, failures: all }: EvaluatedSystem,
  mode: FailureMode,
  opened: Opened | null,
  actions: FailureActions,
): TemplateResult {
  const found = all.find((one) => one.mode === mode);
  if (found === undefined)
    return html`<td class="quiet" title=${`${source === 'bert' ? 'A BERT' : 'A T5'} cannot fail in this way`}>–</td>`;
  const { count, perHundred } = found;
  if (count === 0) return html`<td class="quiet">0</td>`;
  const isOpen =
    opened?.kind === 'failure' && opened.corpus === corpus && opened.system === system && opened.mode === mode;
  return html`<td>
    <button
      class=${`failure ${isOpen ? 'opened' : ''}`}
      aria-expanded=${isOpen ? 'true' : 'false'}
      aria-label=${`${system} on ${corpus}, ${FAILURE_NAMES[mode]}: ${counted(count, 'place')}, ${perHundred.toFixed(1)} per hundred gold spans`}
      @click=${() => {
        actions.open({ kind: 'failure', corpus, system, mode });
      }}
    >
      ${count.toLocaleString('en')}</button
    ><span class="quiet rate">${perHundred.toFixed(1)}</span>
  </td>`;
}
