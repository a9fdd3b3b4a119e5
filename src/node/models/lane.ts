import type { Prediction } from '../../core/prediction.ts';
import { ChannelError } from '../../protocol/channel.ts';
import type { CancelSignal } from '../../protocol/channel.ts';
import { PartError } from '../serving/inFlight.ts';

/** One sentence of a request, with its place in the caller's list. */
export interface LaneItem {
  readonly index: number;
  readonly key: string;
  readonly words: readonly string[];
}

/** What a lane needs of the world: the memory of predictions and a way to make new ones. */
export interface LaneWork<Context> {
  readonly known: (key: string) => Prediction | undefined;
  readonly store: (key: string, prediction: Prediction) => void;
  /** Predicts one small batch, in order; what could not be predicted has an error in its place, and a PartError says what was there when all of it ended early. */
  readonly run: (
    context: Context,
    batch: readonly LaneItem[],
    signal: CancelSignal,
  ) => Promise<readonly (Prediction | Error)[]>;
}

/** How a request goes among others. */
export interface Haste {
  /** It waits until nothing else is asked for: work on files that nobody looks at. */
  readonly background?: boolean | undefined;
  /** False where the answers are not worth remembering. */
  readonly remember?: boolean | undefined;
}

interface Job<Context> {
  readonly context: Context;
  readonly remember: boolean;
  readonly items: readonly LaneItem[];
  readonly signal: CancelSignal;
  /** Items without an answer, by their places. */
  readonly failed: Map<number, Error>;
  next: number;
  readonly onBatch: (results: ReadonlyMap<number, Prediction>) => void;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** How long one batch should take at most: what the user sees next waits no longer than that. */
const TARGET_MS = 100;

/** The queue of one model family: one batch at a time, the newest request first, the same sentence never twice. */
export class Lane<Context> {
  readonly #jobs: Job<Context>[] = [];
  #pumping = false;
  #size: number;

  readonly #work: LaneWork<Context>;
  readonly #largestSize: number;
  readonly #targetMs: number;

  constructor(work: LaneWork<Context>, firstSize: number, largestSize: number, targetMs = TARGET_MS) {
    this.#work = work;
    this.#targetMs = targetMs;
    this.#largestSize = largestSize;
    this.#size = firstSize;
  }

  /** Predicts `items` in order; resolves when `onBatch` has had all of them, rejects when cancelled or failed. */
  add(
    context: Context,
    items: readonly LaneItem[],
    signal: CancelSignal,
    onBatch: (results: ReadonlyMap<number, Prediction>) => void,
    { background = false, remember = true }: Haste = {},
  ): Promise<void> {
    if (signal.aborted) return Promise.reject(cancelled());
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        const place = this.#jobs.indexOf(job);
        if (place >= 0) this.#jobs.splice(place, 1);
        signal.removeEventListener('abort', onAbort);
      };
      const onAbort = (): void => {
        job.reject(cancelled());
      };
      const job: Job<Context> = {
        context,
        remember,
        items,
        signal,
        failed: new Map(),
        next: 0,
        onBatch,
        resolve: () => {
          leave();
          resolve();
        },
        reject: (error) => {
          leave();
          reject(error);
        },
      };
      signal.addEventListener('abort', onAbort);
      if (background) this.#jobs.unshift(job);
      else this.#jobs.push(job);
      void this.#pump();
    });
  }

  /** True while a request waits or runs. */
  get busy(): boolean {
    return this.#jobs.length > 0;
  }

  /** Ends every request with this error. */
  rejectAll(error: Error): void {
    for (const job of [...this.#jobs]) job.reject(error);
  }

  async #pump(): Promise<void> {
    if (this.#pumping) return;
    this.#pumping = true;
    // Requests made in the same turn are all there before the newest is chosen.
    await Promise.resolve();
    for (let job = this.#jobs.at(-1); job !== undefined; job = this.#jobs.at(-1)) await this.#runBatch(job);
    this.#pumping = false;
  }

  async #runBatch(job: Job<Context>): Promise<void> {
    const ready = new Map<number, Prediction>();
    const batch = new Map<string, LaneItem[]>();
    for (; job.next < job.items.length && batch.size < this.#size; job.next++) {
      const item = job.items[job.next];
      if (item === undefined) continue;
      const known = this.#work.known(item.key);
      if (known === undefined) batch.set(item.key, [...(batch.get(item.key) ?? []), item]);
      else ready.set(item.index, known);
    }
    try {
      if (ready.size > 0) job.onBatch(ready);
      if (batch.size > 0) {
        const results = await this.#predict(job, batch);
        // A request that was cancelled meanwhile hears nothing more; its predictions are remembered all the same.
        if (this.#jobs.includes(job)) job.onBatch(results);
      }
      if (job.next >= job.items.length) {
        if (job.failed.size === 0) job.resolve();
        else job.reject(new UnansweredError(job.failed));
      }
    } catch (error) {
      job.reject(error instanceof Error ? error : new Error(String(error)));
    }
  }

  async #predict(
    job: Job<Context>,
    batch: ReadonlyMap<string, readonly LaneItem[]>,
  ): Promise<ReadonlyMap<number, Prediction>> {
    const distinct = [...batch.values()].flatMap((items) => items.slice(0, 1));
    const started = performance.now();
    const { answers, ended } = await this.#answers(job, distinct);
    this.#adapt(performance.now() - started, distinct.length);
    const results = new Map<number, Prediction>();
    distinct.forEach((item, place) => {
      const prediction = answers[place];
      const same = batch.get(item.key) ?? [];
      if (prediction === undefined) {
        if (ended !== undefined) return;
        throw new Error('the model process answered for fewer sentences than it was asked');
      }
      if (prediction instanceof Error) for (const { index } of same) job.failed.set(index, prediction);
      else {
        if (job.remember) this.#work.store(item.key, prediction);
        for (const { index } of same) results.set(index, prediction);
      }
    });
    if (ended === undefined) return results;
    if (results.size > 0 && this.#jobs.includes(job)) job.onBatch(results);
    throw ended;
  }

  async #answers(
    { context, signal }: Job<Context>,
    distinct: readonly LaneItem[],
  ): Promise<{ readonly answers: readonly (Prediction | Error | undefined)[]; readonly ended: Error | undefined }> {
    try {
      return { answers: await this.#work.run(context, distinct, signal), ended: undefined };
    } catch (error) {
      if (!(error instanceof PartError)) throw error;
      const { reason, results } = error as PartError<Prediction>;
      return { answers: results, ended: reason };
    }
  }

  // The first batch also pays for loading, so one slow batch only halves the size.
  #adapt(milliseconds: number, sentences: number): void {
    if (milliseconds > this.#targetMs * 2) this.#size = Math.max(1, Math.floor(this.#size / 2));
    else if (milliseconds < this.#targetMs / 2 && sentences === this.#size)
      this.#size = Math.min(this.#largestSize, this.#size * 2);
  }
}

/** Sentences that got no answer, by their places in the request, while all others have theirs. */
export class UnansweredError extends ChannelError {
  readonly places: ReadonlyMap<number, Error>;

  constructor(places: ReadonlyMap<number, Error>) {
    const [first] = places;
    const some = [...places.keys()].slice(0, 20).map((place) => place + 1);
    super(
      'unanswered',
      `${places.size} of the sentences got no answer (${some.join(', ')}${places.size > some.length ? ', …' : ''}): ${first?.[1].message ?? ''}.`,
    );
    this.places = places;
  }
}

function cancelled(): ChannelError {
  return new ChannelError('cancelled', 'cancelled');
}
