import { tagRenamer } from '../classification.ts';
import { mergeTags } from '../distribution.ts';
import { decode } from '../scheme.ts';
import type { Layer } from '../span.ts';
import type { Score } from '../tally.ts';
import { likeliestLegalTags } from '../transitions.ts';
import { canonicalLabel } from './evidence.ts';
import type { Evidence } from './evidence.ts';
import { largest, smallest } from '../lists.ts';

/** The ways to use corrections that are compared: a head, the model as it was, prompts with examples, remembered strings. */
export type AdaptSystem = 'bert' | 'bert-base' | 't5' | 'memory';

export const ADAPT_SYSTEMS: readonly AdaptSystem[] = ['bert', 'bert-base', 't5', 'memory'];

/** How a system did after it learnt from so many sentences, drawn by chance with this seed. */
export interface AdaptResult {
  readonly system: AdaptSystem;
  readonly size: number;
  readonly seed: number;
  readonly labelledSpan: Score;
  /** How long learning took: training a head, or finding the nearest sentences. */
  readonly seconds: number;
}

/** A whole comparison: files by name, the labels of both, and every result. */
export interface Adaptation {
  readonly train: string;
  readonly test: string;
  readonly labels: readonly string[];
  readonly curves: readonly AdaptResult[];
}

/** The mean over seeds at one size, with the lowest and the highest. */
export interface AdaptPoint {
  readonly size: number;
  readonly seeds: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly seconds: number;
}

/** The curve of a system, by size; an F1 that is 0/0 counts as 0. What does not learn has one point. */
export function adaptCurve(results: readonly AdaptResult[], system: AdaptSystem): readonly AdaptPoint[] {
  const own = results.filter((result) => result.system === system);
  return [...new Set(own.map(({ size }) => size))]
    .sort((a, b) => a - b)
    .map((size) => {
      const there = own.filter((result) => result.size === size);
      const figures = there.map(({ labelledSpan }) => labelledSpan.f1 ?? 0);
      const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
      return {
        size,
        seeds: there.length,
        mean: mean(figures),
        low: smallest(figures),
        high: largest(figures),
        seconds: mean(there.map(({ seconds }) => seconds)),
      };
    });
}

/** The smallest size from which on a system has the higher mean F1 than another at every size that both were tried with; undefined where it has not at the largest. */
export function aheadFrom(a: readonly AdaptPoint[], b: readonly AdaptPoint[]): number | undefined {
  let from: number | undefined;
  for (const point of [...a].reverse()) {
    const other = b.find(({ size }) => size === point.size) ?? (b.length === 1 ? b[0] : undefined);
    if (other === undefined) continue;
    if (point.mean <= other.mean) break;
    from = point.size;
  }
  return from;
}

/** A renaming of a model's labels to those of a corpus that mean the same, by `canonicalLabel`; labels that the corpus lacks become O. */
export function toLabels(modelLabels: readonly string[], labels: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    modelLabels.map((label) => {
      const same = labels.find((own) => own === label);
      const alike = labels.find((own) => canonicalLabel(own) === canonicalLabel(label));
      return [label, same ?? alike ?? 'O'];
    }),
  );
}

/** What the model itself says of a sentence, in the labels of a corpus. */
export function baseLayer({ modelTags, distribution }: Evidence, map: Readonly<Record<string, string>>): Layer {
  const renamed = mergeTags({ tags: modelTags, values: distribution }, tagRenamer(map));
  return decode(likeliestLegalTags(renamed), 'repair').layer;
}
