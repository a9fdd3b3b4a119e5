import assert from 'node:assert/strict';
import { HEAT_LEVELS, heatMapOf } from '../../../webview/shared/heatMap.ts';
import { percentText, ratioText } from '../../../webview/shared/names.ts';
import { spanMatrix, tokenMatrix } from '../support/states.ts';

describe('the heat map', () => {
  it('keeps every count and adds up rows, columns and all', () => {
    const matrix = tokenMatrix('gold', 'bert');
    const map = heatMapOf(matrix, 'counts', false);
    assert.deepEqual(
      map.cells.map((row) => row.map(({ count }) => count)),
      matrix.counts,
    );
    assert.equal(map.rowTotals[0], 1918);
    assert.equal(map.columnTotals[0], 1922);
    assert.equal(
      map.total,
      map.rowTotals.reduce((sum, count) => sum + count, 0),
    );
  });

  it('gives shares that add up to one in each row or column', () => {
    const map = heatMapOf(tokenMatrix('gold', 'bert'), 'row', false);
    for (const row of map.cells) {
      const sum = row.reduce((total, { ofRow }) => total + (ofRow ?? 0), 0);
      assert.ok(Math.abs(sum - 1) < 1e-9);
    }
    for (const place of map.columns.keys()) {
      const sum = map.cells.reduce((total, row) => total + (row[place]!.ofColumn ?? 0), 0);
      assert.ok(Math.abs(sum - 1) < 1e-9);
    }
  });

  it('colours everything that was counted, more for more, and nothing else', () => {
    for (const normalisation of ['counts', 'row', 'column'] as const) {
      const cells = heatMapOf(tokenMatrix('gold', 'bert'), normalisation, false).cells.flat();
      for (const { count, level } of cells) assert.equal(level > 0, count > 0);
    }
    const confused = heatMapOf(tokenMatrix('gold', 'bert'), 'counts', false)
      .cells.flat()
      .filter(({ agrees }) => !agrees)
      .sort((a, b) => a.count - b.count);
    confused.reduce((before, cell) => {
      assert.ok(cell.level >= before.level);
      return cell;
    });
    assert.equal(confused.at(-1)!.level, HEAT_LEVELS);
  });

  it('knows that missed and spurious are no agreement', () => {
    const corner = heatMapOf(spanMatrix('gold', 'bert'), 'counts', false).cells.at(-1)!.at(-1)!;
    assert.equal(corner.agrees, false);
  });

  it('leaves out the names of a big matrix that nothing was counted for, until all are asked for', () => {
    const names = ['O', ...Array.from({ length: 40 }, (_, index) => `B-L${String(index)}`)];
    const counts = names.map((_, row) =>
      names.map((__, column) => (row === 0 && column === 3 ? 2 : row === column && row < 2 ? 5 : 0)),
    );
    const matrix = { ...tokenMatrix('gold', 'bert'), rows: names, columns: names, counts };
    const map = heatMapOf(matrix, 'counts', false);
    assert.deepEqual(map.rows, [0, 1, 3]);
    assert.deepEqual(map.columns, [0, 1, 3]);
    assert.equal(map.hidden, 38);
    assert.equal(map.cells[0]![2]!.count, 2);
    assert.equal(heatMapOf(matrix, 'counts', true).rows.length, 41);
    assert.equal(heatMapOf(matrix, 'counts', true).hidden, 0);
  });

  it('has no share where a row or column is empty', () => {
    const matrix = {
      ...spanMatrix('gold', 'bert'),
      counts: [
        [0, 0, 0, 0],
        [0, 1, 0, 0],
        [0, 0, 0, 0],
        [0, 0, 0, 0],
      ],
    };
    const [first] = heatMapOf(matrix, 'row', false).cells;
    assert.equal(first![0]!.ofRow, null);
    assert.equal(first![1]!.ofColumn, 0);
  });
});

describe('numbers', () => {
  it('never show 0/0 as a number, nor a rare case as none', () => {
    assert.equal(ratioText(null), '–');
    assert.equal(ratioText(0.81549), '0.815');
    assert.equal(percentText(0.004), '0.4%');
    assert.equal(percentText(0), '0%');
    assert.equal(percentText(1), '100%');
  });
});
