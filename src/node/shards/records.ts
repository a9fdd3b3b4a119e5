import { mkdir, readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import { indexSchema, modelSourceSchema, schemeSchema } from '../../protocol/schemas.ts';
import { writeAtomically } from '../atomicWrite.ts';
import { countsSchema } from './countsRecord.ts';

/** What makes two results comparable: the command, what it was told, and the model by what its files hold. Paths of this machine are no part of it. */
const runSchema = v.object({
  command: v.picklist(['annotate', 'evaluate']),
  tool: v.string(),
  system: modelSourceSchema,
  scheme: schemeSchema,
  /** The labels that enter the figures first. */
  labels: v.array(v.string()),
  model: v.object({ name: v.string(), files: v.array(v.object({ path: v.string(), sha256: v.string() })) }),
  /** Every other choice that changes an answer, as JSON. */
  choices: v.string(),
});
export type Run = v.InferOutput<typeof runSchema>;

/** The result of one file, written as the last step of it. */
const fileRecordSchema = v.object({
  version: v.literal(1),
  run: runSchema,
  /** The file by its path from the folder on, with slashes, and its content. */
  file: v.string(),
  sha256: v.string(),
  sentences: indexSchema,
  seconds: v.pipe(v.number(), v.minValue(0)),
  failures: v.array(v.tuple([v.string(), indexSchema])),
  /** What `annotate` wrote. */
  written: v.optional(v.object({ file: v.string(), sha256: v.string(), spans: indexSchema })),
  /** Sentences that `evaluate` left out because they are begun and not complete. */
  inProgress: v.optional(indexSchema),
  /** What `evaluate` counted; null where no sentence is complete. */
  counts: v.optional(v.nullable(countsSchema)),
});
export type FileRecord = v.InferOutput<typeof fileRecordSchema>;

/** A finished shard, written when all its files have their results. */
const shardRecordSchema = v.object({
  version: v.literal(1),
  run: runSchema,
  /** The folder as it was named. */
  corpus: v.string(),
  index: indexSchema,
  of: indexSchema,
  files: v.array(v.string()),
  /** Files of the shard that could not be read, each with why. */
  unread: v.array(v.tuple([v.string(), v.string()])),
});
export type ShardRecord = v.InferOutput<typeof shardRecordSchema>;

/** The folder of the records of files within a folder of records. */
export const FILES = 'files';
const SHARD_NAME = /^shard-\d+-of-\d+\.json$/u;

/** A record that is none; the message names the file and the remedy. */
export class RecordError extends Error {
  override readonly name = 'RecordError';
}

/** The file of a record of a result. */
export function recordPath(root: string, file: string): string {
  return path.join(root, FILES, `${file}.json`);
}

/** Puts a file's record in its place. */
export async function writeFileRecord(root: string, record: FileRecord): Promise<void> {
  await writeJson(recordPath(root, record.file), record);
}

/** Puts a finished shard's record in its place. */
export async function writeShardRecord(root: string, record: ShardRecord): Promise<void> {
  await writeJson(path.join(root, `shard-${String(record.index)}-of-${String(record.of)}.json`), record);
}

/** The record of a file; undefined where there is none. Rejects with RecordError where it is damaged. */
export function readFileRecord(root: string, file: string): Promise<FileRecord | undefined> {
  return readJson(recordPath(root, file), fileRecordSchema);
}

/** The records of finished shards in a folder. Rejects with RecordError where one is damaged. */
export async function readShardRecords(root: string): Promise<readonly ShardRecord[]> {
  const names = await readdir(root).catch(() => []);
  const records: ShardRecord[] = [];
  for (const name of names.filter((one) => SHARD_NAME.test(one)).sort()) {
    const record = await readJson(path.join(root, name), shardRecordSchema);
    if (record !== undefined) records.push(record);
  }
  return records;
}

/** True where both are of the same run. */
export function sameRun(a: Run, b: Run): boolean {
  return JSON.stringify(v.parse(runSchema, a)) === JSON.stringify(v.parse(runSchema, b));
}

async function writeJson(file: string, value: FileRecord | ShardRecord): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeAtomically(file, `${JSON.stringify(value)}\n`);
}

async function readJson<Schema extends v.GenericSchema>(
  file: string,
  schema: Schema,
): Promise<v.InferOutput<Schema> | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new RecordError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  try {
    return v.parse(schema, JSON.parse(text));
  } catch {
    throw new RecordError(`${file} is no record of this version. Delete it, and run its shard again with --resume.`);
  }
}
