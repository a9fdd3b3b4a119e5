import fc from 'fast-check';
import { taggedOfTags } from '../../../src/core/compare.ts';
import { countSentence, sumCounts } from '../../../src/core/counts.ts';
import type { Counts } from '../../../src/core/counts.ts';
import type { Scheme } from '../../../src/core/scheme.ts';
import type { Layer, Span } from '../../../src/core/span.ts';

/** Tags written between blanks. */
export function tags(line: string): readonly string[] {
  return line === '' ? [] : line.split(' ');
}

/** The counts of sentences given as lines of tags. */
export function countLines(gold: readonly string[], predicted: readonly string[], scheme: Scheme = 'full'): Counts {
  return sumCounts(
    gold.map((line, index) =>
      countSentence(taggedOfTags(tags(line)), taggedOfTags(tags(predicted[index] ?? '')), scheme),
    ),
  );
}

const anyTag = fc.constantFrom('O', 'O', 'B-PER', 'I-PER', 'B-LOC', 'I-LOC', 'B-ORG', 'I-ORG');

/** Any tags, legal or not, for a gold and a predicted sentence of the same length. */
export const sentencePair = fc
  .array(fc.tuple(anyTag, anyTag), { maxLength: 12 })
  .map((pairs) => ({ gold: pairs.map(([tag]) => tag), predicted: pairs.map(([, tag]) => tag) }));

/** Any corpus of such pairs. */
export const corpusPair = fc.array(sentencePair, { maxLength: 8 });

/** Any legal layer. */
export const anyLayer: fc.Arbitrary<Layer> = fc
  .array(
    fc.record({
      gap: fc.nat({ max: 2 }),
      length: fc.integer({ min: 1, max: 4 }),
      label: fc.constantFrom('PER', 'LOC', 'ORG'),
    }),
    { maxLength: 6 },
  )
  .map((parts) => {
    let at = 0;
    return parts.map(({ gap, length, label }): Span => {
      const first = at + gap;
      at = first + length;
      return { first, end: at, label };
    });
  });
