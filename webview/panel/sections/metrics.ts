import { readingsText } from '../../../src/core/metrics.ts';
import { countedText } from '../../../src/core/workState.ts';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { PanelState, SystemScores } from '../../../src/protocol/panel.ts';
import type { ScoreRow } from '../../../src/protocol/panelDetails.ts';
import { counted, policyNames, ratioText } from '../../shared/names.ts';
import type { RowGroup, Sort, Ui } from '../state.ts';
import { ariaSort, byName, sortButton, sorted } from './scoreRows.ts';
import type { SortBy } from './scoreRows.ts';
import { disclosure } from '../../shared/toolkit.ts';
import { SOURCE_NAMES } from '../../../src/core/span.ts';
import { largest } from '../../../src/core/lists.ts';

/** What the table is drawn from. */
export interface ScoresView {
  readonly systems: readonly SystemScores[];
  readonly policy: PanelState['policy'];
  readonly sort: Sort;
  /** The groups of rows that are shown. */
  readonly groups: readonly RowGroup[];
  /** What a screen reader calls the table. */
  readonly label: string;
}

/** What the table may ask for. */
export interface ScoresActions {
  readonly sortBy: SortBy;
  readonly openGroup: (group: RowGroup, open: boolean) => void;
}

/** Precision, recall and F1 of both models against gold, over the sentences that have it. */
export function metricsTable(state: PanelState, ui: Ui, actions: ScoresActions): TemplateResult {
  const { systems, counts, policy } = state;
  const over = `${countedText(counts.gold, counts.inProgress)} of ${counted(counts.sentences, 'sentence')}`;
  if (counts.gold === 0) return goldHelp(over);
  if (systems.length === 0) return html`<p>${over}. Scores appear when a model has predicted one of them.</p>`;
  const { sort, groups } = ui;
  return html`<p class="over">
      ${over}.
      ${systems.map(
        ({ source, sentences, tokens }) =>
          html`${SOURCE_NAMES[source]}: ${counted(sentences, 'sentence')}, ${counted(tokens, 'token')}. `,
      )}
    </p>
    ${scoresTable({ systems, policy, sort, groups, label: 'Scores' }, actions)}`;
}

/** All figures of some systems side by side. */
export function scoresTable(view: ScoresView, actions: ScoresActions): TemplateResult {
  const { systems, sort } = view;
  const { sortBy } = actions;
  const policy = policyNames[view.policy];
  const macro = readingsText(
    systems.map(({ source, tokenMacroReading: reading }) => ({ name: SOURCE_NAMES[source], reading })),
  );
  const undefinedSomewhere = systems.some(({ labelled, labels, tokenTags }) =>
    [labelled, ...labels, ...tokenTags].some(({ precision, recall }) => precision === null || recall === null),
  );
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${view.label}>
      <table class="scores">
        <thead>
          <tr>
            <th rowspan="2" scope="col" class="row-name" aria-sort=${ariaSort(sort, 'name')}>
              ${sortButton('Spans', 'name', sort, sortBy)}
            </th>
            ${systems.map(({ source }) => html`<th colspan="4" scope="colgroup" class="system">${SOURCE_NAMES[source]}</th>`)}
          </tr>
          <tr>
            ${systems.map(
              ({ source }) =>
                html`<th scope="col" class="system"><abbr title="Precision: correct of predicted">P</abbr></th>
                  <th scope="col"><abbr title="Recall: correct of gold">R</abbr></th>
                  <th scope="col" aria-sort=${ariaSort(sort, source)}>${sortButton('F1', source, sort, sortBy)}</th>
                  <th scope="col" class="counts" title="Correct, predicted and gold">
                    <span class="sr-only">Correct / predicted / gold</span><span aria-hidden="true">c / p / g</span>
                  </th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${overall(systems, 'Labelled', `micro · ${policy}`, 'Exact borders and label', (system) => system.labelled)}
          ${means(systems, 'Labelled, macro', policy, UNWEIGHTED, (system) => system.labelledMacro)}
          ${means(systems, 'Labelled, weighted', policy, WEIGHTED, (system) => system.labelledWeighted)}
          ${overall(
            systems,
            'Unlabelled',
            `exact borders · ${policy}`,
            'Exact borders, the label dropped after decoding: nervaluate’s exact',
            (system) => system.unlabelled,
          )}
          ${overall(
            systems,
            'Partial',
            `overlap is half · ${policy}`,
            'Equal borders count one, any overlap half, labels dropped: nervaluate’s partial',
            (system) => system.partial,
          )}
          ${overall(
            systems,
            'Type',
            `any overlap · ${policy}`,
            'Any overlap with the right label: nervaluate’s ent_type',
            (system) => system.type,
          )}
          ${overall(
            systems,
            'Strict IOB2',
            'micro · strict',
            'Exact borders and label, where an I without its B is no span: seqeval’s strict mode',
            (system) => system.strict,
          )}
          ${means(systems, 'Strict, macro', 'strict', UNWEIGHTED, (system) => system.strictMacro)}
          ${means(systems, 'Strict, weighted', 'strict', WEIGHTED, (system) => system.strictWeighted)}
        </tbody>
        ${group(`By label · ${policy}`, 'labels', (system) => system.labels, view, actions)}
        ${group('By label · strict', 'strictLabels', (system) => system.strictLabels, view, actions)}
        ${group('Tokens by tag', 'tokenTags', (system) => system.tokenTags, view, actions)}
        <tbody>
          ${alone(systems, 'Token macro F1', macro, (system) => system.tokenMacroF1)}
          ${alone(systems, 'Accuracy', `all O: ${ratioText(systems[0]?.allOutside ?? null)}`, (system) => system.accuracy)}
        </tbody>
      </table>
    </div>
    ${
      undefinedSomewhere
        ? html`<p class="quiet">
            – is 0/0 and undefined: P without predictions, R without gold, F1 without both. In a mean it counts 0.
          </p>`
        : nothing
    }`;
}

function goldHelp(over: string): TemplateResult {
  return html`<p class="over">${over}.</p>
    <p>
      Scores compare a model with gold, so they need a sentence that somebody decided. Any decision makes gold for its
      sentence: accept a model (<kbd>B</kbd> or <kbd>T</kbd>), label tokens, or say that there are no entities
      (<kbd>E</kbd>).
    </p>`;
}

/** The name of a row; where the columns of counts have no room, it opens on them. */
function rowName(
  name: string,
  { reading = '', title = '', counts = [] }: { reading?: string; title?: string; counts?: readonly string[] },
): TemplateResult {
  const said = html`${name}${reading === '' ? nothing : html` <span class="quiet reading">${reading}</span>`}`;
  return html`<th scope="row" class="row-name" title=${title === '' ? nothing : title}>
    ${
      counts.length === 0
        ? said
        : html`<details class="row-counts">
            <summary>${said}</summary>
            ${counts.map((line) => html`<span class="quiet">${line}</span>`)}
          </details>`
    }
  </th>`;
}

function countsOf(systems: readonly SystemScores[], rows: readonly (ScoreRow | undefined)[]): readonly string[] {
  return systems.flatMap(({ source }, place) => {
    const row = rows[place];
    return row === undefined ? [] : [`${SOURCE_NAMES[source]}: ${countsText(row)}`];
  });
}

function countsText({ correct, predicted, gold }: ScoreRow): string {
  return `${String(correct)} correct, ${String(predicted)} predicted, ${String(gold)} in gold`;
}

function overall(
  systems: readonly SystemScores[],
  name: string,
  reading: string,
  title: string,
  pick: (system: SystemScores) => ScoreRow,
): TemplateResult {
  return html`<tr class="overall">
    ${rowName(name, { reading, title, counts: countsOf(systems, systems.map(pick)) })}${systems.map((system) => scoreCells(pick(system)))}
  </tr>`;
}

const UNWEIGHTED = 'Unweighted mean over the labels seen in gold or prediction, as seqeval; 0/0 counts 0';
const WEIGHTED = 'Mean over the labels, weighted by how often gold has each, as seqeval; 0/0 counts 0';

function means(
  systems: readonly SystemScores[],
  name: string,
  policy: string,
  title: string,
  pick: (system: SystemScores) => SystemScores['labelledMacro'],
): TemplateResult {
  const labels = largest(
    systems.map((system) => pick(system).labels),
    0,
  );
  return html`<tr class="overall">
    ${rowName(name, { reading: `mean of ${counted(labels, 'label')} · ${policy}`, title })}
    ${systems.map((system) => {
      const { precision, recall, f1 } = pick(system);
      return html`${ratioCell(precision, 'system')}${ratioCell(recall)}${ratioCell(f1, 'f1')}
        <td class="counts"></td>`;
    })}
  </tr>`;
}

function alone(
  systems: readonly SystemScores[],
  name: string,
  reading: string,
  pick: (system: SystemScores) => number | null,
): TemplateResult {
  return html`<tr class="overall">
    ${rowName(name, { reading })}
    ${systems.map(
      (system) =>
        html`<td class="system"></td>
          <td></td>
          ${ratioCell(pick(system), 'f1')}
          <td class="counts"></td>`,
    )}
  </tr>`;
}

/** Rows that can be shown or not, below a heading that is a button. */
function group(
  title: string,
  name: RowGroup,
  pick: (system: SystemScores) => readonly ScoreRow[],
  { systems, sort, groups }: ScoresView,
  { openGroup }: ScoresActions,
): TemplateResult | typeof nothing {
  const rows = sorted(byName(systems, pick), sort, systems);
  if (rows.length === 0) return nothing;
  const open = groups.includes(name);
  return html`<tbody>
    <tr>
      <th scope="rowgroup" class="group" colspan=${1 + systems.length * 4}>
        ${disclosure(`${title} (${rows.length.toLocaleString('en')})`, open, (next) => {
          openGroup(name, next);
        })}
      </th>
    </tr>
    ${
      open
        ? rows.map(
            ({ name: row, scores }) =>
              html`<tr>
                ${rowName(row, { counts: countsOf(systems, scores) })}
                ${scores.map((score) => (score === undefined ? html`<td colspan="4" class="system"></td>` : scoreCells(score)))}
              </tr>`,
          )
        : nothing
    }
  </tbody>`;
}

function scoreCells(row: ScoreRow): TemplateResult {
  return html`${ratioCell(row.precision, 'system')}${ratioCell(row.recall)}${ratioCell(row.f1, 'f1')}
    <td class="counts" title=${countsText(row)}>
      ${row.correct.toLocaleString('en')} / ${row.predicted.toLocaleString('en')} / ${row.gold.toLocaleString('en')}
    </td>`;
}

function ratioCell(ratio: number | null, className = ''): TemplateResult {
  return html`<td class=${className} title=${ratio === null ? '0/0' : nothing}>${ratioText(ratio)}</td>`;
}
