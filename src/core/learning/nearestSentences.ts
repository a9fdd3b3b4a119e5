import { labelOfTag } from './seenLabels.ts';
import type { Evidence, Lesson } from './evidence.ts';
import { widthOf } from './evidence.ts';

/** A sentence that a prompt can show. Later ones in a list are newer. */
export interface Showable {
  readonly words: readonly string[];
  readonly tags: readonly string[];
  /** As `sentenceState` gives it. */
  readonly state: Float32Array;
}

/** A chosen sentence and why: it is among the nearest, or it is the nearest with a label that no other shows. */
export interface Shown {
  /** Its place in the list that was chosen from. */
  readonly index: number;
  /** The cosine of the two states, -1 to 1. */
  readonly similarity: number;
  readonly because: 'near' | { readonly label: string };
}

/** One state for a sentence: the mean of its words' states, or of the model's answers where it gives no states, of length 1. */
export function sentenceState(evidence: Evidence, words: number): Float32Array {
  const hidden = evidence.hidden ?? evidence.distribution;
  const width = evidence.hidden === undefined ? evidence.modelTags.length : widthOf(evidence, words);
  const mean = new Float32Array(width);
  for (let word = 0; word < words; word++)
    for (let column = 0; column < width; column++)
      mean[column] = (mean[column] ?? 0) + (hidden[word * width + column] ?? 0);
  const length = Math.hypot(...mean);
  return length === 0 ? mean : mean.map((value) => value / length);
}

/** A lesson as a prompt can show it; undefined where words are undecided. */
export function showable({ words, tags, evidence }: Lesson): Showable | undefined {
  const decided = tags.filter((tag) => tag !== null);
  if (decided.length < words.length || words.length === 0) return undefined;
  return { words, tags: decided, state: sentenceState(evidence, words.length) };
}

/**
 * The `k` sentences that a prompt shows for a state, the nearest first: half of them the nearest, the rest the nearest that bring labels
 * which none before shows, and where all labels are shown the nearest again. Among equals the newest. The sentence itself is never shown.
 */
export function nearestSentences(
  state: Float32Array,
  words: readonly string[],
  candidates: readonly Showable[],
  k: number,
): readonly Shown[] {
  const own = words.join('\n');
  const ranked = candidates
    .map((candidate, index) => ({ candidate, index, similarity: cosine(state, candidate.state) }))
    .filter(({ candidate }) => candidate.words.join('\n') !== own)
    .sort((a, b) => b.similarity - a.similarity || b.index - a.index);
  const near = Math.ceil(k / 2);
  const chosen: Shown[] = ranked
    .slice(0, near)
    .map(({ index, similarity }) => ({ index, similarity, because: 'near' }));
  const shown = new Set(ranked.slice(0, near).flatMap(({ candidate }) => labelsOf(candidate)));
  for (const { candidate, index, similarity } of ranked.slice(near)) {
    if (chosen.length >= k) break;
    const label = labelsOf(candidate).find((one) => !shown.has(one));
    if (label === undefined) continue;
    for (const one of labelsOf(candidate)) shown.add(one);
    chosen.push({ index, similarity, because: { label } });
  }
  const taken = new Set(chosen.map(({ index }) => index));
  for (const { index, similarity } of ranked) {
    if (chosen.length >= k) break;
    if (!taken.has(index)) chosen.push({ index, similarity, because: 'near' });
  }
  return chosen.sort((a, b) => b.similarity - a.similarity || b.index - a.index);
}

function labelsOf({ tags }: Showable): readonly string[] {
  return tags.flatMap((tag) => labelOfTag(tag) ?? []);
}

function cosine(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += (a[index] ?? 0) * (b[index] ?? 0);
  return sum;
}
