import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { PanelSentence, PanelState } from '../../src/protocol/panel.ts';
import type { PanelCommand } from '../../src/protocol/panelCommands.ts';
import { menuButton } from '../shared/menuButton.ts';
import type { MenuItem } from '../shared/menuButton.ts';
import { button } from '../shared/toolkit.ts';
import type { Actions } from './actions.ts';
import { hintOf, labelKeys } from './keys.ts';
import { colorClass } from './sentence/facts.ts';

/** The buttons that decide. Each has its place, whatever the sentence: labels, accepting, completing, and the rest in a menu. */
export function actionBar(state: PanelState, sentence: PanelSentence, actions: Actions): TemplateResult {
  return html`<div class="actions">
    <div class="label-buttons" role="group" aria-label="Label the selected tokens">${labelButtons(state, actions)}</div>
    <div class="decide-buttons" role="group" aria-label="Decide the sentence">
      ${sentenceButtons(state, sentence, actions)}
      ${menuButton('More', 'what else a key can do', moreItems(state, sentence, actions))}
    </div>
  </div>`;
}

function labelButtons(state: PanelState, actions: Actions): TemplateResult {
  const keys = labelKeys(state.labels, state.keys);
  const simplified = state.scheme === 'simplified';
  return html`${state.labels.map(({ name, color, description }, index) =>
    button({
      label: name,
      hint: keys[index] ?? '',
      className: `label ${colorClass(color)}`,
      title: `Label the selected tokens ${name}${description === '' ? '' : `: ${description}`}${simplified ? ' (the label is kept, though this scheme does not show it)' : ''}`,
      onClick: () => {
        actions.label(name);
      },
    }),
  )}
  ${button({ label: 'Clear', hint: hintOf(state.keys, 'removeLabel'), title: 'Give the selected tokens the tag O', onClick: actions.runner('removeLabel') })}`;
}

const hasLayer = (sentence: PanelSentence, wanted: 'gold' | 'bert' | 't5'): boolean =>
  sentence.rows.some(({ source, layer }) => source === wanted && layer !== null);

function sentenceButtons(state: PanelState, sentence: PanelSentence, actions: Actions): TemplateResult {
  const decide = (command: PanelCommand, label: string, title: string, disabled = false): TemplateResult =>
    button({ label, title, disabled, hint: hintOf(state.keys, command), onClick: actions.runner(command) });
  return html`${decide('acceptBert', 'Accept BERT', 'Make BERT’s spans gold of the sentence', !hasLayer(sentence, 'bert'))}
  ${decide('acceptT5', 'Accept T5', 'Make T5’s spans gold of the sentence', !hasLayer(sentence, 't5'))}
  ${decide('setEmpty', 'No entities', 'Say that the sentence has no entities')}`;
}

const RESHAPES = [
  ['extendSpanStart', 'Extend the start'],
  ['shrinkSpanStart', 'Shrink the start'],
  ['shrinkSpanEnd', 'Shrink the end'],
  ['extendSpanEnd', 'Extend the end'],
  ['splitSpan', 'Split before the selected token'],
  ['mergeSpan', 'Merge spans'],
] as const satisfies readonly (readonly [PanelCommand, string])[];

/** What has a key and is done less often. */
function moreItems(state: PanelState, sentence: PanelSentence, actions: Actions): readonly MenuItem[] {
  const item = (command: PanelCommand, label: string, disabled = false): MenuItem => ({
    label,
    disabled,
    hint: hintOf(state.keys, command),
    run: actions.runner(command),
  });
  const spans = sentence.rows.find(({ source }) => source === 'gold')?.layer ?? [];
  return [
    item('acceptBertAndNext', 'Accept BERT, next', !hasLayer(sentence, 'bert')),
    item('acceptT5AndNext', 'Accept T5, next', !hasLayer(sentence, 't5')),
    item('setEmptyAndNext', 'No entities, next'),
    ...RESHAPES.map(([command, label]) => item(command, label, spans.length === 0)),
    item(
      'markReviewed',
      sentence.reviewed === null ? 'Mark as reviewed' : 'Mark as not reviewed',
      !hasLayer(sentence, 'gold'),
    ),
    item('editNote', 'Write a note…'),
    item('showTokens', 'Show in the editor'),
  ];
}
