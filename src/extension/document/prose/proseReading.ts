import { ProseScanner } from '../../../core/proseScan.ts';
import type { ProseSentence } from '../../../core/proseScan.ts';
import { splitSentences } from '../../../core/splitSentences.ts';
import { tokenize } from '../../../core/tokenize.ts';
import type { ReadSentences } from './proseText.ts';
import { inSlices } from '../../base/slices.ts';

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

/** UTF-16 characters that are read between two looks at the clock. */
const STRIDE = 4000;

/** The sentences of a whole text, read in slices, so that a long one keeps nobody waiting; undefined where `stale` said so meanwhile. */
export async function readInSlices(whole: string, stale: () => boolean): Promise<readonly ProseSentence[] | undefined> {
  const scanner = new ProseScanner();
  const found: ProseSentence[] = [];
  let position = 0;
  await inSlices((hasTime) => {
    while (hasTime() && !stale()) {
      if (position >= whole.length) {
        for (const sentence of scanner.end()) found.push(sentence);
        return true;
      }
      for (const sentence of scanner.push(whole.slice(position, position + STRIDE))) found.push(sentence);
      position += STRIDE;
    }
    return stale();
  });
  return stale() ? undefined : found;
}
