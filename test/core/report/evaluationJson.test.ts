import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { evaluationJson } from '../../../src/core/report/evaluationJson.ts';
import { workedCase } from '../support/evaluationCases.ts';
import { countLines } from '../support/layers.ts';

describe('evaluation as JSON', () => {
  it('says E10 in full', () => {
    const { gold, predicted } = workedCase('E10');
    const json = evaluationJson(countLines(gold, predicted), 'full', ['PER', 'ORG', 'LOC']);
    assert.deepEqual(json.labelledSpan, { precision: 0.5, recall: 0.5, f1: 0.5, correct: 2, predicted: 4, gold: 4 });
    assert.deepEqual(json.exact, json.unlabelledSpan);
    assert.deepEqual(json.partial, {
      precision: 0.875,
      recall: 0.875,
      f1: 0.875,
      correct: 3.5,
      predicted: 4,
      gold: 4,
    });
    assert.deepEqual(json.labels['ORG'], { precision: null, recall: 0, f1: 0, correct: 0, predicted: 0, gold: 1 });
    assert.deepEqual(json.confusion.tags, Object.keys(json.tokenF1));
    assert.deepEqual(
      [json.sentences, json.tokens, json.tokenMacroReading],
      [2, 9, '7 tags, O included: B and I of PER, ORG, LOC'],
    );
    assert.deepEqual(JSON.parse(JSON.stringify(json)), json);
  });

  it('has one label _ in the simplified scheme', () => {
    const { gold, predicted } = workedCase('E15');
    const json = evaluationJson(countLines(gold, predicted, 'simplified'), 'simplified', ['PER', 'ORG', 'LOC']);
    assert.deepEqual(Object.keys(json.labels), ['_']);
    assert.deepEqual(json.confusion, {
      tags: ['O', 'B', 'I'],
      rows: [
        [1, 0, 0],
        [0, 2, 0],
        [0, 0, 1],
      ],
    });
    assert.equal(json.labelledSpan.f1, 1);
  });
});
