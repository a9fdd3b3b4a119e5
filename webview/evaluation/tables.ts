import { readingsText } from '../../src/core/metrics.ts';
import { countedText } from '../../src/core/workState.ts';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type {
  EvaluatedCorpusView,
  EvaluatedSystem,
  EvaluationFigure,
  EvaluationSchemeView,
} from '../../src/protocol/evaluation.ts';
import { counted, differenceText, intervalText, pText, percentText, ratioText } from '../shared/names.ts';

/** A table that is wider than the page scrolls by itself. */
export function scrolling(label: string, table: TemplateResult): TemplateResult {
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${label}>${table}</div>`;
}

function range(interval: EvaluationFigure['interval']): TemplateResult | typeof nothing {
  return interval === null ? nothing : html` <span class="quiet">${intervalText(interval)}</span>`;
}

/** Labelled span F1 of each system on each corpus, the differences from the first, and what they mean. */
export function domains({ corpora, shifts }: EvaluationSchemeView): TemplateResult {
  const [first, ...others] = corpora;
  const systems = first?.systems ?? [];
  return html`<ul class="shifts">
      ${shifts.map(({ sentence }) => html`<li>${sentence}</li>`)}
    </ul>
    ${scrolling(
      'Corpora side by side',
      html`<table class="scores">
        <thead>
          <tr>
            <th scope="col" class="row-name">Labelled span F1</th>
            ${corpora.map(({ name }) => html`<th scope="col">${name}</th>`)}
            ${others.map(({ name }) => html`<th scope="col">${name} − ${first?.name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${systems.map(
            ({ name }) =>
              html`<tr>
                <th scope="row" class="row-name">${name}</th>
                ${corpora.map((corpus) => {
                  const system = corpus.systems.find((one) => one.name === name);
                  return html`<td>
                    ${system === undefined ? '–' : html`${ratioText(system.labelled.f1)}${range(system.labelled.interval)}`}
                  </td>`;
                })}
                ${others.map((corpus) => {
                  const shift = shifts.find((one) => one.system === name && one.to === corpus.name);
                  return html`<td>
                    ${shift === undefined || shift.difference === null ? '–' : html`${differenceText(shift.difference)}${range(shift.interval)}`}
                  </td>`;
                })}
              </tr>`,
          )}
        </tbody>
      </table>`,
    )}
    <p class="quiet">95 % bootstrap intervals; differences of corpora are drawn from each by itself.</p>`;
}

/** Precision, recall and F1 of every system on one corpus, and the systems against each other. */
export function figures({
  systems,
  comparisons,
  unit,
  annotated,
  inProgress,
  sentences,
  tokens,
  documents,
  files,
}: EvaluatedCorpusView): TemplateResult {
  const over = [
    `${countedText(annotated, inProgress)} of ${counted(sentences, 'sentence')}`,
    counted(tokens, 'token'),
    documents === 0 ? 'no documents named' : counted(documents, 'document'),
    counted(files, 'file'),
    `intervals over ${unit}s`,
  ];
  const labels = systems[0]?.labels.map(({ name }) => name) ?? [];
  const row = (name: string, of: (system: EvaluatedSystem) => EvaluationFigure | undefined): TemplateResult =>
    html`<tr>
      <th scope="row" class="row-name">${name}</th>
      ${systems.map((system) => figureCells(of(system)))}
    </tr>`;
  const only = (name: string, reading: string, of: (system: EvaluatedSystem) => string): TemplateResult =>
    html`<tr>
      <th scope="row" class="row-name">${name}<span class="quiet reading">${reading}</span></th>
      ${systems.map(
        (system) =>
          html`<td class="system"></td>
            <td></td>
            <td>${of(system)}</td>
            <td></td>`,
      )}
    </tr>`;
  return html`<p class="over">${over.join(', ')}.</p>
    ${scrolling(
      'Figures',
      html`<table class="scores">
        <thead>
          <tr>
            <th rowspan="2" scope="col" class="row-name">Spans</th>
            ${systems.map(({ name }) => html`<th colspan="4" scope="colgroup" class="system">${name}</th>`)}
          </tr>
          <tr>
            ${systems.map(
              () =>
                html`<th scope="col" class="system"><abbr title="Precision: correct of predicted">P</abbr></th>
                  <th scope="col"><abbr title="Recall: correct of gold">R</abbr></th>
                  <th scope="col">F1</th>
                  <th scope="col" class="counts" title="Correct, predicted and gold">
                    <span class="sr-only">Correct / predicted / gold</span><span aria-hidden="true">c / p / g</span>
                  </th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${row('Labelled', (system) => system.labelled)}
          ${(systems[0]?.readings ?? []).map(({ name }) => row(name, (system) => system.readings.find((one) => one.name === name)))}
        </tbody>
        <tbody>
          <tr>
            <th class="group" scope="rowgroup" colspan=${1 + 4 * systems.length}>Spans by label</th>
          </tr>
          ${labels.map((label) => row(label === '_' ? 'all spans' : label, (system) => system.labels.find(({ name }) => name === label)))}
        </tbody>
        <tbody>
          <tr>
            <th class="group" scope="rowgroup" colspan=${1 + 4 * systems.length}>Tokens</th>
          </tr>
          ${only('Macro F1', readingsText(systems.map(({ name, tokenMacroReading: reading }) => ({ name, reading }))), ({ tokenMacroF1 }) => ratioText(tokenMacroF1))}
          ${only('Accuracy', 'says little alone: most tokens are O', ({ accuracy }) => (accuracy === null ? '–' : percentText(accuracy)))}
        </tbody>
      </table>`,
    )}
    ${comparisons.length === 0 ? nothing : versus(comparisons)}`;
}

function figureCells(figure: EvaluationFigure | undefined): TemplateResult {
  if (figure === undefined) return html`<td colspan="4" class="system">–</td>`;
  const { precision, recall, f1, correct, predicted, gold, interval } = figure;
  return html`<td class="system">${ratioText(precision)}</td>
    <td>${ratioText(recall)}</td>
    <td class="f1">${ratioText(f1)}${range(interval)}</td>
    <td class="counts">
      ${correct.toLocaleString('en')} / ${predicted.toLocaleString('en')} / ${gold.toLocaleString('en')}
    </td>`;
}

function versus(comparisons: EvaluatedCorpusView['comparisons']): TemplateResult {
  return scrolling(
    'Systems against each other',
    html`<table class="scores versus">
      <thead>
        <tr>
          <th scope="col" class="row-name">Labelled span F1</th>
          <th scope="col">difference</th>
          <th scope="col">95 % interval</th>
          <th scope="col">p</th>
        </tr>
      </thead>
      <tbody>
        ${comparisons.map(
          ({ a, b, difference, p, interval }) =>
            html`<tr>
              <th scope="row" class="row-name">${b} − ${a}</th>
              <td>${difference === null ? '–' : differenceText(difference)}</td>
              <td>${interval === null ? '–' : intervalText(interval)}</td>
              <td>${p === null ? '–' : pText(p).replace('= ', '')}</td>
            </tr>`,
        )}
      </tbody>
    </table>`,
  );
}

/** What each system costs a sentence, and how far its confidence can be trusted. */
export function costs({ systems }: EvaluatedCorpusView): TemplateResult {
  const shown = (value: number | undefined): string => (value === undefined ? '–' : value.toFixed(1));
  return scrolling(
    'Cost',
    html`<table class="scores">
      <thead>
        <tr>
          <th scope="col" class="row-name">System</th>
          <th scope="col">F1</th>
          <th scope="col">ms a sentence</th>
          <th scope="col">pieces in</th>
          <th scope="col">pieces generated</th>
          <th scope="col">
            <abbr title="Expected calibration error over tokens that gold or the system tags">calibration error</abbr>
          </th>
        </tr>
      </thead>
      <tbody>
        ${systems.map(
          ({ name, labelled, cost, calibrationError }) =>
            html`<tr>
              <th scope="row" class="row-name">${name}</th>
              <td>${ratioText(labelled.f1)}</td>
              <td>${shown(cost?.milliseconds)}</td>
              <td>${shown(cost?.pieces)}</td>
              <td>${shown(cost?.generatedPieces)}</td>
              <td>${ratioText(calibrationError)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`,
  );
}
