import type { Scheme } from '../core/scheme.ts';
import type { ModelSource } from '../core/span.ts';
import type { Asking } from '../node/models/modelRun.ts';
import { UsageError } from './io.ts';
import { ownModelOptions, ownModels, ownModelUsage } from './ownModels.ts';
import type { OwnModels, OwnModelValues } from './ownModels.ts';

/** Options that `parseArgs` reads for every verb that runs a model. */
export const modelOptions = {
  system: { type: 'string' },
  scheme: { type: 'string', default: 'full' },
  models: { type: 'string' },
  threads: { type: 'string' },
  ...ownModelOptions,
  k: { type: 'string' },
  free: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** What `--help` says of them. */
export const modelOptionsUsage = `  --system bert|t5            which model family
  --scheme full|simplified    the tag set (default full)
  --models DIR                a folder with manifest.json and model folders (default: the bundled models)
  --threads N                 threads of the model process (default: all cores)
${ownModelUsage}
  --k N                       how many examples a prompt of T5 shows (default: as its template says)
  --free                      let T5 write without forcing words and legal tags, to see its raw failures
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

/** What the model options say, for a predictor. */
export interface PredictorChoices {
  /** The folder with manifest.json; undefined for the bundled models. */
  readonly models: string | undefined;
  readonly threads: number;
  /** Models of the user's own, in place of those of the manifest. */
  readonly own?: OwnModels;
  readonly asking?: Asking;
}

/** The values of `modelOptions` as parseArgs gives them. */
export interface ModelValues extends OwnModelValues {
  readonly models?: string | undefined;
  readonly threads?: string | undefined;
  readonly k?: string | undefined;
  readonly free?: boolean | undefined;
}

/** Where models come from and how they are asked, by the options. */
export function predictorChoices(
  values: ModelValues,
  system: ModelSource | undefined,
  cores: number,
): PredictorChoices {
  const k = values.k === undefined ? undefined : Number(values.k);
  if (k !== undefined && !(Number.isInteger(k) && k >= 0))
    throw new UsageError(`--k is a number from 0, not “${values.k ?? ''}”.`);
  return {
    models: values.models,
    threads: threadsOf(values.threads, cores),
    own: ownModels(values, system === undefined ? [] : [system]),
    asking: { k, free: values.free },
  };
}

/** The number that `--threads` names. */
export function threadsOf(text: string | undefined, cores: number): number {
  const threads = text === undefined ? cores : Number(text);
  if (Number.isInteger(threads) && threads > 0) return threads;
  throw new UsageError(`--threads is a number from 1, not “${text ?? ''}”.`);
}
