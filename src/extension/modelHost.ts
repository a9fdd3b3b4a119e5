import * as vscode from 'vscode';
import type { Prediction } from '../core/prediction.ts';
import type { Scheme } from '../core/scheme.ts';
import type { ModelSource } from '../core/span.ts';
import type { ModelState } from '../host/predictor.ts';
import { Predictor } from '../host/predictor.ts';
import { affects, readModelSettings } from './config.ts';
import type { Models } from './services.ts';

/** The predictor that the settings ask for; changed settings put the old one away and start another on next use. */
export class ModelHost implements Models, vscode.Disposable {
  readonly #extension: vscode.Uri;
  readonly #log: vscode.LogOutputChannel;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #replaced = new vscode.EventEmitter<void>();
  /** Fires when other models, or the same with other settings, took over: what the old ones said is void. */
  readonly onDidReplace = this.#replaced.event;
  readonly #subscription: vscode.Disposable;
  #predictor: Predictor;
  #listener: { dispose(): void };

  /** `extension` is the folder of the extension, with `models` and `dist` in it. */
  constructor(extension: vscode.Uri, log: vscode.LogOutputChannel) {
    this.#extension = extension;
    this.#log = log;
    [this.#predictor, this.#listener] = this.#create();
    this.#subscription = vscode.workspace.onDidChangeConfiguration((event) => {
      if (!affects(event, 'models', 'inference')) return;
      this.#listener.dispose();
      this.#predictor.dispose();
      [this.#predictor, this.#listener] = this.#create();
      this.#replaced.fire();
      this.#changed.fire();
    });
  }

  get states(): readonly ModelState[] {
    return this.#predictor.states;
  }

  /** The id of the model process while one runs. */
  get pid(): number | undefined {
    return this.#predictor.pid;
  }

  onDidChangeState(listener: () => void): vscode.Disposable {
    return this.#changed.event(listener);
  }

  cached(source: ModelSource, scheme: Scheme, words: readonly string[]): Prediction | undefined {
    return this.#predictor.cached(source, scheme, words);
  }

  predict(...args: Parameters<Models['predict']>): Promise<void> {
    return this.#predictor.predict(...args);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#listener.dispose();
    this.#predictor.dispose();
    this.#changed.dispose();
    this.#replaced.dispose();
  }

  #create(): [Predictor, { dispose(): void }] {
    const { folder, threads } = readModelSettings();
    const predictor = new Predictor({
      modelsRoot: folder === '' ? vscode.Uri.joinPath(this.#extension, 'models').fsPath : folder,
      processEntry: vscode.Uri.joinPath(this.#extension, 'dist', 'inference.mjs').fsPath,
      threads,
      log: (level, message) => {
        this.#log[level](message);
      },
    });
    const tell = (): void => {
      this.#changed.fire();
    };
    return [predictor, predictor.onDidChangeState(tell)];
  }
}
