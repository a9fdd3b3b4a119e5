import { NO_LABEL } from './span.ts';
import type { Layer, Span } from './span.ts';

/** The two tag sets of the study: `full` has B-/I- for each label and O, `simplified` has B, I and O. */
export type Scheme = 'full' | 'simplified';

/** What decoding does with an I tag that no tag of its own span precedes: start a span there (conlleval, seqeval's default) or drop it (strict IOB2). */
export type IllegalPolicy = 'repair' | 'strict';

/** The layer behind a tag sequence, and the positions whose tag could not follow the one before it. */
export interface Decoded {
  readonly layer: Layer;
  readonly illegal: readonly number[];
}

/** A tag taken apart; label is NO_LABEL for plain B and I. */
export type TagParts =
  { readonly prefix: 'O' } | { readonly prefix: 'B' | 'I'; readonly label: string } | { readonly prefix: 'unknown' };

/** All tags of a scheme over these labels: O first, then B and I of each label in the given order. */
export function tagsOf(scheme: Scheme, labels: readonly string[]): readonly string[] {
  return scheme === 'simplified' ? ['O', 'B', 'I'] : ['O', ...labels.flatMap((label) => [`B-${label}`, `I-${label}`])];
}

/** The prefix and label of one IOB tag; anything that is neither O, B, I, B-x nor I-x is `unknown`. */
export function tagParts(tag: string): TagParts {
  let parts = knownParts.get(tag);
  if (parts === undefined) {
    parts = readTag(tag);
    // A corpus has few tags; a column that holds none must not fill the memory.
    if (knownParts.size < MOST_KNOWN) knownParts.set(tag, parts);
  }
  return parts;
}

const MOST_KNOWN = 1000;
const knownParts = new Map<string, TagParts>();

function readTag(tag: string): TagParts {
  if (tag === 'O') return { prefix: 'O' };
  const prefix = tag[0];
  if (prefix !== 'B' && prefix !== 'I') return { prefix: 'unknown' };
  if (tag.length === 1) return { prefix, label: NO_LABEL };
  return tag[1] === '-' && tag.length > 2 ? { prefix, label: tag.slice(2) } : { prefix: 'unknown' };
}

/** The IOB2 tags of a layer over `length` tokens. */
export function encode(layer: Layer, length: number, scheme: Scheme): readonly string[] {
  const tags = new Array<string>(length).fill('O');
  for (const span of layer) {
    const suffix = scheme === 'full' && span.label !== NO_LABEL ? `-${span.label}` : '';
    for (let index = span.first; index < span.end; index++)
      tags[index] = `${index === span.first ? 'B' : 'I'}${suffix}`;
  }
  return tags;
}

/** The layer behind IOB2 tags of either scheme. A tag that is no IOB tag counts as O and as illegal. */
export function decode(tags: readonly string[], policy: IllegalPolicy): Decoded {
  const layer: Span[] = [];
  const illegal: number[] = [];
  let first = -1;
  let label = '';
  for (let index = 0; index < tags.length; index++) {
    const tag = tags[index] ?? 'O';
    if (tag === 'O' && first < 0) continue;
    const parts = tagParts(tag);
    if (parts.prefix === 'I' && first >= 0 && label === parts.label) continue;
    if (first >= 0) layer.push({ first, label, end: index });
    first = -1;
    if (parts.prefix === 'I' || parts.prefix === 'unknown') illegal.push(index);
    if (parts.prefix === 'B' || (parts.prefix === 'I' && policy === 'repair')) {
      first = index;
      label = parts.label;
    }
  }
  if (first >= 0) layer.push({ first, label, end: tags.length });
  return { layer, illegal };
}

/** The layer that the simplified scheme sees: the tags without their labels, decoded again, so `B-PER I-LOC` becomes one span (see EVALUATION: the switch does not keep spans). */
export function simplify(tags: readonly string[], policy: IllegalPolicy): Decoded {
  return decode(
    tags.map((tag) => {
      const { prefix } = tagParts(tag);
      return prefix === 'unknown' ? tag : prefix;
    }),
    policy,
  );
}
