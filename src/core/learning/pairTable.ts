import type { FeatureWeights } from './head.ts';

/** Features by row, and for each feature the tags with which it was seen: what `PairTable` comes to. */
export interface CompiledPairs {
  /** The names of features by their number. */
  readonly names: readonly string[];
  /** Where each row's features begin in `rowFeatures`, and the end of the last. */
  readonly rowStarts: Int32Array;
  readonly rowFeatures: Int32Array;
  /** Where each feature's pairs begin in `pairTags`, and the end of the last. */
  readonly featureStarts: Int32Array;
  readonly pairTags: Int32Array;
}

/** Which features were seen with which tags. Only such pairs get a weight: it keeps a head small, and what was never seen says nothing. */
export class PairTable {
  readonly #numbers = new Map<string, number>();
  readonly #tags: number[][] = [];
  readonly #rowStarts: number[] = [0];
  readonly #rowFeatures: number[] = [];

  addRow(features: readonly string[], tag: number): void {
    for (const feature of features) {
      let number = this.#numbers.get(feature);
      if (number === undefined) {
        number = this.#tags.length;
        this.#numbers.set(feature, number);
        this.#tags.push([tag]);
      } else {
        const tags = this.#tags[number];
        if (tags?.includes(tag) === false) tags.push(tag);
      }
      this.#rowFeatures.push(number);
    }
    this.#rowStarts.push(this.#rowFeatures.length);
  }

  compiled(): CompiledPairs {
    const featureStarts = new Int32Array(this.#tags.length + 1);
    this.#tags.forEach((tags, number) => {
      featureStarts[number + 1] = (featureStarts[number] ?? 0) + tags.length;
    });
    return {
      names: [...this.#numbers.keys()],
      rowStarts: Int32Array.from(this.#rowStarts),
      rowFeatures: Int32Array.from(this.#rowFeatures),
      featureStarts,
      pairTags: Int32Array.from(this.#tags.flat()),
    };
  }
}

/** The weights of a table's pairs, which stand in `point` from `offset` on, by the names of their features. */
export function namedWeights(table: CompiledPairs, point: Float64Array, offset: number): Map<string, FeatureWeights> {
  return new Map(
    table.names.map((name, feature) => {
      const [from, to] = [table.featureStarts[feature] ?? 0, table.featureStarts[feature + 1] ?? 0];
      const weights = Array.from(point.subarray(offset + from, offset + to));
      return [name, { tags: Array.from(table.pairTags.subarray(from, to)), weights }];
    }),
  );
}
