import type { CorpusSentence } from './corpus.ts';
import type { DatasetSplit } from './formats/format.ts';
import { splitDocuments } from './splitCorpus.ts';

/** The parts of a split corpus, in the order of their shares. */
export const SPLIT_PARTS: readonly DatasetSplit[] = ['train', 'validation', 'test'];

/** How a corpus is split: the share of each part, and the seed of the draw. */
export interface SplitWish {
  /** For train, validation and test; they need not add up to 1. */
  readonly shares: readonly number[];
  readonly seed: number;
}

/** What a part of a split corpus holds. */
export interface PartSize {
  readonly part: DatasetSplit;
  readonly documents: number;
  readonly sentences: number;
  readonly labels: ReadonlyMap<string, number>;
}

interface Counted {
  sentences: number;
  readonly labels: Map<string, number>;
}

/** The split of a corpus: the size of each part that was to get something, and which part a sentence goes to. */
export interface SplitPlan {
  readonly sizes: readonly PartSize[];
  /** Takes the sentences in the order in which they were counted; each call begins anew. */
  readonly partOf: () => (sentence: CorpusSentence) => DatasetSplit;
}

/** Counts a corpus by document, to split it; sentences of no document are documents of their own. */
export class SplitPlanner {
  readonly #numbers = new Map<string, number>();
  readonly #documents: Counted[] = [];
  readonly #alone: number[] = [];

  add({ documentId, layer }: Pick<CorpusSentence, 'documentId' | 'layer'>): void {
    let number = documentId === undefined ? undefined : this.#numbers.get(documentId);
    if (number === undefined) {
      number = this.#documents.push({ sentences: 0, labels: new Map() }) - 1;
      if (documentId === undefined) this.#alone.push(number);
      else this.#numbers.set(documentId, number);
    }
    const document = this.#documents[number];
    if (document === undefined) return;
    document.sentences++;
    for (const { label } of layer ?? []) document.labels.set(label, (document.labels.get(label) ?? 0) + 1);
  }

  plan({ shares, seed }: SplitWish): SplitPlan {
    const parts = splitDocuments(this.#documents, shares, seed);
    const partAt = (number: number | undefined): DatasetSplit => SPLIT_PARTS[parts[number ?? -1] ?? 0] ?? 'train';
    const sizes = SPLIT_PARTS.map((part) => {
      const own = this.#documents.filter((_, number) => partAt(number) === part);
      const labels = new Map<string, number>();
      for (const document of own)
        for (const [label, count] of document.labels) labels.set(label, (labels.get(label) ?? 0) + count);
      const sentences = own.reduce((sum, document) => sum + document.sentences, 0);
      return { part, documents: own.length, sentences, labels };
    });
    return {
      sizes: sizes.filter((_, index) => (shares[index] ?? 0) > 0),
      partOf: () => {
        let next = 0;
        return ({ documentId }) =>
          partAt(documentId === undefined ? this.#alone[next++] : this.#numbers.get(documentId));
      },
    };
  }
}

/** Reads shares as people write them: `80,10,10` for train, validation and test; undefined where they are none. */
export function parseShares(text: string): readonly number[] | undefined {
  const shares = text.split(/[,/ ]+/).map((part) => (part === '' ? NaN : Number(part)));
  const sum = shares.reduce((total, share) => total + share, 0);
  const fit = shares.length === SPLIT_PARTS.length && shares.every((share) => share >= 0) && sum > 0;
  return fit && sum < Infinity ? shares : undefined;
}

/** Reads a seed; undefined where it is no whole number from 0. */
export function parseSeed(text: string): number | undefined {
  const seed = text.trim() === '' ? NaN : Number(text);
  return Number.isSafeInteger(seed) && seed >= 0 ? seed : undefined;
}
