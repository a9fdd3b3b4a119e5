import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { cutWindows, widestContext } from '../../src/inference/windows.ts';

const counts = fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 400 });
const limits = fc.integer({ min: 12, max: 80 });
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

describe('windows over a long sentence', () => {
  it('are one where all fits, also for no words', () => {
    assert.deepEqual(cutWindows([1, 2, 3], 6), [{ first: 0, end: 3 }]);
    assert.deepEqual(cutWindows([], 6), [{ first: 0, end: 0 }]);
  });

  it('overlap by about a quarter', () => {
    const ones = new Array<number>(20).fill(1);
    assert.deepEqual(cutWindows(ones, 12), [
      { first: 0, end: 12 },
      { first: 9, end: 20 },
    ]);
  });

  it('give a word that fits no window a window of its own', () => {
    assert.deepEqual(cutWindows([1, 99, 1], 10), [
      { first: 0, end: 1 },
      { first: 1, end: 2 },
      { first: 2, end: 3 },
    ]);
  });

  it('cover every word, go forward, and keep to the limit', () => {
    fc.assert(
      fc.property(counts, limits, (pieces, limit) => {
        const windows = cutWindows(pieces, limit);
        assert.equal(windows[0]?.first, 0);
        assert.equal(windows.at(-1)?.end, pieces.length);
        windows.forEach((window, index) => {
          assert.ok(sum(pieces.slice(window.first, window.end)) <= limit);
          const before = windows[index - 1];
          if (before === undefined) return;
          assert.ok(window.first > before.first && window.first <= before.end && window.end > before.end);
        });
      }),
    );
  });

  it('give each word to a window that holds it, and to the one with most context', () => {
    fc.assert(
      fc.property(counts, limits, (pieces, limit) => {
        const windows = cutWindows(pieces, limit);
        const contextIn = (word: number, index: number): number => {
          const window = windows[index]!;
          const left = window.first === 0 ? Infinity : word - window.first;
          const right = window.end === pieces.length ? Infinity : window.end - 1 - word;
          return Math.min(left, right);
        };
        widestContext(windows, pieces.length).forEach((owner, word) => {
          windows.forEach((window, index) => {
            if (word < window.first || word >= window.end) assert.notEqual(owner, index);
            else assert.ok(contextIn(word, owner) >= contextIn(word, index));
          });
        });
      }),
    );
  });
});
