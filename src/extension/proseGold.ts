import { matchGold, tokensIn } from '../core/companion.ts';
import type { ColumnDocument, ColumnSentence } from '../core/document.ts';
import type { Sentence } from '../core/sentence.ts';
import type { Splice } from './splice.ts';

/** Which sentence of the gold file (by index) each sentence of the prose has, undefined where it has none. */
export type GoldOf = readonly (number | undefined)[];

/** Matches prose with its gold file; a sentence whose words in the file are not those of the text has no match. */
export function matchProse(sentences: readonly Sentence[], columns: ColumnDocument): GoldOf {
  return matchGold(sentences, columns).goldOf.map((gold, index) => {
    const column = gold === undefined ? undefined : columns.sentences[gold];
    const text = sentences[index]?.text;
    return column === undefined || text === undefined || tokensIn(text, column) === undefined ? undefined : gold;
  });
}

/**
 * The matching after a change of the gold file, where it follows without comparing texts: sentences of the file that
 * kept their text keep their match, and new ones belong to the prose sentences that `expected` names by text. Undefined
 * where the whole must be matched again.
 */
export function followGold(
  goldOf: GoldOf,
  splice: Splice,
  before: readonly ColumnSentence[],
  after: readonly ColumnSentence[],
  expected: ReadonlyMap<string, number>,
): GoldOf | undefined {
  const shift = splice.newEnd - splice.oldEnd;
  if (shift === 0) {
    for (let index = splice.first; index < splice.newEnd; index++)
      if (before[index]?.text !== after[index]?.text) return undefined;
    return goldOf;
  }
  if (splice.oldEnd !== splice.first) return undefined;
  const next = goldOf.map((gold) => (gold === undefined || gold < splice.first ? gold : gold + shift));
  for (let index = splice.first; index < splice.newEnd; index++) {
    const prose = expected.get(after[index]?.text ?? '');
    if (prose === undefined || next[prose] !== undefined) return undefined;
    next[prose] = index;
  }
  return next;
}

/** The sentences of the gold file that were annotated and that no prose sentence has; `line` is 1-based. */
export function unmatchedOf(
  columns: ColumnDocument,
  goldOf: GoldOf,
): readonly { readonly text: string; readonly line: number }[] {
  const matched = new Set(goldOf);
  return columns.sentences.flatMap(({ text, gold, tags }, index) =>
    matched.has(index) || (gold === null && tags.every((tag) => tag === '_'))
      ? []
      : [{ text, line: (columns.firstLines[index] ?? 0) + 1 }],
  );
}
