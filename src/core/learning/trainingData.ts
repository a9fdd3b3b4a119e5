import { denseWidth, fillDense, startScore, startsOf, widthOf } from './evidence.ts';
import type { Lesson } from './evidence.ts';
import { namedWeights, PairTable } from './pairTable.ts';
import type { CompiledPairs } from './pairTable.ts';
import { fits, untaughtHead } from './head.ts';
import type { Head } from './head.ts';
import { wordFeatures } from './wordFeatures.ts';

/** The decided words of lessons as arrays, one row a word. */
export interface TrainingData {
  readonly rows: number;
  /** Of each row: the number of the tag that is right. */
  readonly truth: Int32Array;
  /** Row-major, rows × (width + modelTags + 1). */
  readonly dense: Float32Array;
  readonly denseWidth: number;
  /** Row-major, rows × tags: the scores that the head starts from. */
  readonly base: Float64Array;
  readonly pairs: CompiledPairs;
  /** A head for the same evidence that has learnt nothing. */
  readonly untaught: Head;
}

/**
 * Turns lessons into rows. Undecided words are left out, words whose tag is none of `tags`, as after a label was removed, and lessons
 * of another model than the first one's.
 */
export function trainingData(all: readonly Lesson[], tags: readonly string[], withFeatures: boolean): TrainingData {
  const places = new Map(tags.map((tag, index) => [tag, index]));
  const first = all.find(({ words }) => words.length > 0);
  const modelTags = first?.evidence.modelTags ?? [];
  const width = first === undefined ? 0 : widthOf(first.evidence, first.words.length);
  const untaught = untaughtHead(tags, modelTags, width);
  const lessons = all.filter(({ words, evidence }) => words.length > 0 && fits(untaught, evidence, words.length));
  const wide = denseWidth(width, modelTags.length);
  const starts = startsOf(tags, modelTags);
  const decided = lessons.map((lesson) => lesson.tags.map((tag) => (tag === null ? -1 : (places.get(tag) ?? -1))));
  const rows = decided.reduce((sum, one) => sum + one.filter((tag) => tag >= 0).length, 0);
  const dense = new Float32Array(rows * wide);
  const base = new Float64Array(rows * tags.length);
  const truth = new Int32Array(rows);
  const pairs = new PairTable();
  let row = 0;
  lessons.forEach(({ words, evidence }, index) => {
    const whole = new Float32Array(words.length * wide);
    fillDense(whole, 0, evidence, words.length, width);
    const seen = withFeatures ? wordFeatures(words) : [];
    decided[index]?.forEach((tag, word) => {
      if (tag < 0) return;
      dense.set(whole.subarray(word * wide, (word + 1) * wide), row * wide);
      for (let other = 0; other < tags.length; other++)
        base[row * tags.length + other] = startScore(
          evidence.distribution,
          word * modelTags.length,
          starts[other] ?? -1,
        );
      truth[row] = tag;
      pairs.addRow(seen[word] ?? [], tag);
      row++;
    });
  });
  return { rows, truth, dense, denseWidth: wide, base, pairs: pairs.compiled(), untaught };
}

/** The number of weights of a head over these data: those of dense values first, tag by tag, then those of pairs. */
export function weightCount(data: TrainingData): number {
  return data.untaught.dense.length + data.pairs.pairTags.length;
}

/** The weights of an earlier head where it speaks of the same tags and evidence, else 0. */
export function startPoint(data: TrainingData, earlier: Head | undefined): Float64Array {
  const point = new Float64Array(weightCount(data));
  const { untaught, pairs, denseWidth: wide } = data;
  if (earlier?.width !== untaught.width || earlier.modelTags.join() !== untaught.modelTags.join()) return point;
  const before = untaught.tags.map((tag) => earlier.tags.indexOf(tag));
  before.forEach((old, tag) => {
    if (old >= 0) point.set(earlier.dense.subarray(old * wide, (old + 1) * wide), tag * wide);
  });
  pairs.names.forEach((name, feature) => {
    const known = earlier.features.get(name);
    if (known === undefined) return;
    const end = pairs.featureStarts[feature + 1] ?? 0;
    for (let pair = pairs.featureStarts[feature] ?? 0; pair < end; pair++) {
      const place = known.tags.indexOf(before[pairs.pairTags[pair] ?? 0] ?? -1);
      if (place >= 0) point[untaught.dense.length + pair] = known.weights[place] ?? 0;
    }
  });
  return point;
}

/** The head whose weights are these. */
export function headOf(data: TrainingData, point: Float64Array): Head {
  const size = data.untaught.dense.length;
  return { ...data.untaught, dense: point.slice(0, size), features: namedWeights(data.pairs, point, size) };
}

/** The share of each tag among the decided words. */
export function classShares({ truth, untaught }: TrainingData): Float64Array {
  const shares = new Float64Array(untaught.tags.length);
  for (const tag of truth) shares[tag] = (shares[tag] ?? 0) + 1 / truth.length;
  return shares;
}

/** What an error about a word of each tag weighs: (words / words of the tag) to the power, 1 on average over all words. */
export function classWeights(truth: Int32Array, tags: number, exponent: number): Float64Array {
  const counts = new Float64Array(tags);
  for (const tag of truth) counts[tag] = (counts[tag] ?? 0) + 1;
  const raw = counts.map((count) => (count === 0 ? 0 : (truth.length / count) ** exponent));
  const mean = raw.reduce((sum, weight, tag) => sum + weight * (counts[tag] ?? 0), 0) / truth.length;
  return raw.map((weight) => weight / mean);
}
