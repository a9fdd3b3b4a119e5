import type { CompletionKind } from '../../src/core/draft.ts';
import type { PanelState } from '../../src/protocol/panel.ts';
import type { PanelCommand } from '../../src/protocol/panelCommands.ts';
import type { PanelSentence } from '../../src/protocol/panelSentence.ts';
import type { MenuItem } from '../shared/menuButton.ts';
import { counted } from '../shared/names.ts';
import type { Actions } from './actions.ts';
import { hintOf } from './keys.ts';
import { modelLayer, withWords, wordsChanged } from './sentence/decides.ts';

const COMPLETING = {
  noEntity: ['completeNoEntity', 'Rest: no entity'],
  agreed: ['completeAgreed', 'Rest as both agree'],
  bert: ['completeBert', 'Rest as BERT'],
  t5: ['completeT5', 'Rest as T5'],
} as const satisfies Readonly<Record<CompletionKind, readonly [PanelCommand, string]>>;

const RESHAPES = [
  ['extendSpanStart', 'Extend the start'],
  ['shrinkSpanStart', 'Shrink the start'],
  ['shrinkSpanEnd', 'Shrink the end'],
  ['extendSpanEnd', 'Extend the end'],
  ['splitSpan', 'Split before the selected token'],
  ['mergeSpan', 'Merge spans'],
] as const satisfies readonly (readonly [PanelCommand, string])[];

/** What has a key and is done less often, in the menu behind the buttons. */
export function moreItems(state: PanelState, sentence: PanelSentence, actions: Actions): readonly MenuItem[] {
  const item = (command: PanelCommand, label: string, disabled = false, title = ''): MenuItem => ({
    label,
    disabled,
    hint: hintOf(state.keys, command),
    run: actions.runner(command),
    ...(title === '' ? {} : { title }),
  });
  const spans = sentence.rows.find(({ source }) => source === 'gold')?.layer ?? [];
  const { undecided, completions, reviewed } = sentence;
  const isComplete = sentence.state === 'complete' || sentence.state === 'reviewed';
  return [
    ...completions.map(({ by, words, left }) => {
      const [command, label] = COMPLETING[by];
      const title = left === 0 ? '' : `${counted(left, 'word')} would stay undecided`;
      return item(command, withWords(label, words), words === 0, title);
    }),
    item('nextUndecided', 'Next undecided words', undecided.length === 0),
    item('acceptBertAndNext', 'Accept BERT, next', modelLayer(sentence, 'bert') === null),
    item('acceptT5AndNext', 'Accept T5, next', modelLayer(sentence, 't5') === null),
    item('setEmpty', withWords('No entities', wordsChanged(sentence, [], state.scheme))),
    item('setEmptyAndNext', 'No entities, next'),
    ...RESHAPES.map(([command, label]) => item(command, label, spans.length === 0)),
    item('markReviewed', reviewed === null ? 'Mark as reviewed' : 'Mark as not reviewed', !isComplete),
    item('editNote', 'Write a note…'),
    item('showTokens', 'Show in the editor'),
  ];
}
