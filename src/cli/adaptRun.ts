import path from 'node:path';
import { baseLayer, toLabels } from '../core/learning/adaptation.ts';
import type { AdaptResult, AdaptSystem } from '../core/learning/adaptation.ts';
import { taggedOfLayer, taggedOfTags } from '../core/compare.ts';
import { countSentence, sumCounts } from '../core/counts.ts';
import type { Lesson } from '../core/learning/evidence.ts';
import { HEAD_DEFAULTS } from '../core/learning/headTraining.ts';
import { labelOfTag } from '../core/learning/seenLabels.ts';
import { StringMemory } from '../core/learning/stringMemory.ts';
import { seededRandom } from '../core/random.ts';
import type { Layer } from '../core/span.ts';
import { scoreJson } from '../core/report/evaluationJson.ts';
import { addTally, EMPTY_TALLY, scoreOf } from '../core/tally.ts';
import type { Score } from '../core/tally.ts';
import { decode } from '../core/scheme.ts';
import { likeliestLegalTags } from '../core/transitions.ts';
import { TrainingThread } from '../node/learning/trainingThread.ts';
import type { Predictor } from '../node/models/predictor.ts';
import { AdaptedT5 } from './adaptT5.ts';
import type { PredictorChoices } from './choices.ts';
import { ChannelError } from '../protocol/channel.ts';
import { CliError } from './io.ts';
import type { CliContext } from './io.ts';
import { formsOf } from './corpusFile.ts';
import { readCorpus } from './reportInput.ts';
import type { CorpusInput } from '../node/corpus/corpusInput.ts';
import { largest } from '../core/lists.ts';

/** What is to be tried, by the options. */
export interface AdaptPlan {
  readonly sizes: readonly number[];
  readonly seeds: number;
  readonly systems: readonly AdaptSystem[];
  readonly exponent: number;
  readonly k: number;
  readonly limit: number;
}

/** A sentence with its words and gold tags. */
interface GoldSentence {
  readonly words: readonly string[];
  readonly tags: readonly string[];
}

/** The sentences to learn from and to score on, and the labels of both. */
export interface AdaptCorpora {
  readonly train: readonly GoldSentence[];
  readonly test: readonly GoldSentence[];
  readonly labels: readonly string[];
}

/** Reads both files. Throws CliError where one has no gold. */
export async function adaptationCorpora(
  { train, test, input }: { readonly train: string; readonly test: string; readonly input: CorpusInput },
  plan: AdaptPlan,
  context: CliContext,
): Promise<AdaptCorpora> {
  const read = async (file: string): Promise<readonly GoldSentence[]> =>
    (await readCorpus(file, input, context.warn)).sentences.map((sentence) => ({
      words: formsOf(sentence),
      tags: sentence.said,
    }));
  const [from, on] = [await read(train), (await read(test)).slice(0, plan.limit)];
  const labels = new Set([...from, ...on].flatMap(({ tags }) => tags.flatMap((tag) => labelOfTag(tag) ?? [])));
  if (labels.size === 0) throw new CliError(`${train} and ${test} have no labels: a head learns tags such as B-PER.`);
  const tooLarge = plan.sizes.filter((size) => size > from.length);
  if (tooLarge.length > 0)
    context.warn(`${train} has ${from.length} sentences with gold: sizes ${tooLarge.join(', ')} are left out.`);
  return { train: from, test: on, labels: [...labels].sort() };
}

/** A way to learn from sentences, and what it then says of the test's. */
type System = (lessons: readonly Lesson[]) => Promise<{ readonly layers: readonly Layer[]; readonly seconds: number }>;

/** Tries every system with every size and seed. What nothing is drawn for is tried once. */
export async function adaptationRun(
  predictor: Predictor,
  corpora: AdaptCorpora,
  plan: AdaptPlan,
  context: CliContext,
  choices: PredictorChoices,
): Promise<readonly AdaptResult[]> {
  const sizes = plan.sizes.filter((size) => size <= corpora.train.length);
  const orders = Array.from({ length: plan.seeds }, (_, index) => shuffled(corpora.train.length, index + 1));
  const most = largest(sizes, 0);
  const drawn = new Set(orders.flatMap((order) => order.slice(0, most)));
  const lessons = await lessonsOf(predictor, corpora.train, [...drawn], context);
  const test = await lessonsOf(
    predictor,
    corpora.test,
    corpora.test.map((_, index) => index),
    context,
  );
  const scored = [...test.values()];
  const t5 = plan.systems.includes('t5') ? new AdaptedT5(context, choices, plan.k, corpora.labels) : undefined;
  const systems: Readonly<Record<AdaptSystem, System>> = {
    bert: (taught) => withHead(predictor, taught, scored, corpora, plan, context),
    'bert-base': () => untaught(predictor, scored, corpora),
    t5: (taught) => t5?.answers(taught, scored) ?? Promise.reject(new Error('T5 was not asked for')),
    memory: (taught) => Promise.resolve(remembered(taught, scored)),
  };
  const results: AdaptResult[] = [];
  const runs = plan.systems.flatMap((system) =>
    (system === 'bert-base' ? [0] : sizes).flatMap((size) =>
      orders.slice(0, size === 0 ? 1 : plan.seeds).map((order, index) => ({ system, size, order, seed: index + 1 })),
    ),
  );
  try {
    for (const { system, size, order, seed } of runs) {
      context.progress(`${system}, ${size} sentences`, results.length, runs.length);
      if (context.signal.aborted) throw new CliError('Cancelled.');
      const taught = order.slice(0, size).flatMap((index) => lessons.get(index) ?? []);
      const { layers, seconds } = await systems[system](taught);
      const labelledSpan = scoreJson(scoreOfLayers(corpora.test, layers));
      results.push({ system, size, seed, labelledSpan, seconds: Math.round(seconds * 1000) / 1000 });
    }
  } finally {
    t5?.dispose();
    context.clearProgress();
  }
  return results;
}

function shuffled(length: number, seed: number): readonly number[] {
  const random = seededRandom(seed);
  const order = Array.from({ length }, (_, index) => index);
  for (let last = length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other] ?? 0, order[last] ?? 0];
  }
  return order;
}

async function lessonsOf(
  predictor: Predictor,
  sentences: readonly GoldSentence[],
  indices: readonly number[],
  context: CliContext,
): Promise<ReadonlyMap<number, Lesson>> {
  const asked = indices.map((index) => sentences[index]?.words ?? []);
  const evidence = await predictor.evidence(asked, context.signal, (done) => {
    context.progress('states of words', done, asked.length);
  });
  const lessons = new Map<number, Lesson>();
  evidence.forEach((one, place) => {
    const index = indices[place] ?? 0;
    lessons.set(index, { words: asked[place] ?? [], tags: sentences[index]?.tags ?? [], evidence: one });
  });
  return lessons;
}

/** How many sentences go to the thread at once. */
const BATCH = 100;

async function withHead(
  predictor: Predictor,
  lessons: readonly Lesson[],
  test: readonly Lesson[],
  corpora: AdaptCorpora,
  plan: AdaptPlan,
  context: CliContext,
): ReturnType<System> {
  if (lessons.length === 0) return untaught(predictor, test, corpora);
  const thread = new TrainingThread(path.join(path.dirname(context.processEntry), 'learning.mjs'));
  try {
    thread.teach(lessons.map((lesson, index) => ({ key: String(index), lesson })));
    const options = { ...HEAD_DEFAULTS, labels: corpora.labels, exponent: plan.exponent };
    const { milliseconds } = await thread.train(options, false, context.signal);
    const layers: Layer[] = [];
    for (let first = 0; first < test.length; first += BATCH) {
      const answers = await thread.predict(test.slice(first, first + BATCH), context.signal);
      for (const answer of answers) layers.push(decode(likeliestLegalTags(answer), 'repair').layer);
    }
    return { layers, seconds: milliseconds / 1000 };
  } catch (error) {
    throw error instanceof ChannelError ? new CliError(error.message) : error;
  } finally {
    thread.dispose();
  }
}

async function untaught(predictor: Predictor, test: readonly Lesson[], corpora: AdaptCorpora): ReturnType<System> {
  const map = toLabels(predictor.labels('bert'), corpora.labels);
  return Promise.resolve({ layers: test.map(({ evidence }) => baseLayer(evidence, map)), seconds: 0 });
}

function remembered(lessons: readonly Lesson[], test: readonly Lesson[]): Awaited<ReturnType<System>> {
  const started = performance.now();
  const memory = new StringMemory();
  for (const { words, tags } of lessons) memory.addSentence(words, tags);
  const seconds = (performance.now() - started) / 1000;
  return { layers: test.map(({ words }) => memory.layerOf(words)), seconds };
}

function scoreOfLayers(test: readonly GoldSentence[], layers: readonly Layer[]): Score {
  const counts = sumCounts(
    test.map(({ words, tags }, index) =>
      countSentence(taggedOfTags(tags), taggedOfLayer(layers[index] ?? [], words.length), 'full'),
    ),
  );
  return scoreOf([...counts.labels.values()].reduce((sum, tally) => addTally(sum, tally), EMPTY_TALLY));
}
