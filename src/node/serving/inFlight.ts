import { ChannelError } from '../../protocol/channel.ts';

/** Failures of one item that say nothing of the others. */
const SINGLE: ReadonlySet<string> = new Set(['unanswered']);

/**
 * Works on all items, at most `most` at once. A failure of one item stands in its place where the others can go on; any other
 * (cancelled, the server is gone or refuses) rejects the whole, after what is under way has ended.
 */
export async function allInFlight<Item, Value>(
  items: readonly Item[],
  most: number,
  work: (item: Item) => Promise<Value>,
): Promise<readonly (Value | Error)[]> {
  const results = new Array<Value | Error>(items.length);
  let next = 0;
  let failed: Error | undefined;
  const worker = async (): Promise<void> => {
    while (next < items.length && failed === undefined) {
      const place = next++;
      try {
        results[place] = await work(items[place] as Item);
      } catch (error) {
        const known = error instanceof Error ? error : new Error(String(error));
        if (known instanceof ChannelError && SINGLE.has(known.reason)) results[place] = known;
        else failed ??= known;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, worker));
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
