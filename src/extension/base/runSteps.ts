import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Steps } from '../../core/steps.ts';
import { ChannelError } from '../../protocol/channel.ts';
import type { CancelSignal } from '../../protocol/channel.ts';
import { sliceOfTime } from './slices.ts';

/** Runs a computation to its end with a turn for others after each slice. Rejects with `cancelled` once the signal says so. */
export async function runSteps<Value>(steps: Steps<Value>, signal?: CancelSignal): Promise<Value> {
  let hasTime = sliceOfTime();
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (hasTime()) continue;
    await nextTurn();
    if (signal?.aborted === true) throw new ChannelError('cancelled', 'cancelled');
    hasTime = sliceOfTime();
  }
}
