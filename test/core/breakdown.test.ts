import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { breakdown, capitalisation, groupOf, knownSpans } from '../../src/core/breakdown.ts';
import type { BreakdownSentence, Dimension } from '../../src/core/breakdown.ts';
import { decode } from '../../src/core/scheme.ts';
import { scoreOf } from '../../src/core/tally.ts';
import { tags } from './support/layers.ts';

const known = knownSpans([{ forms: ['In', 'New', 'York'], gold: [{ first: 1, end: 3, label: 'LOC' }] }]);

function sentence(forms: string, gold: string, predicted: string, documentId?: string): BreakdownSentence {
  return {
    forms: forms.split(' '),
    gold: decode(tags(gold), 'repair').layer,
    predicted: decode(tags(predicted), 'repair').layer,
    documentId,
    known,
  };
}

const corpus = [
  sentence('IBM left New York', 'B-ORG O B-LOC I-LOC', 'B-ORG O B-LOC I-LOC', 'a'),
  sentence('ann met Obama', 'B-PER O B-PER', 'O O B-PER', 'a'),
  sentence('York is old', 'B-LOC O O', 'B-ORG O O', 'b'),
];

function f1(dimension: Dimension): Record<string, number | null> {
  return Object.fromEntries([...breakdown(corpus, dimension)].map(([group, tally]) => [group, scoreOf(tally).f1]));
}

describe('breakdowns', () => {
  it('by label', () => {
    assert.deepEqual(f1('label'), { LOC: 2 / 3, ORG: 2 / 3, PER: 2 / 3 });
  });

  it('by length of the span and of the sentence', () => {
    assert.deepEqual(f1('spanLength'), { '1': 4 / 7, '2': 1 });
    assert.deepEqual(Object.keys(f1('sentenceLength')), ['1-10']);
    const long = { ...corpus[0]!, forms: new Array<string>(41).fill('x') };
    assert.equal(groupOf('sentenceLength', { first: 0, end: 1, label: 'x' }, long), '41+');
    assert.equal(groupOf('spanLength', { first: 0, end: 4, label: 'x' }, long), '4+');
    assert.equal(
      groupOf('sentenceLength', { first: 0, end: 1, label: 'x' }, { ...long, forms: new Array<string>(11).fill('x') }),
      '11-20',
    );
  });

  it('by what training has seen, unknown without it', () => {
    assert.deepEqual(f1('seen'), { seen: 1, unseen: 4 / 7 });
    const without = breakdown([{ ...corpus[0]!, known: undefined }], 'seen');
    assert.deepEqual([...without.keys()], ['unknown']);
  });

  it('by document', () => {
    assert.deepEqual(f1('document'), { a: 6 / 7, b: 0 });
  });

  it('by capitalisation', () => {
    assert.deepEqual(f1('capitalisation'), { lower: 0, title: 2 / 3, upper: 1 });
    const of = (text: string): string => {
      const forms = text.split(' ');
      return capitalisation(forms, { first: 0, end: forms.length, label: 'x' });
    };
    assert.deepEqual(
      ['NATO', 'New York', 'iPhone', 'al Gore', 'U.S.', 'A', '“Élan”', '東京', '1984', 'van de'].map(of),
      ['upper', 'title', 'mixed', 'mixed', 'upper', 'title', 'title', 'uncased', 'uncased', 'lower'],
    );
  });

  it('sums to the figures of the corpus in every dimension', () => {
    for (const dimension of ['label', 'spanLength', 'sentenceLength', 'seen', 'capitalisation', 'document'] as const) {
      const groups = [...breakdown(corpus, dimension).values()];
      const sum = (of: (one: (typeof groups)[number]) => number): number =>
        groups.reduce((all, one) => all + of(one), 0);
      assert.deepEqual([sum((one) => one.correct), sum((one) => one.predicted), sum((one) => one.gold)], [3, 4, 5]);
    }
  });
});
