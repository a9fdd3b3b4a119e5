import { setImmediate } from 'node:timers/promises';
import type { InferenceSession } from 'onnxruntime-node';
import { isServed } from './servedSession.ts';

let last: Promise<unknown> = Promise.resolve();
let pending = 0;
const waited = new WeakMap<InferenceSession, number>();

/** Runs of all sessions one after the other. A run blocks this process anyway; in a queue the time that it takes is its own. */
export function inRunQueue<T>(session: InferenceSession, run: () => Promise<T>): Promise<T> {
  if (isServed(session)) return run();
  const asked = performance.now();
  const alone = pending === 0;
  pending += 1;
  const begin = async (): Promise<T> => {
    // What the run before led to is done first, so that it is not counted as time of this one.
    if (!alone) await setImmediate();
    waited.set(session, waitedFor(session) + performance.now() - asked);
    try {
      return await run();
    } finally {
      pending -= 1;
    }
  };
  const result = last.then(begin, begin);
  last = result;
  return result;
}

/** The milliseconds for which runs of a session have waited for those of others so far. */
export function waitedFor(session: InferenceSession): number {
  return waited.get(session) ?? 0;
}
