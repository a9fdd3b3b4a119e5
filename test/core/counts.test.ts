import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { taggedOfTags } from '../../src/core/compare.ts';
import { addCounts, countSentence, emptyCounts, subtractCounts, sumCounts, swapCounts } from '../../src/core/counts.ts';
import type { Counts } from '../../src/core/counts.ts';
import { scores } from '../../src/core/metrics.ts';
import { spanMatrix, tokenMatrix } from '../../src/core/confusion.ts';
import { corpusPair, sentencePair } from './support/layers.ts';

interface Pair {
  readonly gold: readonly string[];
  readonly predicted: readonly string[];
}

const scheme = fc.constantFrom('full' as const, 'simplified' as const);

function count({ gold, predicted }: Pair, of: 'full' | 'simplified'): Counts {
  return countSentence(taggedOfTags(gold), taggedOfTags(predicted), of);
}

const LABELS = ['PER', 'LOC', 'ORG'];

describe('counts', () => {
  it('do not depend on the order of the sentences', () => {
    const shuffled = corpusPair.chain((corpus) =>
      fc.tuple(fc.constant(corpus), fc.shuffledSubarray(corpus, { minLength: corpus.length })),
    );
    fc.assert(
      fc.property(shuffled, scheme, ([corpus, mixed], of) => {
        assert.deepEqual(
          scores(sumCounts(mixed.map((pair) => count(pair, of))), of, LABELS),
          scores(sumCounts(corpus.map((pair) => count(pair, of))), of, LABELS),
        );
      }),
    );
  });

  it('add, and subtract back to what was there', () => {
    fc.assert(
      fc.property(corpusPair, sentencePair, scheme, (corpus, pair, of) => {
        const before = sumCounts(corpus.map((one) => count(one, of)));
        const one = count(pair, of);
        assert.deepEqual(subtractCounts(addCounts(before, one), one), before);
        assert.deepEqual(subtractCounts(before, before), emptyCounts());
      }),
    );
  });

  it('follow any sequence of corrections by differences', () => {
    const corrections = fc.array(fc.tuple(fc.nat(), sentencePair), { maxLength: 10 });
    fc.assert(
      fc.property(fc.array(sentencePair, { minLength: 1, maxLength: 6 }), corrections, scheme, (start, changes, of) => {
        const corpus = start.map((pair) => count(pair, of));
        let total = sumCounts(corpus);
        for (const [at, pair] of changes) {
          const index = at % corpus.length;
          const next = count(pair, of);
          total = addCounts(subtractCounts(total, corpus[index]!), next);
          corpus[index] = next;
        }
        assert.deepEqual(total, sumCounts(corpus));
      }),
    );
  });

  it('score 1 for a perfect prediction, where anything is to be found', () => {
    fc.assert(
      fc.property(corpusPair, scheme, (corpus, of) => {
        const result = scores(sumCounts(corpus.map(({ gold }) => count({ gold, predicted: gold }, of))), of, LABELS);
        const expected = result.labelled.micro.gold === 0 ? null : 1;
        for (const score of [result.labelled.micro, result.unlabelled, result.partial, result.type]) {
          assert.deepEqual([score.precision, score.recall, score.f1], [expected, expected, expected]);
        }
        assert.equal(result.strict.micro.f1, result.strict.micro.gold === 0 ? null : 1);
        assert.equal(result.accuracy, result.tokens === 0 ? null : 1);
      }),
    );
  });

  it('swap precision and recall when gold and prediction are swapped', () => {
    fc.assert(
      fc.property(corpusPair, scheme, (corpus, of) => {
        const forward = sumCounts(corpus.map((pair) => count(pair, of)));
        const back = sumCounts(corpus.map(({ gold, predicted }) => count({ gold: predicted, predicted: gold }, of)));
        assert.deepEqual(swapCounts(forward), back);
        const [a, b] = [scores(forward, of, LABELS), scores(back, of, LABELS)];
        for (const figure of ['unlabelled', 'partial', 'type'] as const) {
          assert.equal(a[figure].precision, b[figure].recall);
          assert.equal(a[figure].f1, b[figure].f1);
        }
        assert.equal(a.labelled.micro.precision, b.labelled.micro.recall);
        assert.equal(a.strict.micro.recall, b.strict.micro.precision);
        assert.equal(a.tokenMacroF1, b.tokenMacroF1);
      }),
    );
  });

  it('fill matrices whose sums are the tokens and the spans', () => {
    fc.assert(
      fc.property(corpusPair, scheme, (corpus, of) => {
        const counts = sumCounts(corpus.map((pair) => count(pair, of)));
        const result = scores(counts, of, LABELS);
        const sum = (rows: readonly (readonly number[])[]): number => rows.flat().reduce((a, b) => a + b, 0);
        assert.equal(sum(tokenMatrix(counts, of, LABELS).counts), result.tokens);
        const spans = spanMatrix(counts, of, LABELS).counts;
        assert.equal(sum(spans.slice(0, -1)), result.labelled.micro.gold);
        assert.equal(sum(spans.map((row) => row.slice(0, -1))), result.labelled.micro.predicted);
      }),
    );
  });

  it('take any label, also one that is the name of an object member', () => {
    const odd = ['B-__proto__', 'I-__proto__', 'B-constructor'];
    const result = scores(count({ gold: odd, predicted: odd }, 'full'), 'full', []);
    assert.deepEqual([...result.labelled.labels.keys()].sort(), ['__proto__', 'constructor']);
    assert.equal(result.labelled.micro.f1, 1);
  });

  it('follow the policy for illegal tags', () => {
    const [gold, predicted] = [
      ['B-PER', 'I-LOC', 'O'],
      ['I-PER', 'I-LOC', 'B-LOC'],
    ].map((one) => taggedOfTags(one));
    const found = (of: 'full' | 'simplified', policy: 'repair' | 'strict'): number[] => {
      const { micro } = scores(countSentence(gold!, predicted!, of, policy), of, LABELS).labelled;
      return [micro.correct, micro.predicted, micro.gold];
    };
    assert.deepEqual(found('full', 'repair'), [2, 3, 2]);
    assert.deepEqual(found('full', 'strict'), [0, 1, 1]);
    assert.deepEqual(found('simplified', 'repair'), [1, 2, 1]);
    assert.deepEqual(found('simplified', 'strict'), [0, 1, 1]);
  });

  it('count a tag that one side lacks as O', () => {
    const result = scores(count({ gold: ['O', 'B-PER'], predicted: ['O'] }, 'full'), 'full', ['PER']);
    assert.deepEqual([result.tokens, result.accuracy], [2, 0.5]);
  });
});
