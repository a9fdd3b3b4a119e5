import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { PanelState } from '../../../src/protocol/panel.ts';
import type { PanelSchemes } from '../../../src/protocol/panelDetails.ts';
import { differenceFigure, testTitle } from './certainty.ts';
import { counted, policyNames, ratioText } from '../../shared/names.ts';
import { button } from '../../shared/toolkit.ts';
import { SOURCE_NAMES } from '../../../src/core/span.ts';

type Model = NonNullable<PanelSchemes['models']>[number];

/** What the section may ask for. */
export interface SchemesActions {
  readonly predictOtherScheme: (on: boolean) => void;
}

const trap =
  'Dropping labels joins neighbours: B-PER I-LOC is two spans in the full scheme and one in the simplified. So unlabelled F1 of the full scheme and F1 of the simplified scheme are different figures, even of the same model.';

/** The model that was trained for B, I and O beside the full model with its labels dropped. */
export function schemesView({ details, policy, counts }: PanelState, actions: SchemesActions): TemplateResult {
  const { schemes } = details;
  if (counts.gold === 0) return html`<p class="quiet">The comparison needs gold; no sentence has any yet.</p>`;
  if (schemes === null) return html`<p class="quiet">Counting…</p>`;
  return html`<p class="quiet" id="schemes-trap">${trap}</p>
    ${schemes.models === null ? html`<p class="quiet">Counting…</p>` : table(schemes.models, policyNames[policy])}
    ${predictLine(schemes, actions)}`;
}

function predictLine(
  { models, other, predicting }: PanelSchemes,
  actions: SchemesActions,
): TemplateResult | typeof nothing {
  if (predicting !== null)
    return html`<div class="bar busy">
      <span>Predicting in the ${other} scheme</span>
      <progress
        max=${Math.max(1, predicting.total)}
        .value=${predicting.done}
        aria-label=${`Predicting in the ${other} scheme`}
      ></progress>
      <span class="quiet">${predicting.done.toLocaleString('en')} of ${predicting.total.toLocaleString('en')}</span>
      ${button({
        label: 'Cancel',
        onClick: () => {
          actions.predictOtherScheme(false);
        },
      })}
    </div>`;
  const missing = models?.filter(({ sentences, gold }) => sentences < gold) ?? [];
  if (missing.length === 0) return nothing;
  return html`<div class="bar">
    <span
      >${missing.map(
        ({ source, sentences, gold }) =>
          html`${SOURCE_NAMES[source]} has ${sentences.toLocaleString('en')} of ${counted(gold, 'sentence')} with gold
          in both schemes. `,
      )}</span
    >
    ${button({
      label: `Predict in the ${other} scheme too`,
      onClick: () => {
        actions.predictOtherScheme(true);
      },
    })}
  </div>`;
}

function table(all: readonly Model[], policy: string): TemplateResult | typeof nothing {
  const models = all.filter(({ sentences }) => sentences > 0);
  if (models.length === 0) return nothing;
  const row = (name: string, reading: string, shown: (model: Model) => unknown): TemplateResult =>
    html`<tr>
      <th scope="row" class="row-name">${name} <span class="quiet reading">${reading}</span></th>
      ${models.map((model) => html`<td>${shown(model)}</td>`)}
    </tr>`;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Full and simplified scheme">
    <table class="scores schemes-table" aria-describedby="schemes-trap">
      <thead>
        <tr>
          <th scope="col" class="row-name">Span F1 (${policy})</th>
          ${models.map(({ source }) => html`<th scope="col">${SOURCE_NAMES[source]}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${row('Full model', 'labelled', ({ fullLabelled }) => ratioText(fullLabelled))}
        ${row('Full model', 'labels dropped after decoding', ({ fullUnlabelled }) => ratioText(fullUnlabelled))}
        ${row('Full model, simplified', 'labels dropped from the tags', ({ fullSimplified }) => ratioText(fullSimplified))}
        ${row('Simplified model', 'B, I and O', ({ simplified }) => ratioText(simplified))}
        ${row('Simplified − full, simplified', 'with p and 95 % interval', (model) =>
          model.difference === null
            ? html`<span class="quiet">not enough sentences</span>`
            : html`<span title=${testTitle(model.difference, 'Span F1')}>${differenceFigure(model.difference)}</span>`,
        )}
        ${row('Spans that grow together', 'in gold, in the prediction', ({ joinedGold, joinedPredicted }) =>
          [joinedGold, joinedPredicted].map((count) => count.toLocaleString('en')).join(', '),
        )}
        ${row('Sentences', 'with gold and both schemes', ({ sentences }) => sentences.toLocaleString('en'))}
      </tbody>
    </table>
  </div>`;
}
