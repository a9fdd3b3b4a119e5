/** A word of the corpus with its place: UTF-16 offsets `start` (inclusive) and `end` (exclusive) into the sentence's text. */
export interface Token {
  readonly form: string;
  readonly start: number;
  readonly end: number;
}
