import type { CancelSignal } from '../protocol/channel.ts';

/** 0 for a result, 1 for input that cannot be used or work that failed, 2 for a wrong call. */
export type ExitCode = 0 | 1 | 2;

/** What a verb may use of the world. */
export interface CliContext {
  /** Results. */
  readonly write: (text: string) => void;
  /** Messages for the person who started it. */
  readonly warn: (line: string) => void;
  /** Draws how far a piece of work is; drawn only where somebody looks. Amounts are numbers where `text` does not write them. */
  readonly progress: (what: string, done: number, total: number, text?: (amount: number) => string) => void;
  /** Takes the progress bar away. */
  readonly clearProgress: () => void;
  /** Aborts when the person ends the command; whoever asks for it has to heed it, giving the event loop its turns. */
  readonly signal: CancelSignal;
  /** The folder of the bundled models. */
  readonly modelsRoot: string;
  /** The built model process. */
  readonly processEntry: string;
}

/** A command: how it is called, and what it does. */
export interface Verb {
  readonly usage: string;
  readonly run: (args: readonly string[], context: CliContext) => ExitCode | Promise<ExitCode>;
}

/** A call that cannot be understood: exit code 2 and the usage. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Input or work that failed for a reason that the message explains: exit code 1. */
export class CliError extends Error {
  override readonly name = 'CliError';
}

const BAR = 24;

/** The text of a progress bar; `text` writes its amounts. */
export function progressBar(what: string, done: number, total: number, text: (amount: number) => string): string {
  const filled = total === 0 ? BAR : Math.round((done / total) * BAR);
  return `${what} [${'#'.repeat(filled)}${'.'.repeat(BAR - filled)}] ${text(done)}/${text(total)}`;
}
