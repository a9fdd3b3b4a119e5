import assert from 'node:assert/strict';
import { PANEL_COMMANDS } from '../../../src/protocol/panelCommands.ts';
import type { PanelSentence } from '../../../src/protocol/panelSentence.ts';
import type { Actions } from '../../../webview/panel/actions.ts';
import { moreItems } from '../../../webview/panel/moreItems.ts';
import { keys } from '../support/keys.ts';
import { row, sentence } from '../support/sentences.ts';
import { full, merkel } from '../support/states.ts';

/** The items with the commands that they run. */
function itemsOf(shown: PanelSentence): readonly (ReturnType<typeof moreItems>[number] & { command: string })[] {
  const ran: string[] = [];
  const runner: Actions['runner'] = (command) => () => {
    ran.push(command);
  };
  return moreItems(full, shown, { runner } as Actions).map((item) => {
    item.run();
    return { ...item, command: ran.at(-1)! };
  });
}
const possible = (shown: PanelSentence): readonly string[] =>
  itemsOf(shown).flatMap(({ label, disabled }) => (disabled === true ? [] : [label]));

describe('the menu behind the buttons', () => {
  it('runs commands, each once, and tells the key of each that has one', () => {
    const items = itemsOf({ ...merkel, completions: [{ by: 'bert', words: 2, left: 0 }] });
    assert.equal(new Set(items.map(({ command }) => command)).size, items.length);
    for (const { command, hint, label } of items) {
      const known = PANEL_COMMANDS.find((one) => one === command);
      assert.ok(known !== undefined, command);
      assert.equal(hint === '', keys[known].length === 0, label);
    }
  });

  it('offers what a decided sentence can have', () => {
    const labels = possible(merkel);
    for (const label of [
      'Merge spans',
      'Extend the end',
      'Mark as reviewed',
      'Accept T5, next',
      'No entities: 8 words',
    ])
      assert.ok(labels.includes(label), `${label} among ${labels.join(', ')}`);
    assert.ok(!labels.includes('Next undecided words'));
    const reviewed = possible({ ...merkel, state: 'reviewed', reviewed: 'Ada 2026-11-25' });
    assert.ok(reviewed.includes('Mark as not reviewed'));
  });

  it('offers no border, review or model where there is none', () => {
    const fresh = sentence(1, 'It rained', [row('gold', null), row('bert', 'O O'), row('t5', null)]);
    assert.deepEqual(possible(fresh), [
      'Accept BERT, next',
      'No entities: 2 words',
      'No entities, next',
      'Write a note…',
      'Show in the editor',
    ]);
  });

  it('says what deciding the rest would do, and what it would leave', () => {
    const started = {
      ...sentence(2, 'Ada met Bob', [row('gold', 'B-PER _ _'), row('bert', 'O O O'), row('t5', 'O O O')]),
      completions: [
        { by: 'agreed' as const, words: 1, left: 1 },
        { by: 't5' as const, words: 0, left: 0 },
      ],
    };
    const [agreed, t5] = itemsOf(started);
    assert.deepEqual(
      [agreed?.label, agreed?.title, agreed?.disabled],
      ['Rest as both agree: 1 word', '1 word would stay undecided', false],
    );
    assert.deepEqual([t5?.label, t5?.title, t5?.disabled], ['Rest as T5: 0 words', undefined, true]);
    assert.ok(possible(started).includes('Next undecided words'));
  });
});
