import type { Shard } from '../node/shards/shard.ts';
import { readShard, WHOLE } from '../node/shards/shard.ts';
import { UsageError } from './io.ts';

/** Options of the verbs that work through a folder in parts. */
export const shardOptions = {
  shard: { type: 'string' },
  resume: { type: 'boolean', default: false },
} as const;

/** What `--help` says of them. */
export const shardUsage = `  --shard I/N                 of a folder: only the I-th of N parts, which are told by what the files hold
  --resume                    of a folder: keep the results that are there, and go on with the rest`;

/** The shard that `--shard` names; all where it names none. */
export function shardOf(text: string | undefined): Shard {
  const shard = text === undefined ? WHOLE : readShard(text);
  if (shard !== undefined) return shard;
  throw new UsageError(`--shard is I/N, such as 3/7, with I from 1 to N, not “${text ?? ''}”.`);
}

/** Throws UsageError where the options are given with a single file. */
export function expectNoShard(values: { readonly shard?: string | undefined; readonly resume?: boolean }): void {
  if (values.shard !== undefined || values.resume === true)
    throw new UsageError(
      '--shard and --resume go with a folder: whole files are shared out. Cut a large file by its documents first.',
    );
}
