import { parseSeed, parseShares } from '../core/splitPlan.ts';
import type { SplitWish } from '../core/splitPlan.ts';
import { UsageError } from './io.ts';

/** How a corpus is split, by the options `--split 80,10,10` and `--seed 1`; undefined where it is not. */
export function splitWish(split: string | undefined, seed: string): SplitWish | undefined {
  const drawn = parseSeed(seed);
  if (drawn === undefined) throw new UsageError(`--seed is a whole number from 0, not “${seed}”.`);
  if (split === undefined) return undefined;
  const shares = parseShares(split);
  if (shares !== undefined) return { shares, seed: drawn };
  throw new UsageError(`--split is three shares for train, validation and test, as in 80,10,10, not “${split}”.`);
}
