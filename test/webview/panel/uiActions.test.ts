import assert from 'node:assert/strict';
import { initialUi } from '../../../webview/panel/state.ts';
import type { Ui } from '../../../webview/panel/state.ts';
import { uiActions } from '../../../webview/panel/uiActions.ts';

function setUp(): { readonly actions: ReturnType<typeof uiActions>; readonly seen: Ui[]; readonly last: () => Ui } {
  const seen: Ui[] = [initialUi];
  const last = (): Ui => seen.at(-1)!;
  return { actions: uiActions(last, (ui) => seen.push(ui)), seen, last };
}

describe('what changes only how the page shows things', () => {
  it('changes its own part and leaves the rest', () => {
    const { actions, last } = setUp();
    const selection = { sentence: 3, anchor: 1, focus: 2, row: 0 };
    actions.select(selection);
    actions.setOrder('name');
    actions.setNormalisation('row');
    actions.setDimension('seen');
    actions.openTab('scores');
    actions.resizeSentence(120);
    actions.openGroup('matrixView', true);
    actions.sortBy('t5');
    assert.deepEqual(last(), {
      ...initialUi,
      ...{ selection, order: 'name', normalisation: 'row', dimension: 'seen', tab: 'scores', sentenceHeight: 120 },
      ...{ groups: ['labels', 'matrixView'], sort: { by: 't5', descending: true } },
    });
    actions.resizeSentence(null);
    actions.openGroup('labels', false);
    assert.deepEqual([last().sentenceHeight, last().groups], [null, ['matrixView']]);
  });

  it('keeps of the shown matrix its sources alone', () => {
    const { actions, last } = setUp();
    const matrix = { rowSource: 'bert', columnSource: 't5', counts: [[1]] } as const;
    actions.showPair(matrix);
    assert.deepEqual(last().pair, { rowSource: 'bert', columnSource: 't5' });
  });

  it('hears of a section once, though the element tells twice', () => {
    const { actions, seen, last } = setUp();
    actions.openSection('cost', true);
    actions.openSection('cost', true);
    assert.equal(seen.length, 2);
    assert.ok(!last().closed.includes('cost'));
    actions.openSection('cost', false);
    assert.ok(last().closed.includes('cost'));
  });
});
