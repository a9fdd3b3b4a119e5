import type { Distribution } from '../distribution.ts';
import { denseWidth, fillDense, startScore, startsOf, widthOf } from './evidence.ts';
import type { Evidence } from './evidence.ts';
import { wordFeatures } from './wordFeatures.ts';

/** The weights of one feature of a word for the tags with which it was seen. */
export interface FeatureWeights {
  readonly tags: readonly number[];
  readonly weights: readonly number[];
}

/**
 * What was learnt on top of a model: a softmax over `tags` whose scores are the model's own, as far as it knows the label, plus
 * what dense values and features of the word add.
 */
export interface Head {
  /** Full scheme, O first. */
  readonly tags: readonly string[];
  readonly modelTags: readonly string[];
  /** The width of a word's state. */
  readonly width: number;
  /** Row-major, tags × (width + modelTags + 1), in the order of `fillDense`. */
  readonly dense: Float64Array;
  readonly features: ReadonlyMap<string, FeatureWeights>;
}

/** A head that has learnt nothing: it says what the model says, of these tags. */
export function untaughtHead(tags: readonly string[], modelTags: readonly string[], width: number): Head {
  return {
    tags,
    modelTags,
    width,
    dense: new Float64Array(tags.length * denseWidth(width, modelTags.length)),
    features: new Map(),
  };
}

/** Whether a head was made for evidence of this form. */
export function fits(head: Head, evidence: Evidence, words: number): boolean {
  return (
    (words === 0 || head.width === widthOf(evidence, words)) &&
    head.modelTags.length === evidence.modelTags.length &&
    head.modelTags.every((tag, index) => tag === evidence.modelTags[index])
  );
}

/** What a head says of the words of a sentence. The evidence must fit the head. */
export function headDistribution(
  head: Head,
  words: readonly string[],
  evidence: Evidence,
): Distribution & { readonly values: Float32Array<ArrayBuffer> } {
  const { tags, modelTags, width, dense, features } = head;
  const wide = denseWidth(width, modelTags.length);
  const rows = new Float32Array(words.length * wide);
  fillDense(rows, 0, evidence, words.length, width);
  const starts = startsOf(tags, modelTags);
  const values = new Float32Array(words.length * tags.length);
  const scores = new Float64Array(tags.length);
  const seen = features.size === 0 ? [] : wordFeatures(words);
  for (let word = 0; word < words.length; word++) {
    for (let tag = 0; tag < tags.length; tag++) {
      let sum = startScore(evidence.distribution, word * modelTags.length, starts[tag] ?? -1);
      for (let column = 0; column < wide; column++)
        sum += (rows[word * wide + column] ?? 0) * (dense[tag * wide + column] ?? 0);
      scores[tag] = sum;
    }
    for (const feature of seen[word] ?? []) {
      const found = features.get(feature);
      found?.tags.forEach((tag, index) => {
        scores[tag] = (scores[tag] ?? 0) + (found.weights[index] ?? 0);
      });
    }
    softmax(scores);
    values.set(scores, word * tags.length);
  }
  return { tags, values };
}

/** Scores become probabilities, in place; gives the logarithm of what they were divided by. */
export function softmax(scores: Float64Array): number {
  let highest = -Infinity;
  for (let index = 0; index < scores.length; index++) highest = Math.max(highest, scores[index] ?? 0);
  let sum = 0;
  for (let index = 0; index < scores.length; index++) {
    const part = Math.exp((scores[index] ?? 0) - highest);
    scores[index] = part;
    sum += part;
  }
  for (let index = 0; index < scores.length; index++) scores[index] = (scores[index] ?? 0) / sum;
  return highest + Math.log(sum);
}
