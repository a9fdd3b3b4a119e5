import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { lbfgsSteps } from '../../../src/core/learning/lbfgs.ts';
import type { Objective } from '../../../src/core/learning/lbfgs.ts';
import { finish } from '../../../src/core/steps.ts';

/** A bowl with its bottom at 1, 2, 3, … that is steeper in each direction than in the one before. */
const bowl: Objective = (point, gradient) => {
  let value = 0;
  point.forEach((at, index) => {
    const steep = 10 ** index;
    const off = at - (index + 1);
    value += 0.5 * steep * off * off;
    gradient[index] = steep * off;
  });
  return value;
};

describe('L-BFGS', () => {
  it('finds the bottom of an uneven bowl', () => {
    const point = new Float64Array(4);
    const { converged, value } = finish(lbfgsSteps(bowl, point, { tolerance: 1e-8, iterations: 100 }));
    assert.ok(converged);
    assert.ok(value < 1e-12);
    point.forEach((at, index) => {
      assert.ok(Math.abs(at - (index + 1)) < 1e-6);
    });
  });

  it('needs one step where the curvature is known', () => {
    const point = new Float64Array(4);
    const precondition = (direction: Float64Array): void => {
      direction.forEach((value, index) => (direction[index] = value / 10 ** index));
    };
    const { iterations, converged } = finish(
      lbfgsSteps(bowl, point, { tolerance: 1e-8, iterations: 100, precondition }),
    );
    assert.deepEqual([iterations, converged], [1, true]);
  });

  it('finds the minimum of a curved valley', () => {
    const rosenbrock: Objective = (point, gradient) => {
      const [x = 0, y = 0] = point;
      gradient[0] = -2 * (1 - x) - 400 * x * (y - x * x);
      gradient[1] = 200 * (y - x * x);
      return (1 - x) ** 2 + 100 * (y - x * x) ** 2;
    };
    const point = Float64Array.from([-1.2, 1]);
    assert.ok(finish(lbfgsSteps(rosenbrock, point, { tolerance: 1e-8, iterations: 200 })).converged);
    assert.ok(Math.abs((point[0] ?? 0) - 1) < 1e-6 && Math.abs((point[1] ?? 0) - 1) < 1e-6);
  });

  it('says where it has to stop before', () => {
    const { iterations, converged } = finish(lbfgsSteps(bowl, new Float64Array(4), { tolerance: 1e-8, iterations: 2 }));
    assert.deepEqual([iterations, converged], [2, false]);
  });
});
