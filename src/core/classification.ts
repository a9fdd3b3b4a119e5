import type { Failure, Prediction } from './prediction.ts';
import { decode, tagParts } from './scheme.ts';
import type { Scheme } from './scheme.ts';
import { likeliestLegalTags } from './transitions.ts';

/** A classifier's answer for one sentence: `values` is row-major, words × `tags`, each row summing to 1. */
export interface Distribution {
  readonly tags: readonly string[];
  readonly values: Float32Array;
}

/** The distribution over other tags: the probabilities of all tags that `rename` maps to the same tag are summed; tag order is that of first appearance, O first where it occurs. */
export function mergeTags(distribution: Distribution, rename: (tag: string) => string): Distribution {
  const renamed = distribution.tags.map(rename);
  const tags = [...new Set(renamed)].sort((a, b) => Number(b === 'O') - Number(a === 'O'));
  const columns = renamed.map((tag) => tags.indexOf(tag));
  const width = distribution.tags.length;
  const words = width === 0 ? 0 : distribution.values.length / width;
  const values = new Float32Array(words * tags.length);
  for (let word = 0; word < words; word++) {
    columns.forEach((column, index) => {
      const place = word * tags.length + column;
      values[place] = (values[place] ?? 0) + (distribution.values[word * width + index] ?? 0);
    });
  }
  return { tags, values };
}

/** The full scheme's distribution seen in the simplified scheme: all B tags summed to B, all I tags to I. */
export function collapseLabels(distribution: Distribution): Distribution {
  return mergeTags(distribution, (tag) => {
    const { prefix } = tagParts(tag);
    return prefix === 'unknown' ? 'O' : prefix;
  });
}

/** A renaming of tags by a map from label to label, where the label `O` means no entity; labels not in the map stay. */
export function tagRenamer(labelMap: Readonly<Record<string, string>>): (tag: string) => string {
  return (tag) => {
    const parts = tagParts(tag);
    if (parts.prefix === 'O' || parts.prefix === 'unknown') return 'O';
    const target = Object.hasOwn(labelMap, parts.label) ? labelMap[parts.label] : parts.label;
    return target === undefined || target === 'O' ? 'O' : `${parts.prefix}-${target}`;
  };
}

/** The most probable tag of each word with its probability; the earlier tag wins a tie. */
export function bestTags(distribution: Distribution): {
  readonly tags: readonly string[];
  readonly probabilities: readonly number[];
} {
  const width = distribution.tags.length;
  const tags: string[] = [];
  const probabilities: number[] = [];
  for (let start = 0; start + width <= distribution.values.length && width > 0; start += width) {
    let best = 0;
    for (let index = 1; index < width; index++) {
      if ((distribution.values[start + index] ?? 0) > (distribution.values[start + best] ?? 0)) best = index;
    }
    tags.push(distribution.tags[best] ?? 'O');
    // Summing rounded floats may leave a hair above 1.
    probabilities.push(Math.min(1, distribution.values[start + best] ?? 0));
  }
  return { tags, probabilities };
}

/** The failures that a tag sequence shows by itself: every tag that could not follow the one before it. */
export function transitionFailures(tags: readonly string[]): readonly Failure[] {
  return decode(tags, 'repair').illegal.map((index) => ({
    kind: 'illegalTransition',
    first: index,
    end: index + 1,
    detail: `${tags[index] ?? ''} after ${index === 0 ? 'the start' : (tags[index - 1] ?? '')}`,
  }));
}

/** Tags of a model that has no B for a label (the IO scheme), with B where a span of it starts. */
function withStarts(tags: readonly string[], known: readonly string[]): readonly string[] {
  const illegal = new Set(decode(tags, 'repair').illegal);
  return tags.map((tag, index) => {
    const start = `B${tag.slice(1)}`;
    return illegal.has(index) && tag.startsWith('I') && !known.includes(start) ? start : tag;
  });
}

/** What a classifier says of one sentence: the best tag of each word as it is, and the spans of the likeliest legal sequence. */
export function classifiedPrediction(distribution: Distribution, scheme: Scheme): Prediction {
  const seen = scheme === 'simplified' ? collapseLabels(distribution) : distribution;
  const best = bestTags(seen);
  const tags = withStarts(best.tags, seen.tags);
  const failures = transitionFailures(tags);
  const legal = failures.length === 0 ? tags : likeliestLegalTags(seen);
  return { layer: decode(legal, 'repair').layer, tags, probabilities: best.probabilities, failures };
}
