import { tagParts } from '../scheme.ts';

/** What a model says of the words of a sentence, as far as a head can learn from it. */
export interface Evidence {
  /** The tags of the model's own answer, in the order of `distribution`. */
  readonly modelTags: readonly string[];
  /** Probabilities, row-major, words × modelTags. */
  readonly distribution: Float32Array<ArrayBuffer>;
  /** The state of each word's first piece, row-major, words × width; undefined for a model that gives none. */
  readonly hidden: Float32Array<ArrayBuffer> | undefined;
}

/** A sentence to learn from: a tag of the full scheme for each word, null where nobody decided. */
export interface Lesson {
  readonly words: readonly string[];
  readonly tags: readonly (string | null)[];
  readonly evidence: Evidence;
}

/** The number of values of a word's state; 0 where the model gives none. */
export function widthOf({ hidden }: Evidence, words: number): number {
  return hidden === undefined || words === 0 ? 0 : hidden.length / words;
}

/** Stands for a probability that is nearly 0: the head must be able to outvote the model. */
const SMALLEST = 1e-4;
/** A logarithm of a probability reaches to about -9; states are of about 1. */
const LOG_SCALE = 0.3;
/** What a tag that the model does not know starts from: as if the model gave it this logarithm of a probability. */
const UNKNOWN = Math.log(1e-3);

/** The number of dense values of a word: its state, the model's answer and a constant. */
export function denseWidth(width: number, modelTags: number): number {
  return width + modelTags + 1;
}

/** Writes the dense values of the words of a sentence from `row` on: states scaled to a root mean square of 1, logarithms of the model's probabilities, 1. */
export function fillDense(
  target: Float32Array,
  row: number,
  { modelTags, distribution, hidden }: Evidence,
  words: number,
  width: number,
): void {
  const wide = denseWidth(width, modelTags.length);
  for (let word = 0; word < words; word++) {
    const start = (row + word) * wide;
    let squares = 0;
    for (let column = 0; column < width; column++) squares += (hidden?.[word * width + column] ?? 0) ** 2;
    const scale = squares === 0 ? 0 : 1 / Math.sqrt(squares / width);
    for (let column = 0; column < width; column++)
      target[start + column] = (hidden?.[word * width + column] ?? 0) * scale;
    for (let tag = 0; tag < modelTags.length; tag++)
      target[start + width + tag] = LOG_SCALE * logOf(distribution[word * modelTags.length + tag]);
    target[start + wide - 1] = 1;
  }
}

/** For each tag of a head the model's tag that it starts from, or -1 where the model does not know its label. */
export function startsOf(tags: readonly string[], modelTags: readonly string[]): Int32Array {
  const known = modelTags.map(canonicalTag);
  return Int32Array.from(tags, (tag) =>
    modelTags.indexOf(tag) >= 0 ? modelTags.indexOf(tag) : known.indexOf(canonicalTag(tag)),
  );
}

/** What a head starts from for one word and tag: the model's own logarithm of the probability where it knows the label. */
export function startScore(distribution: Float32Array, row: number, start: number): number {
  return start < 0 ? UNKNOWN : logOf(distribution[row + start]);
}

function logOf(probability: number | undefined): number {
  return Math.log(Math.max(SMALLEST, probability ?? 0));
}

/** Names by which corpora call the same three labels. */
const SAME: Readonly<Record<string, string>> = {
  per: 'per',
  person: 'per',
  loc: 'loc',
  location: 'loc',
  org: 'org',
  organisation: 'org',
  organization: 'org',
};

/** A label by which others of the same meaning are known: person for PER, whatever the case. */
export function canonicalLabel(label: string): string {
  const lower = label.toLowerCase();
  return Object.hasOwn(SAME, lower) ? (SAME[lower] ?? lower) : lower;
}

function canonicalTag(tag: string): string {
  const parts = tagParts(tag);
  return parts.prefix === 'B' || parts.prefix === 'I' ? `${parts.prefix}-${canonicalLabel(parts.label)}` : 'O';
}
