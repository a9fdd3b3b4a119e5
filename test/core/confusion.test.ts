import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { taggedOfTags } from '../../src/core/compare.ts';
import {
  matrixTotals,
  MISSED,
  MOST_NAMES,
  OTHERS,
  spanMatrix,
  SPURIOUS,
  tokenMatrix,
} from '../../src/core/confusion.ts';
import { countSentence } from '../../src/core/counts.ts';
import { evaluationJson } from '../../src/core/report/evaluationJson.ts';

const MANY = 4000;

describe('matrices of very many labels', () => {
  const labels = Array.from({ length: MANY }, (_, index) => `L${String(index)}`);
  const gold = labels.map((label) => `B-${label}`);
  const predicted = labels.map((_, index) => `B-${labels[(index + (index < 10 ? 0 : 1)) % MANY] ?? ''}`);
  const counts = countSentence(taggedOfTags([...gold, 'O']), taggedOfTags([...predicted, 'O']), 'full');

  it('show the most frequent and gather the rest, so that every token and span stays counted', () => {
    const tokens = tokenMatrix(counts, 'full', labels);
    assert.equal(tokens.rows.length, MOST_NAMES);
    assert.equal(tokens.rows.at(-1), OTHERS);
    assert.equal(matrixTotals(tokens).total, MANY + 1);
    const spans = spanMatrix(counts, 'full', labels);
    assert.deepEqual([spans.rows.at(-1), spans.columns.at(-1)], [SPURIOUS, MISSED]);
    assert.equal(matrixTotals(spans).total, MANY);
  });

  it('are whole in JSON, as the cells that are not 0', () => {
    const { confusion } = evaluationJson(counts, 'full', labels);
    assert.equal(confusion.cells?.length, MANY + 1);
    assert.deepEqual(confusion.cells[0], ['B-L0', 'B-L0', 1]);
    const few = countSentence(taggedOfTags(['B-PER']), taggedOfTags(['O']), 'full');
    assert.equal(evaluationJson(few, 'full', ['PER']).confusion.cells, undefined);
  });
});
