import { setTimeout as delay } from 'node:timers/promises';

/**
 * Asks again and again until the answer is neither undefined nor false, and gives it. Fails with `what` and the last
 * answer, or the last exception, when that takes too long.
 */
export const until = async <T>(
  what: string,
  ask: () => Promise<T | undefined | false> | T | undefined | false,
  timeoutMs = 45_000,
): Promise<T> => {
  const deadline = Date.now() + timeoutMs;
  let last: unknown;
  do {
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== false) return answer;
      last = answer;
    } catch (error) {
      last = error;
    }
    await delay(50);
  } while (Date.now() < deadline);
  throw new Error(`Waited ${(timeoutMs / 1000).toString()} s in vain for ${what}`, { cause: last });
};
