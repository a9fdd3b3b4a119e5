import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Tagged } from '../../core/compare.ts';
import { corpusEvaluator } from '../../core/corpusEvaluation.ts';
import type { CorpusEvaluator } from '../../core/corpusEvaluation.ts';
import type { PlannedView } from '../../core/evaluationPlan.ts';
import type { SentencePlace } from '../../core/examples.ts';
import type { Prediction } from '../../core/prediction.ts';
import type { ReportCorpusInput, ReportCost, ReportFile } from '../../core/report/report.ts';
import type { IllegalPolicy, Scheme } from '../../core/scheme.ts';
import type { ModelSource } from '../../core/span.ts';
import type { PredictOptions } from '../models/predictor.ts';
import type { Cost } from '../models/modelRun.ts';
import { append } from '../../core/lists.ts';

/** A sentence of a corpus on its way through an evaluation. */
export interface CorpusEntry {
  readonly id: string | undefined;
  readonly documentId: string | undefined;
  readonly forms: readonly string[];
  /** Null where the sentence is not complete. */
  readonly reference: Tagged | null;
  /** Whether some of its words are decided and others are not. */
  readonly inProgress: boolean;
  readonly place: SentencePlace;
}

/** A corpus that can be read sentence by sentence. */
export interface EvaluatedCorpus {
  readonly name: string;
  readonly files: readonly ReportFile[];
  /** The sentences in order, some at a time, with how much of the corpus is read after them (0 to 1). */
  readonly read: (
    signal: AbortSignal,
  ) => AsyncIterable<{ readonly entries: readonly CorpusEntry[]; readonly share: number }>;
}

/** What a model did since it was started. */
type Spent = Cost & { readonly sentences: number };

/** The part of a predictor that an evaluation needs. */
export interface EvaluationModels {
  predict(
    source: ModelSource,
    scheme: Scheme,
    sentences: readonly (readonly string[])[],
    options: PredictOptions,
  ): Promise<void>;
  stats(source: ModelSource, scheme: Scheme): Spent;
  measureMemory(): Promise<number>;
}

/** How an evaluation is made. */
export interface EvaluationOptions {
  readonly plan: readonly PlannedView[];
  readonly policy: IllegalPolicy;
  /** The strings of the spans of a training corpus; undefined where none is named. */
  readonly known: ReadonlySet<string> | undefined;
  /** How many places are kept of each failure and each cell. */
  readonly places: number;
  readonly signal: AbortSignal;
  /** Hears how much is done (0 to 1) and which model is at work. */
  readonly progress: (share: number, doing: ModelSource) => void;
}

/** Sentences that are in memory at a time. */
const WINDOW = 512;

/** Milliseconds of counting after which others get their turn. */
const SLICE_MS = 5;

/** A model in the scheme in which it is asked. */
interface Asked {
  readonly source: ModelSource;
  readonly scheme: Scheme;
  readonly before: Spent;
}

/** What a model answered to a window, by sentence. */
type Answers = ReadonlyMap<string, readonly Prediction[]>;

function keyOf(source: ModelSource, scheme: Scheme): string {
  return `${source} ${scheme}`;
}

/** Each model once for each scheme in which it is asked, one after the other, so that each is loaded and timed by itself. */
function askedOf(models: EvaluationModels, plan: readonly PlannedView[]): readonly Asked[] {
  const asked = new Map<string, Asked>();
  for (const { systems } of plan)
    for (const { source, asked: scheme } of systems)
      asked.set(keyOf(source, scheme), { source, scheme, before: models.stats(source, scheme) });
  return [...asked.values()];
}

async function answersTo(
  models: EvaluationModels,
  asked: readonly Asked[],
  entries: readonly CorpusEntry[],
  { signal }: EvaluationOptions,
  step: (share: number, source: ModelSource) => void,
): Promise<Answers> {
  // Sentences of like length together, so that little is padded.
  const order = entries.map((_, index) => index);
  order.sort((a, b) => (entries[a]?.forms.length ?? 0) - (entries[b]?.forms.length ?? 0));
  const words = order.map((index) => entries[index]?.forms ?? []);
  const answers = new Map<string, readonly Prediction[]>();
  for (const [number, { source, scheme }] of asked.entries()) {
    const found = new Map<number, Prediction>();
    step(number / asked.length, source);
    await models.predict(source, scheme, words, {
      signal,
      background: true,
      remember: false,
      onBatch: (results) => {
        for (const [place, prediction] of results) found.set(order[place] ?? 0, prediction);
        step((number + found.size / words.length) / asked.length, source);
      },
    });
    // What is remembered comes without a question to the models, and so without their look at the signal.
    signal.throwIfAborted();
    const all = entries.map((_, index) => {
      const prediction = found.get(index);
      if (prediction === undefined) throw new Error(`${source} gave no answer to a sentence`);
      return prediction;
    });
    answers.set(keyOf(source, scheme), all);
  }
  return answers;
}

/** What a model cost since the evaluation began; null where all its answers were remembered. */
function costOf(models: EvaluationModels, { source, scheme, before }: Asked, residentBytes: number): ReportCost | null {
  const after = models.stats(source, scheme);
  const sentences = after.sentences - before.sentences;
  if (sentences <= 0) return null;
  return {
    sentences,
    milliseconds: after.milliseconds - before.milliseconds,
    pieces: after.pieces - before.pieces,
    generatedPieces: after.generatedPieces - before.generatedPieces,
    residentBytes,
  };
}

/** One corpus by scheme; null where no sentence of it is annotated. Rejects as `predict` does, or where the corpus cannot be read. */
export async function evaluateCorpus(
  corpus: EvaluatedCorpus,
  models: EvaluationModels,
  options: EvaluationOptions,
): Promise<ReadonlyMap<Scheme, ReportCorpusInput> | null> {
  const { plan, policy, known, places, signal, progress } = options;
  const running = new Map<PlannedView, CorpusEvaluator>(
    plan.map((view) => [
      view,
      corpusEvaluator(view.systems.length, view.scheme, policy, { examples: places, cells: places > 0 }),
    ]),
  );
  const asked = askedOf(models, plan);
  let sentences = 0;
  let annotated = 0;
  let inProgress = 0;
  let done = 0;
  let window: CorpusEntry[] = [];
  const take = async (share: number): Promise<void> => {
    const entries = window;
    window = [];
    if (entries.length === 0) return;
    const answers = await answersTo(models, asked, entries, options, (part, source) => {
      progress(done + part * (share - done), source);
    });
    done = share;
    let turn = performance.now();
    for (const [index, { reference, ...entry }] of entries.entries()) {
      if (reference === null) continue;
      if (performance.now() - turn > SLICE_MS) {
        await nextTurn();
        turn = performance.now();
      }
      for (const [{ systems }, evaluator] of running)
        evaluator.add(
          { ...entry, known, reference },
          systems.flatMap(({ source, asked: scheme }) => answers.get(keyOf(source, scheme))?.[index] ?? []),
        );
    }
  };
  for await (const { entries, share } of corpus.read(signal)) {
    signal.throwIfAborted();
    sentences += entries.length;
    const usable = entries.filter(({ reference, forms }) => reference !== null && forms.length > 0);
    annotated += usable.length;
    inProgress += entries.filter((entry) => entry.inProgress).length;
    append(window, usable);
    if (window.length >= WINDOW) await take(share);
  }
  await take(1);
  if (annotated === 0) return null;
  const resident = await models.measureMemory().catch(() => 0);
  return new Map(
    [...running].map(([{ scheme, systems }, evaluator]) => {
      const { systems: evaluated, between } = evaluator.result();
      const inputs = systems.flatMap(({ name, source, asked: model }, index) => {
        const evaluation = evaluated[index];
        const one = asked.find((other) => other.source === source && other.scheme === model);
        if (evaluation === undefined || one === undefined) return [];
        return [{ name, evaluation, cost: costOf(models, one, resident) }];
      });
      return [scheme, { name: corpus.name, files: corpus.files, sentences, inProgress, systems: inputs, between }];
    }),
  );
}
