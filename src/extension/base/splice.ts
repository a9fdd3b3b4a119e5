/** A replacement in a list: the old items first..oldEnd became the new items first..newEnd (half-open indices). */
export interface Splice {
  readonly first: number;
  readonly oldEnd: number;
  readonly newEnd: number;
}

/** How many items two sequences share at their start (`head`) and, of the rest, at their end (`tail`). `same` compares an old index with a new one. */
export function commonEnds(
  old: number,
  fresh: number,
  same: (oldIndex: number, freshIndex: number) => boolean,
): { readonly head: number; readonly tail: number } {
  const shorter = Math.min(old, fresh);
  let head = 0;
  while (head < shorter && same(head, head)) head++;
  let tail = 0;
  while (tail < shorter - head && same(old - 1 - tail, fresh - 1 - tail)) tail++;
  return { head, tail };
}

/** The smallest splice between two lists by identity, or undefined where all items are the same. */
export function spliceBetween<Item>(
  old: readonly Item[],
  fresh: readonly Item[],
  same: (a: Item, b: Item) => boolean = Object.is,
): Splice | undefined {
  const { head: first, tail } = commonEnds(old.length, fresh.length, (a, b) => same(old[a] as Item, fresh[b] as Item));
  if (first === old.length && first === fresh.length) return undefined;
  return { first, oldEnd: old.length - tail, newEnd: fresh.length - tail };
}

/** The list with items in place of those that a splice replaces. */
export function spliced<Item>(list: readonly Item[], splice: Splice, items: readonly Item[]): Item[] {
  // Not toSpliced(...items): a list of a whole corpus has more items than a call may have arguments.
  return list.slice(0, splice.first).concat(items, list.slice(splice.oldEnd));
}

/** Where an item is after a splice; undefined where it may be gone, because the number of items around it changed. */
export function movedIndex(index: number, splice: Splice): number | undefined {
  if (index < splice.first) return index;
  if (index >= splice.oldEnd) return index + splice.newEnd - splice.oldEnd;
  return splice.newEnd === splice.oldEnd ? index : undefined;
}

/** The first index whose value is greater than `value` in an ascending list. */
export function upperBound(ascending: readonly number[], value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? Infinity) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
