import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import type { ModelSource } from '../core/span.ts';
import { indexSchema, modelSourceSchema } from '../protocol/schemas.ts';
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
