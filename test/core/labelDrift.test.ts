import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { DocumentCounter } from '../../src/core/documentCounts.ts';
import { divergence, labelDrift, splitOf } from '../../src/core/labelDrift.ts';
import type { Split } from '../../src/core/labelDrift.ts';
import { corpus, report } from './corpora.ts';

const counts = (values: Readonly<Record<string, number>>): ReadonlyMap<string, number> =>
  new Map(Object.entries(values));

describe('the part of a corpus that a file is', () => {
  const cases: readonly (readonly [path: string, expected: string | undefined])[] = [
    ['uner_en_ewt.train.iob2', 'uner_en_ewt train'],
    ['ud/en_ewt-ud-dev.conllu', 'ud/en_ewt-ud dev'],
    ['train.conll', ' train'],
    ['news/test.txt', 'news test'],
    ['conll/train/a/b.conll', 'conll train'],
    ['valid_2024.bio', '_2024 dev'],
    ['Validation.iob', ' dev'],
    ['contest.iob2', undefined],
    ['devset/a.iob2', undefined],
    ['train/dev.iob2', 'train dev'],
  ];
  for (const [path, expected] of cases)
    it(`is told of ${path}`, () => {
      const found = splitOf(path);
      assert.equal(found && `${found.corpus} ${found.split}`, expected);
    });
});

describe('label drift', () => {
  it('is a divergence of 0 for the same shares, 1 for no label in common, and what Lin 1991 gives between', () => {
    assert.equal(divergence(counts({ PER: 2, LOC: 6 }), counts({ PER: 10, LOC: 30 })), 0);
    assert.equal(divergence(counts({ PER: 5 }), counts({ LOC: 7 })), 1);
    // H(3/4, 1/4) - (H(1/2, 1/2) + H(1)) / 2 = .81128 - .5
    assert.equal(divergence(counts({ PER: 1, LOC: 1 }), counts({ PER: 9 }))?.toFixed(5), '0.31128');
    assert.equal(divergence(counts({}), counts({ PER: 1 })), null);
  });

  it('is a difference of shares in points, which chance does not explain', () => {
    const [drift, ...others] = labelDrift(
      new Map<Split, ReadonlyMap<string, number>>([
        ['train', counts({ PER: 600, LOC: 300, ORG: 100 })],
        ['test', counts({ PER: 50, LOC: 30, MISC: 20 })],
        ['dev', counts({})],
      ]),
    );
    assert.equal(others.length, 0);
    assert.deepEqual([drift?.from, drift?.to, drift?.spans], ['train', 'test', [1000, 100]]);
    assert.deepEqual(
      drift?.labels.map(({ label, from, to, points, drifts }) => [label, from, to, Math.round(points), drifts]),
      [
        ['MISC', 0, 0.2, 20, true],
        ['ORG', 0.1, 0, -10, true],
        ['PER', 0.6, 0.5, -10, false],
        ['LOC', 0.3, 0.3, 0, false],
      ],
    );
  });

  it('is found between the parts of EWT: its test set has more organisations and fewer places', function () {
    const parts = new Map<Split, ReadonlyMap<string, number>>();
    for (const split of ['train', 'dev', 'test'] as const) {
      const counter = new DocumentCounter();
      for (const sentence of corpus(this, `uner/uner_en_ewt.${split}.iob2`).sentences) counter.add(sentence);
      parts.set(split, counter.labels);
    }
    const drifts = labelDrift(parts);
    const told = drifts.map(({ from, to, divergence: bits, labels }) => {
      const names = labels.filter((label) => label.drifts).map(({ label, points }) => `${label} ${points.toFixed(1)}`);
      return `${from} ${to} ${bits.toFixed(4)}: ${names.join(' ')}`;
    });
    for (const line of told) report(line);
    assert.deepEqual(told, [
      'train dev 0.0023: PER -5.4',
      'train test 0.0109: LOC -9.5 ORG 9.1',
      'dev test 0.0120: LOC -12.2 ORG 6.4 PER 5.8',
    ]);
  });
});
