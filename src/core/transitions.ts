import type { Distribution } from './distribution.ts';
import { tagParts } from './scheme.ts';

/** Stands for a probability that was rounded to 0, so that its logarithm is finite. */
const SMALLEST = 1e-12;

/** For each tag the indices of the tags right behind which it may stand; null where it may stand anywhere, as an I does that has no B in the set. */
export function legalBefore(tags: readonly string[]): readonly (readonly number[] | null)[] {
  return tags.map((tag) => {
    const parts = tagParts(tag);
    if (parts.prefix !== 'I' || !tags.includes(`B${tag.slice(1)}`)) return null;
    return tags.flatMap((other, index) => {
      const before = tagParts(other);
      const same = (before.prefix === 'B' || before.prefix === 'I') && before.label === parts.label;
      return same ? [index] : [];
    });
  });
}

/**
 * The most probable legal tag sequence (Viterbi over IOB2's transitions, words taken as independent). It is the best tag
 * of each word wherever those are legal together, and otherwise the repair that the model itself finds likeliest.
 */
export function likeliestLegalTags({ tags, values }: Distribution): readonly string[] {
  const width = tags.length;
  const words = width === 0 ? 0 : values.length / width;
  const before = legalBefore(tags);
  const anywhere = tags.map((_, index) => index);
  const logOf = (word: number, tag: number): number => Math.log(Math.max(SMALLEST, values[word * width + tag] ?? 0));
  let scores = tags.map((_, tag) => (before[tag] === null ? logOf(0, tag) : -Infinity));
  const origins: (readonly number[])[] = [];
  for (let word = 1; word < words; word++) {
    const reached = scores;
    const from = tags.map((_, tag) => bestOf(reached, before[tag] ?? anywhere));
    scores = from.map((origin, tag) => (reached[origin] ?? -Infinity) + logOf(word, tag));
    origins.push(from);
  }
  let tag = bestOf(scores, anywhere);
  const path = words === 0 ? [] : [tags[tag] ?? 'O'];
  for (const from of origins.reverse()) {
    tag = from[tag] ?? 0;
    path.push(tags[tag] ?? 'O');
  }
  return path.reverse();
}

/** The first of the candidates with the highest score. */
function bestOf(scores: readonly number[], candidates: readonly number[]): number {
  return candidates.reduce((best, index) =>
    (scores[index] ?? -Infinity) > (scores[best] ?? -Infinity) ? index : best,
  );
}
