import { setMaxListeners } from 'node:events';
import { ChannelError } from '../../protocol/channel.ts';
import type { CancelSignal } from '../../protocol/channel.ts';
import type { Answer, Classified, ModelSpec, Prompt, ServedAnswer, ServedRun } from '../../protocol/inference.ts';
import type { LoadedModelFacts } from '../models/modelProcess.ts';
import type { Runner } from '../models/modelRun.ts';
import type { OriginToken } from '../originRequest.ts';
import { describeOip, runOip } from './oipServer.ts';
import type { Ask, OipModel } from './oipServer.ts';
import { completeOpenai, describeOpenai } from './openaiServer.ts';
import { retrying } from './retry.ts';
import type { ServedModel } from './servedChoice.ts';
import { askServer } from './serverRequest.ts';

/** What a person allows to be done with servers. */
export interface ServerAccess {
  /** The person's token for a server; undefined where there is none. */
  readonly token: (origin: string) => Promise<string | undefined>;
  /** Resolves where the person agreed that sentences go to a server; rejects with ChannelError where not. */
  readonly agreed: (origin: string) => Promise<void>;
}

/** Nothing is known of the length that a model on a server can read; shorter prompts than this are kept whole. */
const PROMPT_PIECES = 4096;

/** One model on a server, in the place of one in the model process, which still cuts the words of a classifier and reads its tags. */
export class ServedRunner implements Runner {
  readonly #served: ServedModel;
  readonly #process: Runner;
  readonly #access: ServerAccess;
  #loading: Promise<LoadedModelFacts> | undefined;
  #described: { readonly oip: OipModel; readonly tags: number } | undefined;
  #token: OriginToken | undefined;
  /** When the server last gave a good answer. */
  #good = -Infinity;
  readonly #stopped = new AbortController();

  constructor(served: ServedModel, process: Runner, access: ServerAccess) {
    this.#served = served;
    this.#process = process;
    this.#access = access;
    // Each request listens to it.
    setMaxListeners(0, this.#stopped.signal);
  }

  /** Asks the server what it has, once; after a failure the next one asks again. */
  load(spec: ModelSpec): Promise<LoadedModelFacts> {
    if (this.#loading !== undefined) return this.#loading;
    const loading = this.#load(spec);
    this.#loading = loading;
    loading.catch(() => {
      this.#loading = undefined;
    });
    return loading;
  }

  async #load(spec: ModelSpec): Promise<LoadedModelFacts> {
    const started = performance.now();
    const { origin, model, version } = this.#served;
    await this.#access.agreed(origin);
    const value = await this.#access.token(origin);
    // fetch would name a header that cannot be sent in its error, and so the token.
    if (value !== undefined && !/^[\u0021-\u007e]+$/u.test(value))
      throw new ChannelError('tokenRefused', `The token for ${origin} has characters that cannot be sent.`);
    this.#token = value === undefined ? undefined : { origin, value };
    if (spec.family === 't5') {
      await this.#tried((ask) => describeOpenai(ask, model, origin), undefined);
      return { tags: [], maxPieces: PROMPT_PIECES, milliseconds: performance.now() - started, loadedBytes: 0 };
    }
    const oip = await describeOip((work) => this.#tried(work, undefined), { model, version, origin });
    const facts = await this.#process.load({ ...spec, served: { inputs: [...oip.inputs], outputs: [...oip.outputs] } });
    const tags = facts.tags.length;
    if (oip.labels !== undefined && oip.labels !== tags)
      throw new ChannelError(
        'serverUnfit',
        `${model} on ${origin} tells ${String(oip.labels)} tags apart, but id2label in config.json of its tokenizer names ${String(tags)}. Name the tokenizer that belongs to the model.`,
      );
    this.#described = { oip, tags };
    return { ...facts, milliseconds: performance.now() - started };
  }

  async classify(
    spec: ModelSpec,
    temperature: number,
    words: readonly (readonly string[])[],
    signal?: CancelSignal,
  ): Promise<{ readonly sentences: readonly Classified[]; readonly milliseconds: number }> {
    await this.load(spec);
    const oip = this.#described?.oip;
    const served = { inputs: [...(oip?.inputs ?? [])], outputs: [...(oip?.outputs ?? [])] };
    return this.#process.classify({ ...spec, served }, temperature, words, signal);
  }

  async generate(
    spec: ModelSpec,
    _temperature: number,
    prompts: readonly Prompt[],
    signal?: CancelSignal,
  ): Promise<{ readonly answers: readonly Answer[]; readonly milliseconds: number }> {
    await this.load(spec);
    const started = performance.now();
    const answers: Answer[] = [];
    for (const prompt of prompts)
      answers.push(await this.#tried((ask) => completeOpenai(ask, this.#served, prompt), signal));
    return { answers, milliseconds: performance.now() - started };
  }

  /** Has the server run a graph, for the model process. */
  async run(run: ServedRun, signal: CancelSignal): Promise<ServedAnswer> {
    const { oip, tags = 0 } = this.#described ?? {};
    const { model, version, origin } = this.#served;
    const asked = { model, version, origin, tags, binary: oip?.binary === true };
    return this.#tried((ask) => runOip(ask, asked, run), signal);
  }

  /** Ends every request on the wire. */
  dispose(): void {
    this.#stopped.abort();
  }

  /** Asks within the budget. Rejects with `serverGone` where the server gave no good answer to anybody in all that time. */
  async #tried<T>(work: (ask: Ask) => Promise<T>, cancel: CancelSignal | undefined): Promise<T> {
    const { place, origin } = this.#served;
    const [signal, release] = joined(this.#stopped.signal, cancel);
    const started = performance.now();
    const ask: Ask = (path, request) => askServer(place, path, { ...request, signal, token: this.#token });
    try {
      const { budget } = place;
      const result = await retrying(() => work(ask), { budget, signal, random: Math.random, now: Date.now });
      this.#good = performance.now();
      return result;
    } catch (error) {
      if (!(error instanceof ChannelError) || error.reason !== 'unanswered' || this.#good >= started) throw error;
      throw new ChannelError(
        'serverGone',
        `${error.message}. Nothing came from ${origin} meanwhile: see whether the server runs, and try again.`,
      );
    } finally {
      release();
    }
  }
}

/** A signal that aborts with either, and what takes its listener away again. */
function joined(stopped: AbortSignal, cancel: CancelSignal | undefined): readonly [AbortSignal, () => void] {
  const controller = new AbortController();
  const abort = (): void => {
    controller.abort();
  };
  if (stopped.aborted || cancel?.aborted === true) abort();
  stopped.addEventListener('abort', abort);
  cancel?.addEventListener('abort', abort);
  return [
    controller.signal,
    () => {
      stopped.removeEventListener('abort', abort);
      cancel?.removeEventListener('abort', abort);
    },
  ];
}
