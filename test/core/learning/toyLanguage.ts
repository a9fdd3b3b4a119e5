import type { Evidence, Lesson } from '../../../src/core/learning/evidence.ts';
import { seededRandom } from '../../../src/core/random.ts';

const NAMES = ['Zelda', 'Norix', 'Tamora', 'Quill', 'Vexin', 'Orlan'];
const GADGETS = ['widget9', 'gizmo7', 'doodad3', 'widget4', 'gizmo2', 'doodad8'];
const VERBS = ['sells', 'breaks', 'mends', 'paints'];
export const MODEL_TAGS = ['O', 'B-PER', 'I-PER'];

/** What a model that knows people alone would say: sure of names, with a state that tells kinds of words apart, a little noisy. */
export function evidenceOf(words: readonly string[], width = 6): Evidence {
  const random = seededRandom(words.join(' ').length + words.length);
  const distribution = new Float32Array(words.length * 3);
  const hidden = new Float32Array(words.length * width);
  words.forEach((word, index) => {
    const person = NAMES.includes(word);
    distribution.set(person ? [0.1, 0.88, 0.02] : [0.96, 0.02, 0.02], index * 3);
    const kind = person ? 0 : GADGETS.includes(word) ? 1 : VERBS.includes(word) ? 2 : 3;
    for (let column = 0; column < width; column++)
      hidden[index * width + column] = (column === kind ? 1 : 0) + 0.2 * (random() - 0.5);
  });
  return { modelTags: MODEL_TAGS, distribution, hidden: width === 0 ? undefined : hidden };
}

/** Sentences such as "Zelda sells the widget9 ." in which people are PER and gadgets PRODUCT. */
export function toyLessons(count: number, seed: number, width = 6): readonly Lesson[] {
  const random = seededRandom(seed);
  const pick = (words: readonly string[]): string => words[Math.floor(random() * words.length)] ?? '';
  return Array.from({ length: count }, () => {
    const words = [pick(NAMES), pick(VERBS), 'the', pick(GADGETS), '.'];
    return { words, tags: ['B-PER', 'O', 'O', 'B-PRODUCT', 'O'], evidence: evidenceOf(words, width) };
  });
}
