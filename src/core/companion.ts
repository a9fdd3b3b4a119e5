import type { ColumnDocument, ColumnSentence } from './columns/document.ts';
import { placeTokens } from './formats/tokenOffsets.ts';
import { normalizeSpace } from './text.ts';
import type { Token } from './token.ts';

/** Which sentence of a gold file stands for which sentence of the prose. */
export interface GoldMatch {
  /** For each sentence of the prose the index of its sentence in the file. */
  readonly goldOf: readonly (number | undefined)[];
  /** The sentences of the file that stand for none. */
  readonly unmatched: readonly number[];
}

interface Range {
  readonly left: number;
  readonly leftEnd: number;
  readonly right: number;
  readonly rightEnd: number;
}

/**
 * Matches the sentences of prose with those of its gold file by their text (runs of white space count as one space):
 * in order as a diff does, then what was moved, repeated sentences in the order in which they stand. Near-linear.
 */
export function matchGold(
  sentences: readonly { readonly text: string }[],
  document: Pick<ColumnDocument, 'sentences'>,
): GoldMatch {
  const left = sentences.map(({ text }) => normalizeSpace(text));
  const right = document.sentences.map(({ text }) => normalizeSpace(text));
  const goldOf = new Array<number | undefined>(left.length).fill(undefined);
  const taken = new Array<boolean>(right.length).fill(false);
  const pair = (index: number, gold: number): void => {
    goldOf[index] = gold;
    taken[gold] = true;
  };
  const pending: Range[] = [{ left: 0, leftEnd: left.length, right: 0, rightEnd: right.length }];
  for (let range = pending.pop(); range !== undefined; range = pending.pop()) {
    const inner = trimCommon(left, right, range, pair);
    const anchors = commonAnchors(left, right, inner);
    if (anchors.length === 0) pairInOrder(left, right, inner, pair);
    let [from, fromGold] = [inner.left, inner.right];
    for (const [index, gold] of anchors) {
      pair(index, gold);
      pending.push({ left: from, leftEnd: index, right: fromGold, rightEnd: gold });
      [from, fromGold] = [index + 1, gold + 1];
    }
    if (anchors.length > 0)
      pending.push({ left: from, leftEnd: inner.leftEnd, right: fromGold, rightEnd: inner.rightEnd });
  }
  pairMoved(left, right, goldOf, taken, pair);
  return { goldOf, unmatched: taken.flatMap((used, gold) => (used ? [] : [gold])) };
}

/** The index in the gold file before which the block of a sentence without one has to be put, so that the file keeps the order of the prose. */
export function insertionIndex(goldOf: GoldMatch['goldOf'], sentence: number, count: number): number {
  for (let before = sentence - 1; before >= 0; before--) {
    const gold = goldOf[before];
    if (gold !== undefined) return gold + 1;
  }
  for (let after = sentence + 1; after < goldOf.length; after++) {
    const gold = goldOf[after];
    if (gold !== undefined) return gold;
  }
  return count;
}

/** The tokens of a gold sentence with their places in a text of the prose that matches it; undefined where they are not all there. */
export function tokensIn(text: string, gold: ColumnSentence): readonly Token[] | undefined {
  if (text === gold.text) return gold.tokens;
  const placed = placeTokens(
    text,
    gold.tokens.map(({ form }) => ({ form, gap: false })),
    false,
  );
  return typeof placed === 'number' ? undefined : placed;
}

type Pair = (index: number, gold: number) => void;

function trimCommon(left: readonly string[], right: readonly string[], range: Range, pair: Pair): Range {
  let { left: from, leftEnd: to, right: fromGold, rightEnd: toGold } = range;
  for (; from < to && fromGold < toGold && left[from] === right[fromGold]; from++, fromGold++) pair(from, fromGold);
  for (; from < to && fromGold < toGold && left[to - 1] === right[toGold - 1]; to--, toGold--) pair(to - 1, toGold - 1);
  return { left: from, leftEnd: to, right: fromGold, rightEnd: toGold };
}

/** The longest rising run of texts that occur exactly once on both sides. */
function commonAnchors(
  left: readonly string[],
  right: readonly string[],
  range: Range,
): readonly (readonly [number, number])[] {
  const once = (texts: readonly string[], from: number, to: number): ReadonlyMap<string, number> => {
    const places = new Map<string, number>();
    for (let index = from; index < to; index++) {
      const text = texts[index] ?? '';
      places.set(text, places.has(text) ? -1 : index);
    }
    return places;
  };
  const golds = once(right, range.right, range.rightEnd);
  const pairs: [number, number][] = [];
  for (const [text, index] of once(left, range.left, range.leftEnd)) {
    const gold = golds.get(text) ?? -1;
    if (index >= 0 && gold >= 0) pairs.push([index, gold]);
  }
  return risingRun(pairs.sort((a, b) => a[0] - b[0]));
}

/** The longest subsequence whose second numbers rise (patience sorting). */
function risingRun(pairs: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] {
  const tops: number[] = [];
  const previous: (number | undefined)[] = [];
  const second = (index: number | undefined): number => (index === undefined ? -1 : (pairs[index]?.[1] ?? -1));
  for (let index = 0; index < pairs.length; index++) {
    let low = 0;
    let high = tops.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (second(tops[middle]) < second(index)) low = middle + 1;
      else high = middle;
    }
    previous[index] = low > 0 ? tops[low - 1] : undefined;
    tops[low] = index;
  }
  const run: (readonly [number, number])[] = [];
  for (let index = tops.at(-1); index !== undefined; index = previous[index]) {
    const entry = pairs[index];
    if (entry !== undefined) run.push(entry);
  }
  return run.reverse();
}

function pairInOrder(left: readonly string[], right: readonly string[], range: Range, pair: Pair): void {
  const places = placesOf(right, range.right, range.rightEnd, () => true);
  let next = range.right;
  for (let index = range.left; index < range.leftEnd; index++) {
    const list = places.get(left[index] ?? '');
    const gold = list?.find((place) => place >= next);
    if (list === undefined || gold === undefined) continue;
    pair(index, gold);
    next = gold + 1;
    list.splice(0, list.indexOf(gold) + 1);
  }
}

function pairMoved(
  left: readonly string[],
  right: readonly string[],
  goldOf: readonly (number | undefined)[],
  taken: readonly boolean[],
  pair: Pair,
): void {
  const places = placesOf(right, 0, right.length, (gold) => taken[gold] !== true);
  left.forEach((text, index) => {
    const gold = goldOf[index] === undefined ? places.get(text)?.shift() : undefined;
    if (gold !== undefined) pair(index, gold);
  });
}

function placesOf(
  texts: readonly string[],
  from: number,
  to: number,
  wanted: (index: number) => boolean,
): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (let index = from; index < to; index++) {
    if (!wanted(index)) continue;
    const text = texts[index] ?? '';
    const known = places.get(text);
    if (known === undefined) places.set(text, [index]);
    else known.push(index);
  }
  return places;
}
