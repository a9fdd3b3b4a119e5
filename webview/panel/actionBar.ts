import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { PanelState } from '../../src/protocol/panel.ts';
import type { PanelCommand } from '../../src/protocol/panelCommands.ts';
import type { PanelSentence } from '../../src/protocol/panelSentence.ts';
import { menuButton } from '../shared/menuButton.ts';
import { button } from '../shared/toolkit.ts';
import type { Actions } from './actions.ts';
import { hintOf, labelKeys } from './keys.ts';
import { moreItems } from './moreItems.ts';
import { modelLayer, withWords, wordsChanged } from './sentence/decides.ts';
import { colorClass } from './sentence/facts.ts';
import { rangeOf } from './sentence/selection.ts';
import type { Selection } from './state.ts';

/** UTF-16 characters of the selected words that a button's title says. */
const LONGEST_CHOSEN = 40;

/** The buttons that decide. Each has its place, whatever the sentence: labels, accepting, completing, and the rest in a menu. */
export function actionBar(
  state: PanelState,
  sentence: PanelSentence,
  selection: Selection,
  actions: Actions,
): TemplateResult {
  return html`<div class="actions">
    <div class="label-row">
      <div class="label-buttons" role="group" aria-label="Label the selected tokens">
        ${labelButtons(state, chosenText(sentence, selection), actions)}
      </div>
      ${menuButton('More', 'what else a key can do', moreItems(state, sentence, actions))}
    </div>
    <div class="decide-buttons" role="group" aria-label="Decide the sentence">
      ${sentenceButtons(state, sentence, actions)}
    </div>
  </div>`;
}

/** The selected words, cut where they are many. */
function chosenText({ tokens }: PanelSentence, selection: Selection): string {
  const { first, end } = rangeOf(selection);
  const text = tokens.slice(first, end).join(' ');
  return text.length <= LONGEST_CHOSEN ? text : `${text.slice(0, LONGEST_CHOSEN)}…`;
}

function labelButtons(state: PanelState, words: string, actions: Actions): TemplateResult {
  const keys = labelKeys(state.labels, state.keys);
  const simplified = state.scheme === 'simplified';
  return html`${state.labels.map(({ name, color, description }, index) =>
    button({
      label: name,
      hint: keys[index] ?? '',
      className: `label ${colorClass(color)}`,
      title: `Label “${words}” ${name}${description === '' ? '' : `: ${description}`}${simplified ? ' (the label is kept, though this scheme does not show it)' : ''}`,
      onClick: () => {
        actions.label(name);
      },
    }),
  )}
  ${button({ label: 'No entity', hint: hintOf(state.keys, 'removeLabel'), title: `“${words}” is no entity (tag O)`, onClick: actions.runner('removeLabel') })}`;
}

function sentenceButtons(state: PanelState, sentence: PanelSentence, actions: Actions): TemplateResult {
  const decide = (command: PanelCommand, label: string, title: string, disabled = false): TemplateResult =>
    button({ label, title, disabled, hint: hintOf(state.keys, command), onClick: actions.runner(command) });
  const accept = (command: PanelCommand, source: 'bert' | 't5', name: string): TemplateResult => {
    const layer = modelLayer(sentence, source);
    const label = `Accept ${name}`;
    return decide(
      command,
      layer === null ? label : withWords(label, wordsChanged(sentence, layer, state.scheme)),
      `Decide the whole sentence as ${name} has it`,
      layer === null,
    );
  };
  const rest = sentence.undecided.length;
  return html`${accept('acceptBert', 'bert', 'BERT')} ${accept('acceptT5', 't5', 'T5')}
  ${
    rest > 0
      ? decide(
          'completeNoEntity',
          withWords('Rest: none', rest),
          'Say that the undecided words are no part of an entity',
        )
      : decide(
          'setEmpty',
          withWords('No entities', wordsChanged(sentence, [], state.scheme)),
          'Say that the sentence has no entities',
        )
  }`;
}
