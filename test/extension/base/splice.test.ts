import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { movedIndex, spliceBetween, spliced, upperBound } from '../../../src/extension/base/splice.ts';

const lists = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 12 });

describe('splices', () => {
  it('turn one list into the other, whatever the lists', () => {
    fc.assert(
      fc.property(lists, lists, (old, fresh) => {
        const splice = spliceBetween(old, fresh);
        if (splice === undefined) assert.deepEqual(old, fresh);
        else assert.deepEqual(spliced(old, splice, fresh.slice(splice.first, splice.newEnd)), fresh);
      }),
    );
  });

  it('take no more than differs', () => {
    assert.deepEqual(spliceBetween([1, 2, 3], [1, 9, 3]), { first: 1, oldEnd: 2, newEnd: 2 });
    assert.deepEqual(spliceBetween([1, 3], [1, 2, 3]), { first: 1, oldEnd: 1, newEnd: 2 });
    assert.deepEqual(spliceBetween([1, 1], [1]), { first: 1, oldEnd: 2, newEnd: 1 });
    assert.equal(spliceBetween([1, 2], [1, 2]), undefined);
  });

  it('move the indices behind them and give up those inside where the number changes', () => {
    const insertion = { first: 2, oldEnd: 2, newEnd: 4 };
    assert.deepEqual(
      [1, 2, 5].map((index) => movedIndex(index, insertion)),
      [1, 4, 7],
    );
    const replacement = { first: 1, oldEnd: 3, newEnd: 3 };
    assert.deepEqual(
      [0, 1, 3].map((index) => movedIndex(index, replacement)),
      [0, 1, 3],
    );
    assert.equal(movedIndex(1, { first: 1, oldEnd: 3, newEnd: 2 }), undefined);
  });

  it('hold more items than a call can have arguments', () => {
    const many = new Array<number>(300_000).fill(7);
    assert.equal(spliced([1, 2], { first: 1, oldEnd: 1, newEnd: 300_001 }, many).length, 300_002);
  });

  it('find the first greater value', () => {
    fc.assert(
      fc.property(lists, fc.integer({ min: -1, max: 4 }), (values, value) => {
        const sorted = values.toSorted((a, b) => a - b);
        assert.equal(upperBound(sorted, value), sorted.filter((other) => other <= value).length);
      }),
    );
  });
});
