import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { findPlace, placesOf } from '../../src/core/align.ts';

describe('places of a string', () => {
  const words = ["don't", 'do', "n't", 'Paris', 'PARIS', 'Par', 'is'];

  it('ignore blanks but never cut a word', () => {
    assert.deepEqual(
      placesOf(words, "do n't").map(({ first, end }) => [first, end]),
      [
        [0, 1],
        [1, 3],
      ],
    );
    assert.deepEqual(
      placesOf(words, 'paris').map(({ first, end, match }) => [first, end, match]),
      [
        [3, 4, 'loose'],
        [4, 5, 'loose'],
        [5, 7, 'loose'],
      ],
    );
    assert.deepEqual(placesOf(words, ''), []);
    assert.deepEqual(placesOf([], 'x'), []);
  });

  it('prefer exact matches and free words', () => {
    const found = findPlace(
      words,
      'PARIS',
      words.map(() => false),
      0,
    );
    assert.deepEqual(found, { kind: 'found', place: { first: 4, end: 5, match: 'exact' }, others: 0 });
    const taken = words.map((_, index) => index >= 3);
    assert.deepEqual(findPlace(words, 'Paris', taken, 0), { kind: 'taken' });
    assert.deepEqual(findPlace(words, 'Berlin', taken, 0), { kind: 'notInText' });
  });
});
