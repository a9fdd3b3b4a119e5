import assert from 'node:assert/strict';
import type { Matrix, PanelState } from '../../../src/protocol/panel.ts';
import { cellsOf, changesBetween } from '../../../webview/panel/changes.ts';
import { full } from '../support/states.ts';

const [goldBert, goldT5, modelsOnly] = full.matrices as [Matrix, Matrix, Matrix];
const [bert, t5] = full.systems as [PanelState['systems'][number], PanelState['systems'][number]];

/** The matrix with other counts in some cells, told by their names. */
function counting(matrix: Matrix, cells: Readonly<Record<string, number>>): Matrix {
  const counts = matrix.counts.map((row, r) =>
    row.map((count, c) => cells[`${matrix.rows[r]!}|${matrix.columns[c]!}`] ?? count),
  );
  return { ...matrix, counts };
}

/** The state after a correction that moved one token from a cell of gold against BERT to another. */
const corrected: PanelState = {
  ...full,
  revision: 8,
  matrices: [counting(goldBert, { 'B-LOC|B-LOC': 47, 'B-ORG|B-LOC': 7 }), goldT5, modelsOnly],
  systems: [{ ...bert, labelled: { ...bert.labelled, f1: bert.labelled.f1! - 0.0042 } }, t5],
};

describe('what a correction changed', () => {
  it('is each F1 and each cell that differ, and nothing else', () => {
    const changes = changesBetween(full, corrected)!;
    assert.deepEqual([...changes.f1.keys()], ['bert']);
    assert.ok(Math.abs(changes.f1.get('bert')! + 0.0042) < 1e-9);
    assert.deepEqual(
      changes.cells.map(({ matrix, row, column, count, by }) => [matrix, row, column, count, by]),
      [
        ['gold bert token', 'B-LOC', 'B-LOC', 47, -1],
        ['gold bert token', 'B-ORG', 'B-LOC', 7, 1],
      ],
    );
    assert.deepEqual([...cellsOf(changes, goldBert)], ['B-LOC|B-LOC', 'B-ORG|B-LOC']);
    assert.deepEqual([...cellsOf(changes, goldT5)], []);
    assert.deepEqual([...cellsOf(null, goldBert)], []);
  });

  it('is said in words: figures first, then cells', () => {
    assert.equal(
      changesBetween(full, corrected)!.said,
      'BERT F1 0.811, −0.004. Gold B-LOC, BERT B-LOC: 47, one fewer. Gold B-ORG, BERT B-LOC: 7, one more',
    );
  });

  it('is read out as far as three cells, without the tokens that stayed outside', () => {
    const matrix = counting(goldBert, { 'O|O': 1890, 'O|B-PER': 5, 'O|I-PER': 3, 'O|B-LOC': 5, 'O|I-LOC': 2 });
    const { said, cells } = changesBetween(full, { ...full, matrices: [matrix, goldT5, modelsOnly] })!;
    assert.equal(cells.length, 5);
    assert.equal(
      said,
      'Gold O, BERT B-PER: 5, 2 more. Gold O, BERT I-PER: 3, one more. Gold O, BERT B-LOC: 5, one more. 1 more cell changed',
    );
  });

  it('takes a row that was not there before for one without counts', () => {
    const grown: Matrix = {
      ...goldBert,
      rows: [...goldBert.rows, 'B-MISC'],
      counts: [...goldBert.counts, goldBert.columns.map((_, column) => (column === 0 ? 2 : 0))],
    };
    const changes = changesBetween(full, { ...full, matrices: [grown, goldT5, modelsOnly] })!;
    assert.deepEqual([...cellsOf(changes, grown)], ['B-MISC|O']);
  });

  it('is nothing where no figure differs, or where two states cannot be compared', () => {
    const other: readonly [string, Partial<PanelState>][] = [
      ['document', { document: { ...full.document!, name: 'other.iob2' } }],
      ['scheme', { scheme: 'simplified' }],
      ['reading of illegal tags', { policy: 'strict' }],
      ['level', { matrixLevel: 'span' }],
      ['answers', { models: [{ ...full.models[0]!, predicted: 119 }, full.models[1]!] }],
    ];
    assert.equal(changesBetween(null, full), null);
    assert.equal(changesBetween(full, { ...full, revision: 8 }), null);
    for (const [what, part] of other) assert.equal(changesBetween(full, { ...corrected, ...part }), null, what);
  });
});
