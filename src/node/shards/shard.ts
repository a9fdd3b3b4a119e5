/** One of `of` parts of a folder, counted from 1. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

/** All of a folder. */
export const WHOLE: Shard = { index: 1, of: 1 };

/** Reads `3/7`; undefined where it is no shard. */
export function readShard(text: string): Shard | undefined {
  const [, index, of] = /^(\d{1,6})\/(\d{1,6})$/u.exec(text) ?? [];
  const shard = { index: Number(index), of: Number(of) };
  return index !== undefined && shard.index >= 1 && shard.index <= shard.of ? shard : undefined;
}

/**
 * True where a file with this SHA-256 (hex) belongs to the shard: its first 48 bits, modulo the number of shards. Content alone
 * decides, so that machines which list the files otherwise, or under other names, share them out alike.
 */
export function isIn({ index, of }: Shard, sha256: string): boolean {
  return Number.parseInt(sha256.slice(0, 12), 16) % of === index - 1;
}
