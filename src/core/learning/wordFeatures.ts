/** How far to each side the words around a word are looked at. */
const REACH = 2;
const OUTSIDE = '\u0000';

/** The form of a word: X for capitals, x for small letters, d for digits, runs of more than two cut to two. */
export function wordShape(word: string): string {
  return word
    .replace(/\p{Lu}/gu, 'X')
    .replace(/\p{Ll}/gu, 'x')
    .replace(/\p{Nd}/gu, 'd')
    .replace(/(.)\1{2,}/gu, '$1$1');
}

/** What is seen of one word alone. */
interface WordFacts {
  readonly lower: string;
  readonly shape: string;
}

/**
 * The names of what is seen of each word of a sentence: the words at -2 to 2 in lower case, the shapes at -1 to 1, the prefixes and
 * suffixes of three and four letters.
 */
export function wordFeatures(words: readonly string[]): readonly (readonly string[])[] {
  const facts = words.map((word): WordFacts => ({ lower: word.toLowerCase(), shape: wordShape(word) }));
  return facts.map(({ lower, shape }, index) => {
    const features = [`s=${shape}`];
    for (let offset = -REACH; offset <= REACH; offset++) {
      const near = facts[index + offset];
      features.push(`w${offset}=${near?.lower ?? OUTSIDE}`);
      if (offset === -1 || offset === 1) features.push(`s${offset}=${near?.shape ?? OUTSIDE}`);
    }
    for (const length of [3, 4]) {
      if (lower.length <= length) continue;
      features.push(`p=${lower.slice(0, length)}`, `e=${lower.slice(-length)}`);
    }
    return features;
  });
}
