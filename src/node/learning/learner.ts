import { createHash } from 'node:crypto';
import type { Distribution } from '../../core/distribution.ts';
import type { Lesson } from '../../core/learning/evidence.ts';
import type { HeadOptions } from '../../core/learning/headTraining.ts';
import { ChannelError } from '../../protocol/channel.ts';
import type { Disposable } from '../../protocol/channel.ts';
import type { TrainedFacts } from '../../protocol/learning.ts';
import type { Log } from '../models/modelProcess.ts';
import { TrainingThread } from './trainingThread.ts';
import type { SeenSentence } from './trainingThread.ts';

/** Where the thread lies and how its head learns. */
export interface LearnerOptions {
  /** The built thread, dist/learning.mjs. */
  readonly entry: string;
  readonly head: HeadOptions;
  /** How long lessons are gathered before they are learnt, in milliseconds. */
  readonly delay?: number | undefined;
  readonly log: Log;
}

/** The state of learning in which nothing was learnt. */
export const UNTAUGHT = 'untaught';
/** What a training that keeps failing is not tried again after. */
const MOST_FAILURES = 3;

/**
 * Takes complete sentences as they come, changed or taken back under their keys, and keeps a head trained on them in the background. A
 * state of learning is named by what was taught, whatever the order: an undone correction brings back the state before it.
 */
export class Learner implements Disposable {
  readonly #options: LearnerOptions;
  readonly #lessons = new Map<string, Lesson>();
  readonly #digests = new Map<string, bigint>();
  readonly #listeners = new Set<(facts: TrainedFacts) => void>();
  readonly #waiting = new Set<() => void>();
  #head: HeadOptions;
  #sum = 0n;
  #thread: TrainingThread | undefined;
  #id = UNTAUGHT;
  #timer: NodeJS.Timeout | undefined;
  #training = false;
  #failures = 0;
  #disposed = false;

  constructor(options: LearnerOptions) {
    this.#options = options;
    this.#head = options.head;
  }

  /** The state of learning in which predictions are made now. */
  get id(): string {
    return this.#id;
  }

  /** The number of sentences that were taught. */
  get size(): number {
    return this.#lessons.size;
  }

  /** Hears of each training that ended with a new head. */
  onDidLearn(listener: (facts: TrainedFacts) => void): Disposable {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  /** Teaches a sentence, in place of what was taught under the key. */
  teach(key: string, lesson: Lesson): void {
    this.#count(key, digestOf(lesson));
    this.#lessons.set(key, lesson);
    this.#thread?.teach([{ key, lesson }]);
    this.#plan();
  }

  /** Takes a lesson back. */
  forget(key: string): void {
    if (!this.#lessons.delete(key)) return;
    this.#count(key, undefined);
    this.#thread?.forget([key]);
    this.#plan();
  }

  /** Learns the same lessons otherwise: other labels, another exponent. */
  learnBy(head: HeadOptions): void {
    if (JSON.stringify(head) === JSON.stringify(this.#head)) return;
    this.#head = head;
    this.#plan();
  }

  /** Resolves once everything that was taught is learnt, or could not be. */
  settled(): Promise<void> {
    if (!this.#training && this.#timer === undefined) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.add(resolve));
  }

  /** What the head says of sentences, with the state of learning it says it in; undefined where nothing was learnt. Rejects with ChannelError. */
  async predict(
    sentences: readonly SeenSentence[],
  ): Promise<{ readonly id: string; readonly distributions: readonly Distribution[] } | undefined> {
    const [thread, id] = [this.#thread, this.#id];
    if (thread === undefined || id === UNTAUGHT) return undefined;
    return { id, distributions: await thread.predict(sentences) };
  }

  /** The head as the text of a file; undefined where nothing was learnt. */
  async headText(model: string): Promise<string | undefined> {
    return this.#id === UNTAUGHT ? undefined : this.#thread?.headText(model);
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#thread?.dispose();
    this.#listeners.clear();
    this.#release();
  }

  #count(key: string, digest: bigint | undefined): void {
    this.#sum ^= (this.#digests.get(key) ?? 0n) ^ (digest ?? 0n);
    if (digest === undefined) this.#digests.delete(key);
    else this.#digests.set(key, digest);
  }

  #plan(): void {
    if (this.#disposed || this.#training || this.#timer !== undefined) return;
    this.#failures = 0;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#learn();
    }, this.#options.delay ?? 100);
  }

  async #learn(): Promise<void> {
    this.#training = true;
    while (!this.#disposed && this.#wanted() !== this.#id && this.#failures < MOST_FAILURES) {
      const id = this.#wanted();
      if (id === UNTAUGHT) {
        this.#id = id;
        continue;
      }
      try {
        const facts = await this.#running().train(this.#head, true);
        this.#id = id;
        for (const listener of this.#listeners) listener(facts);
      } catch (error) {
        if (error instanceof ChannelError && error.reason === 'disposed') break;
        this.#failures++;
        this.#options.log('warn', `Learning failed: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    this.#training = false;
    this.#release();
  }

  #running(): TrainingThread {
    if (this.#thread?.ended === undefined && this.#thread !== undefined) return this.#thread;
    // A thread that ended has lost its head: predictions come from the base model until another is trained.
    this.#id = UNTAUGHT;
    const thread = new TrainingThread(this.#options.entry, (why) => {
      this.#options.log('warn', `The thread that learns stopped: ${why}`);
      if (this.#thread === thread) this.#id = UNTAUGHT;
    });
    thread.teach([...this.#lessons].map(([key, lesson]) => ({ key, lesson })));
    this.#thread = thread;
    return thread;
  }

  /** The name of the state that everything taught leads to. */
  #wanted(): string {
    if (this.#lessons.size === 0) return UNTAUGHT;
    const how = createHash('sha256').update(JSON.stringify(this.#head)).digest('hex').slice(0, 8);
    return `${this.#sum.toString(16)}-${how}`;
  }

  #release(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}

function digestOf({ words, tags }: Lesson): bigint {
  return BigInt(
    `0x${createHash('sha256')
      .update(JSON.stringify([words, tags]))
      .digest('hex')
      .slice(0, 24)}`,
  );
}
