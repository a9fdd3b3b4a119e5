import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { PanelCertainty, PanelState, SystemScores } from '../src/protocol/panel.ts';
import { counted, differenceText, intervalText, pText, ratioText, sourceNames } from './names.ts';

type Done = Extract<PanelCertainty, { state: 'done' }>;
type Difference = NonNullable<Done['difference']>;

/** Labelled F1 of each model with its interval, and their difference, which is never shown without its p-value. */
export function certainty({ certainty: figures, systems }: PanelState): TemplateResult | typeof nothing {
  if (figures === null || systems.length === 0) return nothing;
  return html`<dl class="figures certainty">
    ${systems.map((system) => model(system, figures))}${systems.length < 2 ? nothing : difference(figures)}
  </dl>`;
}

function model(system: SystemScores, figures: PanelCertainty): TemplateResult {
  const { source, labelled } = system;
  return html`<div title=${titleOf(system, figures)}>
    <dt>${sourceNames[source]}, labelled F1</dt>
    <dd>${ratioText(labelled.f1)} <span class="quiet">${intervalOf(system, figures)}</span></dd>
  </div>`;
}

function intervalOf({ source, labelled }: SystemScores, figures: PanelCertainty): string {
  if (figures.state === 'pending') return 'interval pending…';
  const found = figures.models.find((one) => one.source === source);
  if (found === undefined || found.units < 2) return 'not enough sentences for an interval';
  if (found.interval === null || labelled.f1 === null) return 'no interval';
  return intervalText(found.interval);
}

function titleOf({ source }: SystemScores, figures: PanelCertainty): string {
  const drawn = figures.state === 'done' ? figures.models.find((one) => one.source === source) : undefined;
  if (drawn === undefined || figures.state === 'pending') return '95 % bootstrap interval';
  return `95 % bootstrap interval: ${figures.draws.toLocaleString('en')} draws over ${counted(drawn.units, drawn.unit)}`;
}

function difference(figures: PanelCertainty): TemplateResult {
  const found = figures.state === 'done' ? figures.difference : null;
  return html`<div title=${found === null ? nothing : testTitle(found)}>
    <dt>BERT − T5</dt>
    ${
      found === null
        ? html`<dd class="quiet">${figures.state === 'pending' ? 'pending…' : 'not enough sentences'}</dd>`
        : html`<dd>
            ${differenceText(found.value)}, p ${pText(found.p)}
            ${found.interval === null ? nothing : html`<span class="quiet">${intervalText(found.interval)}</span>`}
          </dd>`
    }
  </div>`;
}

function testTitle({ sentences, unit, units, exact, rounds }: Difference): string {
  const how = exact
    ? `all ${rounds.toLocaleString('en')} exchanges tried`
    : `${rounds.toLocaleString('en')} random exchanges`;
  const over = unit === 'sentence' ? '' : `, in ${counted(units, unit)}`;
  return `Labelled F1 over the ${counted(sentences, 'sentence')} with gold and both models${over}. Two-sided paired randomisation test: ${how}. In brackets the 95 % bootstrap interval of the difference.`;
}
