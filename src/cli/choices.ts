import type { Scheme } from '../core/scheme.ts';
import type { ModelSource } from '../core/span.ts';
import { UsageError } from './io.ts';

/** Options that `parseArgs` reads for every verb that runs a model. */
export const modelOptions = {
  system: { type: 'string' },
  scheme: { type: 'string', default: 'full' },
  models: { type: 'string' },
  threads: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

/** What `--help` says of them. */
export const modelOptionsUsage = `  --system bert|t5            which model family
  --scheme full|simplified    the tag set (default full)
  --models DIR                a folder with manifest.json and model folders (default: the bundled models)
  --threads N                 threads of the model process (default: all cores)
  --progress                  draw the progress bar even where stderr is no terminal`;

/** The family that `--system` names. */
export function systemOf(text: string | undefined): ModelSource {
  if (text === 'bert' || text === 't5') return text;
  throw new UsageError(text === undefined ? '--system bert|t5 is missing.' : `--system is bert or t5, not “${text}”.`);
}

/** The scheme that `--scheme` names. */
export function schemeOf(text: string): Scheme {
  if (text === 'full' || text === 'simplified') return text;
  throw new UsageError(`--scheme is full or simplified, not “${text}”.`);
}

/** The number that `--threads` names. */
export function threadsOf(text: string | undefined, cores: number): number {
  const threads = text === undefined ? cores : Number(text);
  if (Number.isInteger(threads) && threads > 0) return threads;
  throw new UsageError(`--threads is a number from 1, not “${text ?? ''}”.`);
}
