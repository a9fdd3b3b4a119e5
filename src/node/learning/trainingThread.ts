import { Worker } from 'node:worker_threads';
import type { Distribution } from '../../core/distribution.ts';
import type { Evidence, Lesson } from '../../core/learning/evidence.ts';
import type { HeadOptions } from '../../core/learning/headTraining.ts';
import { Channel, ChannelError } from '../../protocol/channel.ts';
import type { CancelSignal, Disposable } from '../../protocol/channel.ts';
import { learningContract, learningHostContract } from '../../protocol/learning.ts';
import type { TrainedFacts } from '../../protocol/learning.ts';

/** A sentence with what the model says of it. */
export interface SeenSentence {
  readonly words: readonly string[];
  readonly evidence: Evidence;
}

/** The thread that learns, as its host sees it: it keeps lessons by their keys and the head trained last. Rejects with ChannelError. */
export class TrainingThread implements Disposable {
  /** Why the thread ended by itself; undefined while it runs. */
  ended: string | undefined;
  readonly #worker: Worker;
  readonly #channel: Channel<typeof learningHostContract, typeof learningContract>;

  /** `entry` is the built thread, dist/learning.mjs. */
  constructor(entry: string, onEnd: (why: string) => void = () => undefined) {
    // Flags of the caller (a debugger's port, a small heap) are not for this thread.
    this.#worker = new Worker(entry, { execArgv: [] });
    // Nobody waits for a thread that has nothing to do.
    this.#worker.unref();
    this.#channel = new Channel(
      {
        post: (message) => {
          this.#worker.postMessage(message);
        },
        onMessage: (listener) => {
          this.#worker.on('message', listener);
          return { dispose: () => this.#worker.off('message', listener) };
        },
      },
      learningHostContract,
      learningContract,
      { requests: {}, notifications: {} },
      () => undefined,
    );
    const onGone = (why: string): void => {
      if (this.ended !== undefined) return;
      this.ended = why;
      this.#channel.dispose();
      onEnd(why);
    };
    this.#worker.on('error', (error) => {
      onGone(error.message);
    });
    this.#worker.on('exit', (code) => {
      onGone(`it ended with code ${code}`);
    });
  }

  /** Adds lessons, or puts them in the place of those under the same keys. */
  teach(lessons: readonly { readonly key: string; readonly lesson: Lesson }[]): void {
    this.#channel.notify('teach', {
      lessons: lessons.map(({ key, lesson: { words, tags, evidence } }) => ({
        key,
        lesson: { words: [...words], tags: [...tags], evidence: sent(evidence) },
      })),
    });
  }

  forget(keys: readonly string[]): void {
    this.#channel.notify('forget', { keys: [...keys] });
  }

  /** Trains a head from all lessons, from the last one on where `warm`. */
  async train(options: HeadOptions, warm: boolean, signal?: CancelSignal): Promise<TrainedFacts> {
    return this.#awaited(
      this.#channel.request('train', { options: { ...options, labels: [...options.labels] }, warm }, signal),
    );
  }

  /** What the head says of sentences, in their order. Rejects with `nothingLearnt` before the first training. */
  async predict(sentences: readonly SeenSentence[], signal?: CancelSignal): Promise<readonly Distribution[]> {
    const asked = sentences.map(({ words, evidence }) => ({ words: [...words], evidence: sent(evidence) }));
    const { tags, distributions } = await this.#awaited(this.#channel.request('predict', { sentences: asked }, signal));
    return distributions.map((values) => ({ tags, values }));
  }

  /** The head as the text of a file. */
  async headText(model: string): Promise<string> {
    return (await this.#awaited(this.#channel.request('headText', { model }))).text;
  }

  /** Goes on with a head from a file, and tells for which model it was trained. Rejects with `headInvalid`. */
  async useHead(text: string): Promise<string> {
    return (await this.#awaited(this.#channel.request('useHead', { text }))).model;
  }

  dispose(): void {
    this.ended ??= 'it was ended';
    this.#channel.dispose();
    void this.#worker.terminate();
  }

  /** Keeps the process alive until the answer is there. */
  async #awaited<T>(answer: Promise<T>): Promise<T> {
    this.#worker.ref();
    try {
      return await answer;
    } catch (error) {
      if (this.ended !== undefined && this.ended !== 'it was ended')
        throw new ChannelError('threadFailed', `The thread that learns stopped: ${this.ended}.`);
      throw error;
    } finally {
      this.#worker.unref();
    }
  }
}

function sent({ modelTags, distribution, hidden }: Evidence): {
  modelTags: string[];
  distribution: Float32Array<ArrayBuffer>;
  hidden?: Float32Array<ArrayBuffer>;
} {
  return { modelTags: [...modelTags], distribution, ...(hidden === undefined ? {} : { hidden }) };
}
