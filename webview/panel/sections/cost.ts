import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { costChart } from '../../../src/core/report/charts.ts';
import type { CostMark } from '../../../src/core/report/charts.ts';
import type { PanelState } from '../../../src/protocol/panel.ts';
import type { PanelCost } from '../../../src/protocol/panelDetails.ts';
import { chart } from '../../shared/chart.ts';
import type { CopyText } from '../../shared/confusionMatrix.ts';
import { intervalText, megabytesText, policyNames, ratioText } from '../../shared/names.ts';
import { SOURCE_NAMES } from '../../../src/core/span.ts';

type Model = PanelCost['models'][number];

const seriesOf = { bert: 0, t5: 1 } as const;

/** What each model costs, and F1 against it. */
export function costView(state: PanelState, copy: CopyText): TemplateResult {
  const { cost } = state.details;
  if (cost === null) return html`<p class="quiet">Measuring…</p>`;
  const measured = cost.models.filter(({ sentences }) => sentences > 0);
  if (measured.length === 0)
    return html`<p class="quiet">
      Nothing was predicted in this scheme since the models were started: what is remembered costs nothing.
    </p>`;
  const marks = measured.flatMap((model): CostMark[] => {
    const f1 = f1Of(model, state);
    const { source, milliseconds, sentences } = model;
    if (f1 === null) return [];
    return [{ name: SOURCE_NAMES[source], series: seriesOf[source], f1, milliseconds: milliseconds / sentences }];
  });
  return html`<p class="quiet">
      Measured while predicting in this scheme, each model without the other’s time; what was remembered is not counted.
    </p>
    ${table(cost, measured, state)}
    ${
      marks.length === 0
        ? nothing
        : chart(
            costChart(`Labelled F1 (${policyNames[state.policy]}) and cost`, marks),
            'the plot of F1 and cost',
            copy,
          )
    }`;
}

function f1Of({ source }: Model, { systems }: PanelState): number | null {
  return systems.find((system) => system.source === source)?.labelled.f1 ?? null;
}

function f1Text(model: Model, state: PanelState): string {
  const f1 = f1Of(model, state);
  const { certainty } = state;
  const drawn =
    certainty?.state === 'done' ? certainty.models.find(({ source }) => source === model.source) : undefined;
  const interval = drawn?.interval ?? null;
  return f1 === null ? 'no gold' : `${ratioText(f1)}${interval === null ? '' : ` ${intervalText(interval)}`}`;
}

function table({ processBytes }: PanelCost, models: readonly Model[], state: PanelState): TemplateResult {
  const per = ({ sentences }: Model, sum: number): string => (sum / sentences).toFixed(1);
  const row = (name: string, title: string, shown: (model: Model) => string): TemplateResult =>
    html`<tr>
      <th scope="row" class="row-name" title=${title === '' ? nothing : title}>${name}</th>
      ${models.map((model) => html`<td>${shown(model)}</td>`)}
    </tr>`;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Cost">
    <table class="scores cost-table">
      <thead>
        <tr>
          <th scope="col" class="row-name"><span class="sr-only">Measure</span></th>
          ${models.map(({ source, name }) => html`<th scope="col" title=${name}>${SOURCE_NAMES[source]}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${row(`Labelled F1 (${policyNames[state.policy]})`, 'With its 95 % bootstrap interval', (model) => f1Text(model, state))}
        ${row('Milliseconds a sentence', '', (model) => {
          const milliseconds = model.milliseconds / model.sentences;
          return milliseconds.toFixed(milliseconds < 10 ? 2 : 1);
        })}
        ${row('Pieces read a sentence', 'Subwords of the sentence or the prompt', (model) => per(model, model.pieces))}
        ${row('Tokens generated a sentence', '', (model) =>
          model.source === 'bert' ? 'none' : per(model, model.generatedPieces),
        )}
        ${row('Memory for the model', 'By how much the model process grew while it loaded the model', (model) =>
          model.loadedBytes === 0 ? '–' : megabytesText(model.loadedBytes),
        )}
        ${row('Sentences measured', '', ({ sentences }) => sentences.toLocaleString('en'))}
      </tbody>
    </table>
    <p class="quiet">
      ${
        processBytes === null
          ? 'The model process is not running.'
          : `The model process, which runs both, holds ${megabytesText(processBytes)} of memory now.`
      }
    </p>
  </div>`;
}
