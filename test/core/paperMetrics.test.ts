import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { taggedOfTags } from '../../src/core/compare.ts';
import { casesOf, cellName, spanMatrix, tokenMatrix } from '../../src/core/confusion.ts';
import { scores } from '../../src/core/metrics.ts';
import type { Scores } from '../../src/core/metrics.ts';
import type { Scheme } from '../../src/core/scheme.ts';
import { meanWithZeros } from '../../src/core/tally.ts';
import { workedCase } from './support/evaluationCases.ts';
import { countLines, tags } from './support/layers.ts';

const LABELS = ['PER', 'ORG', 'LOC'];

function figures(id: string, scheme: Scheme): Scores {
  const { gold, predicted } = workedCase(id);
  return scores(countLines(gold, predicted, scheme), scheme, LABELS);
}

function rounded(value: number | null | undefined): number | null {
  return value === null || value === undefined ? null : Math.round(value * 1e4) / 1e4;
}

interface Row {
  readonly id: string;
  readonly spans: readonly [labelled: number, unlabelled: number, simplified: number];
  readonly full: Readonly<Record<string, number>>;
  readonly macro: readonly [seven: number, present: number, withoutO: number];
  readonly simplified: readonly [o: number, b: number, i: number, macro: number];
}

const ROWS: readonly Row[] = [
  {
    id: 'E10',
    spans: [0.5, 0.75, 0.75],
    full: { O: 0.8571, 'B-PER': 1, 'I-PER': 1, 'B-ORG': 0, 'I-ORG': 0, 'B-LOC': 0.8, 'I-LOC': 0 },
    macro: [0.5224, 0.6095, 0.4667],
    simplified: [0.8571, 1, 0.6667, 0.8413],
  },
  {
    id: 'E13',
    spans: [0.6667, 0.6667, 0.6667],
    full: { O: 0.8, 'B-PER': 0, 'I-PER': 0, 'B-ORG': 1, 'I-ORG': 0, 'B-LOC': 0, 'I-LOC': 0 },
    macro: [0.2571, 0.3, 0.1667],
    simplified: [0.8, 0.5, 0, 0.4333],
  },
  {
    id: 'E15',
    spans: [0.5, 1, 1],
    full: { O: 1, 'B-PER': 1, 'I-PER': 0, 'B-ORG': 0, 'I-ORG': 0, 'B-LOC': 0, 'I-LOC': 0 },
    macro: [0.2857, 0.3333, 0.1667],
    simplified: [1, 1, 1, 1],
  },
];

describe('the five figures', () => {
  for (const { id, spans, full, macro, simplified } of ROWS) {
    it(`${id} in the full scheme`, () => {
      const result = figures(id, 'full');
      assert.equal(rounded(result.labelled.micro.f1), spans[0]);
      assert.equal(rounded(result.unlabelled.f1), spans[1]);
      assert.deepEqual(Object.fromEntries([...result.tokenF1].map(([tag, f1]) => [tag, rounded(f1)])), full);
      assert.equal(rounded(result.tokenMacroF1), macro[0]);
      assert.equal(result.tokenMacroReading, '7 tags, O included: B and I of PER, ORG, LOC');
    });

    it(`${id} in the other readings of the macro mean`, () => {
      const result = figures(id, 'full');
      const present = [...result.tokenTags.values()].filter((score) => score.f1 !== null).map((score) => score.f1);
      const withoutO = [...result.tokenF1].filter(([tag]) => tag !== 'O').map(([, f1]) => f1);
      assert.equal(rounded(meanWithZeros(present)), macro[1]);
      assert.equal(rounded(meanWithZeros(withoutO)), macro[2]);
    });

    it(`${id} in the simplified scheme`, () => {
      const result = figures(id, 'simplified');
      assert.equal(rounded(result.labelled.micro.f1), spans[2]);
      assert.deepEqual([...result.tokenF1.keys()], ['O', 'B', 'I']);
      assert.deepEqual([...[...result.tokenF1.values()].map(rounded), rounded(result.tokenMacroF1)], simplified);
      assert.equal(result.tokenMacroReading, '3 tags, O included');
    });
  }

  it('are the same whatever labels nobody used', () => {
    const counts = countLines(['B-PER O'], ['B-PER O']);
    const alone = scores(counts, 'full', ['PER']);
    const many = scores(counts, 'full', ['PER', 'LOC', 'ORG', 'PROD']);
    assert.equal(many.tokenMacroF1, alone.tokenMacroF1);
    assert.equal(many.labelled.macro.f1, alone.labelled.macro.f1);
    assert.equal(many.tokenMacroReading, '3 tags, O included: B and I of PER');
  });

  it('does not keep spans from the full to the simplified scheme', () => {
    const full = scores(countLines(['B-PER I-LOC O'], ['B-PER I-LOC O']), 'full', LABELS);
    const simplified = scores(countLines(['B-PER I-LOC O'], ['B-PER I-LOC O'], 'simplified'), 'simplified', LABELS);
    assert.deepEqual([full.unlabelled.gold, simplified.labelled.micro.gold], [2, 1]);
  });
});

describe('confusion matrices', () => {
  const e10 = workedCase('E10');

  it('E10 over tags of the full scheme', () => {
    const matrix = tokenMatrix(countLines(e10.gold, e10.predicted), 'full', LABELS);
    assert.deepEqual(matrix.rows, ['O', 'B-PER', 'I-PER', 'B-ORG', 'I-ORG', 'B-LOC', 'I-LOC']);
    assert.deepEqual(matrix.counts, [
      [3, 0, 0, 0, 0, 0, 0],
      [0, 1, 0, 0, 0, 0, 0],
      [0, 0, 1, 0, 0, 0, 0],
      [0, 0, 0, 0, 0, 1, 0],
      [0, 0, 0, 0, 0, 0, 0],
      [0, 0, 0, 0, 0, 2, 0],
      [1, 0, 0, 0, 0, 0, 0],
    ]);
  });

  it('E10 and E15 over tags of the simplified scheme', () => {
    const simplified = (id: string): unknown => {
      const { gold, predicted } = workedCase(id);
      return tokenMatrix(countLines(gold, predicted, 'simplified'), 'simplified', LABELS).counts;
    };
    assert.deepEqual(simplified('E10'), [
      [3, 0, 0],
      [0, 4, 0],
      [1, 0, 1],
    ]);
    assert.deepEqual(simplified('E15'), [
      [1, 0, 0],
      [0, 2, 0],
      [0, 0, 1],
    ]);
  });

  it('E10 over spans, with missed and spurious', () => {
    const matrix = spanMatrix(
      countLines([...e10.gold, 'B-PER O', 'O O'], [...e10.predicted, 'O O', 'B-ORG O']),
      'full',
      LABELS,
    );
    assert.deepEqual(matrix.rows, ['PER', 'ORG', 'LOC', 'spurious']);
    assert.deepEqual(matrix.columns, ['PER', 'ORG', 'LOC', 'missed']);
    assert.deepEqual(matrix.counts, [
      [1, 0, 0, 1],
      [0, 0, 1, 0],
      [0, 0, 2, 0],
      [0, 1, 0, 0],
    ]);
  });

  it('shows tags outside the scheme behind its own', () => {
    const matrix = tokenMatrix(countLines(['B-PER E-PER'], ['B-PER I-PER']), 'full', ['PER']);
    assert.deepEqual(matrix.rows, ['O', 'B-PER', 'I-PER', 'E-PER']);
    assert.deepEqual(matrix.counts.at(-1), [0, 0, 1, 0]);
  });

  for (const scheme of ['full', 'simplified'] as const)
    it(`finds as many cases as each cell counts (${scheme})`, () => {
      const gold = [...e10.gold, 'B-PER I-LOC O B-ORG', 'O I-LOC B-PER B-LOC'];
      const predicted = [...e10.predicted, 'B-PER I-PER B-ORG O', 'O O B-PER I-PER'];
      const counts = countLines(gold, predicted, scheme);
      for (const level of ['token', 'span'] as const) {
        const matrix = level === 'token' ? tokenMatrix(counts, scheme, LABELS) : spanMatrix(counts, scheme, LABELS);
        matrix.counts.forEach((row, r) => {
          row.forEach((count, c) => {
            const cell = cellName(matrix, level, r, c);
            const found = gold.flatMap((line, index) =>
              casesOf(taggedOfTags(tags(line)), taggedOfTags(tags(predicted[index]!)), scheme, cell),
            );
            assert.equal(found.length, count, `${level} ${matrix.rows[r]!} / ${matrix.columns[c]!}`);
          });
        });
      }
    });

  it('says where a case lies and what it is', () => {
    const [gold, predicted] = ['O B-PER I-PER O', 'B-PER I-PER O O'].map((line) => taggedOfTags(tags(line)));
    assert.deepEqual(casesOf(gold!, predicted!, 'full', { level: 'span', row: 'PER', column: 'PER' }), [
      { first: 0, end: 3, verdict: 'border' },
    ]);
    assert.deepEqual(casesOf(gold!, predicted!, 'full', { level: 'token', row: 'I-PER', column: 'O' }), [
      { first: 2, end: 3 },
    ]);
  });
});
