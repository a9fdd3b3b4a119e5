import type { IllegalPolicy, Scheme } from '../../core/scheme.ts';

/** How sentences are read: in which scheme, and what becomes of illegal tags. */
export interface Reading {
  readonly scheme: Scheme;
  readonly policy: IllegalPolicy;
}

/** True for the same scheme and policy. */
export function sameReading(a: Reading, b: Reading): boolean {
  return a.scheme === b.scheme && a.policy === b.policy;
}

/** A memory of what was worked out for an object in each reading. */
export class ByReading<Key extends object, Value> {
  readonly #known = {
    full: { strict: new WeakMap<Key, Value>(), repair: new WeakMap<Key, Value>() },
    simplified: { strict: new WeakMap<Key, Value>(), repair: new WeakMap<Key, Value>() },
  };

  /** What is remembered, else what `make` gives now. Asked for every sentence of a corpus after each change. */
  get(key: Key, { scheme, policy }: Reading, make: () => Value): Value {
    const memory = this.#known[scheme][policy];
    const found = memory.get(key);
    if (found !== undefined) return found;
    const made = make();
    memory.set(key, made);
    return made;
  }
}
