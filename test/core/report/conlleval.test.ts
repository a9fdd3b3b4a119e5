import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { conlleval, conllevalReport, twoDecimals } from '../../../src/core/report/conlleval.ts';
import type { ConllevalCounts } from '../../../src/core/report/conlleval.ts';
import { WORKED_CASES } from '../support/evaluationCases.ts';
import { corpusPair, countLines, tags } from '../support/layers.ts';

function run(gold: readonly string[], predicted: readonly string[]): ConllevalCounts {
  const running = conlleval();
  gold.forEach((line, index) => {
    const guessed = tags(predicted[index]!);
    tags(line).forEach((tag, at) => {
      running.add(tag, guessed[at]!);
    });
    running.boundary();
  });
  return running.counts();
}

describe('conlleval', () => {
  for (const { name, gold, predicted, conlleval: expected } of WORKED_CASES)
    it(name, () => {
      const { total } = run(gold, predicted);
      const [precision, recall] = [total.correct / total.predicted || 0, total.correct / total.gold || 0];
      const f1 = (2 * precision * recall) / (precision + recall) || 0;
      [precision, recall, f1].forEach((value, index) => {
        assert.ok(Math.abs(value - expected[index]!) < 1e-12);
      });
    });

  it('prints E10 in its own words', () => {
    const { gold, predicted } = WORKED_CASES.find((one) => one.name.startsWith('E10'))!;
    assert.equal(
      conllevalReport(run(gold, predicted)),
      [
        'processed 9 tokens with 4 phrases; found: 4 phrases; correct: 2.',
        'accuracy:  77.78%; precision:  50.00%; recall:  50.00%; FB1:  50.00',
        '              LOC: precision:  33.33%; recall:  50.00%; FB1:  40.00  3',
        '              ORG: precision:   0.00%; recall:   0.00%; FB1:   0.00  0',
        '              PER: precision: 100.00%; recall: 100.00%; FB1: 100.00  1',
        '',
      ].join('\n'),
    );
  });

  it('prints no accuracy for no tokens', () => {
    assert.equal(conllevalReport(run([], [])), 'processed 0 tokens with 0 phrases; found: 0 phrases; correct: 0.\n');
  });

  it('counts as the repair policy does on every sequence of IOB tags', () => {
    fc.assert(
      fc.property(corpusPair, (corpus) => {
        const gold = corpus.map((pair) => pair.gold.join(' '));
        const predicted = corpus.map((pair) => pair.predicted.join(' '));
        const streamed = run(gold, predicted);
        const counted = countLines(gold, predicted);
        assert.deepEqual(new Map(streamed.labels), new Map([...counted.labels].sort(([a], [b]) => (a < b ? -1 : 1))));
        assert.equal(streamed.tokens, counted.tokens);
      }),
    );
  });

  it('lets no chunk cross a sentence border, and closes the last one', () => {
    assert.deepEqual(run(['B-PER', 'I-PER'], ['B-PER', 'I-PER']).total, { correct: 2, predicted: 2, gold: 2 });
    const running = conlleval();
    running.add('B-PER', 'B-PER');
    assert.equal(running.counts().total.correct, 1);
    running.add('I-PER', 'O');
    assert.equal(running.counts().total.correct, 0);
  });

  it('splits a tag at its first hyphen', () => {
    assert.deepEqual(run(['B-work-of-art I-work-of-art'], ['B-work-of-art O']).labels, [
      ['work-of-art', { correct: 0, predicted: 1, gold: 1 }],
    ]);
  });

  it('half-handles E and S', () => {
    const total = (line: string): number => run([line], [line]).total.gold;
    assert.equal(total('S-PER S-PER'), 1);
    assert.equal(total('S-PER S-LOC'), 2);
    assert.equal(total('B-PER E-PER B-PER E-PER'), 1);
    assert.equal(total('B-PER E-PER E-PER'), 2);
    assert.equal(total('E-PER I-PER'), 2);
  });

  it('prints a label that is empty twice where both sides have it', () => {
    const lines = conllevalReport(run(['B I O'], ['B I O'])).split('\n');
    assert.deepEqual(lines.slice(2), [
      `${' '.repeat(17)}: precision: 100.00%; recall: 100.00%; FB1: 100.00  1`,
      `${' '.repeat(17)}: precision: 100.00%; recall: 100.00%; FB1: 100.00  1`,
      '',
    ]);
  });

  it('pads labels by their bytes and orders them by these', () => {
    const lines = conllevalReport(run(['B-Ä B-a B-Z'], ['B-Ä B-a B-Z']))
      .split('\n')
      .slice(2, -1);
    assert.deepEqual(
      lines.map((line) => line.split(':')[0]),
      [`${' '.repeat(16)}Z`, `${' '.repeat(16)}a`, `${' '.repeat(15)}Ä`],
    );
  });

  it('rounds a tie to the even digit, as C does', () => {
    // 100 * 1 / 800 and others lie exactly between two hundredths.
    assert.deepEqual([0.125, 0.375, 12.125, 12.375, 99.875, 12.5, 33.333333, 100, 0, 0.625].map(twoDecimals), [
      '0.12',
      '0.38',
      '12.12',
      '12.38',
      '99.88',
      '12.50',
      '33.33',
      '100.00',
      '0.00',
      '0.62',
    ]);
  });
});
