import assert from 'node:assert/strict';
import type { PanelState } from '../../../src/protocol/panel.ts';
import { RecentChanges } from '../../../webview/panel/recentChanges.ts';
import { full } from '../support/states.ts';

/** The state with another count in the first cell of the first matrix, and another F1 of BERT. */
function changedBy(by: number): PanelState {
  const [first, ...matrices] = full.matrices;
  const [bert, ...systems] = full.systems;
  const counts = first!.counts.map((row, r) => row.map((count, c) => (r === 1 && c === 1 ? count + by : count)));
  return {
    ...full,
    matrices: [{ ...first!, counts }, ...matrices],
    systems: [{ ...bert!, labelled: { ...bert!.labelled, f1: bert!.labelled.f1! + by / 100 } }, ...systems],
  };
}

describe('the recent changes', () => {
  it('mark their cells for a moment, and keep the differences of F1 until the next one', async () => {
    let unmarked: () => void = () => undefined;
    const done = new Promise<void>((resolve) => {
      unmarked = resolve;
    });
    const recent = new RecentChanges(unmarked);
    recent.follow(null, full);
    assert.equal(recent.shown, null);
    recent.follow(full, changedBy(1));
    assert.equal(recent.shown!.cells.length, 1);
    // A state that changed no figure, such as another selection, takes nothing away.
    recent.follow(changedBy(1), { ...changedBy(1), revision: 9 });
    assert.equal(recent.shown!.cells.length, 1);
    await done;
    assert.deepEqual(recent.shown!.cells, []);
    assert.equal(recent.shown!.f1.get('bert')!.toFixed(3), '0.010');
  });

  it('keep the marks of a second change for as long as those of the first', async () => {
    let redrawn = 0;
    const recent = new RecentChanges(() => redrawn++);
    recent.follow(full, changedBy(1));
    await new Promise((resolve) => setTimeout(resolve, 1500));
    recent.follow(changedBy(1), changedBy(3));
    await new Promise((resolve) => setTimeout(resolve, 1000));
    assert.equal(redrawn, 0);
    assert.equal(recent.shown!.cells[0]!.by, 2);
    await new Promise((resolve) => setTimeout(resolve, 1200));
    assert.equal(redrawn, 1);
    assert.deepEqual(recent.shown!.cells, []);
  });

  it('are forgotten with their document', () => {
    const recent = new RecentChanges(() => undefined);
    recent.follow(full, changedBy(1));
    recent.follow(changedBy(1), { ...full, document: { name: 'b.txt', kind: 'prose', goldName: 'b.txt.iob2' } });
    assert.equal(recent.shown, null);
  });
});
