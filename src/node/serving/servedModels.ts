import { ChannelError } from '../../protocol/channel.ts';
import type { CancelSignal, Disposable } from '../../protocol/channel.ts';
import type { ServedAnswer, ServedRun } from '../../protocol/inference.ts';
import type { ModelUse, Runner } from '../models/modelRun.ts';
import { ServedRunner } from './servedRunner.ts';
import type { ServerAccess } from './servedRunner.ts';

/** Without anybody who could be asked, no sentence leaves the machine. */
const NO_ACCESS: ServerAccess = {
  token: () => Promise.resolve(undefined),
  agreed: (origin) =>
    Promise.reject(new ChannelError('notAgreed', `Nobody agreed that sentences are sent to ${origin}.`)),
};

/** The models that servers run, by their ids. */
export class ServedModels implements Disposable {
  readonly #runners = new Map<string, ServedRunner>();
  readonly #process: Runner;
  readonly #access: ServerAccess;

  constructor(process: Runner, access: ServerAccess = NO_ACCESS) {
    this.#process = process;
    this.#access = access;
  }

  /** Who answers for a model: its server, or the model process. */
  runnerOf({ model, served }: ModelUse): Runner {
    if (served === undefined) return this.#process;
    const known = this.#runners.get(model.id) ?? new ServedRunner(served, this.#process, this.#access);
    this.#runners.set(model.id, known);
    return known;
  }

  /** Has the server of a model run its graph, for the model process. */
  run(run: ServedRun, signal: CancelSignal): Promise<ServedAnswer> {
    const runner = this.#runners.get(run.modelId);
    if (runner === undefined)
      return Promise.reject(new ChannelError('modelUnfit', `no server is known for model ${run.modelId}`));
    return runner.run(run, signal);
  }

  dispose(): void {
    for (const runner of this.#runners.values()) runner.dispose();
  }
}
