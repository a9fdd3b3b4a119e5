import { render } from 'lit';
import { Channel } from '../src/protocol/channel.ts';
import { panelHostContract, panelPageContract } from '../src/protocol/panel.ts';
import type { PanelState } from '../src/protocol/panel.ts';
import type { Actions } from './actions.ts';
import { caseTitle, caseUnit } from './caseList.ts';
import { Cases } from './cases.ts';
import type { Place } from './cases.ts';
import { toggleCheatSheet } from './cheatSheet.ts';
import { Corrections } from './corrections.ts';
import type { PanelChannel, PanelCorrection } from './corrections.ts';
import type { Host } from './host.ts';
import { hostActions } from './hostActions.ts';
import { commandOf, labelOf } from './keys.ts';
import type { Command } from './keys.ts';
import { counted, sourceNames } from './names.ts';
import { rangeOf, selectionIn } from './selection.ts';
import { SentenceGrid } from './sentenceGrid.ts';
import { ShownSections } from './shownSections.ts';
import type { Said } from './toolbar.ts';
import { withGroup, withSection, withSort } from './state.ts';
import type { CaseRef, Selection, Ui } from './state.ts';
import { takesEnter, takesLetters } from './toolkit.ts';
import { view } from './view.ts';

/** The page between host and person: it holds the last state and its own choices, and draws both. */
export class Page {
  private state: PanelState | null = null;
  private ui: Ui;
  private said: Said | null = null;
  private readonly shown: ShownSections;
  private readonly channel: PanelChannel;
  private readonly corrections: Corrections;
  private readonly cases: Cases;
  private readonly actions: Actions;

  constructor(
    private readonly root: HTMLElement,
    private readonly host: Host,
  ) {
    this.ui = host.loadUi();
    this.channel = new Channel(
      host,
      panelPageContract,
      panelHostContract,
      {
        requests: {},
        notifications: {
          state: (state) => {
            this.receive(state);
          },
        },
      },
      (problem) => {
        this.say(`A message from the editor could not be read: ${problem}`, true);
      },
    );
    this.shown = new ShownSections(this.channel);
    this.corrections = new Corrections(
      this.channel,
      () => this.state,
      ({ accepted, message }) => {
        this.say(message, !accepted);
      },
    );
    this.cases = new Cases(
      this.channel,
      () => {
        this.draw();
      },
      ({ cell, total }) => {
        this.say(`${counted(total, caseUnit(cell))}: ${caseTitle(cell)}`);
      },
    );
    this.actions = this.createActions();
    document.addEventListener('keydown', this.onKeydown);
    this.draw();
    this.shown.tell(this.ui);
    this.channel.notify('ready', {});
  }

  private receive(state: PanelState): void {
    const before = this.state;
    this.state = state;
    this.corrections.stateChanged();
    this.cases.follow(this.ui.cell, state);
    this.draw();
    const { sentence } = state;
    if (sentence !== null && before?.sentence !== undefined && before.sentence?.index !== sentence.index) {
      const differing = sentence.disagreeing.length;
      this.say(
        `Sentence ${String(sentence.index + 1)}: ${counted(sentence.tokens.length, 'token')}${differing === 0 ? '' : `, ${counted(differing, 'token')} in which sources disagree`}`,
      );
    }
  }

  private draw(): void {
    const { state, ui, said } = this;
    render(view({ state, ui, cases: this.cases.view, said }, this.actions), this.root);
  }

  private setUi(ui: Ui): void {
    this.ui = ui;
    this.host.saveUi(ui);
    this.draw();
    this.shown.tell(ui);
  }

  private say(text: string, refused = false): void {
    this.said = { text, refused, count: (this.said?.count ?? 0) + 1 };
    this.draw();
  }

  private selection(): Selection | undefined {
    const sentence = this.state?.sentence ?? null;
    return sentence === null ? undefined : selectionIn(sentence, this.ui.selection);
  }

  private correct(correction: PanelCorrection, said: string): void {
    this.corrections.add(correction, said);
  }

  /** The selected tokens with their text; undefined where there is no token. */
  private selected(): { first: number; end: number; sentence: number; text: string } | undefined {
    const sentence = this.state?.sentence ?? null;
    const selection = this.selection();
    if (sentence === null || selection === undefined || sentence.tokens.length === 0) return undefined;
    const { first, end } = rangeOf(selection);
    return { first, end, sentence: sentence.index, text: sentence.tokens.slice(first, end).join(' ') };
  }

  private label(name: string): void {
    const selected = this.selected();
    if (selected === undefined) return;
    const { first, end, text } = selected;
    this.correct({ kind: 'setSpan', first, end, label: name }, `${name}: ${text}`);
  }

  private accept(source: 'bert' | 't5'): void {
    const layer = this.state?.sentence?.rows.find((candidate) => candidate.source === source)?.layer ?? null;
    const name = sourceNames[source];
    if (layer === null) this.say(`${name} has not annotated this sentence.`, true);
    else this.correct({ kind: 'accept', source }, `Accepted ${name}: ${counted(layer.length, 'span')}`);
  }

  private run(command: Command): void {
    const selected = this.selected();
    switch (command) {
      case 'clear':
        if (selected !== undefined) {
          const { first, end, text } = selected;
          this.correct({ kind: 'clear', first, end }, `Cleared: ${text}`);
        }
        break;
      case 'acceptBert':
        this.accept('bert');
        break;
      case 'acceptT5':
        this.accept('t5');
        break;
      case 'setEmpty':
        if (selected !== undefined) this.correct({ kind: 'setEmpty' }, 'No entities in this sentence');
        break;
      case 'undo':
        this.correct({ kind: 'undo' }, 'Undone');
        break;
      case 'redo':
        this.correct({ kind: 'redo' }, 'Redone');
        break;
      case 'next':
      case 'previous':
      case 'nextDisagreement':
      case 'previousDisagreement':
        this.channel.notify('move', { to: command });
        break;
      case 'reveal':
        if (selected !== undefined) {
          const { sentence, first, end } = selected;
          this.channel.notify('reveal', { sentence, first, end });
        }
        break;
      case 'cheatSheet':
        toggleCheatSheet(this.root);
        break;
    }
  }

  private goTo(input: EventTarget | null): void {
    if (!(input instanceof HTMLInputElement) || this.state === null) return;
    const number = Math.round(input.valueAsNumber);
    const { sentences } = this.state.counts;
    if (number >= 1 && number <= sentences) this.channel.notify('selectSentence', { sentence: number - 1 });
    else this.say(`There are sentences 1 to ${String(sentences)}.`, true);
  }

  private openCell(cell: CaseRef): void {
    if (this.state === null) return;
    this.setUi({ ...this.ui, cell });
    this.cases.show(cell, this.state);
  }

  private openCase({ sentence, first, end }: Place): void {
    this.setUi({ ...this.ui, selection: { sentence, anchor: first, focus: end - 1, row: 0 } });
    this.channel.notify('selectSentence', { sentence });
    this.channel.notify('reveal', { sentence, first, end });
  }

  private closeCases(): void {
    // The button that closes the list goes with it; the keyboard returns to the cell.
    const cell = this.root.querySelector<HTMLElement>('td.opened, button.opened');
    this.setUi({ ...this.ui, cell: null });
    if (this.state !== null) this.cases.show(null, this.state);
    cell?.focus();
  }

  private createActions(): Actions {
    return {
      ...hostActions(this.channel, (text, refused) => {
        this.say(text, refused);
      }),
      runner: (command) => () => {
        this.run(command);
      },
      label: (name) => {
        this.label(name);
      },
      select: (selection) => {
        this.setUi({ ...this.ui, selection });
      },
      goTo: (input) => {
        this.goTo(input);
      },
      setOrder: (order) => {
        this.setUi({ ...this.ui, order });
      },
      setDimension: (dimension) => {
        this.setUi({ ...this.ui, dimension });
      },
      openGroup: (group, open) => {
        this.setUi(withGroup(this.ui, group, open));
      },
      setNormalisation: (normalisation) => {
        this.setUi({ ...this.ui, normalisation });
      },
      sortBy: (by) => {
        this.setUi(withSort(this.ui, by));
      },
      openSection: (section, open) => {
        if (this.ui.closed.includes(section) === open) this.setUi(withSection(this.ui, section, open));
      },
      openCell: (cell) => {
        this.openCell(cell);
      },
      openCase: (item) => {
        this.openCase(item);
      },
      closeCases: () => {
        this.closeCases();
      },
    };
  }

  /** Keys that nothing on the page used itself. What is used here does not reach VS Code's own keys. */
  private readonly onKeydown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing || this.state === null || takesLetters(event.target)) return;
    const dialogOpen = this.root.querySelector('dialog[open]') !== null;
    const command = commandOf(event);
    if (dialogOpen && command !== 'cheatSheet') return;
    if (!this.use(event, command)) return;
    event.preventDefault();
    event.stopPropagation();
  };

  private use(event: KeyboardEvent, command: Command | undefined): boolean {
    if (command === 'reveal' && takesEnter(event.target)) return false;
    if (command !== undefined) {
      this.run(command);
      return true;
    }
    const label = labelOf(event, this.state?.labels ?? []);
    if (label !== undefined) {
      this.label(label.name);
      return true;
    }
    // With nothing focused the arrows are the grid's; elsewhere they scroll or belong to a control.
    const grid = this.root.querySelector('entity-lens-grid');
    return event.target === document.body && grid instanceof SentenceGrid && grid.step(event);
  }
}
