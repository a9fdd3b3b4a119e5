import type { Random } from './random.ts';
import { finish } from './steps.ts';
import type { Steps } from './steps.ts';
import { EMPTY_TALLY, addTally, ratio } from './tally.ts';
import type { Tally } from './tally.ts';

/** A percentile interval of F1 or of a difference of F1, with what it rests on. */
export interface Interval {
  readonly low: number;
  readonly high: number;
  /** The share of draws that the interval covers, such as .95. */
  readonly level: number;
  readonly draws: number;
  /** The number of units (documents or sentences) drawn from. */
  readonly units: number;
}

/** How an interval is drawn. */
export interface BootstrapOptions {
  readonly random: Random;
  /** At least 1,000 for a figure that is cited. */
  readonly draws?: number;
  readonly level?: number;
}

/** The outcome of a paired approximate randomisation test of two systems' F1. */
export interface RandomisationTest {
  /** F1 of A minus F1 of B, an undefined F1 taken as 0. */
  readonly difference: number;
  /** Two-sided. */
  readonly p: number;
  /** True where every assignment was tried; then p is a share of them, else (c + 1) / (rounds + 1). */
  readonly exact: boolean;
  readonly rounds: number;
}

/** The outcome of McNemar's test on items that exactly one of two systems got right. */
export interface McNemarTest {
  readonly onlyA: number;
  readonly onlyB: number;
  /** Exact two-sided binomial; 1 where no item tells the systems apart. */
  readonly p: number;
  /** Without and with the continuity correction; null where no item tells the systems apart. */
  readonly chiSquared: number | null;
  readonly chiSquaredCorrected: number | null;
}

const DRAWS = 1000;
const LEVEL = 0.95;

/** Differences of F1 closer than this are the same: sums in another order differ by rounding. */
const SAME = 1e-12;

function f1(tally: Tally): number | null {
  return ratio(2 * tally.correct, tally.predicted + tally.gold);
}

/** The value below which this share of the ascending values lies, by linear interpolation. */
function quantile(ascending: readonly number[], share: number): number {
  const place = (ascending.length - 1) * share;
  const low = ascending[Math.floor(place)] ?? 0;
  const high = ascending[Math.ceil(place)] ?? low;
  return low + (high - low) * (place - Math.floor(place));
}

/** Draws sums of the units of systems over the same units, with replacement. */
function drawer(systems: readonly (readonly Tally[])[], random: Random): () => readonly (number | null)[] {
  const size = systems[0]?.length ?? 0;
  const width = 3 * systems.length;
  // Side by side in memory: a draw from a large corpus is as many reads as it has units.
  const units = new Float64Array(size * width);
  systems.forEach((tallies, system) => {
    tallies.forEach((tally, unit) => {
      units.set([tally.correct, tally.predicted, tally.gold], unit * width + 3 * system);
    });
  });
  const sums = new Float64Array(width);
  return () => {
    sums.fill(0);
    for (let taken = 0; taken < size; taken++) {
      const at = Math.floor(random() * size) * width;
      for (let cell = 0; cell < width; cell++) sums[cell] = (sums[cell] ?? 0) + (units[at + cell] ?? 0);
    }
    return systems.map((_, system) => {
      const [correct = 0, predicted = 0, gold = 0] = sums.subarray(3 * system, 3 * system + 3);
      return f1({ correct, predicted, gold });
    });
  };
}

function* intervalSteps(
  units: number,
  { draws = DRAWS, level = LEVEL }: BootstrapOptions,
  value: () => number | null,
): Steps<Interval | null> {
  if (units < 2) return null;
  const values: number[] = [];
  for (let index = 0; index < draws; index++) {
    const drawn = value();
    if (drawn !== null) values.push(drawn);
    yield;
  }
  if (values.length === 0) return null;
  values.sort((a, b) => a - b);
  const tail = (1 - level) / 2;
  return { low: quantile(values, tail), high: quantile(values, 1 - tail), level, draws, units };
}

/** `bootstrapF1` in steps of one draw. */
export function bootstrapF1Steps(units: readonly Tally[], options: BootstrapOptions): Steps<Interval | null> {
  const draw = drawer([units], options.random);
  return intervalSteps(units.length, options, () => draw()[0] ?? null);
}

/**
 * The bootstrap percentile interval of micro F1 over units, which are documents where there are any, else sentences. Null
 * for fewer than two units, and where F1 is undefined in every draw; single draws without any span are left out.
 */
export function bootstrapF1(units: readonly Tally[], options: BootstrapOptions): Interval | null {
  return finish(bootstrapF1Steps(units, options));
}

/** `bootstrapDifference` in steps of one draw. */
export function bootstrapDifferenceSteps(
  a: readonly Tally[],
  b: readonly Tally[],
  options: BootstrapOptions,
): Steps<Interval | null> {
  const draw = drawer([a, b], options.random);
  return intervalSteps(a.length, options, () => {
    const [left = null, right = null] = draw();
    return left === null || right === null ? null : left - right;
  });
}

/** The bootstrap percentile interval of F1 of A minus F1 of B over the same units (equally long lists), drawn together. */
export function bootstrapDifference(
  a: readonly Tally[],
  b: readonly Tally[],
  options: BootstrapOptions,
): Interval | null {
  return finish(bootstrapDifferenceSteps(a, b, options));
}

/** `bootstrapApart` in steps of one draw. */
export function bootstrapApartSteps(
  a: readonly Tally[],
  b: readonly Tally[],
  options: BootstrapOptions,
): Steps<Interval | null> {
  const [drawA, drawB] = [drawer([a], options.random), drawer([b], options.random)];
  return intervalSteps(Math.min(a.length, b.length), options, () => {
    const [left = null] = drawA();
    const [right = null] = drawB();
    return left === null || right === null ? null : left - right;
  });
}

/**
 * The bootstrap percentile interval of F1 over the units of A minus F1 over those of B, drawn apart: for one system on two
 * corpora. `units` is the smaller number of them.
 */
export function bootstrapApart(a: readonly Tally[], b: readonly Tally[], options: BootstrapOptions): Interval | null {
  return finish(bootstrapApartSteps(a, b, options));
}

/** How a randomisation test is drawn. */
export interface RandomisationOptions {
  readonly random: Random;
  readonly rounds?: number;
}

/**
 * Paired approximate randomisation (Yeh 2000): how often the difference of F1 is at least as large when the two answers of
 * each unit are exchanged by chance. Units with equal answers cannot matter and are skipped. All assignments are tried where
 * they are at most `rounds`, else that many are drawn. Null where there are no units.
 */
export function randomisationTest(
  a: readonly Tally[],
  b: readonly Tally[],
  options: RandomisationOptions,
): RandomisationTest | null {
  return finish(randomisationSteps(a, b, options));
}

/** `randomisationTest` in steps of one round. */
export function* randomisationSteps(
  a: readonly Tally[],
  b: readonly Tally[],
  { random, rounds = 10_000 }: RandomisationOptions,
): Steps<RandomisationTest | null> {
  if (a.length === 0) return null;
  const total = (tallies: readonly Tally[]): Tally => tallies.reduce((sum, one) => addTally(sum, one), EMPTY_TALLY);
  const [left, right] = [total(a), total(b)];
  const swaps = a.flatMap((one, index): Tally[] => {
    const step = addTally(b[index] ?? EMPTY_TALLY, one, -1);
    return step.correct === 0 && step.predicted === 0 && step.gold === 0 ? [] : [step];
  });
  const observed = (f1(left) ?? 0) - (f1(right) ?? 0);
  const exact = 2 ** swaps.length <= rounds;
  const tried = exact ? 2 ** swaps.length : rounds;
  let atLeast = 0;
  for (let round = 0; round < tried; round++) {
    const step = { correct: 0, predicted: 0, gold: 0 };
    swaps.forEach((swap, index) => {
      if (exact ? (round >> index) % 2 === 0 : random() < 0.5) return;
      step.correct += swap.correct;
      step.predicted += swap.predicted;
      step.gold += swap.gold;
    });
    const difference = (f1(addTally(left, step)) ?? 0) - (f1(addTally(right, step, -1)) ?? 0);
    if (Math.abs(difference) >= Math.abs(observed) - SAME) atLeast++;
    yield;
  }
  const p = exact ? atLeast / tried : (atLeast + 1) / (tried + 1);
  return { difference: observed, p, exact, rounds: tried };
}

/**
 * McNemar's exact test: of the items that only one system got right, `onlyA` and `onlyB`, were they a fair coin's? On gold
 * spans it tests correctness like recall's and does not see spurious predictions; for F1 use randomisation.
 */
export function mcNemarTest(onlyA: number, onlyB: number): McNemarTest {
  const items = onlyA + onlyB;
  const apart = Math.abs(onlyA - onlyB);
  let logChoices = 0;
  let tail = 0;
  for (let k = 0; k <= Math.min(onlyA, onlyB); k++) {
    tail += Math.exp(logChoices - items * Math.LN2);
    logChoices += Math.log((items - k) / (k + 1));
  }
  return {
    onlyA,
    onlyB,
    p: Math.min(1, 2 * tail),
    chiSquared: ratio(apart ** 2, items),
    chiSquaredCorrected: ratio(Math.max(0, apart - 1) ** 2, items),
  };
}
