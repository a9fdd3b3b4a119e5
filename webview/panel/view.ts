import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { PanelState } from '../../src/protocol/panel.ts';
import type { PanelSentence } from '../../src/protocol/panelSentence.ts';
import { actionBar } from './actionBar.ts';
import type { Actions } from './actions.ts';
import { cheatSheet } from './cheatSheet.ts';
import { figuresLine } from './figuresLine.ts';
import { footer } from './footer.ts';
import { liveArea } from './liveArea.ts';
import type { Model } from './model.ts';
import { notices } from './notices.ts';
import { queueLine } from './queueLine.ts';
import { section } from './section.ts';
import { placeOf } from './sections/queue.ts';
import { selectionIn } from './sentence/selection.ts';
import { detail, sentenceView } from './sentence/view.ts';
import { splitter } from './splitter.ts';
import type { Ui } from './state.ts';
import { toolbar } from './toolbar.ts';
import { button } from '../shared/toolkit.ts';

/** The whole page. */
export function view(model: Model, actions: Actions): TemplateResult {
  const { state } = model;
  if (state === null) return html`<main><p class="empty">Waiting for the editor…</p></main>`;
  return html`${page(state, model, actions)} ${cheatSheet(state.labels, state.keys, actions.runner('showKeys'))}`;
}

/**
 * From top to bottom: header, place in the queue, the sentence in an area of its own, what a key will act on, the buttons,
 * the figures, the tabs, and what was last done. Only the sentence's area and the tabs scroll, so that nothing else moves.
 */
function page(state: PanelState, model: Model, actions: Actions): TemplateResult {
  const { ui, queue } = model;
  const { sentence } = state;
  const some = state.document !== null && state.counts.sentences > 0;
  const selection = sentence === null ? undefined : selectionIn(sentence, ui.selection, placeOf(queue, sentence.index));
  return html`${toolbar(state, actions)}
    <main>
      ${some ? queueLine(state, queue, actions) : nothing}
      <div class="sentence-area" tabindex="-1">
        ${notices(state, actions)}
        ${
          sentence === null || selection === undefined
            ? emptyState(state, actions)
            : html`${sentenceView(state, sentence, selection, actions)}${raw(sentence, ui, actions)}`
        }
      </div>
      ${
        sentence === null || selection === undefined
          ? nothing
          : html`${detail(sentence, selection)}${actionBar(state, sentence, selection, actions)}`
      }
      ${
        some
          ? html`${splitter(ui.sentenceHeight, actions)} ${figuresLine(state, model.changes, actions)}
            ${liveArea(state, model, actions)}`
          : nothing
      }
    </main>
    ${footer(state, model.said, actions)}`;
}

function emptyState(state: PanelState, actions: Actions): TemplateResult {
  if (state.document === null)
    return html`<div class="empty">
      <h2>No document</h2>
      <p>Open a text, a Markdown or an IOB2 file in the editor; the panel follows it.</p>
    </div>`;
  if (state.counts.sentences === 0)
    return html`<div class="empty">
      <h2>No sentences</h2>
      <p>${state.document.name} holds no sentence yet.</p>
    </div>`;
  return html`<div class="empty">
    <h2>No sentence chosen</h2>
    <p>Put the cursor into a sentence, or begin with the first.</p>
    ${button({ label: 'Next sentence', primary: true, onClick: actions.runner('nextSentence') })}
  </div>`;
}

function raw(sentence: PanelSentence, ui: Ui, actions: Actions): TemplateResult | typeof nothing {
  const written = sentence.rows.find((row) => row.raw !== null)?.raw ?? null;
  if (written === null) return nothing;
  const content = html`<dl class="raw">
    <dt>Prompt</dt>
    <dd>${written.prompt}</dd>
    <dt>Answer</dt>
    <dd>${written.answer === '' ? html`<span class="quiet">(nothing)</span>` : written.answer}</dd>
  </dl>`;
  return section('raw', 'T5’s prompt and answer', ui, actions, content);
}
