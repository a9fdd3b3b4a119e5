import type { Evidence } from '../../core/learning/evidence.ts';
import type { ExportModel } from '../../core/exportManifest.ts';
import type { Prediction } from '../../core/prediction.ts';
import type { Result } from '../../core/result.ts';
import type { Scheme } from '../../core/scheme.ts';
import type { ModelSource } from '../../core/span.ts';
import { ChannelError } from '../../protocol/channel.ts';
import type { CancelSignal, Disposable } from '../../protocol/channel.ts';
import { allInFlight, PartError } from '../serving/inFlight.ts';
import { ServedModels } from '../serving/servedModels.ts';
import type { ServerAccess } from '../serving/servedRunner.ts';
import { batchSizes } from './batchSizes.ts';
import { InferenceClient } from './inferenceClient.ts';
import { Lane } from './lane.ts';
import type { Haste } from './lane.ts';
import { ModelDirectory } from './modelDirectory.ts';
import type { ModelPlaces } from './modelDirectory.ts';
import { ModelStates } from './modelStates.ts';
import type { ModelState } from './modelStates.ts';
import type { Log } from './modelProcess.ts';
import { runModel } from './modelRun.ts';
import type { ModelUse } from './modelRun.ts';
import { PredictionCache, predictionKey } from './predictionCache.ts';
import { NO_STATS, joined } from './predictorStats.ts';
import type { PredictorStats } from './predictorStats.ts';
import { wordEvidence } from './wordEvidence.ts';
import { messageOf } from '../../core/errorMessage.ts';

/** Where models and the model process lie. */
export interface PredictorOptions extends ModelPlaces {
  /** The built model process. */
  readonly processEntry: string;
  readonly threads?: number | undefined;
  readonly log: Log;
  /** What is allowed of servers; without it none is asked. */
  readonly servers?: ServerAccess | undefined;
  /** How many predictions are remembered, where no memory is given. */
  readonly cacheSize?: number | undefined;
  /** A memory that another predictor filled. */
  readonly cache?: PredictionCache | undefined;
}

/** How sentences are predicted. */
export interface PredictOptions extends Haste {
  readonly signal: CancelSignal;
  onBatch(results: ReadonlyMap<number, Prediction>): void;
}

const SOURCES: readonly ModelSource[] = ['bert', 't5'];
/** How many predictions are remembered where nobody says otherwise. */
export const CACHE_SIZE = 50_000;

/** Both models behind one door: cached by content, newest request first, one process, restarted when it dies. */
export class Predictor implements Disposable {
  readonly #client: InferenceClient;
  readonly #servers: ServedModels;
  readonly #cache: PredictionCache;
  readonly #lanes: Readonly<Record<ModelSource, Lane<ModelUse>>>;
  readonly #current: ModelStates;
  readonly #costs: Record<ModelSource, Map<Scheme, PredictorStats>> = { bert: new Map(), t5: new Map() };
  /** By model id. */
  readonly #loadedBytes = new Map<string, number>();
  #residentBytes = 0;
  /** Ids of models that the process of now has loaded. */
  readonly #ready = new Set<string>();
  readonly #directory: ModelDirectory;

  readonly #options: PredictorOptions;

  constructor(options: PredictorOptions) {
    this.#options = options;
    this.#directory = new ModelDirectory(options);
    this.#current = new ModelStates(this.#directory);
    this.#cache = options.cache ?? new PredictionCache(options.cacheSize ?? CACHE_SIZE);
    this.#client = new InferenceClient({
      entry: options.processEntry,
      threads: options.threads,
      log: options.log,
      runServed: (run, signal) => this.#servers.run(run, signal),
      onCrash: (why) => {
        this.#afterCrash(why);
      },
    });
    this.#servers = new ServedModels(this.#client, options.servers);
    this.#lanes = { bert: this.#laneOf('bert'), t5: this.#laneOf('t5') };
  }

  /** One entry a family, BERT first. */
  get states(): readonly ModelState[] {
    return SOURCES.map((source) => this.#current.of(source));
  }

  onDidChangeState(listener: () => void): Disposable {
    return this.#current.onDidChange(listener);
  }

  /** The labels of a family's model; empty where the manifest cannot be read. */
  labels(source: ModelSource): readonly string[] {
    const use = this.#directory.use(source, 'full');
    return use.ok ? use.value.model.labels : [];
  }

  /** A family's model for the full scheme, by its name and files; undefined where there is none. */
  identity(source: ModelSource): ExportModel | undefined {
    const use = this.#directory.use(source, 'full');
    if (!use.ok) return undefined;
    const { id, name, files } = use.value.model;
    return { id, name, files: files.map(({ path, sha256 }) => ({ path, sha256 })) };
  }

  /** The model of a family that answers in a scheme, or why none does. */
  use(source: ModelSource, scheme: Scheme): Result<ModelUse> {
    return this.#directory.use(source, scheme);
  }

  /** A prediction that was made before, at once. */
  cached(source: ModelSource, scheme: Scheme, words: readonly string[]): Prediction | undefined {
    const use = this.#directory.use(source, scheme);
    return use.ok ? this.#cache.get(predictionKey(use.value.model.id, scheme, words)) : undefined;
  }

  /**
   * Predicts sentences in the order given, in small batches: `onBatch` gets predictions by index, cached ones first.
   * A newer call goes before an older one, one in the background after all others. Rejects with ChannelError: `cancelled`, `disposed`, `processFailed`, or why
   * the model cannot be used (`manifestMissing`, `manifestInvalid`, `modelMissing`, `modelCorrupt`, `modelUnfit`).
   */
  async predict(
    source: ModelSource,
    scheme: Scheme,
    sentences: readonly (readonly string[])[],
    options: PredictOptions,
  ): Promise<void> {
    const use = this.#usable(source, scheme);
    const items = sentences.map((words, index) => ({ index, key: predictionKey(use.model.id, scheme, words), words }));
    const known = new Map<number, Prediction>();
    const open = items.filter((item) => {
      const prediction = this.#cache.get(item.key);
      if (prediction !== undefined) known.set(item.index, prediction);
      return prediction === undefined;
    });
    if (known.size > 0) options.onBatch(known);
    if (open.length === 0) return;
    const onBatch = (results: ReadonlyMap<number, Prediction>): void => {
      options.onBatch(results);
    };
    await this.#lanes[source].add(use, open, options.signal, onBatch, options);
  }

  /**
   * What BERT says of sentences and the states of their words, as a head learns from them; nothing of it is remembered. `onBatch` hears how
   * many are done. Rejects as `predict` does.
   */
  async evidence(
    sentences: readonly (readonly string[])[],
    signal: CancelSignal,
    onBatch: (done: number) => void = () => undefined,
  ): Promise<readonly Evidence[]> {
    const use = this.#usable('bert', 'full');
    return this.#telling('bert', use, async () => {
      await this.#makeReady('bert', use);
      const evidence = await wordEvidence(this.#client, use, sentences, signal, onBatch);
      this.#current.set('bert', 'ready', { use });
      return evidence;
    });
  }

  /** Loads the model of a family and scheme ahead of its first use; rejects as `predict` does. */
  async load(source: ModelSource, scheme: Scheme): Promise<void> {
    const use = this.#usable(source, scheme);
    await this.#telling(source, use, async () => {
      await this.#makeReady(source, use);
      this.#current.set(source, 'ready', { use });
    });
  }

  /** The model process's id while one runs. */
  get pid(): number | undefined {
    return this.#client.pid;
  }

  /** What a family cost in a scheme, or in both. */
  stats(source: ModelSource, scheme?: Scheme): PredictorStats {
    const all = [...this.#costs[source]].filter(([one]) => scheme === undefined || one === scheme);
    const sum = all.reduce((before, [, stats]) => joined(before, stats), NO_STATS);
    return { ...sum, residentBytes: this.#residentBytes };
  }

  dispose(): void {
    this.#current.dispose();
    this.#servers.dispose();
    this.#client.dispose();
    for (const lane of Object.values(this.#lanes))
      lane.rejectAll(new ChannelError('disposed', 'the models were put away'));
  }

  #usable(source: ModelSource, scheme: Scheme): ModelUse {
    const use = this.#directory.use(source, scheme);
    if (use.ok) return use.value;
    this.#current.set(source, 'failed', { message: use.message, reason: use.reason });
    throw new ChannelError(use.reason, use.message);
  }

  #laneOf(source: ModelSource): Lane<ModelUse> {
    const served = this.#options.models?.[source]?.server !== undefined;
    const { first, most, milliseconds } = batchSizes(source, served);
    return new Lane<ModelUse>(
      {
        known: (key) => this.#cache.get(key),
        store: (key, prediction) => {
          this.#cache.set(key, prediction);
        },
        run: (use, batch, signal) =>
          this.#run(
            source,
            use,
            batch.map((item) => item.words),
            signal,
          ),
      },
      first,
      most,
      milliseconds,
    );
  }

  #run(
    source: ModelSource,
    use: ModelUse,
    sentences: readonly (readonly string[])[],
    signal: CancelSignal,
  ): Promise<readonly (Prediction | Error)[]> {
    return this.#telling(source, use, async () => {
      await this.#makeReady(source, use);
      const runner = this.#servers.runnerOf(use);
      const ask = async (
        some: readonly (readonly string[])[],
        cancel?: CancelSignal,
      ): Promise<readonly Prediction[]> => {
        const { predictions, cost } = await runModel(runner, use, some, cancel);
        this.#current.set(source, 'ready', { use });
        const loadedBytes = this.#loadedBytes.get(use.model.id) ?? 0;
        this.#count(source, use.scheme, { ...cost, sentences: some.length, loadedBytes, residentBytes: 0 });
        return predictions;
      };
      if (use.served === undefined) return ask(sentences);
      return allInFlight(sentences, use.served.place.inFlight, signal, async (words, stop) => {
        const [prediction] = await ask([words], stop);
        if (prediction === undefined) throw new Error('the server answered for no sentence');
        return prediction;
      });
    });
  }

  async #makeReady(source: ModelSource, use: ModelUse): Promise<void> {
    if (this.#ready.has(use.model.id)) return;
    this.#current.set(source, 'loading', { message: this.#current.of(source).message, use });
    const facts = await this.#servers.runnerOf(use).load(use.spec);
    this.#options.log('info', `${use.model.name} was loaded in ${facts.milliseconds.toFixed(0)} ms`);
    this.#ready.add(use.model.id);
    this.#loadedBytes.set(use.model.id, facts.loadedBytes);
  }

  /** Work on a model whose failure becomes the model's state. */
  async #telling<T>(source: ModelSource, use: ModelUse, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const cause = error instanceof PartError ? (error as PartError<Prediction>).reason : error;
      const reason = cause instanceof ChannelError ? cause.reason : 'handlerFailed';
      const message = messageOf(error);
      if (reason !== 'disposed' && reason !== 'cancelled') {
        this.#options.log('error', `${use.model.name}: ${message}`);
        this.#current.set(source, 'failed', { message, reason, use });
      }
      throw error;
    }
  }

  #count(source: ModelSource, scheme: Scheme, more: PredictorStats): void {
    const costs = this.#costs[source];
    costs.set(scheme, joined(costs.get(scheme) ?? NO_STATS, more));
  }

  /** Asks the process for its memory and puts it into the stats of both families. */
  async measureMemory(): Promise<number> {
    this.#residentBytes = await this.#client.residentBytes();
    return this.#residentBytes;
  }

  #afterCrash(why: string): void {
    this.#ready.clear();
    for (const source of SOURCES) {
      if (!this.#current.has(source)) continue;
      const busy = this.#lanes[source].busy;
      const remedy = busy ? 'Starting it again.' : 'It starts again when it is needed.';
      this.#current.set(source, busy ? 'loading' : 'idle', { message: `The model process stopped: ${why}. ${remedy}` });
    }
  }
}
