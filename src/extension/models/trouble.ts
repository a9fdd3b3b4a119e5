import * as vscode from 'vscode';
import type { ModelSource } from '../../core/span.ts';
import { HUB_ID } from '../../node/hub/hubStorage.ts';
import { settle } from '../base/log.ts';
import type { ModelState, Services } from '../prediction/services.ts';
import { namedModels } from '../prediction/modelSettings.ts';
import { downloadNamed } from './selectModel.ts';
import { SOURCE_NAMES } from '../../core/span.ts';

/** Reasons that a download mends. */
const MENDED_BY_DOWNLOAD: ReadonlySet<string | undefined> = new Set([
  'modelNotDownloaded',
  'modelCorrupt',
  'modelMissing',
]);

/** Tells once of each failure of a model that the user named, with the ways out. */
export class ModelTrouble implements vscode.Disposable {
  readonly #told = new Map<ModelSource, string>();
  readonly #subscription: { dispose(): void };

  readonly #services: Services;

  constructor(services: Services) {
    this.#services = services;
    const { models } = services;
    this.#subscription = models.onDidChangeState(() => {
      for (const state of models.states) this.#look(state);
    });
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  #look(state: ModelState): void {
    const message = state.own && state.state === 'failed' ? state.message : undefined;
    // A model that loads again has not got over its trouble yet.
    if (message === undefined && state.state === 'loading') return;
    if (message === this.#told.get(state.source)) return;
    if (message === undefined) this.#told.delete(state.source);
    else {
      this.#told.set(state.source, message);
      settle(this.#services.log, 'Telling of a failed model', this.#tell(state, message));
    }
  }

  async #tell({ source, reason }: ModelState, message: string): Promise<void> {
    const download = 'Download…';
    const select = 'Select Model…';
    const showLog = 'Show Log';
    const hub = HUB_ID.test(namedModels().models[source]?.model ?? '');
    const actions = [...(hub && MENDED_BY_DOWNLOAD.has(reason) ? [download] : []), select, showLog];
    const choice = await vscode.window.showErrorMessage(`${SOURCE_NAMES[source]}: ${message}`, ...actions);
    if (choice === download) await downloadNamed({ services: this.#services }, source);
    if (choice === select) await vscode.commands.executeCommand('entityLens.selectModel', { source });
    if (choice === showLog) this.#services.log.show();
  }
}
