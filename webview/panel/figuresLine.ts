import { SOURCE_NAMES } from '../../src/core/span.ts';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { ModelStatus, PanelState, SystemScores } from '../../src/protocol/panel.ts';
import { counted, differenceText, policyNames, ratioText } from '../shared/names.ts';
import { button } from '../shared/toolkit.ts';
import { countedText } from '../../src/core/workState.ts';
import type { Actions } from './actions.ts';
import type { Changes } from './changes.ts';

/** A ratio as papers print it where room is short: .842, 1.00. */
export function shortRatio(ratio: number | null): string {
  const text = ratioText(ratio);
  return text.startsWith('0.') ? text.slice(1) : text.startsWith('1.') ? '1.00' : text;
}

/** A difference in the same form: +.003. */
export function shortDifference(difference: number): string {
  return differenceText(difference).replace('0.', '.');
}

const MODEL_WORDS = { idle: 'not loaded', loading: 'loading', ready: 'ready', failed: 'failed' } as const;

/** The line that is always there: each model's labelled F1, its interval and what the last correction did to it, and what was counted. */
export function figuresLine(state: PanelState, changes: Changes | null, actions: Actions): TemplateResult {
  const missing = state.models.some((model) => model.predicted < state.counts.sentences);
  return html`<div class="figures-line" role="group" aria-label="Labelled F1">
    ${
      missing && state.busy === null
        ? button({
            label: 'Annotate',
            primary: true,
            onClick: actions.annotate,
            title: 'Let both models annotate the document',
          })
        : nothing
    }
    ${state.models.map((model) => figure(model, state, changes))}
    <span class="push"></span>
    <span class="quiet counted">${countedText(state.counts.gold, state.counts.inProgress)}</span>
    <span class="sr-only" aria-live="polite">${changes?.said ?? ''}</span>
  </div>`;
}

function figure(model: ModelStatus, state: PanelState, changes: Changes | null): TemplateResult {
  const { source } = model;
  const system = state.systems.find((one) => one.source === source);
  const change = system === undefined || system.labelled.f1 === null ? undefined : changes?.f1.get(source);
  const { sentences } = state.counts;
  const done =
    model.state === 'ready' || model.predicted > 0
      ? model.predicted < sentences
        ? `${model.predicted.toLocaleString('en')}/${sentences.toLocaleString('en')}`
        : null
      : MODEL_WORDS[model.state];
  const title = `${model.name}: ${MODEL_WORDS[model.state]}, ${counted(model.predicted, 'sentence')} predicted${model.message === null ? '' : `. ${model.message}`}`;
  return html`<span class=${`model ${model.state}`} title=${title}
    ><b class=${`source ${source}`}>${SOURCE_NAMES[source]}</b>${
      system === undefined
        ? nothing
        : html` <span class="f1" title=${`Labelled span F1 (${policyNames[state.policy]})`}
              >${shortRatio(system.labelled.f1)}</span
            >${interval(system, state)}${
              change === undefined
                ? nothing
                : html` <span class=${`change ${change > 0 ? 'up' : 'down'}`}>${shortDifference(change)}</span>`
            }`
    }${done === null ? nothing : html` <span class="quiet done">${done}</span>`}${
      model.state === 'failed' && model.predicted > 0 ? ', failed' : nothing
    }${model.own ? html` <bdi class="name">${model.name}</bdi>` : nothing}</span
  >`;
}

function interval({ source }: SystemScores, { certainty }: PanelState): TemplateResult | typeof nothing {
  if (certainty?.state !== 'done') return nothing;
  const found = certainty.models.find((one) => one.source === source)?.interval ?? null;
  if (found === null) return nothing;
  const short = (value: number): string => (value >= 1 ? '1' : value.toFixed(2).replace(/^0/, ''));
  return html` <span class="quiet" title="95 % bootstrap interval">[${short(found.low)}–${short(found.high)}]</span>`;
}
