import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { reliabilityChart } from '../../../src/core/report/charts.ts';
import type { PanelState } from '../../../src/protocol/panel.ts';
import type { PanelCalibration } from '../../../src/protocol/panelDetails.ts';
import { chart } from '../../shared/chart.ts';
import type { CopyText } from '../../shared/confusionMatrix.ts';
import { counted, ratioText } from '../../shared/names.ts';
import { SOURCE_NAMES } from '../../../src/core/span.ts';

type Model = PanelCalibration['models'][number];

const seriesOf = { bert: 0, t5: 1 } as const;

/** How far each model's probabilities can be trusted: a reliability diagram, its numbers, and the expected calibration error. */
export function calibrationView({ details }: PanelState, copy: CopyText): TemplateResult {
  const { calibration } = details;
  if (calibration === null) return html`<p class="quiet">Counting…</p>`;
  const { models, pending } = calibration;
  if (models.length === 0)
    return html`<p class="quiet">
      ${pending > 0 ? 'Counting…' : 'Calibration compares probabilities with gold; no sentence has both yet.'}
    </p>`;
  const title = `Reliability of ${models.map(({ source }) => SOURCE_NAMES[source]).join(' and ')}`;
  const drawing = reliabilityChart(
    title,
    models.map(({ source, points }) => ({ name: SOURCE_NAMES[source], series: seriesOf[source], points })),
  );
  return html`<p class="quiet">
      Over the tokens that gold or the model tags other than O. On the diagonal, a model is right as often as it says;
      below it, it is too sure.${pending > 0 ? html` ${counted(pending, 'sentence')} still to be counted.` : ''}
    </p>
    <dl class="figures">
      ${models.map(
        ({ source, error, tokens }) =>
          html`<div
            title="The mean gap of probability and accuracy over ten bins, weighted by their tokens (Guo et al. 2017)"
          >
            <dt>${SOURCE_NAMES[source]}, expected calibration error</dt>
            <dd>${ratioText(error)} <span class="quiet">${counted(tokens, 'token')}</span></dd>
          </div>`,
      )}
    </dl>
    ${chart(drawing, 'the reliability diagram', copy)}
    <details class="numbers">
      <summary>The diagram’s numbers</summary>
      ${table(models)}
    </details>`;
}

function table(models: readonly Model[]): TemplateResult {
  const points = models[0]?.points ?? [];
  return html`<div class="scroll" tabindex="0" role="region" aria-label="The reliability diagram’s numbers">
    <table class="scores">
      <thead>
        <tr>
          <th rowspan="2" scope="col" class="row-name">Probability</th>
          ${models.map(({ source }) => html`<th colspan="3" scope="colgroup" class="system">${SOURCE_NAMES[source]}</th>`)}
        </tr>
        <tr>
          ${models.map(
            () =>
              html`<th scope="col" class="system">tokens</th>
                <th scope="col">mean</th>
                <th scope="col">right</th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${points.map(
          ({ low, high }, index) =>
            html`<tr>
              <th scope="row" class="row-name">${low.toFixed(1)}–${high.toFixed(1)}</th>
              ${models.map((model) => {
                const point = model.points[index];
                return html`<td class="system">${(point?.count ?? 0).toLocaleString('en')}</td>
                  <td>${ratioText(point?.confidence ?? null)}</td>
                  <td>${ratioText(point?.accuracy ?? null)}</td>`;
              })}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
