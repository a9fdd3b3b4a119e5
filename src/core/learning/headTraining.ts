import { tagsOf } from '../scheme.ts';
import { finish } from '../steps.ts';
import type { Steps } from '../steps.ts';
import { plainProducts } from './denseProducts.ts';
import type { MakeDenseProducts } from './denseProducts.ts';
import type { Lesson } from './evidence.ts';
import type { Head } from './head.ts';
import { headObjective } from './headObjective.ts';
import type { Penalty } from './headObjective.ts';
import { lbfgsSteps } from './lbfgs.ts';
import { headPreconditioner } from './preconditioner.ts';
import { headOf, startPoint, trainingData } from './trainingData.ts';

/** How a head learns. */
export interface HeadOptions {
  /** The labels of its tags; those of the model that are not among them are not predicted any more. */
  readonly labels: readonly string[];
  /** The study's knob: each tag's loss is weighted by (words / words of the tag) to this power; 0 weighs all words alike. */
  readonly exponent: number;
  readonly penalty: Penalty;
  /** False for a head on states alone, which a graph can hold. */
  readonly wordFeatures: boolean;
  /** The largest part of the gradient at which training ends, for each decided word. */
  readonly tolerance: number;
  readonly iterations: number;
}

/** What did best on the corpora of docs/learning.md. */
export const HEAD_DEFAULTS: Omit<HeadOptions, 'labels'> = {
  exponent: 0.1,
  penalty: { dense: 1, features: 0.2 },
  wordFeatures: true,
  tolerance: 1e-4,
  iterations: 60,
};

/** The same for a head that follows a person: it goes on from the last one, and the next correction will come. */
export const LIVE_HEAD: Omit<HeadOptions, 'labels'> = { ...HEAD_DEFAULTS, iterations: 20 };

/** A head with what its training came to. */
export interface Trained {
  readonly head: Head;
  /** The number of decided words. */
  readonly words: number;
  readonly iterations: number;
  readonly converged: boolean;
}

/**
 * Trains a head to the one optimum of its objective, within the tolerance: the order of lessons and an earlier head to start from change
 * how long it takes, not what comes out. Pauses after each evaluation of the objective.
 */
export function* headSteps(
  lessons: readonly Lesson[],
  options: HeadOptions,
  earlier?: Head,
  makeProducts: MakeDenseProducts = plainProducts,
): Steps<Trained> {
  const data = trainingData(lessons, tagsOf('full', options.labels), options.wordFeatures);
  yield;
  if (data.rows === 0) return { head: data.untaught, words: 0, iterations: 0, converged: true };
  const point = startPoint(data, earlier);
  const { iterations, converged } = yield* lbfgsSteps(
    headObjective(data, options.penalty, options.exponent, makeProducts),
    point,
    {
      tolerance: options.tolerance * data.rows,
      iterations: options.iterations,
      precondition: headPreconditioner(data, options.penalty),
    },
  );
  return { head: headOf(data, point), words: data.rows, iterations, converged };
}

/** Trains a head at once. */
export function trainHead(
  lessons: readonly Lesson[],
  options: HeadOptions,
  earlier?: Head,
  makeProducts: MakeDenseProducts = plainProducts,
): Trained {
  return finish(headSteps(lessons, options, earlier, makeProducts));
}
