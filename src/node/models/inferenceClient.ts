import { setTimeout as delay } from 'node:timers/promises';
import { ChannelError } from '../../protocol/channel.ts';
import type { CancelSignal, Disposable } from '../../protocol/channel.ts';
import type { Answer, Classified, ModelSpec, Prompt } from '../../protocol/inference.ts';
import { ModelProcess } from './modelProcess.ts';
import type { LoadedModelFacts, Log } from './modelProcess.ts';

/** How to run the model process. */
export interface InferenceOptions {
  /** The built model process, dist/inference.mjs. */
  readonly entry: string;
  /** Threads of one run; one core less than there are where undefined. */
  readonly threads?: number | undefined;
  readonly log: Log;
  /** Hears that the process ended by itself, and why. */
  readonly onCrash?: (why: string) => void;
}

/** The pauses before a new start after 1, 2, … ends without a success between them, in milliseconds. */
const BACK_OFF = [0, 250, 1_000, 4_000, 15_000] as const;

/**
 * The model process as its host sees it: started on first use, started again after it died (a request that was under
 * way is tried once more), ended on dispose. Rejects with ChannelError, whose reason is an InferenceReason or
 * `processFailed`.
 */
export class InferenceClient implements Disposable {
  #running: ModelProcess | undefined;
  #starting: Promise<ModelProcess> | undefined;
  readonly #ended = new AbortController();
  /** Ends since the last success. */
  #crashes = 0;

  readonly #options: InferenceOptions;

  constructor(options: InferenceOptions) {
    this.#options = options;
  }

  /** The process's id while one runs. */
  get pid(): number | undefined {
    return this.#running?.pid;
  }

  /** Loads a model and tells what it says of itself. */
  load(spec: ModelSpec): Promise<LoadedModelFacts> {
    return this.#attempt((process) => process.load(spec));
  }

  /** Tag distributions of sentences, with the milliseconds that the process took. */
  classify(
    spec: ModelSpec,
    temperature: number,
    words: readonly (readonly string[])[],
    signal?: CancelSignal,
    options: { readonly hidden?: boolean } = {},
  ): Promise<{ readonly sentences: readonly Classified[]; readonly milliseconds: number }> {
    const params = { modelId: spec.id, temperature, words: words.map((sentence) => [...sentence]), ...options };
    return this.#attempt(async (process) => {
      await process.load(spec);
      return process.request('classify', params, signal);
    });
  }

  /** Answers to prompts, with the milliseconds that the process took. */
  generate(
    spec: ModelSpec,
    temperature: number,
    prompts: readonly Prompt[],
    signal?: CancelSignal,
  ): Promise<{ readonly answers: readonly Answer[]; readonly milliseconds: number }> {
    return this.#attempt(async (process) => {
      await process.load(spec);
      return process.request('generate', { modelId: spec.id, temperature, prompts: [...prompts] }, signal);
    });
  }

  /** Bytes that the process holds; 0 while none runs. */
  async residentBytes(): Promise<number> {
    if (this.#running === undefined) return 0;
    return (await this.#running.request('memory', {})).residentBytes;
  }

  dispose(): void {
    this.#ended.abort();
    this.#running?.dispose();
    this.#running = undefined;
  }

  async #attempt<T>(work: (process: ModelProcess) => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      try {
        const result = await work(await this.#connect());
        this.#crashes = 0;
        return result;
      } catch (error) {
        if (this.#ended.signal.aborted) throw new ChannelError('disposed', 'the models were put away');
        // `disposed` comes from a channel whose process died under the request; every other reason is an answer.
        if (!(error instanceof ChannelError) || error.reason !== 'disposed') throw error;
        if (tries === 1) continue;
        const why = this.#running?.ended ?? error.message;
        throw new ChannelError('processFailed', `The model process failed twice on the same request: ${why}.`);
      }
    }
  }

  #connect(): Promise<ModelProcess> {
    if (this.#ended.signal.aborted) return Promise.reject(new ChannelError('disposed', 'the models were put away'));
    if (this.#running?.ended === undefined && this.#running !== undefined) return Promise.resolve(this.#running);
    this.#starting ??= this.#start().finally(() => {
      this.#starting = undefined;
    });
    return this.#starting;
  }

  async #start(): Promise<ModelProcess> {
    const pause = BACK_OFF[Math.min(this.#crashes, BACK_OFF.length - 1)] ?? 0;
    try {
      await delay(pause, undefined, { signal: this.#ended.signal });
    } catch {
      throw new ChannelError('disposed', 'the models were put away');
    }
    const started = new ModelProcess(this.#options.entry, this.#options.threads, this.#options.log, (why) => {
      this.#crashes++;
      this.#options.log('error', `the model process: ${why}`);
      this.#options.onCrash?.(why);
    });
    this.#running = started;
    await started.ready;
    this.#options.log('info', `the model process runs as ${String(started.pid)}`);
    return started;
  }
}
