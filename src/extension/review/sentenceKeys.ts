import { spliceBetween, spliced } from '../base/splice.ts';

interface WithText {
  readonly text: string;
}

/**
 * A name for each sentence of a list that changes a little at a time, which stays as the sentences around it come and go:
 * its text, and how many with the same text come before it.
 */
export class SentenceKeys {
  #sentences: readonly WithText[] = [];
  #keys: readonly string[] = [];
  readonly #counts = new Map<string, number>();

  /** The keys of these sentences; costs what changed unless a text that changed occurs more than once. */
  of(sentences: readonly WithText[]): readonly string[] {
    if (sentences === this.#sentences) return this.#keys;
    const splice = spliceBetween(this.#sentences, sentences, (a, b) => a === b || a.text === b.text);
    if (splice !== undefined) {
      const removed = this.#sentences.slice(splice.first, splice.oldEnd);
      const added = sentences.slice(splice.first, splice.newEnd);
      const alone = ({ text }: WithText): boolean => this.#counts.get(text) === 1;
      const were = removed.every(alone);
      for (const { text } of removed) this.#count(text, -1);
      for (const { text } of added) this.#count(text, 1);
      this.#keys = were && added.every(alone) ? spliced(this.#keys, splice, added.map(firstKey)) : keysOf(sentences);
    }
    this.#sentences = sentences;
    return this.#keys;
  }

  #count(text: string, by: 1 | -1): void {
    const count = (this.#counts.get(text) ?? 0) + by;
    if (count === 0) this.#counts.delete(text);
    else this.#counts.set(text, count);
  }
}

function firstKey({ text }: WithText): string {
  return `0 ${text}`;
}

function keysOf(sentences: readonly WithText[]): readonly string[] {
  const counts = new Map<string, number>();
  return sentences.map(({ text }) => {
    const before = counts.get(text) ?? 0;
    counts.set(text, before + 1);
    return `${String(before)} ${text}`;
  });
}
