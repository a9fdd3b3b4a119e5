import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { Channel, ChannelError } from '../../protocol/channel.ts';
import type { CancelSignal, Port } from '../../protocol/channel.ts';
import { inferenceContract, inferenceHostContract } from '../../protocol/inference.ts';
import type { ModelSpec, ServedAnswer, ServedRun } from '../../protocol/inference.ts';

/** A line for whoever keeps the log. */
export type Log = (level: 'info' | 'warn' | 'error', message: string) => void;

/** Runs a graph that lies on a server. */
export type RunServed = (run: ServedRun, signal: CancelSignal) => Promise<ServedAnswer>;

/** What a loaded model told of itself. */
export interface LoadedModelFacts {
  readonly tags: readonly string[];
  readonly maxPieces: number;
  readonly milliseconds: number;
  readonly loadedBytes: number;
}

/** How long a process may take from its start to its first message. */
const START_MS = 30_000;

/** How long an ended conversation waits for the process to go by itself. */
const END_MS = 1_000;

type InferenceChannel = Channel<typeof inferenceHostContract, typeof inferenceContract>;

/** One run of the model process, from fork to exit. */
export class ModelProcess {
  readonly channel: InferenceChannel;
  /** Resolves at the process's first message; rejects where it ends before. */
  readonly ready: Promise<void>;
  /** Why the process ended, once it has. */
  ended: string | undefined;
  readonly #child: ChildProcess;
  readonly #loaded = new Map<string, Promise<LoadedModelFacts>>();
  #lastWords = '';

  constructor(
    entry: string,
    threads: number | undefined,
    log: Log,
    runServed: RunServed,
    onEnd: (why: string) => void,
  ) {
    this.#child = fork(entry, [], {
      serialization: 'advanced',
      // The parent's own flags (a debugger's port, a loader) are not for this process.
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        ELECTRON_RUN_AS_NODE: '1',
        ORT_DISABLE_TELEMETRY: '1',
        ...(threads === undefined ? {} : { ENTITY_LENS_THREADS: String(threads) }),
      },
    });
    let markReady: () => void = () => undefined;
    let markFailed: (error: Error) => void = () => undefined;
    this.ready = new Promise((resolve, reject) => {
      markReady = resolve;
      markFailed = reject;
    });
    // Whoever waits for `ready` hears of the failure; nobody may be waiting.
    this.ready.catch(() => undefined);
    const slow = setTimeout(() => {
      this.#finish(`it said nothing for ${String(START_MS / 1000)} s`, markFailed, onEnd);
    }, START_MS);
    slow.unref();
    this.channel = new Channel(
      portOf(this.#child),
      inferenceHostContract,
      inferenceContract,
      {
        requests: { run: runServed },
        notifications: {
          ready: () => {
            clearTimeout(slow);
            markReady();
          },
          log: ({ level, message }) => {
            log(level, message);
          },
        },
      },
      (problem) => {
        log('warn', `from the model process: ${problem}`);
      },
    );
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      if (stream === null) continue;
      createInterface({ input: stream }).on('line', (line) => {
        this.#lastWords = line;
        log('warn', `model process: ${line}`);
      });
    }
    const onGone = (why: string): void => {
      clearTimeout(slow);
      this.#finish(why, markFailed, onEnd);
    };
    this.#child.once('error', (error) => {
      onGone(`it could not be started (${error.message})`);
    });
    this.#child.once('exit', (code, signal) => {
      const how = signal === null ? `with code ${String(code)}` : `by ${signal}`;
      onGone(`it ended ${how}${this.#lastWords === '' ? '' : `: ${this.#lastWords}`}`);
    });
  }

  get pid(): number | undefined {
    return this.ended === undefined ? this.#child.pid : undefined;
  }

  /** Loads a model once in the life of this process. */
  load(spec: ModelSpec): Promise<LoadedModelFacts> {
    const known = this.#loaded.get(spec.id);
    if (known !== undefined) return known;
    const loading = this.channel.request('load', { model: spec });
    this.#loaded.set(spec.id, loading);
    loading.catch(() => this.#loaded.delete(spec.id));
    return loading;
  }

  request: InferenceChannel['request'] = (method, params, signal?: CancelSignal) =>
    this.channel.request(method, params, signal);

  /** Ends the process: it goes when its pipe closes, and is killed where a long run keeps it from noticing. */
  dispose(): void {
    this.channel.dispose();
    if (this.ended !== undefined) return;
    this.ended = 'it was ended';
    if (this.#child.connected) this.#child.disconnect();
    const kill = setTimeout(() => this.#child.kill('SIGKILL'), END_MS);
    this.#child.once('exit', () => {
      clearTimeout(kill);
    });
  }

  #finish(why: string, reject: (error: Error) => void, onEnd: (why: string) => void): void {
    if (this.ended !== undefined) return;
    this.ended = why;
    reject(new ChannelError('disposed', why));
    this.channel.dispose();
    if (this.#child.exitCode === null) this.#child.kill('SIGKILL');
    onEnd(why);
  }
}

function portOf(child: ChildProcess): Port {
  return {
    post: (message) => {
      // A process that died has not told so yet; its exit rejects what is pending.
      if (child.connected) child.send(message as object, () => undefined);
    },
    onMessage: (listener) => {
      child.on('message', listener);
      return { dispose: () => child.off('message', listener) };
    },
  };
}
