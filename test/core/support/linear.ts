import { strict as assert } from 'node:assert';
import process from 'node:process';

/** How much longer twice the work may take. */
const MOST_GROWTH = 2.5;
/** Less than this says nothing: it is the noise of collection and compilation. */
const LEAST_MS = 60;
const TRIES = 6;

function processorTime(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Asserts that the processor time of work grows no faster than its size, from `size` on; the best of some tries counts. */
export function assertLinear(what: string, size: number, work: (size: number) => unknown): void {
  work(size);
  let best = Infinity;
  let seen = '';
  for (let attempt = 0; attempt < TRIES && best > MOST_GROWTH; attempt++) {
    const once = processorTime(() => work(size));
    const twice = processorTime(() => work(2 * size));
    const growth = twice < LEAST_MS ? 1 : twice / once;
    if (growth < best) seen = `${once.toFixed(0)} ms for ${String(size)}, ${twice.toFixed(0)} ms for twice as much`;
    best = Math.min(best, growth);
  }
  assert.ok(best <= MOST_GROWTH, `${what}: ${seen}`);
}
