import { readdirSync, readFileSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import type { ModelSource } from '../../core/span.ts';
import { indexSchema, modelSourceSchema } from '../../protocol/schemas.ts';
import { DTYPES } from './hubLayout.ts';
import type { Dtype } from './hubLayout.ts';

/** A hub id: `owner/name`, neither of them a path. */
export const HUB_ID = /^(?!\.+\/)[\w.-]+\/(?!\.+$)[\w.-]+$/u;

const recordSchema = v.object({
  version: v.literal(1),
  id: v.string(),
  revision: v.string(),
  family: modelSourceSchema,
  dtype: v.picklist(DTYPES),
  files: v.array(v.object({ path: v.string(), bytes: indexSchema, sha256: v.string() })),
});

/** What a finished download wrote down: every file with its digest, so that it can be verified offline. */
export type DownloadRecord = v.InferOutput<typeof recordSchema>;

/** Where a hub model lies below the storage folder. */
export function downloadedFolder(storage: string, id: string, revision: string): string {
  return path.join(storage, `${id.replace('/', '--')}@${revision.replaceAll(/[^\w.-]/gu, '_')}`);
}

/** The file that says that a download of this family and dtype is complete. */
export function recordFile(folder: string, family: ModelSource, dtype: Dtype): string {
  return path.join(folder, `entity-lens.${family}.${dtype}.json`);
}

/** The record of a complete download, of any dtype where none is named; undefined where there is none. */
export function readRecord(folder: string, family: ModelSource, dtype: Dtype | undefined): DownloadRecord | undefined {
  for (const candidate of dtype === undefined ? DTYPES : [dtype]) {
    try {
      const value: unknown = JSON.parse(readFileSync(recordFile(folder, family, candidate), 'utf8'));
      const parsed = v.safeParse(recordSchema, value);
      if (parsed.success && parsed.output.family === family) return parsed.output;
    } catch {
      // No record of this dtype.
    }
  }
  return undefined;
}

/** The records of all complete downloads of a family, by name. */
export function downloadsIn(storage: string, family: ModelSource): readonly DownloadRecord[] {
  let names: readonly string[];
  try {
    names = readdirSync(storage);
  } catch {
    return [];
  }
  return names
    .toSorted()
    .flatMap((name) => DTYPES.flatMap((dtype) => readRecord(path.join(storage, name), family, dtype) ?? []));
}

/** The records of all complete downloads in a model's folder, of both families and all dtypes. */
export function recordsIn(folder: string): readonly DownloadRecord[] {
  const families = ['bert', 't5'] as const;
  return families.flatMap((family) => DTYPES.flatMap((dtype) => readRecord(folder, family, dtype) ?? []));
}

/** Deletes everything that came of a model's revision, of both families and all dtypes, and of its newer version. */
export async function removeDownload(storage: string, id: string, revision: string): Promise<void> {
  await removeStaged(storage, id, revision);
  await rm(downloadedFolder(storage, id, revision), { recursive: true, force: true });
}

/** The storage in which newer versions gather until they are whole. */
export function stagingOf(storage: string): string {
  return path.join(storage, '.new');
}

/** Deletes what came of a newer version. */
export async function removeStaged(storage: string, id: string, revision: string): Promise<void> {
  await rm(downloadedFolder(stagingOf(storage), id, revision), { recursive: true, force: true });
}

/** Deletes what an unfinished download left, and nothing that a finished one of the same model needs. */
export async function removeUnfinished(storage: string, id: string, revision: string): Promise<void> {
  const folder = downloadedFolder(storage, id, revision);
  const finished = recordsIn(folder);
  const kept = new Set(
    finished.flatMap(({ files }) => files.map((file) => path.join(folder, ...file.path.split('/')))),
  );
  const records = new Set(finished.map(({ family, dtype }) => recordFile(folder, family, dtype)));
  if (finished.length === 0) {
    await removeDownload(storage, id, revision);
    return;
  }
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.isFile() && !kept.has(file) && !records.has(file)) await rm(file, { force: true });
  }
}
