import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import type { ModelSource } from '../core/span.ts';
import { DTYPES } from '../node/hub/hubLayout.ts';
import { hubAddress } from '../node/hub/hubModel.ts';
import { hubName } from '../node/hub/hubName.ts';
import { readChoice } from '../node/models/modelChoice.ts';
import type { ModelChoice } from '../node/models/modelChoice.ts';
import { UsageError } from './io.ts';
import { expectServer, serverChoice, serverOptions, serverUsage } from './serverOptions.ts';
import type { ServerValues } from './serverOptions.ts';

/** Options of every verb that takes a model of the user's own. */
export const ownModelOptions = {
  model: { type: 'string', multiple: true },
  dtype: { type: 'string' },
  'label-map': { type: 'string' },
  storage: { type: 'string' },
  download: { type: 'boolean', default: false },
  hub: { type: 'string' },
  ...serverOptions,
} as const;

/** What `--help` says of them. */
export const ownModelUsage = `  --model MODEL               a model of your own instead of a bundled one: a folder in the layout of transformers.js, or the
                              id of a hub model, owner/name or owner/name@revision; a folder of that name wins over the
                              id. bert=MODEL or t5=MODEL where several systems run
  --dtype WORD                its number format: ${DTYPES.join(', ')} (default: the smallest that is there)
  --label-map JSON            its labels in our words, such as {"MISC": "O", "GPE": "LOC"}
  --storage DIR               where hub models lie (default: $XDG_CACHE_HOME/entity-lens/models, else
                              ~/.cache/entity-lens/models)
  --download                  fetch the hub model where it is not there yet; without this, no hub is asked anything. The
                              environment variable HF_TOKEN opens private models: its token is sent to the hub alone
  --hub URL                   the hub (default: the environment variable HF_ENDPOINT, else https://huggingface.co)
${serverUsage}`;

/** The values of `ownModelOptions` as parseArgs gives them. */
export interface OwnModelValues extends ServerValues {
  readonly model?: readonly string[] | undefined;
  readonly dtype?: string | undefined;
  readonly 'label-map'?: string | undefined;
  readonly storage?: string | undefined;
  readonly download?: boolean | undefined;
  readonly hub?: string | undefined;
}

/** Models of the user's own, and what may be done to have them. */
export interface OwnModels {
  readonly choices: Partial<Record<ModelSource, ModelChoice>>;
  /** The folder of downloaded models. */
  readonly storage: string;
  readonly hub: string;
  /** Whether the user agreed to a download. */
  readonly download: boolean;
}

/** Reads what the options say of models for the systems that run. */
export function ownModels(values: OwnModelValues, systems: readonly ModelSource[]): OwnModels {
  const choices: Partial<Record<ModelSource, ModelChoice>> = {};
  expectServer(values, values.model ?? []);
  for (const text of values.model ?? []) {
    const [system, model] = systemAndModel(text, systems);
    if (choices[system] !== undefined) throw new UsageError(`--model names two models for ${system}.`);
    choices[system] = choiceOf(model, values);
  }
  const named = Object.values(choices);
  const download = values.download ?? false;
  if (download && named.every(({ model, server }) => path.isAbsolute(model) || server !== undefined))
    throw new UsageError('--download goes with the hub model that --model owner/name names.');
  return {
    choices,
    storage: values.storage === undefined ? defaultStorage(process.env, os.homedir()) : path.resolve(values.storage),
    hub: hubAddress(values.hub, process.env['HF_ENDPOINT']),
    download,
  };
}

/** The user's cache folder of downloaded models. */
export function defaultStorage(environment: Readonly<Record<string, string | undefined>>, home: string): string {
  const { XDG_CACHE_HOME: cache = '' } = environment;
  // The specification has relative paths ignored.
  return path.join(path.isAbsolute(cache) ? cache : path.join(home, '.cache'), 'entity-lens', 'models');
}

function systemAndModel(text: string, systems: readonly ModelSource[]): readonly [ModelSource, string] {
  const [, system, model] = /^(bert|t5)=(.+)$/u.exec(text) ?? [];
  if ((system === 'bert' || system === 't5') && model !== undefined) {
    if (systems.includes(system)) return [system, model];
    throw new UsageError(`--model names a model for ${system}, which --system does not.`);
  }
  const [only, ...others] = new Set(systems);
  if (only !== undefined && others.length === 0) return [only, text];
  throw new UsageError(`--model is bert=MODEL or t5=MODEL where not just one --system runs, not “${text}”.`);
}

function choiceOf(text: string, values: OwnModelValues): ModelChoice {
  let labelMap: unknown = {};
  try {
    if (values['label-map'] !== undefined) labelMap = JSON.parse(values['label-map']);
  } catch {
    throw new UsageError('--label-map is no JSON.');
  }
  if (values.server !== undefined) return serverChoice(text, labelMap, values);
  const folder = path.resolve(text);
  const name = existsSync(folder) ? undefined : hubName(text);
  const read = readChoice({
    ...(name === undefined ? { model: folder } : { model: name.id, revision: name.revision }),
    labelMap,
    ...(values.dtype === undefined ? {} : { dtype: values.dtype }),
  });
  if (read.ok) return read.value;
  throw new UsageError(read.message);
}
