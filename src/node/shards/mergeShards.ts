import { emptyCounts, sumCounts } from '../../core/counts.ts';
import type { Counts } from '../../core/counts.ts';
import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/result.ts';
import { countsOfRecord } from './countsRecord.ts';
import { readFileRecord, readShardRecords, sameRun } from './records.ts';
import type { FileRecord, Run, ShardRecord } from './records.ts';

/** What the files of a run come to together. */
export interface RunTotal {
  readonly files: number;
  /** Files of which no sentence has gold. */
  readonly withoutGold: number;
  readonly sentences: number;
  readonly spans: number;
  readonly seconds: number;
  readonly failures: Readonly<Record<string, number>>;
  /** Sentences that are begun and so not counted. */
  readonly inProgress: number;
  readonly counts: Counts;
}

/** Adds up the records of files. */
export function totalOf(records: readonly FileRecord[]): RunTotal {
  const failures = new Map<string, number>();
  for (const record of records)
    for (const [kind, count] of record.failures) failures.set(kind, (failures.get(kind) ?? 0) + count);
  const counts = records.flatMap((record) => (record.counts ? [countsOfRecord(record.counts)] : []));
  const sum = (numberOf: (record: FileRecord) => number): number =>
    records.reduce((before, record) => before + numberOf(record), 0);
  return {
    files: records.length,
    withoutGold: records.filter((record) => record.counts === null).length,
    sentences: sum((record) => record.sentences),
    spans: sum((record) => record.written?.spans ?? 0),
    seconds: sum((record) => record.seconds),
    failures: Object.fromEntries([...failures].sort(([a], [b]) => (a < b ? -1 : 1))),
    inProgress: sum((record) => record.inProgress ?? 0),
    counts: counts.length === 0 ? emptyCounts() : sumCounts(counts),
  };
}

/** All shards of a run together. */
export interface Merged {
  readonly run: Run;
  readonly corpus: string;
  readonly of: number;
  readonly total: RunTotal;
  readonly unread: ShardRecord['unread'];
}

/** Why shards do not make a run. */
export type MergeReason = 'nothing' | 'differentRuns' | 'differentCuts' | 'shardMissing' | 'fileMissing';

/** Joins the shards that lie in some folders of records, each shard once. Rejects with RecordError where a record is damaged. */
export async function mergeShards(roots: readonly string[]): Promise<Result<Merged, MergeReason>> {
  const shards = new Map<number, { readonly root: string; readonly record: ShardRecord }>();
  for (const root of roots)
    for (const record of await readShardRecords(root)) {
      const [first] = shards.values();
      if (first !== undefined && !sameRun(first.record.run, record.run))
        return fail(
          'differentRuns',
          `${root} and ${first.root} hold results of different runs (${differenceOf(first.record.run, record.run)}). Merge what was made in the same way.`,
        );
      if (first !== undefined && first.record.of !== record.of)
        return fail(
          'differentCuts',
          `${first.root} has shards of ${String(first.record.of)} and ${root} shards of ${String(record.of)}. Delete the shard-*.json of one of them, or choose another folder for each.`,
        );
      shards.set(record.index, { root, record });
    }
  const [first] = shards.values();
  if (first === undefined)
    return fail('nothing', `${roots.join(', ')}: no finished shard lies there. Run one, or name the folder of --out.`);
  const { run, of, corpus } = first.record;
  const missing = Array.from({ length: of }, (_, place) => place + 1).filter((index) => !shards.has(index));
  if (missing.length > 0)
    return fail(
      'shardMissing',
      `${missing.length === 1 ? 'Shard' : 'Shards'} ${missing.join(', ')} of ${String(of)} ${missing.length === 1 ? 'is' : 'are'} not finished. Run the same command with --shard ${String(missing[0])}/${String(of)} --resume.`,
    );
  const records: FileRecord[] = [];
  for (const { root, record: shard } of [...shards.values()].sort((a, b) => a.record.index - b.record.index))
    for (const file of shard.files) {
      const record = await readFileRecord(root, file);
      if (record === undefined || !sameRun(record.run, run))
        return fail(
          'fileMissing',
          `The result of ${file} is gone from ${root}, or was made in another way since. Run shard ${String(shard.index)}/${String(of)} again with --resume.`,
        );
      records.push(record);
    }
  const unread = [...shards.values()].flatMap(({ record }) => record.unread);
  return ok({ run, corpus, of, total: totalOf(records), unread });
}

function differenceOf(a: Run, b: Run): string {
  const keys = Object.keys(a) as (keyof Run)[];
  return keys.filter((key) => JSON.stringify(a[key]) !== JSON.stringify(b[key])).join(', ');
}
