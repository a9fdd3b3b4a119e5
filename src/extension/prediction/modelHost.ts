import * as vscode from 'vscode';
import type { Prediction } from '../../core/prediction.ts';
import type { Scheme } from '../../core/scheme.ts';
import type { ModelSource } from '../../core/span.ts';
import { restoreAside } from '../../node/hub/hubRefresh.ts';
import type { ModelChoice } from '../../node/models/modelChoice.ts';
import { PredictionCache } from '../../node/models/predictionCache.ts';
import type { ModelState } from '../../node/models/modelStates.ts';
import { CACHE_SIZE, Predictor } from '../../node/models/predictor.ts';
import type { PredictorOptions } from '../../node/models/predictor.ts';
import { affects, readModelSettings } from '../settings/settings.ts';
import type { ModelSettings } from '../settings/settings.ts';
import { namedModels } from './modelSettings.ts';
import type { ServerConsent } from './serverConsent.ts';
import type { ModelCost, Models } from './services.ts';
import { messageOf } from '../../core/errorMessage.ts';
import { MODEL_SOURCES } from '../../core/span.ts';

/** The predictor that the settings ask for; changed settings put the old one away and start another on next use. */
export class ModelHost implements Models, vscode.Disposable {
  /** The folder of downloaded models. */
  readonly storage: string;
  readonly #extension: vscode.Uri;
  readonly #log: vscode.LogOutputChannel;
  readonly #consent: ServerConsent;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #replaced = new vscode.EventEmitter<void>();
  /** Fires when other models, or the same with other settings, took over: what the old ones said is void. */
  readonly onDidReplace = this.#replaced.event;
  readonly #subscription: vscode.Disposable;
  /** What the models of a folder said, by that folder: a family that stays is not asked again when the other changes. */
  readonly #memory = new Map<string, PredictionCache>();
  #predictor: Predictor;
  #listener: { dispose(): void };

  constructor(
    context: Pick<vscode.ExtensionContext, 'extensionUri' | 'globalStorageUri'>,
    log: vscode.LogOutputChannel,
    consent: ServerConsent,
  ) {
    this.#consent = consent;
    this.#extension = context.extensionUri;
    this.storage = vscode.Uri.joinPath(context.globalStorageUri, 'models').fsPath;
    this.#log = log;
    try {
      restoreAside(this.storage);
    } catch (error) {
      log.warn(`Downloaded models in ${this.storage} could not be put back: ${messageOf(error)}`);
    }
    [this.#predictor, this.#listener] = this.#create();
    this.#subscription = vscode.workspace.onDidChangeConfiguration((event) => {
      if (affects(event, 'models', 'inference.modelsFolder', 'inference.threads')) this.reload();
    });
  }

  get states(): readonly ModelState[] {
    return this.#predictor.states;
  }

  /** The id of the model process while one runs. */
  get pid(): number | undefined {
    return this.#predictor.pid;
  }

  /** The labels of the models that the user named, in their order. */
  get ownLabels(): readonly string[] {
    const own = this.states.filter((state) => state.own).map(({ source }) => source);
    return [...new Set(own.flatMap((source) => this.#predictor.labels(source)))];
  }

  onDidChangeState(listener: () => void): vscode.Disposable {
    return this.#changed.event(listener);
  }

  stats(source: ModelSource, scheme: Scheme): ModelCost {
    return this.#predictor.stats(source, scheme);
  }

  measureMemory(): Promise<number> {
    return this.#predictor.measureMemory();
  }

  identity(source: ModelSource): ReturnType<Models['identity']> {
    return this.#predictor.identity(source);
  }

  cached(source: ModelSource, scheme: Scheme, words: readonly string[]): Prediction | undefined {
    return this.#predictor.cached(source, scheme, words);
  }

  predict(...args: Parameters<Models['predict']>): Promise<void> {
    return this.#predictor.predict(...args);
  }

  /** Starts anew with the settings and the files as they are now. */
  reload(): void {
    this.#consent.askAgain();
    this.#listener.dispose();
    this.#predictor.dispose();
    [this.#predictor, this.#listener] = this.#create();
    this.#replaced.fire();
    this.#changed.fire();
  }

  async tryOut(source: ModelSource, choice: ModelChoice, signal: AbortSignal): Promise<readonly string[]> {
    const trial = new Predictor({
      ...this.#options(readModelSettings()),
      models: { [source]: choice },
      // Whoever tries it out tells what is wrong with it.
      log: (level, message) => {
        this.#log[level === 'error' ? 'warn' : level](message);
      },
    });
    const full = trial.use(source, 'full');
    const found = full.ok ? full : trial.use(source, 'simplified');
    if (!found.ok) {
      trial.dispose();
      throw new Error(found.message);
    }
    const { labels, schemes } = found.value.model;
    const stop = (): void => {
      trial.dispose();
    };
    signal.addEventListener('abort', stop);
    try {
      const scheme = schemes.includes('full') ? 'full' : 'simplified';
      await trial.predict(source, scheme, [['Hello', '.']], { signal, onBatch: () => undefined });
      return scheme === 'full' ? labels : [];
    } finally {
      signal.removeEventListener('abort', stop);
      trial.dispose();
    }
  }

  use(...args: Parameters<Models['use']>): ReturnType<Models['use']> {
    return this.#predictor.use(...args);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#listener.dispose();
    this.#predictor.dispose();
    this.#changed.dispose();
    this.#replaced.dispose();
  }

  #create(): [Predictor, { dispose(): void }] {
    const settings = readModelSettings();
    const cache = this.#memory.get(settings.folder) ?? new PredictionCache(CACHE_SIZE);
    this.#memory.clear();
    this.#memory.set(settings.folder, cache);
    const { models, refused } = namedModels();
    const predictor = new Predictor({ ...this.#options(settings), models, refused, cache });
    for (const source of MODEL_SOURCES) {
      const named = models[source]?.model;
      if (named !== undefined) this.#log.info(`entityLens.models names ${named} for ${source}`);
    }
    const tell = (): void => {
      this.#changed.fire();
    };
    return [predictor, predictor.onDidChangeState(tell)];
  }

  #options({ folder, threads }: ModelSettings): PredictorOptions {
    return {
      modelsRoot: folder === '' ? vscode.Uri.joinPath(this.#extension, 'models').fsPath : folder,
      processEntry: vscode.Uri.joinPath(this.#extension, 'dist', 'inference.mjs').fsPath,
      threads,
      storage: this.storage,
      servers: this.#consent.access,
      log: (level, message) => {
        this.#log[level](message);
      },
    };
  }
}
