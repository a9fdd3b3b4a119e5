import { collapseLabels } from './distribution.ts';
import type { Distribution } from './distribution.ts';
import type { Failure, Prediction } from './prediction.ts';
import { decode, tagParts } from './scheme.ts';
import type { Scheme } from './scheme.ts';
import { likeliestLegalTags } from './transitions.ts';

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
