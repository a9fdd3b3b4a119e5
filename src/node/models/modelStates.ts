import type { ModelSource } from '../../core/span.ts';
import type { Disposable } from '../../protocol/channel.ts';
import type { ModelDirectory } from './modelDirectory.ts';
import type { ModelUse } from './modelRun.ts';

/** Where a model stands: not asked for yet, on its way (also after a crash), usable, or refused with a message. */
export type PredictorState = 'idle' | 'loading' | 'ready' | 'failed';

/** The state of a family's model, as shown to the user. */
export interface ModelState {
  readonly source: ModelSource;
  readonly name: string;
  readonly modelId: string;
  /** Whether the user named it. */
  readonly own: boolean;
  /** The host that sentences are sent to; undefined for a model of this machine. */
  readonly host?: string | undefined;
  readonly state: PredictorState;
  readonly message: string | undefined;
  /** Why it failed, as the reason of a ChannelError; undefined where it did not. */
  readonly reason: string | undefined;
}

/** What is known of each family's model, with those who want to hear of changes. */
export class ModelStates {
  readonly #listeners = new Set<() => void>();
  readonly #current = new Map<ModelSource, ModelState>();

  readonly #directory: ModelDirectory;

  constructor(directory: ModelDirectory) {
    this.#directory = directory;
  }

  onDidChange(listener: () => void): Disposable {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  /** True where the family's model was asked for. */
  has(source: ModelSource): boolean {
    return this.#current.has(source);
  }

  of(source: ModelSource): ModelState {
    const known = this.#current.get(source);
    if (known !== undefined) return known;
    const use = this.#directory.any(source);
    const own = this.#directory.isOwn(source);
    if (!use.ok) {
      const { message, reason } = use;
      return { source, name: this.#directory.nameOf(source), modelId: '', own, state: 'failed', message, reason };
    }
    const { name, id } = use.value.model;
    const { served } = use.value;
    const host = served === undefined ? undefined : new URL(served.origin).host;
    return { source, name, modelId: id, own, host, state: 'idle', message: undefined, reason: undefined };
  }

  set(
    source: ModelSource,
    state: PredictorState,
    {
      message,
      reason,
      use,
    }: { readonly message?: string | undefined; readonly reason?: string; readonly use?: ModelUse },
  ): void {
    const before = this.of(source);
    const named = use === undefined ? {} : { name: use.model.name, modelId: use.model.id };
    const after: ModelState = { ...before, ...named, state, message, reason };
    this.#current.set(source, after);
    const same = before.state === state && before.message === message && before.modelId === after.modelId;
    if (same) return;
    for (const listener of this.#listeners) listener();
  }

  dispose(): void {
    this.#listeners.clear();
  }
}
