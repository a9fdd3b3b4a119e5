import { splitSentences } from '../core/splitSentences.ts';
import { tokenize } from '../core/tokenize.ts';
import type { ReadSentences } from './proseText.ts';

const fence = /^ {0,3}(?:`{3,}|~{3,})/m;

/** True where a text may hold fenced code, in which case what is text depends on lines far above. */
export function hasFence(text: string): boolean {
  return fence.test(text);
}

/** The sentences of prose with their tokens. */
export const readSentences: ReadSentences = (text) =>
  splitSentences(text).map(({ start, end }) => {
    const own = text.slice(start, end);
    return { start, sentence: { text: own, tokens: tokenize(own) } };
  });
