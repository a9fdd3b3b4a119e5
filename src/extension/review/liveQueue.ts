import { compareItems, countString, goldStrings, ownPlaces, placesOf } from '../../core/queue.ts';
import type { Place, ReviewItem, ReviewSentence, StringLabels } from '../../core/queue.ts';
import { spliceBetween } from '../base/splice.ts';

/** What is known of one sentence of the list. */
interface Row<Sentence> {
  index: number;
  sentence: Sentence;
  /** As it was read last; undefined before that. */
  seen: ReviewSentence | undefined;
  strings: ReturnType<typeof goldStrings>;
  own: readonly Place[];
}

interface Entry<Sentence> {
  readonly row: Row<Sentence>;
  readonly item: ReviewItem;
}

/** Sentences that are read between two looks at the clock. */
const STRIDE = 32;

/**
 * The review queue of a list of sentences that changes a little at a time. It gives what `reviewQueue` gives, at the cost of
 * the sentences that changed and of those that share a string with them. Work can be cut into slices.
 */
export class LiveQueue<Sentence> {
  readonly #see: (sentence: Sentence) => ReviewSentence;
  #sentences: readonly Sentence[] = [];
  #rows: Row<Sentence>[] = [];
  /** Sentences that changed and were not read again yet. */
  #unread = new Set<Row<Sentence>>();
  /** Sentences that were read, or whose strings have other labels elsewhere now, and whose items are to be found again. */
  #unsettled = new Set<Row<Sentence>>();
  readonly #strings: StringLabels = new Map();
  readonly #holders = new Map<string, Set<Row<Sentence>>>();
  #entries: readonly Entry<Sentence>[] = [];
  #items: readonly ReviewItem[] = [];

  /** `see` gives what the queue has to know of a sentence. */
  constructor(see: (sentence: Sentence) => ReviewSentence) {
    this.#see = see;
  }

  /** The queue of these sentences. */
  of(sentences: readonly Sentence[]): readonly ReviewItem[] {
    this.step(sentences, () => true);
    return this.#items;
  }

  /** Works towards the queue of these sentences while there is time; true where it is complete. */
  step(sentences: readonly Sentence[], hasTime: () => boolean): boolean {
    this.#take(sentences);
    const settled = this.#work(this.#unread, hasTime, (row) => {
      this.#read(row);
    });
    const fresh: Entry<Sentence>[] = [];
    const changed = new Set<Row<Sentence>>();
    // Labels elsewhere are known only when every sentence was read.
    const complete =
      settled &&
      this.#work(this.#unsettled, hasTime, (row) => {
        changed.add(row);
        const places = row.seen === undefined ? [] : placesOf(row.seen, row.own, this.#strings);
        for (const place of places) fresh.push({ row, item: { sentence: row.index, ...place } });
      });
    this.#merge(changed, fresh);
    return complete;
  }

  #work(rows: Set<Row<Sentence>>, hasTime: () => boolean, work: (row: Row<Sentence>) => void): boolean {
    let count = 0;
    for (const row of rows) {
      if (count++ % STRIDE === 0 && !hasTime()) return false;
      rows.delete(row);
      work(row);
    }
    return true;
  }

  /** Takes over which sentences there are. */
  #take(sentences: readonly Sentence[]): void {
    const splice = sentences === this.#sentences ? undefined : spliceBetween(this.#sentences, sentences);
    this.#sentences = sentences;
    if (splice === undefined) return;
    const { first, oldEnd, newEnd } = splice;
    if (oldEnd === newEnd) {
      for (let index = first; index < newEnd; index++) this.#put(index, sentences[index] as Sentence);
      return;
    }
    const gone = new Set(this.#rows.slice(first, oldEnd));
    for (const row of gone) {
      this.#release(row);
      this.#unread.delete(row);
      this.#unsettled.delete(row);
    }
    const added = sentences.slice(first, newEnd).map((sentence): Row<Sentence> => {
      return { index: 0, sentence, seen: undefined, strings: [], own: [] };
    });
    this.#rows = this.#rows.slice(0, first).concat(added, this.#rows.slice(oldEnd));
    for (let index = first; index < this.#rows.length; index++) (this.#rows[index] as Row<Sentence>).index = index;
    for (const row of added) this.#unread.add(row);
    this.#entries = this.#entries.flatMap(({ row, item }) => {
      if (gone.has(row)) return [];
      return [{ row, item: item.sentence === row.index ? item : { ...item, sentence: row.index } }];
    });
    this.#items = this.#entries.map(({ item }) => item);
  }

  #put(index: number, sentence: Sentence): void {
    const row = this.#rows[index];
    if (row === undefined || row.sentence === sentence) return;
    row.sentence = sentence;
    this.#unread.add(row);
  }

  #read(row: Row<Sentence>): void {
    const seen = this.#see(row.sentence);
    if (seen.gold !== row.seen?.gold || !sameWords(seen.forms, row.seen.forms)) {
      this.#release(row);
      row.strings = goldStrings(seen);
      for (const { key, label } of row.strings) {
        const holders = this.#holders.get(key) ?? new Set();
        this.#holders.set(key, holders.add(row));
        this.#count(key, label, 1);
      }
    }
    row.seen = seen;
    row.own = ownPlaces(seen);
    this.#unsettled.add(row);
  }

  /** Takes the strings of a sentence out of what is known of strings. */
  #release(row: Row<Sentence>): void {
    for (const { key, label } of row.strings) {
      this.#count(key, label, -1);
      const holders = this.#holders.get(key);
      holders?.delete(row);
      if (holders?.size === 0) this.#holders.delete(key);
    }
    row.strings = [];
  }

  #count(key: string, label: string, sign: 1 | -1): void {
    if (!countString(this.#strings, key, label, sign)) return;
    for (const holder of this.#holders.get(key) ?? []) this.#unsettled.add(holder);
  }

  /** Puts the items of some sentences in place of those that they had. */
  #merge(changed: ReadonlySet<Row<Sentence>>, fresh: Entry<Sentence>[]): void {
    if (changed.size === 0) return;
    const kept = this.#entries.filter(({ row }) => !changed.has(row));
    fresh.sort((a, b) => compareItems(a.item, b.item));
    const merged: Entry<Sentence>[] = [];
    let next = 0;
    for (const entry of kept) {
      for (
        let other = fresh[next];
        other !== undefined && compareItems(other.item, entry.item) < 0;
        other = fresh[++next]
      )
        merged.push(other);
      merged.push(entry);
    }
    this.#entries = merged.concat(fresh.slice(next));
    this.#items = this.#entries.map(({ item }) => item);
  }
}

function sameWords(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((word, index) => word === b[index]);
}
