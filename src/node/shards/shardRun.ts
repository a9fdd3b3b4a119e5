import path from 'node:path';
import { ChannelError } from '../../protocol/channel.ts';
import type { CancelSignal } from '../../protocol/channel.ts';
import { hashOf } from '../corpus/diskCorpus.ts';
import type { DiskFile } from '../corpus/diskCorpus.ts';
import { readFileRecord, RecordError, sameRun, writeFileRecord, writeShardRecord } from './records.ts';
import type { FileRecord, Run, ShardRecord } from './records.ts';
import { isIn } from './shard.ts';
import type { Shard } from './shard.ts';
import { append } from '../../core/lists.ts';

/** A file that was read, with its sentences still to be asked about. */
export interface OpenFile<Content> {
  readonly file: DiskFile;
  readonly sha256: string;
  readonly content: Content;
  readonly sentences: number;
}

/** What the results of a file come to. */
export type FileResult = Omit<FileRecord, 'version' | 'run' | 'file' | 'sha256' | 'sentences'>;

/** Work on the files of a folder. */
export interface ShardWork<Content> {
  readonly run: Run;
  /** The folder as it was named. */
  readonly corpus: string;
  readonly files: readonly DiskFile[];
  readonly shard: Shard;
  /** The folder of the records. */
  readonly root: string;
  /** The folder of what is written besides, for a look whether it is still there. */
  readonly written: string;
  readonly resume: boolean;
  readonly signal: CancelSignal;
  /** Reads a file; a message says why it cannot be used. */
  readonly read: (file: DiskFile) => Promise<{ readonly content: Content; readonly sentences: number } | string>;
  /** Works on some files at once, writes what is to be written, and gives one result a file. */
  readonly finish: (files: readonly OpenFile<Content>[]) => Promise<readonly FileResult[]>;
  readonly progress: (done: number, total: number) => void;
}

/** What became of a shard. */
export interface ShardDone {
  readonly records: readonly FileRecord[];
  readonly shard: ShardRecord;
  /** How many files had their results already. */
  readonly resumed: number;
}

/** How many sentences are asked about at once: enough to keep a server busy, and what a kill costs at most. */
const WINDOW = 512;

/** Does the work for the files of a shard, window by window; each file's record is written when its result is in its place. */
export async function runShard<Content>(work: ShardWork<Content>): Promise<ShardDone> {
  const records: FileRecord[] = [];
  const unread: [string, string][] = [];
  let resumed = 0;
  let open: OpenFile<Content>[] = [];
  const finish = async (done: number): Promise<void> => {
    if (open.length > 0) append(records, await finishWindow(work, open));
    open = [];
    work.progress(done, work.files.length);
  };
  for (const [place, file] of work.files.entries()) {
    if (work.signal.aborted) throw new ChannelError('cancelled', 'cancelled');
    const { sha256 } = await hashOf(file.path);
    if (!isIn(work.shard, sha256)) continue;
    const known = work.resume ? await knownResult(work, file, sha256) : undefined;
    if (known !== undefined) {
      resumed++;
      records.push(known);
      continue;
    }
    const read = await work.read(file);
    if (typeof read === 'string') unread.push([file.name, read]);
    else open.push({ file, sha256, ...read });
    if (open.reduce((sum, one) => sum + one.sentences, 0) >= WINDOW) await finish(place + 1);
  }
  await finish(work.files.length);
  const { run, corpus, shard } = work;
  const files = records.map((record) => record.file).sort();
  const record: ShardRecord = { version: 1, run, corpus, ...shard, files, unread };
  await writeShardRecord(work.root, record);
  return { records, shard: record, resumed };
}

async function finishWindow<Content>(
  work: ShardWork<Content>,
  open: readonly OpenFile<Content>[],
): Promise<readonly FileRecord[]> {
  const results = await work.finish(open);
  const records: FileRecord[] = [];
  for (const [index, { file, sha256, sentences }] of open.entries()) {
    const result = results[index];
    if (result === undefined) throw new Error(`${file.name} has no result`);
    const record: FileRecord = { version: 1, run: work.run, file: file.name, sha256, sentences, ...result };
    await writeFileRecord(work.root, record);
    records.push(record);
  }
  return records;
}

/** The result that a file has already, where it is of this run and of this content and what it wrote is still as it was. */
async function knownResult<Content>(
  { root, written: folder, run }: ShardWork<Content>,
  { name }: DiskFile,
  sha256: string,
): Promise<FileRecord | undefined> {
  const record = await readFileRecord(root, name).catch((error: unknown) => {
    // It is made again.
    if (error instanceof RecordError) return undefined;
    throw error;
  });
  if (record === undefined || record.sha256 !== sha256 || !sameRun(record.run, run)) return undefined;
  const { written } = record;
  if (written === undefined) return record;
  const there = await hashOf(path.join(folder, written.file)).catch(() => undefined);
  return there?.sha256 === written.sha256 ? record : undefined;
}
