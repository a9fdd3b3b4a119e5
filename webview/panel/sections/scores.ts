import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import type { PanelState } from '../../../src/protocol/panel.ts';
import { policyTitles } from '../../shared/names.ts';
import { radioGroup } from '../../shared/toolkit.ts';
import type { Actions } from '../actions.ts';
import { section } from '../section.ts';
import type { Ui } from '../state.ts';
import { agreement } from './agreement.ts';
import { breakdownTable } from './breakdown.ts';
import { calibrationView } from './calibration.ts';
import { certainty } from './certainty.ts';
import { costView } from './cost.ts';
import { metricsTable } from './metrics.ts';
import { schemesView } from './schemes.ts';

/** All scores, and folded below them what is looked at less often. */
export function scores(state: PanelState, ui: Ui, actions: Actions): TemplateResult {
  return html`${guard(
    [state, ui.sort, ui.groups],
    () => html`${policyChoice(state, actions)}${certainty(state)}${metricsTable(state, ui, actions)}`,
  )}
  ${section('agreement', 'Agreement between the models', ui, actions, agreement(state, ui, actions))}
  ${section('breakdowns', 'Breakdowns', ui, actions, () => breakdownTable(state, ui.dimension, actions))}
  ${section('calibration', 'Calibration', ui, actions, () => calibrationView(state, actions.copy))}
  ${section('cost', 'Cost', ui, actions, () => costView(state, actions.copy))}
  ${section('schemes', 'Full and simplified model', ui, actions, () => schemesView(state, actions))}`;
}

function policyChoice({ policy }: PanelState, actions: Actions): TemplateResult {
  return html`<div class="bar policy" title=${policyTitles[policy]}>
    <span class="quiet" id="policy-label">Illegal tags</span>
    ${radioGroup({
      label: 'What becomes of illegal tags',
      value: policy,
      options: [
        { value: 'repair', label: 'Repair (conlleval)' },
        { value: 'strict', label: 'Discard (strict)' },
      ],
      onChange: actions.setPolicy,
    })}
  </div>`;
}
