import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { copyFile, link, mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/result.ts';
import { download, planDownload } from './hubDownload.ts';
import type { DownloadOptions, DownloadPlan, DownloadReason } from './hubDownload.ts';
import { hasContent } from './hubFetch.ts';
import type { HubFile } from './hubFetch.ts';
import { downloadedFolder, recordsIn, stagingOf } from './hubStorage.ts';
import type { DownloadRecord } from './hubStorage.ts';
import { messageOf } from '../../core/errorMessage.ts';

/** A downloaded model of a revision that may have moved on at its hub. */
export interface Refreshed {
  readonly host: string;
  readonly id: string;
  readonly revision: string;
  /** The folder of downloaded models. */
  readonly storage: string;
}

/** What the hub has in place of the files that are here. */
export interface RefreshPlan {
  readonly model: Refreshed;
  /** One for each family and number format that is here, since they share files. */
  readonly plans: readonly DownloadPlan[];
  /** Files that are new or have another content. */
  readonly changed: readonly HubFile[];
  /** Files of the same size of whose content the hub says nothing. */
  readonly unsure: readonly HubFile[];
  /** Files that the hub has no more. */
  readonly gone: readonly string[];
}

/** True for a revision that is a commit's full hash: what it stands for never changes. */
export function isCommit(revision: string): boolean {
  return /^[0-9a-f]{40}$/u.test(revision);
}

/** Asks the hub for sizes and tags and compares them with what is here; fetches no content. */
export async function planRefresh(
  model: Refreshed,
  options: DownloadOptions,
): Promise<Result<RefreshPlan, DownloadReason>> {
  const folder = downloadedFolder(model.storage, model.id, model.revision);
  const plans: DownloadPlan[] = [];
  const known = new Map<string, DownloadRecord['files'][number]>();
  for (const { family, dtype, files } of recordsIn(folder)) {
    const plan = await planDownload({ ...model, family, dtype, storage: stagingOf(model.storage) }, options);
    if (!plan.ok) return plan;
    plans.push(plan.value);
    for (const file of files) known.set(file.path, file);
  }
  if (plans.length === 0) return fail('choiceInvalid', `${model.id} is not downloaded.`);
  const wanted = new Map(plans.flatMap(({ files }) => files.map((file) => [file.path, file])));
  const changed: HubFile[] = [];
  const unsure: HubFile[] = [];
  for (const file of wanted.values()) {
    const here = known.get(file.path);
    const other = here === undefined || (file.bytes !== undefined && file.bytes !== here.bytes);
    // A file that was deleted or cannot be read is fetched like one that changed.
    const same = other
      ? false
      : await hasContent(path.join(folder, ...file.path.split('/')), here, file.tag).catch(() => false);
    if (same === undefined) unsure.push(file);
    else if (!same) changed.push(file);
  }
  const gone = [...known.keys()].filter((file) => !wanted.has(file));
  return ok({ model, plans, changed, unsure, gone });
}

/** The bytes that a refresh would fetch; undefined where the hub does not say. */
export function bytesToFetch({ changed, unsure }: RefreshPlan): number | undefined {
  const sizes = [...changed, ...unsure].map(({ bytes }) => bytes);
  return sizes.every((size) => size !== undefined) ? sizes.reduce((sum, size) => sum + size, 0) : undefined;
}

/** Where the newer version lies until it takes the old one's place. */
export function stagedFolder({ storage, id, revision }: Refreshed): string {
  return downloadedFolder(stagingOf(storage), id, revision);
}

/** Gathers the newer version beside the old one, which stays as it is: what did not change is linked, the rest fetched and verified. What came before a failure is continued next time. */
export async function fetchRefresh(
  refresh: RefreshPlan,
  options: DownloadOptions,
): Promise<Result<void, DownloadReason>> {
  const { model, plans } = refresh;
  const fetching = new Set([...refresh.changed, ...refresh.unsure].map((file) => file.path));
  const folder = downloadedFolder(model.storage, model.id, model.revision);
  try {
    for (const file of new Set(plans.flatMap(({ files }) => files.map((one) => one.path))))
      if (!fetching.has(file)) await linkFile(path.join(folder, file), path.join(stagedFolder(model), file));
  } catch (error) {
    return fail('writeFailed', `The newer version of ${model.id} cannot be gathered: ${messageOf(error)}`);
  }
  const total = bytesToFetch(refresh) ?? 0;
  const came = new Map<string, number>();
  for (const plan of plans) {
    const starts = startsOf(plan);
    const done = await download(plan, {
      ...options,
      onProgress: ({ file, bytes }) => {
        if (!fetching.has(file)) return;
        came.set(file, Math.max(0, bytes - (starts.get(file) ?? 0)));
        options.onProgress?.({ file, bytes: [...came.values()].reduce((sum, size) => sum + size, 0), total });
      },
    });
    if (!done.ok) return done;
  }
  return ok(undefined);
}

/** The bytes before each file of a download. */
function startsOf({ files }: DownloadPlan): ReadonlyMap<string, number> {
  let before = 0;
  return new Map(
    files.map((file) => {
      const start = before;
      before += file.bytes ?? 0;
      return [file.path, start];
    }),
  );
}

async function linkFile(from: string, to: string): Promise<void> {
  if (existsSync(to) || !existsSync(from)) return;
  await mkdir(path.dirname(to), { recursive: true });
  // Not every file system has links.
  await link(from, to).catch(() => copyFile(from, to));
}

/** Puts the gathered version in the place of the old one; where that fails, the old one stays. */
export async function adoptRefresh(model: Refreshed): Promise<Result<void, 'writeFailed'>> {
  const folder = downloadedFolder(model.storage, model.id, model.revision);
  const old = downloadedFolder(asideOf(model.storage), model.id, model.revision);
  try {
    await mkdir(path.dirname(old), { recursive: true });
    await rm(old, { recursive: true, force: true });
    await rename(folder, old);
    try {
      await rename(stagedFolder(model), folder);
    } catch (error) {
      await rename(old, folder);
      throw error;
    }
  } catch (error) {
    return fail(
      'writeFailed',
      `The newer version of ${model.id} cannot take the old one's place in ${folder}: ${messageOf(error)}`,
    );
  }
  // What stays of it is taken away by restoreAside.
  await rm(old, { recursive: true, force: true }).catch(() => undefined);
  return ok(undefined);
}

/** Where old versions lie while newer ones take their place. */
function asideOf(storage: string): string {
  return path.join(storage, '.old');
}

/** Puts back what was aside when the program ended in the middle of a replacement, and takes away what has been replaced. */
export function restoreAside(storage: string): void {
  const aside = asideOf(storage);
  if (!existsSync(aside)) return;
  for (const name of readdirSync(aside)) {
    const old = path.join(aside, name);
    const place = path.join(storage, name);
    if (existsSync(place)) rmSync(old, { recursive: true, force: true });
    else renameSync(old, place);
  }
}
