import { decode, encode, simplify, tagParts } from './scheme.ts';
import type { IllegalPolicy, Scheme } from './scheme.ts';
import type { Layer } from './span.ts';

/** One source's answer for one sentence: its tags before any repair, one a token, and its spans, decoded with the repair policy or (a Prediction) as the model finds likeliest. */
export interface Tagged {
  readonly tags: readonly string[];
  readonly layer: Layer;
}

/** Tags of the full scheme with their spans, for a layer that has no tags of its own (such as gold of prose). */
export function taggedOfLayer(layer: Layer, length: number): Tagged {
  return { tags: encode(layer, length, 'full'), layer };
}

/** Tags as read, with their spans under the repair policy. */
export function taggedOfTags(tags: readonly string[]): Tagged {
  return { tags, layer: tags.every((tag) => tag === 'O') ? [] : decode(tags, 'repair').layer };
}

/**
 * What the scheme sees of an answer. Full is the answer itself; simplified drops the labels of the tags and decodes them
 * again, so neighbours can grow together (`B-PER I-LOC` is one span); an answer without labels is simplified already and
 * keeps its spans. Under the strict policy the spans are decoded anew from the tags.
 */
export function inScheme(tagged: Tagged, scheme: Scheme, policy: IllegalPolicy = 'repair'): Tagged {
  const simplified = scheme === 'simplified' && !tagged.tags.every((tag) => simplifiedTag(tag) === tag);
  if (simplified) return { tags: tagged.tags.map(simplifiedTag), layer: simplify(tagged.tags, policy).layer };
  return policy === 'repair' ? tagged : { tags: tagged.tags, layer: decode(tagged.tags, policy).layer };
}

/** The tag without its label; a tag that is no IOB tag stays as it is. */
export function simplifiedTag(tag: string): string {
  const { prefix } = tagParts(tag);
  return prefix === 'unknown' ? tag : prefix;
}
