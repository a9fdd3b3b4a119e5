import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { ModelStatus, PanelState } from '../../src/protocol/panel.ts';
import { keyed } from 'lit/directives/keyed.js';
import type { Actions } from './actions.ts';
import {
  nextDisagreementIcon,
  nextIcon,
  previousDisagreementIcon,
  previousIcon,
  redoIcon,
  undoIcon,
} from '../shared/icons.ts';
import type { PanelCommand } from '../../src/protocol/panelCommands.ts';
import { hintOf } from './keys.ts';
import { counted } from '../shared/names.ts';
import { button, progressRing, radioGroup } from '../shared/toolkit.ts';
import { SOURCE_NAMES } from '../../src/core/span.ts';

const modelWords = { idle: 'not loaded', loading: 'loading', ready: 'ready', failed: 'failed' } as const;

/** What was last done or refused; `count` makes two equal messages two announcements. */
export interface Said {
  readonly text: string;
  readonly refused: boolean;
  readonly count: number;
  /** Milliseconds, as `performance.now()` counts them. */
  readonly at: number;
}

/** The top of the page: document, models, what is under way, and moving about. */
export function toolbar(state: PanelState, said: Said | null, actions: Actions): TemplateResult {
  return html`<header class="toolbar">
    <div class="bar">
      ${
        state.document === null
          ? html`<h1 class="sr-only">Entity Lens</h1>`
          : html`<h1 title=${`Gold is kept in ${state.document.goldName}`}>${state.document.name}</h1>`
      }
      <span class="models">${state.models.map((model) => modelStatus(model, state.counts.sentences))}</span>
      <span class="push"></span>
      ${state.document === null || state.counts.sentences === 0 ? nothing : documentButtons(state, actions)}
      ${button({ label: 'Keys', hint: '?', onClick: actions.runner('showKeys') })}
    </div>
    ${state.busy === null ? nothing : progress(state.busy, actions)}
    <div class="bar">
      ${state.sentence === null ? nothing : navigation(state, state.sentence.index, actions)}
      <span class="push"></span>
      ${state.sentence === null ? nothing : schemeChoice(state, actions)}
    </div>
    <p
      class=${`said ${said?.refused === true ? 'refused' : ''}`}
      role="status"
      aria-live="polite"
      title=${said?.text ?? nothing}
    >
      ${said === null ? nothing : keyed(said.count, html`<span>${said.text}</span>`)}
    </p>
  </header>`;
}

function modelStatus(model: ModelStatus, sentences: number): TemplateResult {
  const done =
    model.state === 'ready' || model.predicted > 0
      ? `${model.predicted.toLocaleString('en')}/${sentences.toLocaleString('en')}`
      : modelWords[model.state];
  const title = `${model.name}: ${modelWords[model.state]}, ${counted(model.predicted, 'sentence')} predicted${model.message === null ? '' : `. ${model.message}`}`;
  return html`<span class=${`model ${model.state}`} title=${title}
    ><b class=${`source ${model.source}`}>${SOURCE_NAMES[model.source]}</b> ${done}${
      model.state === 'failed' && model.predicted > 0 ? ', failed' : nothing
    }${model.own ? html` <bdi class="name">${model.name}</bdi>` : nothing}</span
  >`;
}

function documentButtons(state: PanelState, actions: Actions): TemplateResult {
  const missing = state.models.some((model) => model.predicted < state.counts.sentences);
  return html`${
    missing && state.busy === null
      ? button({
          label: 'Annotate',
          primary: true,
          onClick: actions.annotate,
          title: 'Let both models annotate the document',
        })
      : nothing
  }
  ${button({ label: 'Export…', onClick: actions.exportCorpus, title: 'Export the corpus to IOB2 or JSONL' })}`;
}

function progress(busy: NonNullable<PanelState['busy']>, actions: Actions): TemplateResult {
  return html`<div class="bar busy">
    ${progressRing()}
    <span>${busy.what}</span>
    <progress max=${Math.max(1, busy.total)} .value=${busy.done} aria-label=${busy.what}></progress>
    <span class="quiet">${busy.done.toLocaleString('en')} of ${busy.total.toLocaleString('en')}</span>
    ${button({ label: 'Cancel', onClick: actions.cancel })}
  </div>`;
}

function navigation(state: PanelState, index: number, actions: Actions): TemplateResult {
  const { counts } = state;
  const icon = (command: PanelCommand, label: string, picture: TemplateResult, disabled = false): TemplateResult =>
    button({
      label,
      icon: picture,
      iconOnly: true,
      disabled,
      hint: hintOf(state.keys, command),
      onClick: actions.runner(command),
    });
  return html`<nav aria-label="Sentences">
    <span class="group"
      >${icon('previousSentence', 'Previous sentence', previousIcon, index === 0)}<label class="place"
        ><span class="sr-only">Sentence number</span
        ><input
          type="number"
          inputmode="numeric"
          min="1"
          max=${counts.sentences}
          .value=${String(index + 1)}
          @change=${(event: Event) => {
            actions.goTo(event.currentTarget);
          }} /></label
      ><span>of ${counts.sentences.toLocaleString('en')}</span
      >${icon('nextSentence', 'Next sentence', nextIcon, index + 1 >= counts.sentences)}</span
    >
    <span class="group" title=${`${counted(counts.disagreements, 'sentence')} in which two sources differ`}
      >${icon('previousDisagreement', 'Previous disagreement', previousDisagreementIcon, counts.disagreements === 0)}<span
        >${counts.disagreements.toLocaleString('en')}<span class="sr-only"> disagreements</span></span
      >${icon('nextDisagreement', 'Next disagreement', nextDisagreementIcon, counts.disagreements === 0)}</span
    >
    <span class="group"
      >${icon('undoCorrection', 'Undo', undoIcon, !state.canUndo)}${icon('redoCorrection', 'Redo', redoIcon, !state.canRedo)}</span
    >
  </nav>`;
}

function schemeChoice(state: PanelState, actions: Actions): TemplateResult {
  return radioGroup({
    label: 'Scheme',
    value: state.scheme,
    options: [
      { value: 'full', label: 'Full' },
      { value: 'simplified', label: 'Simplified' },
    ],
    onChange: actions.setScheme,
  });
}
