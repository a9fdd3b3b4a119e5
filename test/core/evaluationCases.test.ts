import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { scores } from '../../src/core/metrics.ts';
import { WORKED_CASES, workedCase } from './support/evaluationCases.ts';
import { countLines } from './support/layers.ts';

const LABELS = ['PER', 'ORG', 'LOC'];

/** Other scorers print 0 where a ratio is undefined. */
function near(actual: number | null, expected: number, what: string): void {
  assert.ok(Math.abs((actual ?? 0) - expected) < 1e-12, `${what}: ${String(actual)}, expected ${String(expected)}`);
}

describe('worked cases against other scorers', () => {
  for (const { name, gold, predicted, conlleval, strictF1, nervaluate } of WORKED_CASES)
    it(name, () => {
      const result = scores(countLines(gold, predicted), 'full', LABELS);
      const { micro } = result.labelled;
      near(micro.precision, conlleval[0], 'precision');
      near(micro.recall, conlleval[1], 'recall');
      near(micro.f1, conlleval[2], 'f1');
      near(result.strict.micro.f1, strictF1, 'strict f1');
      if (nervaluate === undefined) return;
      const [strict, exact, partial, type] = nervaluate;
      near(micro.f1, strict, 'nervaluate strict');
      near(result.unlabelled.f1, exact, 'nervaluate exact');
      near(result.type.f1, type, 'nervaluate type');
      // nervaluate merges sentences without the half credits: with more than one sentence its partial is its exact.
      near(gold.length === 1 ? result.partial.f1 : result.unlabelled.f1, partial, 'nervaluate partial');
    });

  it('keeps the half credits of partial over several sentences', () => {
    const partial = (id: string): number | null => {
      const { gold, predicted } = workedCase(id);
      return scores(countLines(gold, predicted), 'full', LABELS).partial.f1;
    };
    assert.equal(partial('E10'), (3 + 0.5) / 4);
    assert.equal(partial('E18'), (2 + 3 * 0.5) / 5);
  });

  const of = (id: string): ReturnType<typeof scores> => {
    const { gold, predicted } = workedCase(id);
    return scores(countLines(gold, predicted), 'full', LABELS);
  };

  it('prints the accuracies of E2, E4, E10, E16 and E18', () => {
    assert.deepEqual(
      ['E2', 'E4', 'E10', 'E16', 'E18'].map((id) => of(id).accuracy?.toFixed(4)),
      ['0.5000', '0.7500', '0.7778', '1.0000', '0.6667'],
    );
  });

  it('counts the two phrases that E5 finds, and its labels', () => {
    const { labelled } = of('E5');
    assert.deepEqual([labelled.micro.predicted, labelled.micro.gold], [2, 1]);
  });

  it('gives E10 per label, and its macro mean', () => {
    const { labelled } = of('E10');
    const row = (label: string): (number | null | undefined)[] => {
      const score = labelled.labels.get(label);
      return [score?.precision, score?.recall, score?.f1];
    };
    assert.deepEqual(row('LOC'), [1 / 3, 1 / 2, 2 / 5]);
    assert.deepEqual(row('ORG'), [null, 0, 0]);
    assert.deepEqual(row('PER'), [1, 1, 1]);
    assert.equal(labelled.macro.f1?.toFixed(4), '0.4667');
    // 1 of PER, 0 of ORG and twice .4 of LOC, over 4 spans of gold.
    assert.equal(labelled.weighted.f1?.toFixed(4), '0.4500');
  });

  it('counts the support of E11 and E12 strictly', () => {
    assert.equal(of('E11').strict.micro.gold, 1);
    assert.equal(of('E11').labelled.micro.gold, 2);
    const { precision, recall } = of('E12').strict.micro;
    assert.deepEqual([precision, recall], [1, 0.5]);
    assert.deepEqual([of('E13').strict.micro.precision, of('E13').strict.micro.recall?.toFixed(4)], [1, '0.3333']);
  });

  it('takes the macro mean over labels seen in gold or prediction (E15, E18, E19)', () => {
    assert.equal(of('E15').labelled.macro.f1?.toFixed(4), '0.3333');
    assert.equal(of('E18').labelled.macro.f1, 0.5);
    assert.equal(of('E19').labelled.macro.f1?.toFixed(4), '0.3333');
    assert.equal(of('E19').labelled.labels.get('PER')?.f1?.toFixed(4), '0.6667');
    assert.equal(of('E19').labelled.labels.get('ORG')?.f1, 0);
  });

  it('leaves E16 undefined where it is 0/0', () => {
    const { labelled, unlabelled, strict, accuracy } = of('E16');
    const { precision, recall, f1 } = labelled.micro;
    assert.deepEqual([precision, recall, f1, unlabelled.f1, strict.micro.f1], [null, null, null, null, null]);
    assert.equal(labelled.macro.f1, null);
    assert.equal(accuracy, 1);
  });

  it('scores tags without labels under the label _ (E14)', () => {
    assert.deepEqual([...of('E14').labelled.labels.keys()], [...LABELS, '_']);
    assert.equal(of('E14').labelled.labels.get('_')?.f1, 2 / 3);
    assert.equal(of('E14').tokenF1.get('B'), 1);
    assert.equal(of('E14').tokenF1.get('I')?.toFixed(4), '0.6667');
  });
});
