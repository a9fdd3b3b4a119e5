import { setImmediate as nextTurn } from 'node:timers/promises';
import { CliError } from './io.ts';
import type { CliContext } from './io.ts';

const EVERY_MS = 100;

/** Turns of the event loop in long work, in which it hears that it is to end. */
export interface Turns {
  readonly due: () => boolean;
  /** Throws CliError where the person ended the command. */
  readonly take: () => Promise<void>;
}

/** Turns for a command, one a tenth of a second. */
export function turns({ signal }: CliContext): Turns {
  let last = performance.now();
  return {
    due: () => performance.now() - last > EVERY_MS,
    take: async () => {
      await nextTurn();
      last = performance.now();
      if (signal.aborted) throw new CliError('Ended before everything was written: nothing was changed.');
    },
  };
}
