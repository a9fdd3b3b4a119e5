import { setTimeout as delay } from 'node:timers/promises';
import { ChannelError } from '../../protocol/channel.ts';

/** A request that may well succeed when it is made again. */
export class PassingError extends Error {
  override readonly name = 'PassingError';

  /** How many milliseconds the server asked to be left alone for; undefined where it did not say. */
  readonly after: number | undefined;

  constructor(message: string, after?: number) {
    super(message);
    this.after = after;
  }
}

/** How long is tried, and what time and chance are. */
export interface RetryOptions {
  /** From the first try on, in milliseconds. */
  readonly budget: number;
  readonly signal: AbortSignal;
  /** From 0 to 1. */
  readonly random: () => number;
  readonly now: () => number;
}

const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 10_000;

/** The pause before the next try after `tries` of them: doubled each time, and between half and all of that by chance, so that many do not come at once. */
export function pauseAfter(tries: number, random: number): number {
  return Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (tries - 1)) * (0.5 + random / 2);
}

/** Tries until it succeeds, the budget is spent, or it fails for a reason that will not pass. Rejects with `cancelled` where the signal aborts, and `unanswered` where time ran out. */
export async function retrying<T>(attempt: () => Promise<T>, options: RetryOptions): Promise<T> {
  const { budget, signal, random, now } = options;
  const end = now() + budget;
  for (let tries = 1; ; tries++) {
    if (signal.aborted) throw new ChannelError('cancelled', 'cancelled');
    try {
      return await attempt();
    } catch (error) {
      // It may have been read first as a line that broke.
      if (isAborted(signal)) throw new ChannelError('cancelled', 'cancelled');
      if (!(error instanceof PassingError)) throw error;
      const pause = Math.max(pauseAfter(tries, random()), error.after ?? 0);
      if (now() + pause > end) {
        const times = tries === 1 ? 'once' : `${String(tries)} times`;
        const wait =
          error.after === undefined ? '' : `, and it asks for ${String(Math.ceil(error.after / 1000))} s of patience`;
        throw new ChannelError('unanswered', `${error.message} (tried ${times}${wait})`);
      }
      await delay(pause, undefined, { signal }).catch(() => undefined);
    }
  }
}

function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

/** The milliseconds of a Retry-After header, in seconds or as a date; undefined where it says nothing. */
export function retryAfter(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  const text = header.trim();
  if (/^\d{1,9}$/u.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
