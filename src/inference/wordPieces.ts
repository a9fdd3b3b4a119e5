import type { TokenizerFacts } from './modelFiles.ts';

/** The part of a tokenizer that is needed to encode text without the pieces that frame a sentence. */
export interface PieceEncoder {
  encode(text: string, options: { add_special_tokens: boolean }): number[];
}

/** Words of garbage (a base64 line) must not fill a model's window: only this many pieces of a word are read. */
export const MAX_PIECES_OF_WORD = 48;

/** How many words the memory of pieces may hold before it is emptied. */
const MEMORY = 60_000;

/**
 * Encodes words one by one, so that the pieces of a word never depend on its neighbours and alignment is exact. A word
 * that holds one of the tokenizer's own markers (`[SEP]`, `</s>`, a tag token) is encoded as the plain text that it is.
 */
export class WordPieces {
  readonly #words = new Map<string, readonly number[]>();
  readonly #chunks = new Map<string, readonly number[]>();

  readonly #encoder: PieceEncoder;
  readonly #facts: TokenizerFacts;
  readonly #unknown: number;

  constructor(encoder: PieceEncoder, facts: TokenizerFacts, unknown: number) {
    this.#encoder = encoder;
    this.#facts = facts;
    this.#unknown = unknown;
  }

  /** The pieces of a word: at least one, at most MAX_PIECES_OF_WORD. */
  ofWord(word: string): readonly number[] {
    return remembered(this.#words, word, () => {
      const pieces = this.#plain(word, this.#facts.lead).slice(0, MAX_PIECES_OF_WORD);
      return pieces.length === 0 ? [this.#unknown] : pieces;
    });
  }

  /** The pieces of a prompt, chunk by chunk between blanks; markers in it are meant as markers. */
  ofPrompt(text: string): readonly number[] {
    return text
      .split(/\s+/u)
      .filter((chunk) => chunk !== '')
      .flatMap((chunk) =>
        remembered(this.#chunks, chunk, () =>
          this.#encoder.encode(chunk, { add_special_tokens: false }).slice(0, MAX_PIECES_OF_WORD),
        ),
      );
  }

  #plain(word: string, lead: string): number[] {
    if (this.#facts.markers.some((marker) => word.includes(marker))) {
      const [head = ''] = word;
      return [...this.#plain(head, lead), ...this.#plain(word.slice(head.length), '')];
    }
    return word === '' ? [] : this.#encoder.encode(`${lead}${word}`, { add_special_tokens: false });
  }
}

function remembered(
  memory: Map<string, readonly number[]>,
  text: string,
  make: () => readonly number[],
): readonly number[] {
  const known = memory.get(text);
  if (known !== undefined) return known;
  if (memory.size >= MEMORY) memory.clear();
  const made = make();
  memory.set(text, made);
  return made;
}
