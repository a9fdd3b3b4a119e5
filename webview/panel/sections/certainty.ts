import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { PanelCertainty, PanelState, SystemScores } from '../../../src/protocol/panel.ts';
import type { PanelDifference } from '../../../src/protocol/panelDetails.ts';
import { counted, differenceText, intervalText, policyNames, pText, ratioText } from '../../shared/names.ts';
import { SOURCE_NAMES } from '../../../src/core/span.ts';

/** Labelled F1 of each model with its interval, and their difference, which is never shown without its p-value. */
export function certainty({
  certainty: figures,
  systems,
  policy,
  mcNemar,
}: PanelState): TemplateResult | typeof nothing {
  if (figures === null || systems.length === 0) return nothing;
  return html`<dl class="figures certainty">
    ${systems.map((system) => model(system, figures, policy))}${
      systems.length < 2 ? nothing : html`${difference(figures)}${mcNemarTest(mcNemar)}`
    }
  </dl>`;
}

function model(system: SystemScores, figures: PanelCertainty, policy: PanelState['policy']): TemplateResult {
  const { source, labelled } = system;
  return html`<div title=${titleOf(system, figures)}>
    <dt>${SOURCE_NAMES[source]}, labelled F1 (${policyNames[policy]})</dt>
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
  return html`<div title=${found === null ? nothing : testTitle(found, 'Labelled F1')}>
    <dt>BERT − T5</dt>
    ${
      found === null
        ? html`<dd class="quiet">${figures.state === 'pending' ? 'pending…' : 'not enough sentences'}</dd>`
        : html`<dd>${differenceFigure(found)}</dd>`
    }
  </div>`;
}

/** A difference, which never stands without its p-value and interval. */
export function differenceFigure({ value, p, interval }: PanelDifference): TemplateResult {
  return html`${differenceText(value)}, p ${pText(p)}
  ${interval === null ? nothing : html`<span class="quiet">${intervalText(interval)}</span>`}`;
}

/** Which model got gold spans right that the other did not: a second test, which does not see spurious spans. */
function mcNemarTest(test: PanelState['mcNemar']): TemplateResult | typeof nothing {
  if (test === null) return nothing;
  const title =
    'McNemar’s exact test on the gold spans that exactly one model got right. It tests correctness like recall’s and does not see spurious spans; for F1 read the randomisation test.';
  return html`<div title=${title}>
    <dt>Right alone (McNemar)</dt>
    <dd>BERT ${test.onlyBert.toLocaleString('en')}, T5 ${test.onlyT5.toLocaleString('en')}, p ${pText(test.p)}</dd>
  </div>`;
}

/** What a difference rests on and how it was tested. */
export function testTitle({ sentences, unit, units, exact, rounds }: PanelDifference, figure: string): string {
  const how = exact
    ? `all ${rounds.toLocaleString('en')} exchanges tried`
    : `${rounds.toLocaleString('en')} random exchanges`;
  const over = unit === 'sentence' ? '' : `, in ${counted(units, unit)}`;
  return `${figure} over the ${counted(sentences, 'sentence')} with gold and both models${over}. Two-sided paired randomisation test: ${how}. In brackets the 95 % bootstrap interval of the difference.`;
}
