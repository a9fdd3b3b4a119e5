import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { EvaluationState, EvaluationView } from '../../src/protocol/evaluation.ts';
import type { Matrix } from '../../src/protocol/panel.ts';
import type { CopyText } from '../shared/confusionMatrix.ts';
import { NORMALISATIONS, ORDERS } from '../shared/matrixChoices.ts';
import type { CellRef } from '../shared/matrixChoices.ts';
import { button, dropdown, radioGroup } from '../shared/toolkit.ts';
import { failures } from './failures.ts';
import { placesList } from './places.ts';
import type { PlaceActions, PlacesView } from './places.ts';
import { chosenIn } from './state.ts';
import type { Chosen, Opened, Section, Ui } from './state.ts';
import { costs, domains, figures } from './tables.ts';

/** All that the page is drawn from. */
export interface Model {
  readonly state: EvaluationState | null;
  readonly ui: Ui;
  readonly places: PlacesView | null;
  readonly said: string;
}

/** What the page may ask for. */
export interface Actions extends PlaceActions {
  readonly change: (ui: Partial<Ui>) => void;
  readonly open: (opened: Opened) => void;
  readonly copy: CopyText;
  readonly show: (id: number) => void;
  readonly evaluate: () => void;
  readonly exportReport: (id: number) => void;
  readonly openSection: (section: Section, open: boolean) => void;
}

/** The whole page. */
export function view({ state, ui, places, said }: Model, actions: Actions): TemplateResult {
  const shown = state?.shown ?? null;
  return html`<header class="toolbar">
      <div class="bar">
        <h1>Evaluation${shown === null ? nothing : html`: ${shown.title}`}</h1>
        <span class="push"></span>
        ${
          state === null || state.results.length < 2 || shown === null
            ? nothing
            : dropdown({
                label: 'Evaluations of this session',
                value: String(shown.id),
                options: state.results.map(({ id, title }) => ({ value: String(id), label: title })),
                onChange: (id) => {
                  actions.show(Number(id));
                },
              })
        }
        ${button({ label: 'Evaluate Corpus…', onClick: actions.evaluate })}
        ${
          shown === null
            ? nothing
            : button({
                label: 'Export Report…',
                primary: true,
                onClick: () => {
                  actions.exportReport(shown.id);
                },
              })
        }
      </div>
    </header>
    <main>${content(state, shown, ui, places, actions)}</main>
    <p class="sr-only" role="status">${said}</p>`;
}

function content(
  state: EvaluationState | null,
  shown: EvaluationView | null,
  ui: Ui,
  places: PlacesView | null,
  actions: Actions,
): TemplateResult {
  if (state === null) return html`<p class="empty">Waiting for the editor…</p>`;
  const chosen = shown === null ? undefined : chosenIn(shown, ui);
  if (shown === null || chosen === undefined)
    return html`<div class="empty">
      <h2>Nothing evaluated yet</h2>
      <p>
        Results are kept while this window is open. Run “Entity Lens: Evaluate Corpus…” on files or folders with gold
        tags.
      </p>
    </div>`;
  const { view: scheme, corpus } = chosen;
  const policy =
    shown.policy === 'repair'
      ? 'an I without its B starts a span, as for conlleval'
      : 'an I without its B is discarded';
  return html`<p class="quiet">
      ${shown.made}. Illegal sequences: ${policy}. Intervals from ${shown.draws.toLocaleString('en')} draws, seed
      ${shown.seed}.
    </p>
    ${
      shown.notices.length === 0
        ? nothing
        : html`<ul class="notices">
            ${shown.notices.map((text) => html`<li>${text}</li>`)}
          </ul>`
    }
    ${
      shown.views.length < 2
        ? nothing
        : html`<div class="bar">
            ${radioGroup({
              label: 'Scheme',
              value: scheme.scheme,
              options: [
                { value: 'full', label: 'Full' },
                { value: 'simplified', label: 'Simplified' },
              ],
              onChange: (value) => {
                actions.change({ scheme: value });
              },
            })}
          </div>`
    }
    ${scheme.corpora.length < 2 ? nothing : section('domains', 'From one corpus to another', ui, actions, domains(scheme))}
    ${section('figures', 'Figures', ui, actions, html`${corpusChoice(chosen, actions)}${figures(corpus)}`)}
    ${section('matrices', 'Confusion matrix', ui, actions, matrix(chosen, shown.policy, ui, places, actions))}
    ${section(
      'failures',
      'How each fails',
      ui,
      actions,
      html`${failures(scheme, ui.opened, actions)}${places?.opened.kind === 'failure' ? placesList(places, actions) : nothing}`,
    )}
    ${section('cost', 'Cost and confidence', ui, actions, html`${corpusChoice(chosen, actions)}${costs(corpus)}`)}`;
}

function section(name: Section, title: string, ui: Ui, actions: Actions, inside: TemplateResult): TemplateResult {
  return html`<details
    class="section"
    ?open=${!ui.closed.includes(name)}
    @toggle=${(event: Event) => {
      if (event.currentTarget instanceof HTMLDetailsElement) actions.openSection(name, event.currentTarget.open);
    }}
  >
    <summary><h2>${title}</h2></summary>
    ${inside}
  </details>`;
}

function corpusChoice({ view: { corpora }, corpus }: Chosen, actions: Actions): TemplateResult | typeof nothing {
  if (corpora.length < 2) return nothing;
  return html`<div class="bar">
    ${dropdown({
      label: 'Corpus',
      value: corpus.name,
      options: corpora.map(({ name }) => ({ value: name, label: name })),
      onChange: (name) => {
        actions.change({ corpus: name });
      },
    })}
  </div>`;
}

function matrix(
  chosen: Chosen,
  policy: EvaluationView['policy'],
  ui: Ui,
  places: PlacesView | null,
  actions: Actions,
): TemplateResult {
  const { corpus, system } = chosen;
  const counts = ui.level === 'token' ? system.tokenMatrix : system.spanMatrix;
  const shown: Matrix = {
    ...{ rowSource: 'gold', columnSource: system.source, level: ui.level, sentences: corpus.annotated },
    ...counts,
  };
  const { opened } = ui;
  const cell: CellRef | null =
    opened?.kind === 'cell' && opened.corpus === corpus.name && opened.system === system.name
      ? { rowSource: 'gold', columnSource: system.source, level: opened.level, row: opened.row, column: opened.column }
      : null;
  return html`<div class="bar">
      ${corpusDropdown(chosen, actions)}
      ${dropdown({
        label: 'System',
        value: system.name,
        options: corpus.systems.map(({ name }) => ({ value: name, label: name })),
        onChange: (name) => {
          actions.change({ system: name });
        },
      })}
      ${radioGroup({
        label: 'Level of the matrix',
        value: ui.level,
        options: [
          { value: 'token', label: 'Tokens' },
          { value: 'span', label: 'Spans' },
        ],
        onChange: (level) => {
          actions.change({ level });
        },
      })}
      ${dropdown({
        label: 'Numbers in the matrix',
        value: ui.normalisation,
        options: NORMALISATIONS,
        onChange: (normalisation) => {
          actions.change({ normalisation });
        },
      })}
      ${dropdown({
        label: 'Order of the matrix',
        value: ui.order,
        options: ORDERS,
        onChange: (order) => {
          actions.change({ order });
        },
      })}
    </div>
    <div class="matrices">
      <entity-lens-matrix
        .matrix=${shown}
        .normalisation=${ui.normalisation}
        .order=${ui.order}
        .policy=${policy}
        .onCopy=${actions.copy}
        .opened=${cell}
        .onOpen=${({ row, column }: CellRef) => {
          actions.open({ kind: 'cell', corpus: corpus.name, system: system.name, level: ui.level, row, column });
        }}
      ></entity-lens-matrix>
      ${places?.opened.kind === 'cell' && cell !== null ? placesList(places, actions) : nothing}
    </div>`;
}

function corpusDropdown(chosen: Chosen, actions: Actions): TemplateResult | typeof nothing {
  const { corpora } = chosen.view;
  if (corpora.length < 2) return nothing;
  return dropdown({
    label: 'Corpus',
    value: chosen.corpus.name,
    options: corpora.map(({ name }) => ({ value: name, label: name })),
    onChange: (name) => {
      actions.change({ corpus: name });
    },
  });
}
