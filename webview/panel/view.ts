import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { DirectiveResult } from 'lit/directive.js';
import { guard } from 'lit/directives/guard.js';
import type { Matrix, PanelState } from '../../src/protocol/panel.ts';
import type { PanelSentence } from '../../src/protocol/panelSentence.ts';
import type { PanelQueue } from '../../src/protocol/panelQueue.ts';
import type { Actions } from './actions.ts';
import { breakdownTable } from './sections/breakdown.ts';
import { calibrationView } from './sections/calibration.ts';
import { certainty } from './sections/certainty.ts';
import { placeOf, queueTitle, reviewQueue } from './sections/queue.ts';
import { caseList } from './sections/caseList.ts';
import type { CaseView } from './sections/cases.ts';
import { cheatSheet } from './cheatSheet.ts';
import { costView } from './sections/cost.ts';
import { failureTable } from './sections/failures.ts';
import { metricsTable, scoresTable } from './sections/metrics.ts';
import { counted, policyNames, policyTitles, ratioText } from '../shared/names.ts';
import { notices } from './notices.ts';
import { schemesView } from './sections/schemes.ts';
import { selectionIn } from './sentence/selection.ts';
import { sentenceView } from './sentence/view.ts';
import type { Said } from './toolbar.ts';
import { NORMALISATIONS, ORDERS } from '../shared/matrixChoices.ts';
import type { CaseRef, Section, Ui } from './state.ts';
import { button, disclosure, dropdown, radioGroup } from '../shared/toolkit.ts';
import { toolbar } from './toolbar.ts';

/** All that the page is drawn from. */
export interface Model {
  readonly state: PanelState | null;
  readonly ui: Ui;
  readonly cases: CaseView | null;
  readonly said: Said | null;
  /** The review queue as last sent; null before that, or while the section is closed. */
  readonly queue: PanelQueue | null;
}

/** The whole page. */
export function view(model: Model, actions: Actions): TemplateResult {
  const { state } = model;
  return html`${state === null ? waiting() : page(state, model, actions)}
  ${state === null ? nothing : cheatSheet(state.labels, state.keys, actions.runner('showKeys'))}`;
}

function waiting(): TemplateResult {
  return html`<main><p class="empty">Waiting for the editor…</p></main>`;
}

function page(state: PanelState, model: Model, actions: Actions): TemplateResult {
  const { ui } = model;
  const opened = model.cases?.cell ?? null;
  return html`${toolbar(state, model.said, actions)}
    <main>
      ${notices(state, actions)}
      ${
        state.sentence === null
          ? emptyState(state, actions)
          : html`${sentenceView(state, state.sentence, selectionIn(state.sentence, ui.selection, placeOf(model.queue, state.sentence.index)), actions)}${raw(state.sentence, ui, actions)}`
      }
      ${
        state.document === null || state.counts.sentences === 0
          ? nothing
          : html`${section('queue', queueTitle(model.queue), ui, actions, reviewQueue(state, model.queue, actions))}
            ${section('matrices', 'Confusion matrices', ui, actions, matrices(state, model, actions))}
            ${section(
              'scores',
              'Scores',
              ui,
              actions,
              guard(
                [state, ui.sort, ui.groups],
                () => html`${policyChoice(state, actions)}${certainty(state)}${metricsTable(state, ui, actions)}`,
              ),
            )}
            ${section('failures', 'How each fails', ui, actions, html`${failureTable(state, opened, ui, actions)}${failureCasesOf(model, actions)}`)}
            ${section('breakdowns', 'Breakdowns', ui, actions, () => breakdownTable(state, ui.dimension, actions))}
            ${section('calibration', 'How far probabilities can be trusted', ui, actions, () => calibrationView(state, actions.copy))}
            ${section('cost', 'Cost', ui, actions, () => costView(state, actions.copy))}
            ${section('schemes', 'Full and simplified model', ui, actions, () => schemesView(state, actions))}
            ${section('agreement', 'Agreement between the models', ui, actions, agreement(state, ui, actions))}`
      }
    </main>`;
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

/** A section; content that is a function is drawn only while the section is open. */
function section(
  name: Section,
  title: string,
  ui: Ui,
  actions: Actions,
  content: TemplateResult | DirectiveResult | (() => TemplateResult),
): TemplateResult {
  const open = !ui.closed.includes(name);
  return html`<details
    class="section"
    ?open=${open}
    @toggle=${(event: Event) => {
      if (event.currentTarget instanceof HTMLDetailsElement) actions.openSection(name, event.currentTarget.open);
    }}
  >
    <summary><h2>${title}</h2></summary>
    ${typeof content === 'function' ? (open ? content() : nothing) : content}
  </details>`;
}

function policyChoice({ policy }: PanelState, actions: Actions): TemplateResult {
  return html`<div class="bar policy">
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
    <span class="quiet explained">${policyTitles[policy]}</span>
  </div>`;
}

function matrices(state: PanelState, model: Model, actions: Actions): TemplateResult {
  const { ui } = model;
  const opened = model.cases?.cell ?? null;
  return html`<div class="bar">
      ${radioGroup({
        label: 'Level of the matrices',
        value: state.matrixLevel,
        options: [
          { value: 'token', label: 'Tokens' },
          { value: 'span', label: 'Spans' },
        ],
        onChange: actions.setMatrixLevel,
      })}
      ${dropdown({
        label: 'Numbers in the matrices',
        value: ui.normalisation,
        options: NORMALISATIONS,
        onChange: actions.setNormalisation,
      })}
      ${dropdown({
        label: 'Order of the matrices',
        value: ui.order,
        options: ORDERS,
        onChange: actions.setOrder,
      })}
      <span class="legend" aria-hidden="true"
        ><i class="swatch agree h6"></i>same <i class="swatch confuse h6"></i>confused</span
      >
    </div>
    ${
      state.matrices.length === 0
        ? html`<p class="quiet">There is nothing to compare before a model has annotated the document.</p>`
        : html`<div class="matrices">
            ${state.matrices.map(
              (matrix) =>
                html`<entity-lens-matrix
                    .matrix=${matrix}
                    .normalisation=${ui.normalisation}
                    .order=${ui.order}
                    .policy=${state.policy}
                    .onCopy=${actions.copy}
                    .opened=${opened !== null && 'mode' in opened ? null : opened}
                    .onOpen=${actions.openCell}
                  ></entity-lens-matrix>
                  ${isOf(matrix, opened) ? caseList(model.cases, actions) : nothing}`,
            )}
          </div>`
    }`;
}

function failureCasesOf({ cases }: Model, actions: Actions): TemplateResult | typeof nothing {
  return cases !== null && 'mode' in cases.cell ? caseList(cases, actions) : nothing;
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

function isOf(matrix: Matrix, cell: CaseRef | null): boolean {
  if (cell !== null && 'mode' in cell) return false;
  return cell?.rowSource === matrix.rowSource && cell.columnSource === matrix.columnSource;
}

function agreement(state: PanelState, ui: Ui, actions: Actions): TemplateResult {
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
