import process from 'node:process';
import type { InferenceSession } from 'onnxruntime-node';
import type { CancelSignal } from '../protocol/channel.ts';
import type { Answer, Classified, ModelSpec, Prompt } from '../protocol/inference.ts';
import { throwIfCancelled } from './cancelled.ts';
import { generate } from './generator.ts';
import { modelError } from './modelFiles.ts';
import { loadModel } from './modelStore.ts';
import type { LoadedModel } from './modelStore.ts';
import { waitedFor } from './runQueue.ts';
import { classify } from './tokenClassifier.ts';
import type { ClassifyOptions } from './tokenClassifier.ts';
import { stateSession } from './wordStates.ts';

/** What a loaded model tells of itself. */
export interface LoadedFacts {
  readonly tags: string[];
  readonly maxPieces: number;
  readonly milliseconds: number;
  /** By how many bytes this process grew while it loaded the model. */
  readonly loadedBytes: number;
}

/** What a batch came to, and the milliseconds that it took without those in which other models ran. */
export interface Timed<Result> {
  readonly results: readonly Result[];
  readonly milliseconds: number;
}

interface Loaded {
  readonly model: LoadedModel;
  readonly loadedBytes: number;
}

/** The loaded models of this process, by id. Runs of one model follow each other; runs of two models take turns. */
export class Engine {
  readonly #models = new Map<string, Promise<Loaded>>();
  readonly #turns = new Map<string, Promise<unknown>>();
  #loading: Promise<unknown> = Promise.resolve();

  readonly #threads: number;

  constructor(threads: number) {
    this.#threads = threads;
  }

  /** Loads a model, or takes the one that is loaded under this id from the same place. */
  async load(spec: ModelSpec): Promise<LoadedFacts> {
    const started = performance.now();
    const known = await this.#models.get(spec.id)?.catch(() => undefined);
    if (known !== undefined && !samePlace(known.model.spec, spec)) {
      this.#models.delete(spec.id);
      await this.#inTurn(spec.id, known.model.release);
    }
    const { model: loaded, loadedBytes } = await (this.#models.get(spec.id) ?? this.#start(spec));
    return {
      tags: loaded.family === 'bert' ? [...loaded.model.tags] : [],
      maxPieces: loaded.model.maxPieces,
      milliseconds: performance.now() - started,
      loadedBytes,
    };
  }

  /** Tag distributions, one a sentence, and each word's state where it is asked for. */
  classify(
    id: string,
    sentences: readonly (readonly string[])[],
    temperature: number,
    signal: CancelSignal,
    options: ClassifyOptions = {},
  ): Promise<Timed<Classified>> {
    return this.#inTurn(id, async () => {
      const loaded = await this.#loaded(id);
      if (loaded.family !== 'bert') throw modelError('modelUnfit', `model ${id} generates text, it does not classify`);
      const { model } = loaded;
      const session = options.hidden === true ? await stateSession(model) : model.session;
      return timed([session], () => classify(model, sentences, temperature, signal, options));
    });
  }

  /** Answers, one a prompt. */
  generate(id: string, prompts: readonly Prompt[], temperature: number, signal: CancelSignal): Promise<Timed<Answer>> {
    return this.#inTurn(id, async () => {
      const loaded = await this.#loaded(id);
      if (loaded.family !== 't5') throw modelError('modelUnfit', `model ${id} classifies, it does not generate text`);
      const { model } = loaded;
      return timed([model.encoder, model.decoder], async () => {
        const answers: Answer[] = [];
        for (const prompt of prompts) {
          throwIfCancelled(signal);
          answers.push(await generate(model, prompt, temperature, signal));
        }
        return answers;
      });
    });
  }

  /** The bytes that this process holds in memory. */
  residentBytes(): number {
    return process.memoryUsage.rss();
  }

  #start(spec: ModelSpec): Promise<Loaded> {
    const load = async (): Promise<Loaded> => {
      const before = this.residentBytes();
      const model = await loadModel(spec, this.#threads);
      return { model, loadedBytes: Math.max(0, this.residentBytes() - before) };
    };
    const loading = this.#loading.then(load, load);
    this.#loading = loading;
    this.#models.set(spec.id, loading);
    // A failed load may be mended (the file restored), so the next one tries again.
    loading.catch(() => this.#models.delete(spec.id));
    return loading;
  }

  async #loaded(id: string): Promise<LoadedModel> {
    const found = this.#models.get(id);
    if (found === undefined) throw modelError('modelNotLoaded', `model ${id} is not loaded`);
    return (await found).model;
  }

  #inTurn<T>(id: string, work: () => Promise<T>): Promise<T> {
    const turn = (this.#turns.get(id) ?? Promise.resolve()).then(work, work);
    this.#turns.set(id, turn);
    return turn;
  }
}

async function timed<Result>(
  sessions: readonly InferenceSession[],
  work: () => Promise<readonly Result[]>,
): Promise<Timed<Result>> {
  const waited = (): number => sessions.reduce((sum, session) => sum + waitedFor(session), 0);
  const [started, waitedBefore] = [performance.now(), waited()];
  const results = await work();
  return { results, milliseconds: performance.now() - started - (waited() - waitedBefore) };
}

function samePlace(a: ModelSpec, b: ModelSpec): boolean {
  return a.root === b.root && a.folder === b.folder && a.dtype === b.dtype && a.family === b.family;
}
