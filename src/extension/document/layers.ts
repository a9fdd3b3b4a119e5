import { inScheme, taggedOfLayer } from '../../core/compare.ts';
import type { Tagged } from '../../core/compare.ts';
import { decisionsOf } from '../../core/decisions.ts';
import { encode, simplify } from '../../core/scheme.ts';
import type { Scheme } from '../../core/scheme.ts';
import { SOURCES, sameLayer, sameSpan } from '../../core/span.ts';
import type { Layer, Source, Span } from '../../core/span.ts';
import type { SessionSentence } from './session.ts';
import { smallest } from '../../core/lists.ts';

/** The parts of a sentence that its layers depend on. */
export type Layered = Pick<SessionSentence, 'tokens' | 'gold' | 'partial' | 'tags' | 'predictions'>;

const simplifiedGold = new WeakMap<Layered, Layer>();
const disagreeing = {
  full: new WeakMap<Layered, readonly number[]>(),
  simplified: new WeakMap<Layered, readonly number[]>(),
};

/** What a source says of a sentence as tags and spans, undefined where it says nothing; gold is in the full scheme, predictions in the session's. */
export function answerOf(sentence: Layered, source: Source): Tagged | undefined {
  if (source !== 'gold') return sentence.predictions[source];
  const { gold, tags, tokens } = sentence;
  if (gold === null) return undefined;
  return tags === undefined ? taggedOfLayer(gold, tokens.length) : { tags, layer: gold };
}

/** The spans that are decided so far, also where other words are not, in a scheme; null where nothing is decided. Figures take `layerOf`. */
export function decidedLayerOf(sentence: Layered, scheme: Scheme): Layer | null {
  if (sentence.partial === undefined) return layerOf(sentence, 'gold', scheme);
  const { layer } = decisionsOf(sentence) ?? { layer: [] };
  return scheme === 'full' ? layer : simplify(encode(layer, sentence.tokens.length, 'full'), 'repair').layer;
}

/** A source's spans in a scheme, null where the source has none for this sentence. */
export function layerOf(sentence: Layered, source: Source, scheme: Scheme): Layer | null {
  const answer = answerOf(sentence, source);
  if (answer === undefined) return null;
  if (source !== 'gold' || scheme === 'full') return answer.layer;
  const known = simplifiedGold.get(sentence);
  if (known !== undefined) return known;
  const { layer } = inScheme(answer, scheme);
  simplifiedGold.set(sentence, layer);
  return layer;
}

/** The layers that there are, by source. */
export function layersOf(sentence: Layered, scheme: Scheme): ReadonlyMap<Source, Layer> {
  const found = new Map<Source, Layer>();
  for (const source of SOURCES) {
    const layer = layerOf(sentence, source, scheme);
    if (layer !== null) found.set(source, layer);
  }
  return found;
}

/** The layers that there are, by source, with the spans of gold that are decided so far. Figures take `layersOf`. */
export function shownLayersOf(sentence: Layered, scheme: Scheme): ReadonlyMap<Source, Layer> {
  const gold = decidedLayerOf(sentence, scheme);
  const layers = layersOf(sentence, scheme);
  return gold === null || layers.has('gold') ? layers : new Map([['gold', gold], ...layers]);
}

/** The tokens at which two of the sources that have a layer differ, in order. */
export function disagreeingTokens(sentence: Layered, scheme: Scheme): readonly number[] {
  const known = disagreeing[scheme].get(sentence);
  if (known !== undefined) return known;
  const layers = [...layersOf(sentence, scheme).values()];
  const [reference, ...others] = layers;
  const tokens: number[] = [];
  if (reference !== undefined && others.some((layer) => !sameLayer(layer, reference))) {
    const tags = layers.map((layer) => encode(layer, sentence.tokens.length, scheme));
    for (let token = 0; token < sentence.tokens.length; token++) {
      if (new Set(tags.map((row) => row[token])).size > 1) tokens.push(token);
    }
  }
  disagreeing[scheme].set(sentence, tokens);
  return tokens;
}

/** True where two of the sentence's layers differ. */
export function disagrees(sentence: Layered, scheme: Scheme): boolean {
  return disagreeingTokens(sentence, scheme).length > 0;
}

/** The stretches of tokens over which the layers differ: the spans that not every source has, joined where they touch the same tokens. */
export function disputedStretches(layers: ReadonlyMap<Source, Layer>): readonly Pick<Span, 'first' | 'end'>[] {
  const all = [...layers.values()];
  const disputed = all
    .flat()
    .filter((span) => !all.every((layer) => layer.some((other) => sameSpan(span, other))))
    .sort((a, b) => a.first - b.first);
  const stretches: { first: number; end: number }[] = [];
  for (const { first, end } of disputed) {
    const last = stretches.at(-1);
    if (last !== undefined && first < last.end) last.end = Math.max(last.end, end);
    else stretches.push({ first, end });
  }
  return stretches;
}

/** The probability of a span: that of its least probable token; undefined for gold. */
export function spanProbability(sentence: Layered, source: Source, span: Span): number | undefined {
  if (source === 'gold') return undefined;
  const cells = sentence.predictions[source]?.probabilities.slice(span.first, span.end) ?? [];
  return cells.length === 0 ? undefined : smallest(cells);
}
