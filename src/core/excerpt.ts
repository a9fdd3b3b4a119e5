import type { Sentence } from './sentence.ts';

/** A piece of a sentence with the place that matters, as UTF-16 offsets into `text`. */
export interface Excerpt {
  readonly text: string;
  readonly highlight: readonly [start: number, end: number];
}

/** UTF-16 characters shown before the place. */
const BEFORE = 24;

/** The text of a sentence from a little before a place on, in one line. */
export function excerpt(
  { text, tokens }: Pick<Sentence, 'text' | 'tokens'>,
  { first, end }: { readonly first: number; readonly end: number },
): Excerpt {
  const start = tokens[first]?.start ?? 0;
  const stop = tokens[end - 1]?.end ?? start;
  const from = tokens.find((token) => token.start >= start - BEFORE)?.start ?? start;
  const lead = from > (tokens[0]?.start ?? 0) ? '… ' : '';
  const shift = lead.length - from;
  return { text: lead + text.slice(from).replace(/\s/g, ' '), highlight: [start + shift, stop + shift] };
}
