import { applyCorrection } from './correction.ts';
import { decidedSpans } from './decisions.ts';
import type { GoldParts } from './decisions.ts';
import type { Prediction } from './prediction.ts';
import { NO_LABEL, overlaps, sameLayer, sameSpan } from './span.ts';
import type { Layer, Span } from './span.ts';
import type { Token } from './token.ts';

/** The parts of a sentence that decisions about many at once depend on; predictions are those of the full scheme. */
export interface BulkSentence extends GoldParts {
  readonly tokens: readonly Pick<Token, 'form'>[];
  readonly predictions: { readonly bert?: Pick<Prediction, 'layer'>; readonly t5?: Pick<Prediction, 'layer'> };
}

/** A new gold layer for the sentence of this index. */
export interface BulkLayer {
  readonly sentence: number;
  readonly layer: Layer;
}

/** A place with the same words as another: tokens first..end (half-open), and the spans of gold that a label there would replace. */
export interface Occurrence {
  readonly sentence: number;
  readonly first: number;
  readonly end: number;
  readonly replaces: Layer;
}

/** The sentences that nobody annotated and of which both models say the same, with what they say. */
export function agreedLayers(sentences: readonly BulkSentence[]): readonly BulkLayer[] {
  return sentences.flatMap(({ gold, partial, predictions: { bert, t5 } }, sentence) => {
    if (
      gold !== null ||
      partial !== undefined ||
      bert === undefined ||
      t5 === undefined ||
      !sameLayer(bert.layer, t5.layer)
    )
      return [];
    return bert.layer.some(({ label }) => label === NO_LABEL) ? [] : [{ sentence, layer: bert.layer }];
  });
}

/** The other places with the words of a span, in order and without overlaps, where gold does not have this very label already. */
export function otherOccurrences(
  sentences: readonly BulkSentence[],
  sentence: number,
  span: Span,
): readonly Occurrence[] {
  const words = (sentences[sentence]?.tokens ?? []).slice(span.first, span.end).map(({ form }) => form);
  if (words.length === 0) return [];
  return sentences.flatMap((target, index) => {
    const { tokens } = target;
    const decided = decidedSpans(target);
    const found: Occurrence[] = [];
    for (let first = 0; first + words.length <= tokens.length; first++) {
      if (!words.every((word, offset) => tokens[first + offset]?.form === word)) continue;
      const here = { first, end: first + words.length, label: span.label };
      first = here.end - 1;
      if (index === sentence && overlaps(here, span)) continue;
      const replaces = decided.filter((other) => overlaps(other, here));
      if (replaces.some((other) => sameSpan(other, here))) continue;
      found.push({ sentence: index, first: here.first, end: here.end, replaces });
    }
    return found;
  });
}

/** The gold layers after a label was given to each of these places; words that are not decided stay so. */
export function labelledLayers(
  sentences: readonly BulkSentence[],
  places: readonly Pick<Occurrence, 'sentence' | 'first' | 'end'>[],
  label: string,
): readonly BulkLayer[] {
  const layers = new Map<number, Layer>();
  for (const { sentence, first, end } of places) {
    const target = sentences[sentence];
    if (target === undefined) continue;
    const before = layers.get(sentence) ?? decidedSpans(target);
    const after = applyCorrection(before, { kind: 'setSpan', first, end, label }, target.tokens.length);
    if (after.ok) layers.set(sentence, after.value);
  }
  return [...layers].map(([sentence, layer]) => ({ sentence, layer }));
}

/** How many gold spans there are of each label, in the order of their first place. */
export function labelCounts(sentences: readonly GoldParts[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const sentence of sentences)
    for (const { label } of decidedSpans(sentence)) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
}

/** The gold layers in which spans of one label get another; sentences without such a span are left out. */
export function relabelledLayers(
  sentences: readonly GoldParts[],
  indices: readonly number[],
  from: string,
  to: string,
): readonly BulkLayer[] {
  return indices.flatMap((sentence) => {
    const gold = decidedSpans(sentences[sentence] ?? { gold: null });
    if (from === to || !gold.some(({ label }) => label === from)) return [];
    return [{ sentence, layer: gold.map((span) => (span.label === from ? { ...span, label: to } : span)) }];
  });
}
