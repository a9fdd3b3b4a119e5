import assert from 'node:assert/strict';
import { breakLines, directionOf } from '../../../../webview/panel/sentence/lines.ts';
import { firstSelection, moved, nextName, rangeOf, selectionIn } from '../../../../webview/panel/sentence/selection.ts';
import type { Selection } from '../../../../webview/panel/state.ts';
import { row, sentence } from '../../support/sentences.ts';
import { merkel } from '../../support/states.ts';

const grid = {
  tokens: 10,
  rows: 3,
  lines: [
    { first: 0, end: 4 },
    { first: 4, end: 8 },
    { first: 8, end: 10 },
  ],
};
const at = (focus: number, rowIndex = 0, anchor = focus): Selection => ({ sentence: 0, anchor, focus, row: rowIndex });

describe('the selection', () => {
  it('begins with the first run of tokens in which the sources differ', () => {
    assert.deepEqual(rangeOf(firstSelection(merkel)), { first: 0, end: 2 });
    const same = sentence(4, 'All quiet .', [row('gold', 'O O O'), row('bert', 'O O O')]);
    assert.deepEqual(rangeOf(firstSelection(same)), { first: 0, end: 1 });
  });

  it('holds only in its own sentence and inside it', () => {
    assert.deepEqual(selectionIn(merkel, { ...at(5), sentence: 9 }), firstSelection(merkel));
    const kept = selectionIn(merkel, { sentence: merkel.index, anchor: 3, focus: 40, row: 9 });
    assert.deepEqual(kept, { sentence: merkel.index, anchor: 3, focus: 14, row: 3 });
  });

  it('moves by a token and stops at both ends', () => {
    assert.deepEqual(moved(at(3), 'right', false, grid), at(4));
    assert.deepEqual(moved(at(0), 'left', false, grid), at(0));
    assert.deepEqual(moved(at(9), 'right', false, grid), at(9));
    assert.deepEqual(moved(at(5), 'start', false, grid), at(0));
    assert.deepEqual(moved(at(5), 'end', true, grid), at(9, 0, 5));
  });

  it('goes to the words with a capital before or after it, all of them at once', () => {
    const tokens = 'Later he joined Stealers Wheel and the Élysée .'.split(' ');
    const next = nextName(at(1), tokens, 1);
    assert.deepEqual(next && rangeOf(next), { first: 3, end: 5 });
    const after = nextName(at(3, 0, 4), tokens, 1);
    assert.deepEqual(after && rangeOf(after), { first: 7, end: 8 });
    assert.equal(nextName(at(7), tokens, 1), undefined);
    const before = nextName(at(7), tokens, -1);
    assert.deepEqual(before && rangeOf(before), { first: 3, end: 5 });
  });

  it('extends and shrinks around its anchor', () => {
    const two = moved(at(3), 'right', true, grid);
    assert.deepEqual(rangeOf(two), { first: 3, end: 5 });
    assert.deepEqual(rangeOf(moved(two, 'left', true, grid)), { first: 3, end: 4 });
    assert.deepEqual(rangeOf(moved(at(3), 'left', true, grid)), { first: 2, end: 4 });
  });

  it('leaves a longer selection at the end that the arrow points to', () => {
    assert.deepEqual(moved(at(5, 0, 3), 'left', false, grid), at(3));
    assert.deepEqual(moved(at(3, 0, 5), 'right', false, grid), at(5));
  });

  it('walks down through the rows, then to the same place of the next line', () => {
    assert.deepEqual(moved(at(1, 0), 'down', false, grid), at(1, 1));
    assert.deepEqual(moved(at(1, 3), 'down', false, grid), at(5, 0));
    assert.deepEqual(moved(at(7, 3), 'down', false, grid), at(9, 0));
    assert.deepEqual(moved(at(4, 0), 'up', false, grid), at(0, 3));
    assert.deepEqual(moved(at(2, 0), 'up', false, grid), at(2, 0));
    assert.deepEqual(moved(at(9, 3), 'down', false, grid), at(9, 3));
  });

  it('extends by lines with shift and up or down', () => {
    assert.deepEqual(moved(at(1, 0), 'down', true, grid), at(5, 0, 1));
    assert.deepEqual(moved(at(9, 0), 'down', true, grid), at(9, 0, 9));
    assert.deepEqual(moved(at(2, 0), 'up', true, grid), at(0, 0, 2));
  });
});

describe('the lines of the grid', () => {
  it('hold all columns in order and none wider than the page', () => {
    assert.deepEqual(breakLines([40, 40, 40, 30], 90), [
      { first: 0, end: 2 },
      { first: 2, end: 4 },
    ]);
  });

  it('give a column that is too wide a line of its own', () => {
    assert.deepEqual(breakLines([500, 20, 500], 100), [
      { first: 0, end: 1 },
      { first: 1, end: 2 },
      { first: 2, end: 3 },
    ]);
    assert.deepEqual(breakLines([], 100), []);
  });

  it('run as the writing does', () => {
    assert.equal(directionOf(['“', 'Paris']), 'ltr');
    assert.equal(directionOf(['2024', 'ירושלים', 'Paris']), 'rtl');
    assert.equal(directionOf(['القاهرة']), 'rtl');
    assert.equal(directionOf(['42']), 'ltr');
  });
});
