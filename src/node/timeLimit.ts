import { createContext, Script } from 'node:vm';

const holder: { work: () => unknown } = createContext({ work: () => undefined }) as { work: () => unknown };
const script = new Script('work()');

/** Work that was ended because it took too long. */
export class TooLongError extends Error {
  override readonly name = 'TooLongError';
}

/**
 * Does synchronous work and ends it after so many milliseconds, even in the middle of matching a regular expression, which
 * nothing else can. Throws TooLongError then, and what the work throws.
 */
export function withinTime<Value>(milliseconds: number, work: () => Value): Value {
  holder.work = work;
  try {
    return script.runInContext(holder, { timeout: milliseconds }) as Value;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    throw new TooLongError(`It took more than ${milliseconds} ms.`);
  } finally {
    holder.work = () => undefined;
  }
}
