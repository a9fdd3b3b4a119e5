import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Steps } from '../../core/steps.ts';
import { ChannelError } from '../../protocol/channel.ts';
import type { CancelSignal } from '../../protocol/channel.ts';

/** Milliseconds that long work may take at a time, so that it keeps no other extension waiting. */
export const SLICE_MS = 5;

/** A clock that runs out after one slice. */
export function sliceOfTime(milliseconds = SLICE_MS): () => boolean {
  const end = performance.now() + milliseconds;
  return () => performance.now() < end;
}

/** Does work in slices until `step`, which is to stop when its clock has run out, says that it is done. */
export async function inSlices(step: (hasTime: () => boolean) => boolean): Promise<void> {
  while (!step(sliceOfTime())) await nextTurn();
}

/** Runs a computation to its end in slices. Rejects with `cancelled` once the signal says so. */
export async function finishInSlices<Value>(steps: Steps<Value>, signal?: CancelSignal): Promise<Value> {
  for (let hasTime = sliceOfTime(); ;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (hasTime()) continue;
    await nextTurn();
    if (signal?.aborted === true) throw new ChannelError('cancelled', 'cancelled');
    hasTime = sliceOfTime();
  }
}
