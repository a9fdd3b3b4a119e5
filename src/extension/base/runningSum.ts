import { commonEnds } from './splice.ts';

/** What items add up to. */
export interface Adding<Item, Sum> {
  /** The sum of nothing. */
  readonly nothing: () => Sum;
  /** The sum with these items put in (1) or taken out (-1); it may be the same object, changed. */
  readonly add: (sum: Sum, items: readonly Item[], sign: 1 | -1) => Sum;
}

/** A sum that may not have everything yet: `pending` changed items are still to be counted. */
export interface SumSoFar<Sum> {
  readonly sum: Sum;
  readonly pending: number;
}

/** Items that are counted between two looks at the clock. */
const stride = 32;

/** The sum over a list of immutable items, kept up to date by what its changed items counted before and count now. */
export class RunningSum<Item, Sum> {
  #seen: readonly Item[] = [];
  #sum: Sum;
  /** What is to be taken out of the sum and then to be put in, and how much of each has been. */
  #removing: readonly Item[] = [];
  #removed = 0;
  #adding: readonly Item[] = [];
  #added = 0;

  readonly #how: Adding<Item, Sum>;

  constructor(how: Adding<Item, Sum>) {
    this.#how = how;
    this.#sum = how.nothing();
  }

  /** What has been counted so far. */
  get current(): SumSoFar<Sum> {
    return { sum: this.#sum, pending: this.#removing.length - this.#removed + this.#adding.length - this.#added };
  }

  /** As much of the sum of these items as there is time for; the next call goes on. Costs the items that are not the objects of the last call, and one comparison for each other one. */
  step(items: readonly Item[], hasTime: () => boolean): SumSoFar<Sum> {
    if (items !== this.#seen) {
      const { removed, added } = changes(this.#seen, items);
      this.#seen = items;
      const waiting = new Set(this.#adding.slice(this.#added));
      const gone = new Set(removed);
      this.#removing = [...this.#removing.slice(this.#removed), ...removed.filter((item) => !waiting.has(item))];
      this.#adding = [...[...waiting].filter((item) => !gone.has(item)), ...added];
      this.#removed = 0;
      this.#added = 0;
    }
    for (; this.#removed < this.#removing.length && hasTime(); this.#removed += stride)
      this.#sum = this.#how.add(this.#sum, this.#removing.slice(this.#removed, this.#removed + stride), -1);
    this.#removed = Math.min(this.#removed, this.#removing.length);
    if (this.#removed < this.#removing.length) return this.current;
    for (; this.#added < this.#adding.length && hasTime(); this.#added += stride)
      this.#sum = this.#how.add(this.#sum, this.#adding.slice(this.#added, this.#added + stride), 1);
    this.#added = Math.min(this.#added, this.#adding.length);
    return this.current;
  }
}

/** The objects that one list has and the other has not, looked for between what both lists share at their start and at their end. */
function changes<Item>(
  before: readonly Item[],
  after: readonly Item[],
): { readonly removed: readonly Item[]; readonly added: readonly Item[] } {
  const { head, tail } = commonEnds(before.length, after.length, (a, b) => before[a] === after[b]);
  const removed = before.slice(head, before.length - tail);
  const added = after.slice(head, after.length - tail);
  if (removed.length !== added.length) return { removed, added };
  const differs = (_: Item, index: number): boolean => removed[index] !== added[index];
  return { removed: removed.filter(differs), added: added.filter(differs) };
}
