import { tagParts } from './scheme.ts';

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
