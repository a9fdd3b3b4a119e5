import { seededRandom } from './random.ts';
import { largest } from './lists.ts';

/** A document as splitting sees it: how many sentences it has, and how many spans of each label. */
export interface DocumentSize {
  readonly sentences: number;
  readonly labels: ReadonlyMap<string, number>;
}

/**
 * The part (an index of `shares`) that each document goes to, whole documents at a time, so that every part gets its share
 * of the sentences and of each label. Large documents are placed first, each where most is missing (after Sechidis and
 * others 2011), then moved while that helps; the same input and seed give the same split. Shares need not add up to 1.
 */
export function splitDocuments(
  documents: readonly DocumentSize[],
  shares: readonly number[],
  seed: number,
): readonly number[] {
  const random = seededRandom(seed);
  const sum = shares.reduce((total, share) => total + share, 0);
  const wanted = totals(documents);
  const missing = shares.map((share) => new Map([...wanted].map(([key, count]) => [key, (count * share) / sum])));
  const order = documents
    .map((document, index) => ({ document, index, tie: random() }))
    .sort((a, b) => weight(b.document, wanted) - weight(a.document, wanted) || a.tie - b.tie);
  const parts = new Array<number>(documents.length).fill(0);
  for (const { document, index } of order) {
    const needs = missing.map((map, part) => ((shares[part] ?? 0) > 0 ? need(document, map, wanted) : -Infinity));
    const part = needs.indexOf(largest(needs));
    parts[index] = part;
    take(document, missing[part], 1);
  }
  for (let pass = 0; pass < PASSES; pass++) {
    let moved = false;
    for (const { document, index } of order) {
      const from = parts[index] ?? 0;
      take(document, missing[from], -1);
      const needs = missing.map((map, part) => ((shares[part] ?? 0) > 0 ? need(document, map, wanted) : -Infinity));
      const best = needs.indexOf(largest(needs));
      const part = (needs[best] ?? 0) > (needs[from] ?? 0) + 1e-12 ? best : from;
      moved ||= part !== from;
      parts[index] = part;
      take(document, missing[part], 1);
    }
    if (!moved) break;
  }
  return parts;
}

/** Passes over all documents in which one may still move; there are rarely more than a few. */
const PASSES = 20;

function take(document: DocumentSize, missing: Map<string, number> | undefined, sign: 1 | -1): void {
  for (const [key, count] of sizes(document)) missing?.set(key, (missing.get(key) ?? 0) - sign * count);
}

/** What is counted of a document: its sentences, and its spans by label. */
function sizes({ sentences, labels }: DocumentSize): readonly (readonly [string, number])[] {
  return [['\n', sentences], ...labels];
}

function totals(documents: readonly DocumentSize[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const document of documents)
    for (const [key, count] of sizes(document)) sums.set(key, (sums.get(key) ?? 0) + count);
  return sums;
}

/** How large a document is, each of its counts against that of the corpus. */
function weight(document: DocumentSize, wanted: ReadonlyMap<string, number>): number {
  return sizes(document).reduce((sum, [key, count]) => sum + count / Math.max(1, wanted.get(key) ?? 0), 0);
}

/** How much nearer (in squares of shares) a document would bring a part to what it wants. */
function need(
  document: DocumentSize,
  missing: ReadonlyMap<string, number>,
  wanted: ReadonlyMap<string, number>,
): number {
  return sizes(document).reduce((sum, [key, count]) => {
    const all = Math.max(1, wanted.get(key) ?? 0);
    return sum + (count * (2 * (missing.get(key) ?? 0) - count)) / (all * all);
  }, 0);
}
