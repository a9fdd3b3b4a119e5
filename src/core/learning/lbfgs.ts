import type { Steps } from '../steps.ts';

/** A function to be made small: writes its gradient at `point` into `gradient` and gives its value. Convex, or the result is a local one. */
export type Objective = (point: Float64Array, gradient: Float64Array) => number;

/** Changes a vector in place. */
type Precondition = (direction: Float64Array) => void;

/** When to stop: at a gradient whose largest part is below `tolerance`, or after so many iterations. */
export interface LbfgsOptions {
  readonly tolerance: number;
  readonly iterations: number;
  /** Divides a vector by an estimate of the curvature at the start, in place. */
  readonly precondition?: Precondition;
}

/** Where it ended: `point` is the start array, changed in place. */
export interface Minimum {
  readonly value: number;
  readonly iterations: number;
  readonly converged: boolean;
}

/** How many of the last steps speak of the curvature. */
const MEMORY = 7;
const ENOUGH_DECREASE = 1e-4;
const MOST_HALVINGS = 20;

/** L-BFGS (Nocedal and Wright, Numerical Optimization, algorithm 7.4) with a backtracking line search. Pauses after each evaluation. */
export function* lbfgsSteps(objective: Objective, point: Float64Array, options: LbfgsOptions): Steps<Minimum> {
  const size = point.length;
  let gradient = new Float64Array(size);
  let nextGradient = new Float64Array(size);
  const next = new Float64Array(size);
  const direction = new Float64Array(size);
  const pairs: Pair[] = [];
  const precondition = options.precondition ?? (() => undefined);
  let value = objective(point, gradient);
  yield;
  for (let iteration = 0; iteration < options.iterations; iteration++) {
    if (largest(gradient) <= options.tolerance) return { value, iterations: iteration, converged: true };
    descent(direction, gradient, pairs, precondition);
    let slope = dot(direction, gradient);
    if (!(slope < 0)) {
      pairs.length = 0;
      descent(direction, gradient, pairs, () => undefined);
      slope = dot(direction, gradient);
    }
    const known = pairs.length > 0 || options.precondition !== undefined;
    let step = !known ? 1 / Math.max(1, Math.sqrt(dot(gradient, gradient))) : 1;
    let reached = Infinity;
    for (let tries = 0; tries < MOST_HALVINGS; tries++) {
      for (let index = 0; index < size; index++) next[index] = (point[index] ?? 0) + step * (direction[index] ?? 0);
      reached = objective(next, nextGradient);
      yield;
      if (reached <= value + ENOUGH_DECREASE * step * slope) break;
      step /= 2;
    }
    // Nothing lower can be told apart from here in floating point.
    if (!(reached < value)) return { value, iterations: iteration, converged: largest(gradient) <= options.tolerance };
    remember(pairs, point, next, gradient, nextGradient, precondition);
    point.set(next);
    [gradient, nextGradient] = [nextGradient, gradient];
    value = reached;
  }
  return { value, iterations: options.iterations, converged: largest(gradient) <= options.tolerance };
}

interface Pair {
  readonly moved: Float64Array;
  readonly turned: Float64Array;
  readonly product: number;
  /** How much longer the estimate of the curvature takes this step to be than it was. */
  readonly scale: number;
}

function remember(
  pairs: Pair[],
  point: Float64Array,
  next: Float64Array,
  gradient: Float64Array,
  nextGradient: Float64Array,
  precondition: Precondition,
): void {
  const oldest = pairs.length >= MEMORY ? pairs.shift() : undefined;
  const moved = oldest?.moved ?? new Float64Array(point.length);
  const turned = oldest?.turned ?? new Float64Array(point.length);
  for (let index = 0; index < point.length; index++) {
    moved[index] = (next[index] ?? 0) - (point[index] ?? 0);
    turned[index] = (nextGradient[index] ?? 0) - (gradient[index] ?? 0);
  }
  const product = dot(moved, turned);
  // Without positive curvature the pair would turn the next step uphill.
  if (product <= 1e-12) return;
  const estimated = Float64Array.from(turned);
  precondition(estimated);
  pairs.push({ moved, turned, product, scale: product / dot(turned, estimated) });
}

/** The two-loop recursion: minus the estimated inverse Hessian times the gradient. */
function descent(
  direction: Float64Array,
  gradient: Float64Array,
  pairs: readonly Pair[],
  precondition: Precondition,
): void {
  for (let index = 0; index < direction.length; index++) direction[index] = -(gradient[index] ?? 0);
  const shares = pairs.map(() => 0);
  for (let index = pairs.length - 1; index >= 0; index--) {
    const pair = pairs[index];
    if (pair === undefined) continue;
    const share = dot(pair.moved, direction) / pair.product;
    shares[index] = share;
    addTo(direction, pair.turned, -share);
  }
  precondition(direction);
  const scale = pairs.at(-1)?.scale ?? 1;
  for (let index = 0; index < direction.length; index++) direction[index] = (direction[index] ?? 0) * scale;
  pairs.forEach((pair, index) => {
    addTo(direction, pair.moved, (shares[index] ?? 0) - dot(pair.turned, direction) / pair.product);
  });
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += (a[index] ?? 0) * (b[index] ?? 0);
  return sum;
}

function addTo(target: Float64Array, other: Float64Array, factor: number): void {
  for (let index = 0; index < target.length; index++)
    target[index] = (target[index] ?? 0) + factor * (other[index] ?? 0);
}

function largest(values: Float64Array): number {
  let most = 0;
  for (let index = 0; index < values.length; index++) most = Math.max(most, Math.abs(values[index] ?? 0));
  return most;
}
