import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { PanelState } from '../../src/protocol/panel.ts';
import type { Actions } from './actions.ts';
import { nextIcon, previousIcon, redoIcon, undoIcon } from '../shared/icons.ts';
import type { PanelCommand } from '../../src/protocol/panelCommands.ts';
import { hintOf } from './keys.ts';
import { menuButton } from '../shared/menuButton.ts';
import { segmented } from '../shared/segmented.ts';
import { button } from '../shared/toolkit.ts';

/** What was last done or refused; `count` makes two equal messages two announcements. */
export interface Said {
  readonly text: string;
  readonly refused: boolean;
  readonly count: number;
  /** Milliseconds, as `performance.now()` counts them. */
  readonly at: number;
}

/** The top of the page, one line: document, moving about, undo, scheme, and what is done seldom. */
export function toolbar(state: PanelState, actions: Actions): TemplateResult {
  return html`<header class="toolbar">
    <div class="bar">
      ${
        state.document === null
          ? html`<h1 class="sr-only">Entity Lens</h1>`
          : html`<h1 title=${`${state.document.name}: gold is kept in ${state.document.goldName}`}>
              ${state.document.name}
            </h1>`
      }
      ${state.sentence === null ? nothing : navigation(state, state.sentence.index, actions)}
      <span class="push"></span>
      ${state.sentence === null ? nothing : schemeChoice(state, actions)}
      ${menuButton('⋯', 'export and keys', [
        ...(state.document === null || state.counts.sentences === 0
          ? []
          : [{ label: 'Export…', run: actions.exportCorpus, title: 'Export the corpus in any format' }]),
        { label: 'Keys', hint: '?', run: actions.runner('showKeys') },
      ])}
    </div>
  </header>`;
}

/** A picture that does what a command's key does. */
export function commandIcon(
  {
    command,
    label,
    picture,
    disabled,
  }: {
    readonly command: PanelCommand;
    readonly label: string;
    readonly picture: TemplateResult;
    readonly disabled: boolean;
  },
  { keys }: Pick<PanelState, 'keys'>,
  actions: Pick<Actions, 'runner'>,
): TemplateResult {
  return button({
    label,
    icon: picture,
    iconOnly: true,
    disabled,
    hint: hintOf(keys, command),
    onClick: actions.runner(command),
  });
}

function navigation(state: PanelState, index: number, actions: Actions): TemplateResult {
  const { counts } = state;
  const icon = (command: PanelCommand, label: string, picture: TemplateResult, disabled = false): TemplateResult =>
    commandIcon({ command, label, picture, disabled }, state, actions);
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
      ><span>/ ${counts.sentences.toLocaleString('en')}</span
      >${icon('nextSentence', 'Next sentence', nextIcon, index + 1 >= counts.sentences)}</span
    >
    <span class="group"
      >${icon('undoCorrection', 'Undo', undoIcon, !state.canUndo)}${icon('redoCorrection', 'Redo', redoIcon, !state.canRedo)}</span
    >
  </nav>`;
}

function schemeChoice(state: PanelState, actions: Actions): TemplateResult {
  return segmented({
    label: 'Scheme',
    value: state.scheme,
    options: [
      { value: 'full', label: 'Full' },
      { value: 'simplified', label: 'Simplified' },
    ],
    onChange: actions.setScheme,
  });
}
