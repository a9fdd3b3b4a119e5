import { matchGold, tokensIn } from '../../../core/companion.ts';
import type { ColumnDocument, ColumnSentence } from '../../../core/columns/document.ts';
import type { Sentence } from '../../../core/sentence.ts';
import { normalizeSpace } from '../../../core/text.ts';
import { spliced } from '../../base/splice.ts';
import type { Splice } from '../../base/splice.ts';

/** Which sentences of prose and gold file belong together, all by index. */
export interface Matching {
  /** For each sentence of the prose its sentence of the file, undefined where it has none. */
  readonly goldOf: readonly (number | undefined)[];
  /** The sentences of the file that no sentence of the prose has, ascending. */
  readonly free: readonly number[];
}

export const noMatches: Matching = { goldOf: [], free: [] };

/** Matches the whole prose with its gold file; a sentence whose words in the file are not those of the text has no match. */
export function matchProse(sentences: readonly Sentence[], gold: ColumnDocument): Matching {
  const goldOf = matchGold(sentences, gold).goldOf.map((index, place) => {
    const column = index === undefined ? undefined : gold.sentences[index];
    const text = sentences[place]?.text;
    return column === undefined || text === undefined || tokensIn(text, column) === undefined ? undefined : index;
  });
  const matched = new Set(goldOf);
  return { goldOf, free: gold.sentences.flatMap((_, index) => (matched.has(index) ? [] : [index])) };
}

/**
 * The matching after an edit of the prose, at the cost of the sentences that it replaced: these give their gold up, and
 * the new ones take what is free and has their text.
 */
export function followProse(
  { goldOf, free }: Matching,
  splice: Splice,
  fresh: readonly Sentence[],
  gold: readonly ColumnSentence[],
): Matching {
  const given = goldOf.slice(splice.first, splice.oldEnd).filter((index) => index !== undefined);
  const open = given.length === 0 ? free : [...free, ...given].sort((a, b) => a - b);
  const byText = new Map(fresh.map(({ text }) => [normalizeSpace(text), [] as number[]]));
  for (const index of open) byText.get(textOf(gold[index]))?.push(index);
  const taken = new Set<number>();
  const found = fresh.map((sentence) => {
    const index = byText.get(normalizeSpace(sentence.text))?.shift();
    const column = index === undefined ? undefined : gold[index];
    if (index === undefined || column === undefined || tokensIn(sentence.text, column) === undefined) return undefined;
    taken.add(index);
    return index;
  });
  return {
    goldOf: spliced(goldOf, splice, found),
    free: taken.size === 0 ? open : open.filter((index) => !taken.has(index)),
  };
}

const normalized = new WeakMap<ColumnSentence, string>();

/** The text of a sentence of the file with single spaces. */
function textOf(sentence: ColumnSentence | undefined): string {
  if (sentence === undefined) return '';
  let text = normalized.get(sentence);
  if (text === undefined) normalized.set(sentence, (text = normalizeSpace(sentence.text)));
  return text;
}

/**
 * The matching after a change of the gold file, where it follows without comparing texts: sentences of the file that
 * kept their text keep their match, and new ones belong to the prose sentences that `expected` names by text. Undefined
 * where the whole must be matched again.
 */
export function followGold(
  matching: Matching,
  splice: Splice,
  before: readonly ColumnSentence[],
  after: readonly ColumnSentence[],
  expected: ReadonlyMap<string, number>,
): Matching | undefined {
  const shift = splice.newEnd - splice.oldEnd;
  if (shift === 0) {
    for (let index = splice.first; index < splice.newEnd; index++)
      if (before[index]?.text !== after[index]?.text) return undefined;
    return matching;
  }
  if (splice.oldEnd !== splice.first) return undefined;
  const move = (index: number): number => (index < splice.first ? index : index + shift);
  const goldOf = matching.goldOf.map((index) => (index === undefined ? undefined : move(index)));
  for (let index = splice.first; index < splice.newEnd; index++) {
    const prose = expected.get(after[index]?.text ?? '');
    if (prose === undefined || goldOf[prose] !== undefined) return undefined;
    goldOf[prose] = index;
  }
  return { goldOf, free: matching.free.map(move) };
}

/** The sentences of the gold file that were annotated and that no prose sentence has; `line` is 1-based. */
export function unmatchedOf(
  columns: ColumnDocument,
  free: readonly number[],
): readonly { readonly text: string; readonly line: number }[] {
  return free.flatMap((index) => {
    const sentence = columns.sentences[index];
    if (sentence === undefined || sentence.tags.every((tag) => tag === '_')) return [];
    return [{ text: sentence.text, line: (columns.firstLines[index] ?? 0) + 1 }];
  });
}

/** What people are told of annotated sentences that no prose sentence has; undefined where there are none. */
export function unmatchedMessage(unmatched: ReturnType<typeof unmatchedOf>, file: string): string | undefined {
  const [first] = unmatched;
  const line = String(first?.line ?? 0);
  if (first === undefined) return undefined;
  return unmatched.length === 1
    ? `1 annotated sentence of ${file} (line ${line}) is no longer in the text. It is kept in the file.`
    : `${String(unmatched.length)} annotated sentences of ${file} (the first on line ${line}) are no longer in the text. They are kept in the file.`;
}
