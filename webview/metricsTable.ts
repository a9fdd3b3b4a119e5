import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { ModelSource } from '../src/core/span.ts';
import type { PanelState, ScoreRow, SystemScores } from '../src/protocol/panel.ts';
import { counted, ratioText, sourceNames } from './names.ts';
import type { Sort, Ui } from './state.ts';

/** What the table does when a column's header is pressed. */
export type SortBy = (by: Sort['by']) => void;

/** One row of the table: the same name in each system. */
interface NamedScores {
  readonly name: string;
  readonly scores: readonly (ScoreRow | undefined)[];
}

/** Precision, recall and F1 of both models side by side, over the sentences with gold. */
export function metricsTable(state: PanelState, ui: Ui, sortBy: SortBy): TemplateResult {
  const { systems, counts } = state;
  const over = `${counted(counts.gold, 'sentence')} of ${counts.sentences.toLocaleString('en')} ${counts.gold === 1 ? 'has' : 'have'} gold`;
  if (counts.gold === 0) return goldHelp(over);
  if (systems.length === 0) return html`<p>${over}. Scores appear when a model has predicted one of them.</p>`;
  const macro = systems.find((system) => system.tokenMacroReading !== '')?.tokenMacroReading ?? '';
  return html`<p class="over">
      ${over}.
      ${systems.map(
        ({ source, sentences, tokens }) =>
          html`${sourceNames[source]}: ${counted(sentences, 'sentence')}, ${counted(tokens, 'token')}. `,
      )}
    </p>
    <div class="scroll" tabindex="0" role="region" aria-label="Scores">
      <table class="scores">
        <thead>
          <tr>
            <th rowspan="2" scope="col" class="row-name" aria-sort=${ariaSort(ui.sort, 'name')}>
              ${sortButton('Spans', 'name', ui.sort, sortBy)}
            </th>
            ${systems.map(({ source }) => html`<th colspan="4" scope="colgroup" class="system">${sourceNames[source]}</th>`)}
          </tr>
          <tr>
            ${systems.map(
              ({ source }) =>
                html`<th scope="col" class="system"><abbr title="Precision: correct of predicted">P</abbr></th>
                  <th scope="col"><abbr title="Recall: correct of gold">R</abbr></th>
                  <th scope="col" aria-sort=${ariaSort(ui.sort, source)}>
                    ${sortButton('F1', source, ui.sort, sortBy)}
                  </th>
                  <th scope="col" class="counts" title="Correct, predicted and gold">
                    <span class="sr-only">Correct / predicted / gold</span><span aria-hidden="true">c / p / g</span>
                  </th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${overall(systems, 'All, exact', 'Exact borders and label', (system) => system.labelled)}
          ${overall(systems, 'Unlabelled', 'Exact borders, label ignored', (system) => system.unlabelled)}
          ${overall(systems, 'Strict IOB2', 'An I without its B is no span', (system) => system.strict)}
        </tbody>
        ${group(
          'Spans by label',
          sorted(
            byName(systems, (system) => system.labels),
            ui.sort,
            systems,
          ),
          systems.length,
        )}
        ${group(
          'Tokens by tag',
          sorted(
            byName(systems, (system) => system.tokenTags),
            ui.sort,
            systems,
          ),
          systems.length,
        )}
        <tbody>
          ${alone(systems, 'Macro F1', macro, (system) => system.tokenMacroF1)}
          ${alone(systems, 'Accuracy', 'mostly O', (system) => system.accuracy)}
        </tbody>
      </table>
    </div>`;
}

function goldHelp(over: string): TemplateResult {
  return html`<p class="over">${over}.</p>
    <p>
      Scores compare a model with gold, so they need a sentence that somebody decided. Any decision makes gold for its
      sentence: accept a model (<kbd>B</kbd> or <kbd>T</kbd>), label tokens, or say that there are no entities
      (<kbd>E</kbd>).
    </p>`;
}

function overall(
  systems: readonly SystemScores[],
  name: string,
  title: string,
  pick: (system: SystemScores) => ScoreRow,
): TemplateResult {
  return html`<tr class="overall">
    <th scope="row" class="row-name" title=${title}>${name}</th>
    ${systems.map((system) => scoreCells(pick(system)))}
  </tr>`;
}

function alone(
  systems: readonly SystemScores[],
  name: string,
  title: string,
  pick: (system: SystemScores) => number | null,
): TemplateResult {
  return html`<tr class="overall">
    <th scope="row" class="row-name">${name} <span class="quiet reading">${title}</span></th>
    ${systems.map(
      (system) =>
        html`<td class="system"></td>
          <td></td>
          ${ratioCell(pick(system), 'f1')}
          <td></td>`,
    )}
  </tr>`;
}

function group(title: string, rows: readonly NamedScores[], systems: number): TemplateResult | typeof nothing {
  if (rows.length === 0) return nothing;
  return html`<tbody>
    <tr>
      <th scope="rowgroup" class="group" colspan=${1 + systems * 4}>${title}</th>
    </tr>
    ${rows.map(
      ({ name, scores }) =>
        html`<tr>
          <th scope="row" class="row-name">${name}</th>
          ${scores.map((row) => (row === undefined ? html`<td colspan="4" class="system"></td>` : scoreCells(row)))}
        </tr>`,
    )}
  </tbody>`;
}

function scoreCells(row: ScoreRow): TemplateResult {
  const said = `${String(row.correct)} correct, ${String(row.predicted)} predicted, ${String(row.gold)} in gold`;
  return html`${ratioCell(row.precision, 'system')}${ratioCell(row.recall)}${ratioCell(row.f1, 'f1')}
    <td class="counts" title=${said}>
      ${row.correct.toLocaleString('en')} / ${row.predicted.toLocaleString('en')} / ${row.gold.toLocaleString('en')}
    </td>`;
}

function ratioCell(ratio: number | null, className = ''): TemplateResult {
  return html`<td class=${className} title=${ratio === null ? '0/0' : nothing}>${ratioText(ratio)}</td>`;
}

function byName(systems: readonly SystemScores[], pick: (system: SystemScores) => readonly ScoreRow[]): NamedScores[] {
  const names = [...new Set(systems.flatMap((system) => pick(system).map(({ name }) => name)))];
  return names.map((name) => ({
    name,
    scores: systems.map((system) => pick(system).find((row) => row.name === name)),
  }));
}

function sorted(rows: readonly NamedScores[], sort: Sort, systems: readonly SystemScores[]): readonly NamedScores[] {
  if (sort.by === 'order') return rows;
  const turn = sort.descending ? -1 : 1;
  if (sort.by === 'name') return rows.toSorted((a, b) => turn * a.name.localeCompare(b.name, 'en'));
  const place = systems.findIndex(({ source }) => source === sort.by);
  // What is undefined stands last in either direction: it is neither good nor bad.
  const f1 = ({ scores }: NamedScores): number => scores[place]?.f1 ?? (sort.descending ? -1 : 2);
  return rows.toSorted((a, b) => turn * (f1(a) - f1(b)));
}

function ariaSort(sort: Sort, by: Sort['by']): 'ascending' | 'descending' | 'none' {
  return sort.by !== by ? 'none' : sort.descending ? 'descending' : 'ascending';
}

function sortButton(label: string, by: 'name' | ModelSource, sort: Sort, sortBy: SortBy): TemplateResult {
  const arrow = sort.by !== by ? '' : sort.descending ? ' ↓' : ' ↑';
  return html`<button
    class="sort"
    title=${`Sort by ${by === 'name' ? 'name' : `${sourceNames[by]}'s F1`}`}
    @click=${() => {
      sortBy(by);
    }}
  >
    ${label}<span aria-hidden="true">${arrow}</span>
  </button>`;
}
