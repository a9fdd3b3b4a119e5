import { LineFeed } from './formats/lineFeed.ts';
import type { Sentence } from './sentence.ts';
import { isFenceLine, splitSentences } from './splitSentences.ts';
import { tokenize } from './tokenize.ts';

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
  #found: ProseSentence[] = [];

  constructor() {
    this.#feed = new LineFeed((content, end) => {
      if (isFenceLine(content)) this.#inFence = !this.#inFence;
      this.#lines.push(content + end);
      this.#length += content.length + end.length;
      if (this.#length > PIECE_CHARACTERS && !this.#inFence && content.trim() === '') this.#read();
    });
  }

  push(text: string): readonly ProseSentence[] {
    this.#feed.push(text);
    return this.#taken();
  }

  end(): readonly ProseSentence[] {
    this.#feed.end();
    this.#read();
    return this.#taken();
  }

  #read(): void {
    const text = this.#lines.join('');
    for (const { start, end } of splitSentences(text)) {
      const own = text.slice(start, end);
      this.#found.push({ start: this.#offset + start, sentence: { text: own, tokens: tokenize(own) } });
    }
    this.#offset += this.#length;
    this.#lines = [];
    this.#length = 0;
  }

  #taken(): readonly ProseSentence[] {
    const found = this.#found;
    this.#found = [];
    return found;
  }
}
