import type { ShardDone } from '../node/shards/shardRun.ts';
import type { CliContext, ExitCode } from './io.ts';

/** Says what became of a shard; files that could not be read make it a failure, though all others have their results. */
export function tellShard(
  { records, shard, resumed }: ShardDone,
  what: string,
  context: Pick<CliContext, 'warn' | 'clearProgress'>,
): ExitCode {
  context.clearProgress();
  for (const [, why] of shard.unread) context.warn(`left out: ${why}`);
  const part = shard.of === 1 ? '' : `shard ${shard.index}/${shard.of}: `;
  const kept = resumed === 0 ? '' : ` (${resumed} were done before)`;
  context.warn(`${part}${records.length} files${kept}, ${what}`);
  return shard.unread.length === 0 ? 0 : 1;
}
