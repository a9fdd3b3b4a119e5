import type { SentenceComment } from './corpus.ts';

/** The key of a comment that holds an entity with gaps, which a layer cannot hold. */
export const DISCONTINUOUS = 'discontinuous';

/** An entity with gaps: several runs of tokens of one sentence (half-open, in order). */
export interface GappedSpan {
  readonly label: string;
  readonly parts: readonly { readonly first: number; readonly end: number }[];
}

/** An entity with gaps as a comment, `LABEL FIRST-LAST,FIRST-LAST`, with tokens counted from 1 as in the file. */
export function gappedComment({ label, parts }: GappedSpan): SentenceComment {
  const runs = parts.map(({ first, end }) => `${String(first + 1)}${end === first + 1 ? '' : `-${String(end)}`}`);
  return { key: DISCONTINUOUS, value: `${label} ${runs.join(',')}` };
}

/** The entities with gaps among a sentence's comments; what is not written as `gappedComment` does is left out. */
export function gappedSpansIn(comments: readonly SentenceComment[]): readonly GappedSpan[] {
  return comments
    .filter(({ key }) => key === DISCONTINUOUS)
    .flatMap(({ value }): readonly GappedSpan[] => {
      const [, label, runs = ''] = /^(.+) ([\d,-]+)$/.exec(value) ?? [];
      if (label === undefined) return [];
      const parts = runs.split(',').map((run) => {
        const [first = NaN, last = first] = run.split('-').map(Number);
        return { first: first - 1, end: last };
      });
      const good = parts.every(({ first, end }, index) => first >= (parts[index - 1]?.end ?? 0) && end > first);
      return good && parts.length > 1 ? [{ label, parts }] : [];
    });
}
