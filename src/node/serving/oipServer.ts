import * as v from 'valibot';
import { ChannelError } from '../../protocol/channel.ts';
import type { ServedAnswer, ServedRun } from '../../protocol/inference.ts';
import { jsonOf } from './jsonAnswer.ts';
import { answerOf, requestOf } from './oipTensors.ts';
import { PassingError } from './retry.ts';
import type { ServerAnswer } from './serverRequest.ts';

/** Asks the server one path, once; retries are the caller's. */
export type Ask = (
  path: string,
  request: {
    readonly method: 'GET' | 'POST';
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string | Uint8Array;
  },
) => Promise<ServerAnswer>;

/** Does some asking again and again until it succeeds or its budget is spent. */
export type Tried = <T>(work: (ask: Ask) => Promise<T>) => Promise<T>;

/** What a server says of a model that speaks the Open Inference Protocol v2. */
export interface OipModel {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** How many labels the logits have; undefined where the server leaves that open. */
  readonly labels: number | undefined;
  /** Whether tensors go out and come back as bytes. */
  readonly binary: boolean;
}

const serverSchema = v.looseObject({ extensions: v.optional(v.array(v.string()), []) });
const tensorSchema = v.looseObject({
  name: v.string(),
  datatype: v.string(),
  shape: v.array(v.pipe(v.number(), v.integer())),
});
const modelSchema = v.looseObject({ inputs: v.array(tensorSchema), outputs: v.array(tensorSchema) });

/** What a token classifier's graph may be fed here. */
const KNOWN_INPUTS: ReadonlySet<string> = new Set(['input_ids', 'attention_mask', 'token_type_ids']);
const FLOATS: ReadonlySet<string> = new Set(['FP16', 'FP32', 'FP64']);

/** The path of a model, or of one version of it. */
export function oipPath(model: string, version: string | undefined): string {
  const path = `/v2/models/${encodeURIComponent(model)}`;
  return version === undefined ? path : `${path}/versions/${encodeURIComponent(version)}`;
}

/** Asks health, readiness and metadata. Rejects with ChannelError where the model does not fit. */
export async function describeOip(
  tried: Tried,
  { model, version, origin }: { readonly model: string; readonly version: string | undefined; readonly origin: string },
): Promise<OipModel> {
  const path = oipPath(model, version);
  const get = (where: string): Promise<ServerAnswer> => tried((ask) => ask(where, { method: 'GET' }));
  await get('/v2/health/ready');
  const server = await tried(async (ask) => parsed(serverSchema, await ask('/v2', { method: 'GET' }), `${origin}/v2`));
  const told = await tried(async (ask) => parsed(modelSchema, await ask(path, { method: 'GET' }), `${origin}${path}`));
  await get(`${path}/ready`);
  const unfit = (what: string): ChannelError => new ChannelError('serverUnfit', `${model} on ${origin} ${what}`);
  const strange = told.inputs.filter(({ name }) => !KNOWN_INPUTS.has(name)).map(({ name }) => name);
  if (strange.length > 0 || !told.inputs.some(({ name }) => name === 'input_ids'))
    throw unfit(
      `takes ${told.inputs.map(({ name }) => name).join(', ') || 'nothing'}, where ${[...KNOWN_INPUTS].join(', ')} are sent. Export it as a token classifier, or see serve-files.`,
    );
  const other = told.inputs.find(({ datatype }) => datatype !== 'INT64');
  if (other !== undefined) throw unfit(`takes ${other.name} as ${other.datatype}, where INT64 is sent.`);
  const logits = told.outputs.find(({ name }) => name === 'logits');
  if (logits === undefined)
    throw unfit(
      `gives ${told.outputs.map(({ name }) => name).join(', ') || 'nothing'}, where “logits” is read. Name its output so.`,
    );
  if (!FLOATS.has(logits.datatype)) throw unfit(`gives logits as ${logits.datatype}, where floats are read.`);
  const width = logits.shape.at(-1) ?? -1;
  return {
    inputs: told.inputs.map(({ name }) => name),
    outputs: told.outputs.map(({ name }) => name),
    labels: width > 0 ? width : undefined,
    binary: server.extensions.includes('binary_tensor_data'),
  };
}

/** Has the server run a graph once. */
export async function runOip(
  ask: Ask,
  {
    model,
    version,
    binary,
    origin,
    tags,
  }: {
    readonly model: string;
    readonly version: string | undefined;
    readonly binary: boolean;
    readonly origin: string;
    readonly tags: number;
  },
  run: ServedRun,
): Promise<ServedAnswer> {
  const answer = await ask(`${oipPath(model, version)}/infer`, { method: 'POST', ...requestOf(run, binary) });
  const pieces = run.inputs.find(({ name }) => name === 'input_ids')?.dims[1] ?? 0;
  const read = answerOf(answer, run.outputs, pieces, origin);
  const width = read.outputs.find(({ name }) => name === 'logits')?.dims[2] ?? tags;
  if (width !== tags)
    throw new PassingError(
      `${origin} answers with ${String(width)} labels, where its tokenizer's config.json names ${String(tags)}`,
    );
  return read;
}

function parsed<Schema extends v.GenericSchema>(
  schema: Schema,
  answer: ServerAnswer,
  address: string,
): v.InferOutput<Schema> {
  return jsonOf(
    schema,
    answer,
    address,
    (fault) =>
      new ChannelError(
        'serverUnfit',
        `${address} does not speak the Open Inference Protocol v2 (${fault}). Check the address.`,
      ),
  );
}
