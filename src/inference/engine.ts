import process from 'node:process';
import type { CancelSignal } from '../protocol/channel.ts';
import type { Answer, Classified, ModelSpec, Prompt } from '../protocol/inference.ts';
import { throwIfCancelled } from './cancelled.ts';
import { generate } from './generator.ts';
import { modelError } from './modelFiles.ts';
import { loadModel } from './modelStore.ts';
import type { LoadedModel } from './modelStore.ts';
import { classify } from './tokenClassifier.ts';

/** What a loaded model tells of itself. */
export interface LoadedFacts {
  readonly tags: string[];
  readonly maxPieces: number;
  readonly milliseconds: number;
}

/** The loaded models of this process, by id. Runs of one model follow each other; runs of two models take turns. */
export class Engine {
  private readonly models = new Map<string, Promise<LoadedModel>>();
  private readonly turns = new Map<string, Promise<unknown>>();
  private loading: Promise<unknown> = Promise.resolve();

  constructor(private readonly threads: number) {}

  /** Loads a model, or takes the one that is loaded under this id from the same place. */
  async load(spec: ModelSpec): Promise<LoadedFacts> {
    const started = performance.now();
    const known = await this.models.get(spec.id)?.catch(() => undefined);
    if (known !== undefined && !samePlace(known.spec, spec)) {
      this.models.delete(spec.id);
      await this.inTurn(spec.id, known.release);
    }
    const { model } = await (this.models.get(spec.id) ?? this.start(spec));
    return {
      tags: 'tags' in model ? [...model.tags] : [],
      maxPieces: model.maxPieces,
      milliseconds: performance.now() - started,
    };
  }

  /** Tag distributions, one a sentence. */
  classify(
    id: string,
    sentences: readonly (readonly string[])[],
    temperature: number,
    signal: CancelSignal,
  ): Promise<readonly Classified[]> {
    return this.inTurn(id, async () => {
      const loaded = await this.loaded(id);
      if (loaded.family !== 'bert') throw modelError('modelUnfit', `model ${id} generates text, it does not classify`);
      return classify(loaded.model, sentences, temperature, signal);
    });
  }

  /** Answers, one a prompt. */
  generate(
    id: string,
    prompts: readonly Prompt[],
    temperature: number,
    signal: CancelSignal,
  ): Promise<readonly Answer[]> {
    return this.inTurn(id, async () => {
      const loaded = await this.loaded(id);
      if (loaded.family !== 't5') throw modelError('modelUnfit', `model ${id} classifies, it does not generate text`);
      const answers: Answer[] = [];
      for (const prompt of prompts) {
        throwIfCancelled(signal);
        answers.push(await generate(loaded.model, prompt, temperature, signal));
      }
      return answers;
    });
  }

  /** The bytes that this process holds in memory. */
  residentBytes(): number {
    return process.memoryUsage.rss();
  }

  private start(spec: ModelSpec): Promise<LoadedModel> {
    const loading = this.loading.then(
      () => loadModel(spec, this.threads),
      () => loadModel(spec, this.threads),
    );
    this.loading = loading;
    this.models.set(spec.id, loading);
    // A failed load may be mended (the file restored), so the next one tries again.
    loading.catch(() => this.models.delete(spec.id));
    return loading;
  }

  private loaded(id: string): Promise<LoadedModel> {
    const model = this.models.get(id);
    if (model === undefined) throw modelError('modelNotLoaded', `model ${id} is not loaded`);
    return model;
  }

  private inTurn<T>(id: string, work: () => Promise<T>): Promise<T> {
    const turn = (this.turns.get(id) ?? Promise.resolve()).then(work, work);
    this.turns.set(id, turn);
    return turn;
  }
}

function samePlace(a: ModelSpec, b: ModelSpec): boolean {
  return a.root === b.root && a.folder === b.folder && a.dtype === b.dtype && a.family === b.family;
}
