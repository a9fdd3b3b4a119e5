import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { PanelState } from '../../../src/protocol/panel.ts';
import { counted, policyNames, ratioText } from '../../shared/names.ts';
import { disclosure } from '../../shared/toolkit.ts';
import type { Actions } from '../actions.ts';
import type { Ui } from '../state.ts';
import { scoresTable } from './metrics.ts';

/** How far the models agree with each other, which needs no gold. */
export function agreement(state: PanelState, ui: Ui, actions: Actions): TemplateResult {
  const { agreement: figures, between, policy } = state;
  if (figures === null || figures.sentences === 0)
    return html`<p class="quiet">No sentence has been annotated by both models yet.</p>`;
  const { sentences, disagreeing, spanF1, kappa } = figures;
  return html`<dl class="figures">
      <div>
        <dt>Sentences with both</dt>
        <dd>${sentences.toLocaleString('en')}</dd>
      </div>
      <div title=${`${counted(disagreeing, 'sentence')} of ${sentences.toLocaleString('en')}`}>
        <dt>They differ in</dt>
        <dd>${disagreeing.toLocaleString('en')}</dd>
      </div>
      <div title=${spanF1 === null ? '0/0' : 'F1 of one model’s spans against the other’s, exact borders and label'}>
        <dt>Span F1 between them (${policyNames[policy]})</dt>
        <dd>${ratioText(spanF1)}</dd>
      </div>
      <div title=${kappa === null ? '0/0' : 'Cohen’s kappa over the tokens that either model tags other than O'}>
        <dt>Kappa (entity tokens)</dt>
        <dd>${ratioText(kappa)}</dd>
      </div>
    </dl>
    ${
      between === null
        ? nothing
        : html`${disclosure(
            'All figures of T5 with BERT in the place of gold',
            ui.groups.includes('between'),
            (open) => {
              actions.openGroup('between', open);
            },
          )}
          ${ui.groups.includes('between') ? scoresTable({ systems: [between], policy, sort: ui.sort, groups: ui.groups, label: 'T5 against BERT' }, actions) : nothing}`
    }`;
}
