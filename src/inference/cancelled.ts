import { ChannelError } from '../protocol/channel.ts';
import type { CancelSignal } from '../protocol/channel.ts';

/** Stops work between two runs of a model where the caller no longer wants it. */
export function throwIfCancelled(signal: CancelSignal): void {
  if (signal.aborted) throw new ChannelError('cancelled', 'cancelled');
}
