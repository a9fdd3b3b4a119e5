import type { CorpusSentence } from '../core/corpus.ts';
import type { DatasetSplit } from '../core/formats/format.ts';
import { splitDocuments } from '../core/splitCorpus.ts';
import { readCorpus } from '../host/corpusInput.ts';
import type { CorpusInput } from '../host/corpusInput.ts';
import { UsageError } from './io.ts';

const PARTS: readonly DatasetSplit[] = ['train', 'validation', 'test'];

/** The shares that `--split 80,10,10` names, for train, validation and test. */
export function sharesOf(text: string): readonly number[] {
  const shares = text.split(',').map(Number);
  const sum = shares.reduce((total, share) => total + share, 0);
  if (shares.length !== PARTS.length || shares.some((share) => !(share >= 0)) || !(sum > 0 && sum < Infinity))
    throw new UsageError(`--split is three shares for train, validation and test, as in 80,10,10, not “${text}”.`);
  return shares;
}

/** The seed that `--seed` names. */
export function seedOf(text: string): number {
  const seed = Number(text);
  if (Number.isSafeInteger(seed) && seed >= 0) return seed;
  throw new UsageError(`--seed is a whole number from 0, not “${text}”.`);
}

/** Reads a corpus once to say which part each document goes to; sentences of no document are documents of their own. */
export function planSplit(
  from: string,
  input: CorpusInput,
  shares: readonly number[],
  seed: number,
): (sentence: CorpusSentence) => DatasetSplit {
  const numbers = new Map<string, number>();
  const documents: { sentences: number; labels: Map<string, number> }[] = [];
  const alone: number[] = [];
  for (const { item } of readCorpus(from, input)) {
    if (item.kind !== 'sentence') continue;
    const { documentId, layer } = item.sentence;
    let number = documentId === undefined ? undefined : numbers.get(documentId);
    if (number === undefined) {
      number = documents.push({ sentences: 0, labels: new Map() }) - 1;
      if (documentId === undefined) alone.push(number);
      else numbers.set(documentId, number);
    }
    const document = documents[number];
    if (document === undefined) continue;
    document.sentences++;
    for (const { label } of layer ?? []) document.labels.set(label, (document.labels.get(label) ?? 0) + 1);
  }
  const parts = splitDocuments(documents, shares, seed);
  let next = 0;
  return ({ documentId }) => {
    const number = documentId === undefined ? alone[next++] : numbers.get(documentId);
    return PARTS[parts[number ?? -1] ?? 0] ?? 'train';
  };
}
