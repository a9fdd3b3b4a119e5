import { html, nothing, svg } from 'lit';
import type { TemplateResult } from 'lit';
import type { Dimension } from '../../../src/core/breakdown.ts';
import { NO_LABEL, SOURCE_NAMES } from '../../../src/core/span.ts';
import type { ModelSource } from '../../../src/core/span.ts';
import type { PanelState } from '../../../src/protocol/panel.ts';
import { DIMENSIONS } from '../../../src/protocol/panelDetails.ts';
import type { PanelBreakdown, ScoreRow } from '../../../src/protocol/panelDetails.ts';
import { counted, policyNames, ratioText } from '../../shared/names.ts';
import { button, dropdown } from '../../shared/toolkit.ts';

/** What the table may ask for. */
export interface BreakdownActions {
  readonly setDimension: (dimension: Dimension) => void;
  readonly chooseTrainingCorpus: () => void;
}

const dimensionNames: Readonly<Record<Dimension, string>> = {
  label: 'Label',
  spanLength: 'Span length',
  sentenceLength: 'Sentence length',
  capitalisation: 'Capitalisation',
  document: 'Document',
  seen: 'Seen in training',
};

const groupNames: Readonly<Record<string, string>> = {
  upper: 'IN CAPITALS',
  title: 'Capitalised',
  lower: 'in small letters',
  uncased: 'letters without case',
  mixed: 'Mixed CASE',
  seen: 'seen string',
  unseen: 'unseen string',
  unknown: 'no training corpus',
};

function groupName(dimension: Dimension, name: string): string {
  switch (dimension) {
    case 'label':
      return name === NO_LABEL ? 'no label' : name;
    case 'spanLength':
    case 'sentenceLength':
      return `${name.replace('-', '–')} token${name === '1' ? '' : 's'}`;
    case 'document':
      return name === '' ? 'no document' : name;
    case 'capitalisation':
    case 'seen':
      return groupNames[name] ?? name;
  }
}

/** Exact matches of both models by a group of spans that the user chooses. */
export function breakdownTable(
  { details, policy, counts }: PanelState,
  dimension: Dimension,
  actions: BreakdownActions,
): TemplateResult {
  const { breakdown } = details;
  return html`<div class="bar">
      ${dropdown({
        label: 'Group spans by',
        value: dimension,
        options: DIMENSIONS.map((value) => ({ value, label: dimensionNames[value] })),
        onChange: actions.setDimension,
      })}
      <span class="quiet"
        >labelled F1
        (${policyNames[policy]})${
          breakdown !== null && breakdown.pending > 0
            ? html`, ${counted(breakdown.pending, 'sentence')} still to be counted`
            : nothing
        }</span
      >
    </div>
    ${dimension === 'seen' && breakdown !== null ? trainingLine(breakdown.training, actions) : nothing}
    ${breakdown?.dimension === dimension ? table(breakdown, counts.gold) : html`<p class="quiet">Counting…</p>`}`;
}

function trainingLine(training: PanelBreakdown['training'], actions: BreakdownActions): TemplateResult {
  const { state, name, strings, message } = training;
  const words = {
    none: 'No training corpus is chosen, so nobody knows what was seen.',
    reading: `Reading ${name}…`,
    ready: `Seen: spans whose string is one of the ${strings.toLocaleString('en')} of ${name}, case as it is.`,
    failed: '',
  }[state];
  return html`<div class="bar">
    <span class=${state === 'failed' ? 'problem' : 'quiet'}>${words} ${message}</span>
    ${button({
      label: state === 'none' ? 'Choose training corpus…' : 'Choose another…',
      onClick: actions.chooseTrainingCorpus,
    })}
  </div>`;
}

function table({ dimension, groups, omitted }: PanelBreakdown, gold: number): TemplateResult {
  if (gold === 0) return html`<p class="quiet">Breakdowns compare with gold; no sentence has any yet.</p>`;
  if (groups.length === 0) return html`<p class="quiet">There is no span in gold or in a prediction.</p>`;
  const sources = (['bert', 't5'] as const).filter((source) => groups.some((group) => group[source] !== null));
  return html`<div class="scroll tall" tabindex="0" role="region" aria-label=${`By ${dimensionNames[dimension]}`}>
      <table class="scores breakdown">
        <thead>
          <tr>
            <th rowspan="2" scope="col" class="row-name">${dimensionNames[dimension]}</th>
            <th rowspan="2" scope="col">Gold</th>
            ${sources.map((source) => html`<th colspan="3" scope="colgroup" class="system">${SOURCE_NAMES[source]}</th>`)}
          </tr>
          <tr>
            ${sources.map(
              () =>
                html`<th scope="col" class="system">F1</th>
                  <th scope="col" class="f1-bar"><span class="sr-only">F1 as a bar</span></th>
                  <th scope="col" class="counts" title="Correct, predicted and gold">
                    <span class="sr-only">Correct / predicted / gold</span><span aria-hidden="true">c / p / g</span>
                  </th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${groups.map(
            (group) =>
              html`<tr>
                <th scope="row" class="row-name">${groupName(dimension, group.name)}</th>
                <td>${Math.max(group.bert?.gold ?? 0, group.t5?.gold ?? 0).toLocaleString('en')}</td>
                ${sources.map((source) => cells(source, group[source]))}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${omitted === 0 ? nothing : html`<p class="quiet">${counted(omitted, 'smaller group')} left out.</p>`}`;
}

function cells(source: ModelSource, row: ScoreRow | null): TemplateResult {
  if (row === null) return html`<td class="system" colspan="3"></td>`;
  const { f1, correct, predicted, gold } = row;
  return html`<td class="system f1" title=${f1 === null ? '0/0' : nothing}>${ratioText(f1)}</td>
    <td class="f1-bar">${bar(source, f1)}</td>
    <td class="counts">
      ${correct.toLocaleString('en')} / ${predicted.toLocaleString('en')} / ${gold.toLocaleString('en')}
    </td>`;
}

/** F1 as a length; the number stands beside it. */
function bar(source: ModelSource, f1: number | null): TemplateResult {
  return html`<svg class="f1-length" viewBox="0 0 60 8" aria-hidden="true" focusable="false">
    ${svg`<rect class="track" width="60" height="8" /><rect class=${source} width=${((f1 ?? 0) * 60).toFixed(1)} height="8" />`}
  </svg>`;
}
