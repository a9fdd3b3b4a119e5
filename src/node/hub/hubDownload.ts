import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/result.ts';
import { writeAtomically } from '../atomicWrite.ts';
import { fetchFile, headOf } from './hubFetch.ts';
import type { FetchReason, HubFile, Watching } from './hubFetch.ts';
import { fileUrl, graphFiles, smallFiles } from './hubLayout.ts';
import { explain, invalidPart } from './hubModel.ts';
import type { HubModel } from './hubModel.ts';
import { downloadedFolder, recordFile } from './hubStorage.ts';
import type { DownloadRecord } from './hubStorage.ts';
import { unfitFor } from '../models/modelFit.ts';
import { messageOf } from '../../core/errorMessage.ts';

/** How far a download is, in bytes over all files; `total` is 0 where the hub does not say. */
export interface DownloadProgress {
  readonly file: string;
  readonly bytes: number;
  readonly total: number;
}

/** How a download is watched and ended. */
export interface DownloadOptions extends Watching {
  readonly onProgress?: (progress: DownloadProgress) => void;
}

/** Why a download did not end well. */
export type DownloadReason = FetchReason | 'choiceInvalid' | 'modelUnfit' | 'writeFailed';

/** What a download would fetch: shown to the user before anything large comes. */
export interface DownloadPlan {
  readonly model: HubModel;
  readonly files: readonly HubFile[];
  /** Bytes of all files together; undefined where the hub does not say. */
  readonly bytes: number | undefined;
}

/** Asks the hub which files the model has and how large they are; fetches none of them. */
export async function planDownload(
  model: HubModel,
  options: DownloadOptions,
): Promise<Result<DownloadPlan, DownloadReason>> {
  const invalid = invalidPart(model);
  if (invalid !== undefined) return fail('choiceInvalid', invalid);
  const wanted = [
    ...smallFiles(model.family),
    ...graphFiles(model.family, model.dtype).map((file) => ({ path: file, optional: false })),
  ];
  const files: HubFile[] = [];
  // A branch may move between two requests: what the first file was of, all are taken of.
  let { revision } = model;
  for (const { path: file, optional } of wanted) {
    let found = await headOf(fileUrl(model.host, model.id, revision, file), file, options);
    const commit = found.ok ? found.value.commit : undefined;
    if (commit !== undefined && commit !== revision) {
      revision = commit;
      found = await headOf(fileUrl(model.host, model.id, revision, file), file, options);
    }
    if (found.ok) files.push(found.value);
    else if (!optional || found.reason !== 'fileMissing') return explain(found, model, file, options.token);
  }
  const sizes = files.map((file) => file.bytes);
  const bytes = sizes.every((size) => size !== undefined) ? sizes.reduce((sum, size) => sum + size, 0) : undefined;
  return ok({ model, files, bytes });
}

/**
 * Fetches a planned model into its folder. What came before a failure or a cancellation is kept and continued next time;
 * a record with every file's SHA-256 is written last, so a model without one is never taken for complete.
 */
export async function download(
  plan: DownloadPlan,
  options: DownloadOptions,
): Promise<Result<DownloadRecord, DownloadReason>> {
  const { model } = plan;
  const folder = downloadedFolder(model.storage, model.id, model.revision);
  const done: { path: string; bytes: number; sha256: string }[] = [];
  const before = (): number => done.reduce((sum, file) => sum + file.bytes, 0);
  for (const file of plan.files) {
    const target = path.join(folder, ...file.path.split('/'));
    try {
      await mkdir(path.dirname(target), { recursive: true });
    } catch (error) {
      return fail('writeFailed', `${path.dirname(target)} cannot be made: ${messageOf(error)}`);
    }
    const fetched = await fetchFile(file, target, {
      ...options,
      onBytes: (bytes) => options.onProgress?.({ file: file.path, bytes: before() + bytes, total: plan.bytes ?? 0 }),
    });
    if (!fetched.ok) return explain(fetched, model, file.path, options.token);
    done.push({ path: file.path, ...fetched.value });
    if (file.path !== 'config.json') continue;
    const unfit = await unfitConfig(target, model);
    if (unfit !== undefined) return fail('modelUnfit', unfit);
  }
  const { id, revision, family, dtype } = model;
  const record: DownloadRecord = { version: 1, id, revision, family, dtype, files: done };
  try {
    await writeAtomically(recordFile(folder, family, dtype), `${JSON.stringify(record, null, 2)}\n`);
  } catch (error) {
    return fail('writeFailed', `the download of ${id} cannot be recorded in ${folder}: ${messageOf(error)}`);
  }
  return ok(record);
}

/** What config.json, which has come, says against the model; undefined where it fits. */
async function unfitConfig(file: string, { id, family }: HubModel): Promise<string | undefined> {
  try {
    return unfitFor(family, JSON.parse(await readFile(file, 'utf8')), id);
  } catch {
    return `config.json of ${id} is no JSON.`;
  }
}
