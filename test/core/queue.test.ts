import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { reviewQueue } from '../../src/core/queue.ts';
import type { ReviewSentence } from '../../src/core/queue.ts';
import { decode } from '../../src/core/scheme.ts';
import type { Layer } from '../../src/core/span.ts';
import { tags } from './support/layers.ts';

interface Answer {
  readonly layer: Layer;
  readonly probabilities: readonly number[];
}

function answer(line: string, ...probabilities: readonly number[]): Answer {
  return {
    layer: decode(tags(line), 'repair').layer,
    probabilities: tags(line).map((_, index) => probabilities[index] ?? 0.9),
  };
}

function sentence(
  forms: string,
  gold: string | null,
  models: { readonly bert?: Answer; readonly t5?: Answer } = {},
): ReviewSentence {
  const decoded = gold === null ? null : decode(tags(gold), 'repair');
  return { forms: forms.split(' '), gold: decoded?.layer ?? null, illegal: decoded?.illegal ?? [], ...models };
}

function queue(sentences: readonly ReviewSentence[]): unknown[] {
  return reviewQueue(sentences).map(({ sentence: index, first, end, reason, labels }) => [
    index,
    first,
    end,
    reason,
    labels,
  ]);
}

describe('review queue', () => {
  it('begins with what both models say against gold, the most confident first', () => {
    const places = queue([
      sentence('Paris won', 'B-LOC O', { bert: answer('B-ORG O', 0.8), t5: answer('B-ORG O') }),
      sentence('Rome won', 'B-LOC O', { bert: answer('B-ORG O', 0.95), t5: answer('B-ORG O', 0.97) }),
      sentence('Bonn won', 'B-LOC O', { bert: answer('O O'), t5: answer('O O') }),
      sentence('Kiel won', 'O O', { bert: answer('B-LOC O'), t5: answer('B-LOC O') }),
    ]);
    assert.deepEqual(places, [
      [1, 0, 1, 'modelsAgainstGold', 'LOC / ORG'],
      [2, 0, 1, 'modelsAgainstGold', 'LOC / –'],
      [3, 0, 1, 'modelsAgainstGold', '– / LOC'],
      [0, 0, 1, 'modelsAgainstGold', 'LOC / ORG'],
    ]);
  });

  it('goes on with disagreements, then with what BERT is unsure of', () => {
    const places = queue([
      sentence('New York won', null, { bert: answer('B-LOC I-LOC O'), t5: answer('O B-LOC O') }),
      sentence('Ann Lee sang', null, { bert: answer('B-PER I-PER O', 0.9, 0.6, 0.65), t5: answer('B-PER I-PER O') }),
    ]);
    assert.deepEqual(places, [
      [0, 0, 2, 'modelsDisagree', 'LOC / LOC'],
      [1, 0, 2, 'unsure', 'PER'],
      [1, 2, 3, 'unsure', '–'],
    ]);
  });

  it('finds words that have other labels elsewhere, the rarest label first', () => {
    const places = queue([
      sentence('Jordan', 'B-PER'),
      sentence('Jordan', 'B-LOC'),
      sentence('Jordan', 'B-LOC'),
      sentence('Nile', 'B-LOC'),
    ]);
    assert.deepEqual(places, [
      [0, 0, 1, 'inconsistent', 'PER / LOC'],
      [1, 0, 1, 'inconsistent', 'LOC / PER'],
      [2, 0, 1, 'inconsistent', 'LOC / PER'],
    ]);
  });

  it('ends with illegal tags, and lists a place once', () => {
    const places = queue([
      sentence('Jordan rose', 'O I-PER'),
      sentence('Oslo', 'I-LOC', { bert: answer('B-ORG', 0.5), t5: answer('B-ORG') }),
    ]);
    assert.deepEqual(places, [
      [1, 0, 1, 'modelsAgainstGold', 'LOC / ORG'],
      [0, 1, 2, 'illegal', ''],
    ]);
  });

  it('is empty where all agree', () => {
    assert.deepEqual(queue([sentence('Oslo', 'B-LOC', { bert: answer('B-LOC'), t5: answer('B-LOC') })]), []);
    assert.deepEqual(queue([sentence('Oslo', null)]), []);
  });
});
