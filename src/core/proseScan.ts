import { LineFeed } from './formats/lineFeed.ts';
import type { Sentence } from './sentence.ts';
import { isFenceLine, splittingSentences } from './splitSentences.ts';
import type { Steps } from './steps.ts';
import { tokenizing } from './tokenize.ts';

/** A sentence of prose with its UTF-16 offset in the text. */
export interface ProseSentence {
  readonly start: number;
  readonly sentence: Sentence;
}

/** A piece of prose that is read in one go ends at the first blank line after this many UTF-16 characters. */
const PIECE_CHARACTERS = 4000;

/**
 * Splits prose that comes in pieces as `splitSentences` splits it in one go: it is read up to a blank line outside fenced
 * code, over which no sentence reaches.
 */
export class ProseScanner {
  readonly #feed: LineFeed;
  #lines: string[] = [];
  #length = 0;
  #offset = 0;
  #inFence = false;
  /** What can be read, with its offsets. */
  #ready: { readonly text: string; readonly offset: number }[] = [];

  constructor() {
    this.#feed = new LineFeed((content, end) => {
      if (isFenceLine(content)) this.#inFence = !this.#inFence;
      this.#lines.push(content + end);
      this.#length += content.length + end.length;
      if (this.#length > PIECE_CHARACTERS && !this.#inFence && content.trim() === '') this.#close();
    });
  }

  push(text: string): readonly ProseSentence[] {
    return sentencesOf(this.pushing(text));
  }

  end(): readonly ProseSentence[] {
    return sentencesOf(this.ending());
  }

  /** `push` one sentence at a time, for whoever has other things to do between them; undefined where there is none yet. */
  pushing(text: string): Generator<ProseSentence | undefined, void, void> {
    this.#feed.push(text);
    return this.#reading();
  }

  /** `end` one sentence at a time. */
  ending(): Generator<ProseSentence | undefined, void, void> {
    this.#feed.end();
    this.#close();
    return this.#reading();
  }

  *#reading(): Generator<ProseSentence | undefined, void, void> {
    const ready = this.#ready;
    this.#ready = [];
    for (const { text, offset } of ready)
      for (const range of splittingSentences(text)) {
        if (range === undefined) yield undefined;
        else {
          const own = text.slice(range.start, range.end);
          yield { start: offset + range.start, sentence: { text: own, tokens: yield* silently(tokenizing(own)) } };
        }
      }
  }

  #close(): void {
    this.#ready.push({ text: this.#lines.join(''), offset: this.#offset });
    this.#offset += this.#length;
    this.#lines = [];
    this.#length = 0;
  }
}

function sentencesOf(steps: Iterable<ProseSentence | undefined>): readonly ProseSentence[] {
  return [...steps].filter((sentence) => sentence !== undefined);
}

/** Steps whose pauses give nothing. */
function* silently<Value>(steps: Steps<Value>): Generator<undefined, Value, void> {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    yield undefined;
  }
}
