import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { fuzz, tryOne } from '../fuzz/fuzz.ts';
import type { Target } from '../fuzz/fuzz.ts';

const INPUTS = 1200;

/** Inputs that once failed, by what made them. */
const once: readonly (readonly [target: Target, seed: number])[] = [
  // Undo in the last cell of CoNLL-U.
  ['edits', 500_117],
  ['edits', 500_353],
  ['edits', 501_689],
  ['edits', 504_193],
  // A document's line with other white space was written a second time.
  ['readers', 9_020_192],
];

describe('broken files, corrections with undo, queries and messages', () => {
  it('end in no crash, no lost byte and no long wait', () => {
    const { failures } = fuzz(20_260_000, (inputs) => inputs < INPUTS);
    assert.deepEqual(
      failures.map(({ target, seed, problem }) => `${target} ${String(seed)}: ${problem}`),
      [],
    );
  }).timeout(120_000);

  it('do so where they once did not', () => {
    for (const [target, seed] of once) assert.equal(tryOne(target, seed)?.problem, undefined);
  });
});
