import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { reviewQueue } from '../../src/core/queue.ts';
import type { ReviewSentence } from '../../src/core/queue.ts';
import { matchesText, reviewEntries, textPattern } from '../../src/core/reviewEntries.ts';
import type { ReviewFilter } from '../../src/core/reviewEntries.ts';
import { whyReview } from '../../src/core/reviewWords.ts';
import { decode } from '../../src/core/scheme.ts';
import { ignoredValue, reviewedValue, sentenceState } from '../../src/core/sentenceState.ts';
import { tags } from './support/layers.ts';

type Answer = NonNullable<ReviewSentence['bert']>;

function answer(line: string, probability = 0.9): Answer {
  return { layer: decode(tags(line), 'repair').layer, probabilities: tags(line).map(() => probability) };
}

function sentence(
  forms: string,
  bert: string,
  t5: string,
  more: Partial<ReviewSentence> = {},
): ReviewSentence & { readonly text: string } {
  return {
    text: forms,
    forms: forms.split(' '),
    gold: null,
    illegal: [],
    bert: answer(bert),
    t5: answer(t5, 0.8),
    ...more,
  };
}

const corpus = [
  sentence('Bonn won', 'B-LOC O', 'O O'),
  sentence('New York won', 'B-LOC I-LOC O', 'O B-LOC O'),
  sentence('Jordan won', 'B-PER O', 'B-LOC O'),
  sentence('Kiel won', 'B-LOC O', 'B-LOC O', { gold: [] }),
  sentence('Rome and Jordan', 'B-LOC O B-PER', 'O O B-LOC'),
];

function groups(filter?: ReviewFilter): readonly (readonly [number, string, number])[] {
  return reviewEntries(reviewQueue(corpus), corpus, filter).map(({ sentence: index, group, items }) => [
    index,
    group,
    items.length,
  ]);
}

describe('review entries', () => {
  it('list each sentence once, under its most urgent place, grouped by how the models differ', () => {
    assert.deepEqual(groups(), [
      [3, 'modelsAgainstGold', 1],
      [2, 'otherLabel', 1],
      [1, 'otherBorders', 1],
      [0, 'oneSided', 1],
      [4, 'oneSided', 2],
    ]);
  });

  it('are narrowed by group, label and text', () => {
    assert.deepEqual(groups({ group: 'otherLabel' }), [
      [2, 'otherLabel', 1],
      [4, 'otherLabel', 1],
    ]);
    assert.deepEqual(
      groups({ label: 'PER' }).map(([index]) => index),
      [2, 4],
    );
    assert.deepEqual(groups({ text: textPattern('new york') }), [[1, 'otherBorders', 1]]);
    assert.deepEqual(
      groups({ text: textPattern('/^(Rome|Kiel)/') }).map(([index]) => index),
      [3, 4],
    );
    assert.deepEqual(groups({ label: 'ORG' }), []);
    const said = (filter: ReviewFilter): readonly number[] => groups(filter).map(([index]) => index);
    assert.deepEqual(said({ group: 'oneSided', source: 'bert' }), [0, 4]);
    assert.deepEqual(said({ group: 'oneSided', source: 't5' }), []);
    assert.deepEqual(said({ source: 'gold' }), []);
    assert.deepEqual(said({ source: 't5', label: 'LOC' }), [3, 2, 4, 1]);
    assert.deepEqual(said({ source: 't5', label: 'PER' }), []);
  });

  it('search plain text as it is typed, and refuse what is no expression', () => {
    assert.ok(matchesText('costs $5 (net)', { text: textPattern('$5 (NET') }));
    assert.equal(textPattern('/(/'), undefined);
    assert.ok(!matchesText('rome', { text: textPattern('/Rome/') }));
    assert.ok(matchesText('rome', { text: textPattern('/Rome/i') }));
  });

  it('say why in words and numbers', () => {
    assert.deepEqual(
      reviewQueue(corpus).map((item) => whyReview(item)),
      [
        'gold no entity, both models LOC, at least 80 % sure',
        'BERT LOC, T5 no entity, at least 80 % sure',
        'other borders: BERT LOC, T5 LOC, at least 80 % sure',
        'BERT PER, T5 LOC, at least 80 % sure',
        'BERT LOC, T5 no entity, at least 80 % sure',
        'BERT PER, T5 LOC, at least 80 % sure',
      ],
    );
    const gold = decode(tags('B-PER I-PER O'), 'repair').layer;
    assert.deepEqual(
      reviewQueue([sentence('Ada Curie won', 'O B-PER O', 'O B-PER O', { gold })]).map((item) => whyReview(item)),
      ['other borders: gold PER, both models PER, at least 80 % sure'],
    );
    const strange = [
      ...['B-LOC', 'B-LOC', 'B-LOC', 'B-PER'].map((tag) => ({
        forms: ['Jordan'],
        gold: decode([tag], 'repair').layer,
        illegal: [],
      })),
      { forms: ['Ann'], gold: null, illegal: [], bert: answer('B-PER', 0.55) },
      { forms: ['Oslo'], gold: decode(['I-LOC'], 'repair').layer, illegal: [0] },
    ];
    assert.deepEqual(
      [...new Set(reviewQueue(strange).map((item) => whyReview(item)))],
      [
        'BERT only 55 % sure of PER',
        'PER here, but LOC in 75 % of its places',
        'LOC here, but PER in 25 % of its places',
        'the tag cannot stand here',
      ],
    );
  });

  it('leave out what a person decided, reviewed or wants no hint about', () => {
    const gold = decode(tags('B-LOC O'), 'repair').layer;
    const settled = sentence('Bonn won', 'B-LOC O', 'O O', { gold });
    const reviewed = sentence('Kiel won', 'B-LOC O', 'B-LOC O', { gold: [], reviewed: true });
    const ignored = sentence('Rome and Jordan', 'B-LOC O B-PER', 'O O B-LOC', {
      ignored: [{ reason: 'modelsDisagree', first: 0, end: 1 }],
    });
    assert.deepEqual(
      reviewQueue([settled, reviewed, ignored]).map(({ sentence: index, first }) => [index, first]),
      [[2, 2]],
    );
  });
});

describe('the state of a sentence in its comments', () => {
  it('is read from them', () => {
    const state = sentenceState([
      { key: 'text', value: 'A b' },
      { key: 'reviewed', value: 'Ada Lovelace 2026-03-05' },
      { key: 'note', value: ' ask Grace ' },
      { key: 'ignored', value: 'modelsDisagree 1-2, unsure 4, nonsense 1, unsure 3-2' },
    ]);
    assert.deepEqual(state, {
      reviewed: 'Ada Lovelace 2026-03-05',
      note: 'ask Grace',
      ignored: [
        { reason: 'modelsDisagree', first: 0, end: 2 },
        { reason: 'unsure', first: 3, end: 4 },
      ],
    });
    assert.deepEqual(sentenceState([{ key: 'note', value: '' }]), {
      reviewed: undefined,
      note: undefined,
      ignored: [],
    });
  });

  it('is written as it is read', () => {
    const value = ignoredValue([
      { reason: 'illegal', first: 2, end: 3 },
      { reason: 'inconsistent', first: 0, end: 4 },
    ]);
    assert.equal(value, 'illegal 3, inconsistent 1-4');
    assert.equal(ignoredValue(sentenceState([{ key: 'ignored', value }]).ignored), value);
    assert.equal(ignoredValue([]), null);
    assert.equal(reviewedValue('Ada', new Date(2026, 2, 5)), 'Ada 2026-03-05');
  });
});
