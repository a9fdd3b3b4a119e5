import path from 'node:path';
import process from 'node:process';
import type { ModelSource } from '../core/span.ts';
import type { Result } from '../core/result.ts';
import { download, planDownload } from '../node/hub/hubDownload.ts';
import type { DownloadReason } from '../node/hub/hubDownload.ts';
import type { Dtype } from '../node/hub/hubLayout.ts';
import { hubDtypes } from '../node/hub/hubModel.ts';
import { bytesText } from '../node/hub/hubName.ts';
import { hubToken } from '../node/hub/hubRequest.ts';
import type { HubToken } from '../node/hub/hubRequest.ts';
import { downloadedFolder, readRecord } from '../node/hub/hubStorage.ts';
import type { ModelChoice } from '../node/models/modelChoice.ts';
import { CliError, UsageError } from './io.ts';
import type { CliContext } from './io.ts';
import type { OwnModels } from './ownModels.ts';

/** Sees to it that the hub models that are named are there: fetches them where the user agreed, and says how to agree where not. */
export async function fetchModels(own: OwnModels, context: CliContext): Promise<void> {
  for (const family of ['bert', 't5'] as const) {
    const choice = own.choices[family];
    if (choice === undefined || choice.server !== undefined || path.isAbsolute(choice.model)) continue;
    const folder = downloadedFolder(own.storage, choice.model, choice.revision);
    if (readRecord(folder, family, choice.dtype) !== undefined) continue;
    if (!own.download) {
      throw new CliError(
        `${nameOf(choice)} is not downloaded in ${own.storage}, and no folder has that name. Add --download to fetch it from ${own.hub}, or name another folder by --storage.`,
      );
    }
    await fetchModel(own, family, choice, context);
  }
}

function nameOf({ model, revision, dtype }: ModelChoice): string {
  return `${model}${revision === 'main' ? '' : `@${revision}`}${dtype === undefined ? '' : ` (${dtype})`}`;
}

async function fetchModel(
  own: OwnModels,
  family: ModelSource,
  { model: id, revision, dtype: wanted }: ModelChoice,
  context: CliContext,
): Promise<void> {
  const { storage, hub: host } = own;
  const options = { signal: context.signal, token: tokenFor(host) };
  const place = { host, id, revision, family, storage };
  const dtype = wanted ?? smallest(insist(await hubDtypes(place, options)).map((one) => one.dtype));
  const plan = insist(await planDownload({ ...place, dtype }, options));
  const size = plan.bytes === undefined ? 'size unknown' : bytesText(plan.bytes);
  const folder = downloadedFolder(storage, id, revision);
  context.warn(`Downloading ${id} (${revision}, ${dtype}, ${size}) from ${host} into ${folder}`);
  const done = await download(plan, {
    ...options,
    onProgress: ({ bytes, total }) => {
      context.progress(id, bytes, total, bytesText);
    },
  });
  context.clearProgress();
  const { files } = insist(done);
  context.warn(`Downloaded ${id}: ${bytesText(files.reduce((sum, file) => sum + file.bytes, 0))}, verified.`);
}

/** The token of the environment, as other programs of the field take it. */
function tokenFor(host: string): HubToken | undefined {
  const text = process.env['HF_TOKEN'] ?? '';
  const token = text.trim() === '' ? undefined : hubToken(host, text);
  if (text.trim() === '' || token !== undefined) return token;
  throw new CliError(
    `HF_TOKEN is no token that can be sent to ${host}: it has other characters than letters, digits and signs, or the address is not https.`,
  );
}

/** The smallest number format that is sure to run on a processor. */
function smallest(dtypes: readonly Dtype[]): Dtype {
  const order = ['q8', 'int8', 'fp32', 'q4', 'fp16'] as const;
  return order.find((dtype) => dtypes.includes(dtype)) ?? order[0];
}

const MORE: Partial<Record<DownloadReason, string>> = {
  notOpen: ' The environment variable HF_TOKEN takes a token.',
  modelHidden: ' The token is that of the environment variable HF_TOKEN.',
  tokenRefused: ' The token is that of the environment variable HF_TOKEN.',
};

function insist<Value>(result: Result<Value, DownloadReason>): Value {
  if (result.ok) return result.value;
  if (result.reason === 'choiceInvalid') throw new UsageError(result.message);
  throw new CliError(`${result.message}${MORE[result.reason] ?? ''}`);
}
