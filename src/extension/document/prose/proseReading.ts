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
  const found: ProseSentence[] = [];
  const steps = reading(whole);
  await inSlices((hasTime) => {
    while (hasTime() && !stale()) {
      const step = steps.next();
      if (step.done === true) return true;
      if (step.value !== undefined) found.push(step.value);
    }
    return stale();
  });
  return stale() ? undefined : found;
}

function* reading(whole: string): Generator<ProseSentence | undefined, void, void> {
  const scanner = new ProseScanner();
  for (let position = 0; position < whole.length; position += STRIDE) {
    yield* scanner.pushing(whole.slice(position, position + STRIDE));
    yield undefined;
  }
  yield* scanner.ending();
}
