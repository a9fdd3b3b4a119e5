import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { readChoice } from '../node/models/modelChoice.ts';
import type { ModelChoice } from '../node/models/modelChoice.ts';
import type { ServerAccess } from '../node/serving/servedRunner.ts';
import { UsageError } from './io.ts';

/** Options of every verb whose model may lie on a server. */
export const serverOptions = {
  server: { type: 'string' },
  protocol: { type: 'string' },
  'model-version': { type: 'string' },
  tokenizer: { type: 'string' },
  api: { type: 'string' },
  'in-flight': { type: 'string' },
  timeout: { type: 'string' },
  budget: { type: 'string' },
  'plain-http': { type: 'boolean', default: false },
} as const;

/** What `--help` says of them. */
export const serverUsage = `  --server URL                a server that runs the model, whose name there is --model; sentences are sent to it. The environment
                              variable ENTITY_LENS_SERVER_TOKEN has the token for it, which is sent to it alone
  --protocol oip|openai       what it speaks: Open Inference Protocol v2 (bert), or OpenAI's API (t5)
  --model-version V           the version of the model at the server (default: the server's choice)
  --tokenizer MODEL           oip: a folder with the model's config.json and tokenizer, or a downloaded hub model (default: the
                              bundled model's)
  --api chat|completions      openai: which of its ways is asked (default chat)
  --in-flight N               how many requests are under way at once (default 32 for oip, 8 for openai)
  --timeout S, --budget S     seconds for one answer (60), and for an answer with all its retries (120)
  --plain-http                plain http is meant, though others could read it; loopback needs no such word`;

/** The values of `serverOptions` as parseArgs gives them. */
export interface ServerValues {
  readonly server?: string | undefined;
  readonly protocol?: string | undefined;
  readonly 'model-version'?: string | undefined;
  readonly tokenizer?: string | undefined;
  readonly api?: string | undefined;
  readonly 'in-flight'?: string | undefined;
  readonly timeout?: string | undefined;
  readonly budget?: string | undefined;
  readonly 'plain-http'?: boolean | undefined;
}

/** Throws UsageError where options speak of a server that is not named, or a server of a model that is not. */
export function expectServer(values: ServerValues, models: readonly string[]): void {
  if (values.server !== undefined) {
    if (models.length === 0) throw new UsageError('--server goes with --model, the name of the model at the server.');
    return;
  }
  const names = Object.keys(serverOptions) as (keyof ServerValues)[];
  const left = names.find((name) => values[name] !== undefined && values[name] !== false);
  if (left !== undefined) throw new UsageError(`--${left} goes with --server.`);
}

/** The choice of a model on a server. */
export function serverChoice(model: string, labelMap: unknown, values: ServerValues): ModelChoice {
  const { tokenizer } = values;
  const folder = tokenizer === undefined ? undefined : path.resolve(tokenizer);
  const named = {
    model,
    server: values.server,
    protocol: values.protocol,
    version: values['model-version'],
    tokenizer: folder !== undefined && existsSync(folder) ? folder : tokenizer,
    api: values.api,
    inFlight: numberOf(values['in-flight']),
    timeout: numberOf(values.timeout),
    budget: numberOf(values.budget),
    plainHttp: values['plain-http'],
    labelMap,
  };
  const read = readChoice(Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined)));
  if (read.ok) return read.value;
  throw new UsageError(read.message);
}

/** Whoever names a server on the command line agreed to it; the token is that of the environment. */
export const commandLineAccess: ServerAccess = {
  token: () => Promise.resolve(process.env['ENTITY_LENS_SERVER_TOKEN']?.trim() || undefined),
  agreed: () => Promise.resolve(),
};

function numberOf(text: string | undefined): number | string | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  return text.trim() === '' || Number.isNaN(number) ? text : number;
}
