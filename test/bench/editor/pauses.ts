import { readFileSync } from 'node:fs';
import process from 'node:process';

/** How long the event loop kept others waiting, in milliseconds. `own` is processor time of this thread alone: what is left of a pause on a machine that does nothing else. */
export interface Pauses {
  readonly seconds: number;
  /** The longest time between two turns of a timer, beyond what it asked for. */
  readonly longest: number;
  readonly percentile99: number;
  readonly ownLongest: number;
  readonly ownPercentile99: number;
  /** How many pauses took more than 20 ms of the thread's own time. */
  readonly ownOver20: number;
  /** The share of one core that the thread used. */
  readonly load: number;
}

/** Milliseconds between two turns of the timer. */
const TICK_MS = 2;

/** Processor time of this process's main thread in milliseconds; of all its threads where the system does not tell them apart (only Linux does). */
export function threadMilliseconds(): number {
  const id = String(process.pid);
  try {
    return Number(readFileSync(`/proc/${id}/task/${id}/schedstat`, 'latin1').split(' ')[0]) / 1e6;
  } catch {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  }
}

/** The value below which this share of the values lies; 0 where there are none. */
export function quantile(values: readonly number[], share: number): number {
  const ascending = values.toSorted((a, b) => a - b);
  return ascending[Math.min(ascending.length - 1, Math.floor(ascending.length * share))] ?? 0;
}

/** Watches the event loop while some work goes on. */
export async function pausesDuring(work: () => Promise<unknown>): Promise<Pauses> {
  const waits: number[] = [];
  const own: number[] = [];
  const begun = performance.now();
  let last = begun;
  let lastOwn = threadMilliseconds();
  let timer: NodeJS.Timeout;
  const look = (): void => {
    const now = performance.now();
    const nowOwn = threadMilliseconds();
    waits.push(Math.max(0, now - last - TICK_MS));
    own.push(nowOwn - lastOwn);
    last = now;
    lastOwn = nowOwn;
    timer = setTimeout(look, TICK_MS);
  };
  timer = setTimeout(look, TICK_MS);
  try {
    await work();
  } finally {
    clearTimeout(timer);
  }
  const seconds = (performance.now() - begun) / 1000;
  return {
    seconds,
    longest: quantile(waits, 1),
    percentile99: quantile(waits, 0.99),
    ownLongest: quantile(own, 1),
    ownPercentile99: quantile(own, 0.99),
    ownOver20: own.filter((one) => one > 20).length,
    load: own.reduce((sum, one) => sum + one, 0) / 1000 / seconds,
  };
}
