import { render } from 'lit';
import { Channel } from '../../src/protocol/channel.ts';
import { panelHostContract, panelPageContract } from '../../src/protocol/panel.ts';
import type { PanelState } from '../../src/protocol/panel.ts';
import type { PanelQueue, QueueEntry } from '../../src/protocol/panelQueue.ts';
import type { PanelCommand } from '../../src/protocol/panelCommands.ts';
import type { Actions } from './actions.ts';
import { caseTitle, caseUnit } from './sections/caseList.ts';
import { Cases } from './sections/cases.ts';
import type { Place } from './sections/cases.ts';
import { toggleCheatSheet } from './cheatSheet.ts';
import { runCommand } from './commands.ts';
import { Corrections, answered } from './corrections.ts';
import type { Answered, PanelChannel, PanelCorrection } from './corrections.ts';
import type { Host } from '../shared/host.ts';
import { hostActions, tellFocus } from './hostActions.ts';
import { dialogOpen, usePress } from './keyPress.ts';
import { counted } from '../shared/names.ts';
import { placeOf } from './sections/queue.ts';
import { firstSpanFrom, selectedTokens, selectionIn } from './sentence/selection.ts';
import type { SelectedTokens } from './sentence/selection.ts';
import { arrivalText } from './sentence/view.ts';
import { ShownSections } from './shownSections.ts';
import type { Said } from './toolbar.ts';
import { withGroup, withSection, withSort } from './state.ts';
import type { CaseRef, Selection, Ui } from './state.ts';
import { focusGrid, showSelection } from './sentence/reveal.ts';
import { view } from './view.ts';

/** The page between host and person: it holds the last state and its own choices, and draws both. */
export class Page {
  #state: PanelState | null = null;
  #ui: Ui;
  #said: Said | null = null;
  readonly #shown: ShownSections;
  #queue: PanelQueue | null = null;
  /** Whether the next sentence was asked for to find a span in it, at its start or at its end. */
  #arriving: 1 | -1 | null = null;
  readonly #channel: PanelChannel;
  readonly #corrections: Corrections;
  readonly #cases: Cases;
  readonly #actions: Actions;

  readonly #root: HTMLElement;
  readonly #host: Host<Ui>;

  constructor(root: HTMLElement, host: Host<Ui>) {
    this.#root = root;
    this.#host = host;
    this.#ui = host.loadUi();
    this.#channel = new Channel(
      host,
      panelPageContract,
      panelHostContract,
      {
        requests: {},
        notifications: {
          state: (state) => {
            this.#receive(state);
          },
          queue: (queue) => {
            this.#queue = queue;
            this.#draw();
          },
          select: this.#selectTokens.bind(this),
          run: ({ command }) => {
            if (this.#state !== null && !dialogOpen(this.#root)) this.#run(command);
          },
        },
      },
      (problem) => {
        this.#say(`A message from the editor could not be read: ${problem}`, true);
      },
    );
    this.#shown = new ShownSections(this.#channel);
    this.#corrections = new Corrections(
      this.#channel,
      () => this.#state,
      ({ accepted, message, tokens }) => {
        if (tokens !== undefined) this.#selectTokens(tokens);
        this.#say(message, !accepted);
      },
    );
    this.#cases = new Cases(
      this.#channel,
      () => {
        this.#draw();
      },
      ({ cell, total }) => {
        this.#say(`${counted(total, caseUnit(cell))}: ${caseTitle(cell)}`);
      },
    );
    this.#actions = this.#createActions();
    document.addEventListener('keydown', this.#onKeydown);
    this.#draw();
    this.#shown.tell(this.#ui);
    this.#channel.notify('ready', {});
    tellFocus(this.#channel);
  }

  #selectTokens({ sentence, first, end }: { sentence: number; first: number; end: number }): void {
    this.#setUi({ ...this.#ui, selection: { sentence, anchor: first, focus: end - 1, row: 0 } });
  }

  #receive(state: PanelState): void {
    const before = this.#state;
    this.#state = state;
    this.#corrections.stateChanged();
    this.#cases.follow(this.#ui.cell, state);
    this.#arrive(before, state);
    this.#draw();
    const { sentence } = state;
    if (sentence !== null && before?.sentence !== undefined && before.sentence?.index !== sentence.index)
      this.#say(arrivalText(sentence, this.#said));
  }

  /** Selects the span that the walk from span to span came for. */
  #arrive(before: PanelState | null, { sentence }: PanelState): void {
    const direction = this.#arriving;
    if (direction === null || sentence === null || before?.sentence?.index === sentence.index) return;
    this.#arriving = null;
    const found = firstSpanFrom(sentence, direction);
    if (found !== undefined) this.#selectTokens({ sentence: sentence.index, ...found });
  }

  #draw(): void {
    const [state, ui, said, queue] = [this.#state, this.#ui, this.#said, this.#queue];
    render(view({ state, ui, cases: this.#cases.view, said, queue }, this.#actions), this.#root);
  }

  #setUi(ui: Ui): void {
    this.#ui = ui;
    this.#host.saveUi(ui);
    this.#draw();
    this.#shown.tell(ui);
  }

  #say(text: string, refused = false): void {
    this.#said = { text, refused, count: (this.#said?.count ?? 0) + 1, at: performance.now() };
    this.#draw();
  }

  #selection(): Selection | undefined {
    const sentence = this.#state?.sentence ?? null;
    return sentence === null
      ? undefined
      : selectionIn(sentence, this.#ui.selection, placeOf(this.#queue, sentence.index));
  }

  #correct(correction: PanelCorrection, said: string): void {
    showSelection(this.#root);
    // What the page proposed as selection depends on what is undecided; what was decided must not move it.
    const selection = this.#selection();
    if (selection !== undefined && this.#ui.selection?.sentence !== selection.sentence)
      this.#setUi({ ...this.#ui, selection });
    this.#corrections.add(correction, said);
  }

  /** The selected tokens with their text; undefined where there is no token. */
  #selected(): SelectedTokens | undefined {
    return selectedTokens(this.#state?.sentence ?? null, this.#selection());
  }

  #label(name: string, next: boolean): void {
    const selected = this.#selected();
    if (selected === undefined) return;
    const { first, end, text } = selected;
    this.#correct({ kind: 'setSpan', first, end, label: name, next }, `${name}: ${text}`);
  }

  #run(command: PanelCommand): void {
    runCommand(command, {
      state: this.#state,
      channel: this.#channel,
      selected: this.#selected(),
      correct: (correction, said) => {
        this.#correct(correction, said);
      },
      say: (text, refused) => {
        this.#say(text, refused);
      },
      select: this.#selectTokens.bind(this),
      arriveBy: (direction) => {
        this.#arriving = direction;
      },
      ask: (request) => {
        this.#ask(request);
      },
      searchQueue: () => {
        this.#setUi(withSection(this.#ui, 'queue', true));
        this.#root.querySelector<HTMLElement>('input.queue-text')?.focus();
      },
      toggleKeys: () => {
        toggleCheatSheet(this.#root);
      },
    });
  }

  /** Says how a request that corrects nothing ended. */
  #ask(request: Promise<Answered>): void {
    void answered(request).then(({ accepted, message }) => {
      if (message !== null) this.#say(message, !accepted);
    });
  }

  #openCell(cell: CaseRef): void {
    if (this.#state === null) return;
    this.#setUi({ ...this.#ui, cell });
    this.#cases.show(cell, this.#state);
  }

  #openCase({ sentence, first, end }: Place): void {
    this.#selectTokens({ sentence, first, end });
    this.#channel.notify('selectSentence', { sentence });
    this.#channel.notify('reveal', { sentence, first, end });
  }

  #closeCases(): void {
    // The button that closes the list goes with it; the keyboard returns to the cell.
    const cell = this.#root.querySelector<HTMLElement>('td.opened, button.opened');
    this.#setUi({ ...this.#ui, cell: null });
    if (this.#state !== null) this.#cases.show(null, this.#state);
    cell?.focus();
  }

  #createActions(): Actions {
    return {
      ...hostActions(
        this.#channel,
        (text, refused) => {
          this.#say(text, refused);
        },
        () => this.#state?.counts.sentences ?? 0,
      ),
      setScheme: (scheme) => {
        this.#channel.notify('setScheme', { scheme });
        focusGrid(this.#root);
      },
      runner: (command) => () => {
        this.#run(command);
      },
      label: (name) => {
        this.#label(name, false);
      },
      select: (selection) => {
        this.#setUi({ ...this.#ui, selection });
      },
      setOrder: (order) => {
        this.#setUi({ ...this.#ui, order });
      },
      setDimension: (dimension) => {
        this.#setUi({ ...this.#ui, dimension });
      },
      openGroup: (group, open) => {
        this.#setUi(withGroup(this.#ui, group, open));
      },
      setNormalisation: (normalisation) => {
        this.#setUi({ ...this.#ui, normalisation });
      },
      sortBy: (by) => {
        this.#setUi(withSort(this.#ui, by));
      },
      openSection: (section, open) => {
        if (this.#ui.closed.includes(section) !== open) return;
        this.#setUi(withSection(this.#ui, section, open));
      },
      openQueued: ({ sentence, first, end }: QueueEntry) => {
        this.#selectTokens({ sentence, first, end });
        this.#channel.notify('goToQueued', { sentence, first, end });
      },
      openCell: (cell) => {
        this.#openCell(cell);
      },
      openCase: (item) => {
        this.#openCase(item);
      },
      closeCases: () => {
        this.#closeCases();
      },
    };
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (this.#state !== null)
      usePress(event, this.#root, this.#state, {
        run: (command) => {
          this.#run(command);
        },
        label: (name, next) => {
          this.#label(name, next);
        },
      });
  };
}
