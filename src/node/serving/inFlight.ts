import { setMaxListeners } from 'node:events';
import { ChannelError } from '../../protocol/channel.ts';
import type { CancelSignal } from '../../protocol/channel.ts';

/** Failures of one item that say nothing of the others. */
const SINGLE: ReadonlySet<string> = new Set(['unanswered']);

/**
 * Works on all items, at most `most` at once. A failure of one item stands in its place where the others can go on; any other
 * (cancelled, the server is gone or refuses) ends what is under way and rejects with a PartError.
 */
export async function allInFlight<Item, Value>(
  items: readonly Item[],
  most: number,
  cancel: CancelSignal,
  work: (item: Item, signal: AbortSignal) => Promise<Value>,
): Promise<readonly (Value | Error)[]> {
  const results = new Array<Value | Error>(items.length);
  const stop = new AbortController();
  // Each item listens to it.
  setMaxListeners(0, stop.signal);
  const abort = (): void => {
    stop.abort();
  };
  cancel.addEventListener('abort', abort);
  if (cancel.aborted) abort();
  let next = 0;
  let failed: Error | undefined;
  const worker = async (): Promise<void> => {
    while (next < items.length && failed === undefined) {
      const place = next++;
      try {
        results[place] = await work(items[place] as Item, stop.signal);
      } catch (error) {
        const known = error instanceof Error ? error : new Error(String(error));
        if (known instanceof ChannelError && SINGLE.has(known.reason)) results[place] = known;
        else {
          failed ??= known;
          abort();
        }
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, worker));
  cancel.removeEventListener('abort', abort);
  // What was answered before it failed is worth keeping; the rest says why it is not there.
  if (failed !== undefined) throw new PartError(failed, results);
  return results;
}

/** A batch that ended early, with what was there by then. */
export class PartError<Value> extends Error {
  override readonly name = 'PartError';
  readonly reason: Error;
  readonly results: readonly (Value | Error | undefined)[];

  constructor(reason: Error, results: readonly (Value | Error | undefined)[]) {
    super(reason.message);
    this.reason = reason;
    this.results = results;
  }
}
