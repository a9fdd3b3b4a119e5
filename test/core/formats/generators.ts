import fc from 'fast-check';
import type { Layer, Span } from '../../../src/core/span.ts';

/** Words of every awkward kind; none begins with the sign of a comment or holds white space. */
export const word = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('Paris', 'the', 'Dr.', ',', 'don', "n't", 'ß', 'Ångström', 'x') },
  fc.constantFrom('😀', '👩‍👩‍👧', 'é', 'שלום', '東京', '-DOCSTART', '_', 'O', 'B-PER', '=', '\\', '"', '𝔘𝔫𝔦'),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 5 }).map((text) => {
    const clean = text.replace(/[\s#\p{Cc}\p{Zl}\p{Zp}\uFEFF\u0085]/gu, '');
    return clean === '' ? 'w' : clean;
  }),
);

/** A legal layer over `length` tokens. */
export function layerOver(length: number): fc.Arbitrary<Layer> {
  return fc
    .array(
      fc.record({
        gap: fc.nat(3),
        size: fc.integer({ min: 1, max: 3 }),
        label: fc.constantFrom('PER', 'LOC', 'ORG', 'X-1'),
      }),
    )
    .map((parts) => {
      const spans: Span[] = [];
      let position = 0;
      for (const { gap, size, label } of parts) {
        const first = position + gap;
        const end = first + size;
        if (end > length) break;
        spans.push({ first, end, label });
        position = end;
      }
      return spans;
    });
}

export interface MadeSentence {
  readonly words: readonly string[];
  readonly layer: Layer | null;
}

/** Words and their gold. */
export const madeSentence: fc.Arbitrary<MadeSentence> = fc.array(word, { minLength: 1, maxLength: 8 }).chain((words) =>
  fc.record({
    words: fc.constant(words),
    layer: fc.option(layerOver(words.length), { freq: 6 }),
  }),
);
