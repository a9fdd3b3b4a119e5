import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { matrixTotals, normalised } from '../../../src/core/confusion.ts';
import { standaloneSvg } from '../../../src/core/report/chartStyle.ts';
import { matrixCsv, matrixMarkdown, matrixSvg } from '../../../src/core/report/matrix.ts';

const matrix = {
  rows: ['PER', 'a,"b"', 'spurious'],
  columns: ['PER', 'a,"b"', 'missed'],
  counts: [
    [3, 1, 0],
    [0, 0, 0],
    [1, 0, 0],
  ],
};
const view = { rowName: 'gold', columnName: 'BERT', by: 'counts' } as const;

describe('a confusion matrix for other programs', () => {
  it('has totals, and shares of rows and columns, null where there is nothing', () => {
    assert.deepEqual(matrixTotals(matrix), { rowTotals: [4, 0, 1], columnTotals: [4, 1, 0], total: 5 });
    assert.deepEqual(normalised(matrix, 'row'), [
      [0.75, 0.25, 0],
      [null, null, null],
      [1, 0, 0],
    ]);
    assert.deepEqual(normalised(matrix, 'column')[0], [0.75, 1, null]);
    assert.deepEqual(normalised(matrix, 'counts'), matrix.counts);
  });

  it('is Markdown', () => {
    assert.equal(
      matrixMarkdown(matrix, view),
      [
        '| gold \\\\ BERT | PER | a,"b" | missed | total |',
        '| --- | ---: | ---: | ---: | ---: |',
        '| PER | 3 | 1 | 0 | 4 |',
        '| a,"b" | 0 | 0 | 0 | 0 |',
        '| spurious | 1 | 0 | 0 | 1 |',
        '| total | 4 | 1 | 0 | 5 |',
        '',
      ].join('\n'),
    );
    assert.match(matrixMarkdown(matrix, { ...view, by: 'row' }), /\| PER \| 0\.750 \| 0\.250 \| 0\.000 \| 4 \|/);
  });

  it('is CSV', () => {
    assert.equal(
      matrixCsv(matrix, view),
      'gold \\ BERT,PER,"a,""b""",missed\r\nPER,3,1,0\r\n"a,""b""",0,0,0\r\nspurious,1,0,0\r\n',
    );
    assert.match(matrixCsv(matrix, { ...view, by: 'row' }), /"a,""b""",,,\r\n/);
  });

  it('is SVG with its numbers and names as text', () => {
    const svg = matrixSvg({ ...matrix, rows: ['<b>', ...matrix.rows.slice(1)] }, view);
    assert.ok(svg.startsWith('<svg') && svg.endsWith('</svg>') && !svg.includes('<b>'));
    assert.equal([...svg.matchAll(/<rect/g)].length, 9);
    assert.ok(svg.includes('<title>gold spurious, BERT PER: 1</title>'));
    assert.match(standaloneSvg(svg), /^<svg[^>]*><style>/);
  });
});
