import { render } from 'lit';
import { Channel } from '../../src/protocol/channel.ts';
import { evaluationHostContract, evaluationPageContract } from '../../src/protocol/evaluation.ts';
import type { EvaluationState, PlacesOf } from '../../src/protocol/evaluation.ts';
import type { Host } from '../shared/host.ts';
import { counted } from '../shared/names.ts';
import { placesTitle } from './places.ts';
import type { PlacesView } from './places.ts';
import { chosenIn } from './state.ts';
import type { Opened, Ui } from './state.ts';
import { view } from './view.ts';
import type { Actions } from './view.ts';
import { messageOf } from '../../src/core/errorMessage.ts';

/** The page of evaluations between host and person: it holds the last state and its own choices, and draws both. */
export class EvaluationPage {
  #state: EvaluationState | null = null;
  #ui: Ui;
  #places: PlacesView | null = null;
  #said = '';
  #asked: AbortController | undefined;
  readonly #channel: Channel<typeof evaluationPageContract, typeof evaluationHostContract>;
  readonly #actions: Actions;

  readonly #root: HTMLElement;
  readonly #host: Host<Ui>;

  constructor(root: HTMLElement, host: Host<Ui>) {
    this.#root = root;
    this.#host = host;
    this.#ui = host.loadUi();
    this.#channel = new Channel(
      host,
      evaluationPageContract,
      evaluationHostContract,
      {
        requests: {},
        notifications: {
          state: (state) => {
            this.#receive(state);
          },
        },
      },
      (problem) => {
        this.#said = `A message from the editor could not be read: ${problem}`;
        this.#draw();
      },
    );
    this.#actions = this.#createActions();
    this.#draw();
    this.#channel.notify('ready', {});
  }

  #receive(state: EvaluationState): void {
    const other = this.#state?.shown?.id !== state.shown?.id;
    this.#state = state;
    if (other && this.#places !== null) this.#close();
    this.#draw();
    // After the page was hidden, what was opened is asked for anew.
    if (this.#places === null && this.#ui.opened !== null) this.#ask(this.#ui.opened);
  }

  #draw(): void {
    const state = this.#state;
    const ui = this.#ui;
    const places = this.#places;
    const said = this.#said;
    render(view({ state, ui, places, said }, this.#actions), this.#root);
  }

  #setUi(change: Partial<Ui>): void {
    this.#ui = { ...this.#ui, ...change };
    this.#host.saveUi(this.#ui);
    this.#draw();
  }

  /** What the host is to be asked for; undefined where what is shown has no such count. */
  #wantedOf(opened: Opened): PlacesOf | undefined {
    const shown = this.#state?.shown ?? null;
    const chosen =
      shown === null ? undefined : chosenIn(shown, { ...this.#ui, corpus: opened.corpus, system: opened.system });
    if (shown === null || chosen?.corpus.name !== opened.corpus || chosen.system.name !== opened.system)
      return undefined;
    const { scheme } = chosen.view;
    const about = { evaluation: shown.id, scheme, corpus: opened.corpus, system: opened.system };
    if (opened.kind === 'failure') return { ...about, of: { kind: 'failure', mode: opened.mode } };
    const { level } = opened;
    const { rows, columns } = level === 'token' ? chosen.system.tokenMatrix : chosen.system.spanMatrix;
    const [row, column] = [rows.indexOf(opened.row), columns.indexOf(opened.column)];
    return row < 0 || column < 0 ? undefined : { ...about, of: { kind: 'cell', level, row, column } };
  }

  #ask(opened: Opened): void {
    this.#asked?.abort();
    const wanted = this.#wantedOf(opened);
    if (wanted === undefined) {
      this.#close();
      return;
    }
    const asked = new AbortController();
    this.#asked = asked;
    this.#places = { opened, wanted, found: null, problem: null };
    this.#setUi({ opened });
    this.#channel.request('places', wanted, asked.signal).then(
      (found) => {
        if (asked.signal.aborted) return;
        this.#places = { opened, wanted, found, problem: null };
        this.#said = `${counted(found.total, 'place')}: ${placesTitle(opened)}`;
        this.#draw();
      },
      (error: unknown) => {
        if (asked.signal.aborted) return;
        const problem = messageOf(error);
        this.#places = { opened, wanted, found: null, problem };
        this.#draw();
      },
    );
  }

  #close(): void {
    this.#asked?.abort();
    this.#places = null;
    // The button that closes the list goes with it; the keyboard returns to the count.
    const opened = this.#root.querySelector<HTMLElement>('td.opened, button.opened');
    this.#setUi({ opened: null });
    opened?.focus();
  }

  #createActions(): Actions {
    const channel = this.#channel;
    return {
      change: (change) => {
        const wasCell = this.#ui.opened?.kind === 'cell';
        // A list belongs to the scheme, and that of a cell to its matrix too.
        if ('scheme' in change || (wasCell && !('normalisation' in change || 'order' in change))) this.#close();
        this.#setUi(change);
      },
      open: (opened) => {
        this.#ask(opened);
      },
      copy: (text, what) => {
        channel.notify('copy', { text, what });
        this.#said = `Copied: ${what}`;
        this.#draw();
      },
      show: (id) => {
        channel.notify('show', { id });
      },
      evaluate: () => {
        channel.notify('evaluate', {});
      },
      exportReport: (id) => {
        channel.notify('exportReport', { id });
      },
      openSection: (section, open) => {
        const others = this.#ui.closed.filter((name) => name !== section);
        if (this.#ui.closed.includes(section) === open) this.#setUi({ closed: open ? others : [...others, section] });
      },
      openPlace: (wanted, index) => {
        channel.notify('openPlace', { ...wanted, index });
      },
      closePlaces: () => {
        this.#close();
      },
    };
  }
}
