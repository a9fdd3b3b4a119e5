import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ModelSource } from '../../core/span.ts';
import { ChannelError } from '../../protocol/channel.ts';
import type { Models } from './services.ts';
import type { Session, SessionSentence } from '../document/session.ts';
import { messageOf } from '../../core/errorMessage.ts';
import { MODEL_SOURCES, SOURCE_NAMES } from '../../core/span.ts';

/** Sentences asked about in one request: few enough that what the user scrolls to does not wait long. */
const REQUEST_SIZE: Readonly<Record<ModelSource, number>> = { bert: 128, t5: 16 };
/** How often a sentence is asked about whose answer found no place, because the text changed meanwhile. */
const MOST_TRIES = 3;

/** A sentence that was asked about, and where it was then. */
export interface Asked {
  readonly index: number;
  readonly sentence: SessionSentence;
}

/** What a job needs to know of the world around its session. */
export interface JobHost {
  readonly models: Models;
  /** Indices of the sentences that are on the screen, in order of their importance. */
  visible(session: Session): readonly number[];
  /** Resolves when nobody has typed in the session for a while. */
  settled(session: Session): Promise<void>;
  /** Stores predictions in the session. */
  apply(session: Session, source: ModelSource, asked: readonly Asked[], results: Results): void;
}

/** Predictions by their index in the list of what was asked. */
export type Results = Parameters<Parameters<Models['predict']>[3]['onBatch']>[0];

/** Predicts every sentence of a session that has no prediction yet by both models, what is on the screen first, until none is left. */
export class AnnotationJob {
  readonly session: Session;
  /** Resolves when nothing is left to do or the job was cancelled; never rejects. */
  readonly done: Promise<void>;
  readonly #host: JobHost;
  readonly #controller = new AbortController();
  readonly #left = new Map<ModelSource, number>();
  #total = 0;

  constructor(session: Session, host: JobHost) {
    this.session = session;
    this.#host = host;
    for (const source of MODEL_SOURCES) session.setNotice(`model.${source}`, undefined);
    this.done = this.#run();
  }

  cancel(): void {
    this.#controller.abort();
  }

  /** Asks about the sentences on the screen at once, ahead of what was asked for before. */
  hurry(): void {
    for (const source of MODEL_SOURCES) {
      if (!this.#left.has(source)) continue;
      const seen = this.#host.visible(this.session).flatMap((index) => this.#missing(source, index) ?? []);
      // The loop below hears of the same failure and tells of it.
      if (seen.length > 0) this.#ask(source, seen.slice(0, REQUEST_SIZE[source])).catch(() => undefined);
    }
  }

  async #run(): Promise<void> {
    // What called this finishes first, so that nobody hears of progress before they know of the job.
    await nextTurn();
    await Promise.all(MODEL_SOURCES.map((source) => this.#runSource(source)));
  }

  async #runSource(source: ModelSource): Promise<void> {
    const tries = new Map<string, number>();
    try {
      for (let asked = this.#next(source, tries); asked.length > 0; asked = this.#next(source, tries)) {
        await this.#ask(source, asked);
        // Predictions that were all remembered come without a pause: the editor gets one here.
        await nextTurn();
        await this.#host.settled(this.session);
        if (this.#controller.signal.aborted) break;
      }
    } catch (error) {
      if (error instanceof ChannelError && (error.reason === 'cancelled' || error.reason === 'disposed')) return;
      const message = `${SOURCE_NAMES[source]}: ${messageOf(error)}`;
      this.session.setNotice(`model.${source}`, { severity: 'error', message });
    } finally {
      this.#left.delete(source);
      this.#tell();
    }
  }

  /** The sentences to ask about next: those on the screen, then those below it, then those above. */
  #next(source: ModelSource, tries: Map<string, number>): readonly Asked[] {
    const visible = this.#host.visible(this.session);
    const from = Math.max(0, visible.at(-1) ?? 0);
    const count = this.session.sentences.length;
    const chosen = new Map<number, Asked>();
    const look = (index: number): void => {
      const asked = this.#missing(source, index);
      if (asked === undefined || chosen.has(index) || chosen.size >= REQUEST_SIZE[source]) return;
      const key = asked.sentence.tokens.map(({ form }) => form).join('\t');
      const before = tries.get(key) ?? 0;
      if (before >= MOST_TRIES) return;
      tries.set(key, before + 1);
      chosen.set(index, asked);
    };
    for (const index of visible) look(index);
    let step = 0;
    for (; step < count && chosen.size < REQUEST_SIZE[source]; step++) look((from + step) % count);
    let left = chosen.size;
    for (; step < count; step++) {
      const index = (from + step) % count;
      if (this.#missing(source, index) !== undefined && !chosen.has(index)) left++;
    }
    this.#left.set(source, left);
    this.#tell();
    return [...chosen.values()];
  }

  #missing(source: ModelSource, index: number): Asked | undefined {
    const sentence = this.session.sentences[index];
    if (sentence === undefined || sentence.tokens.length === 0) return undefined;
    return sentence.predictions[source] === undefined ? { index, sentence } : undefined;
  }

  async #ask(source: ModelSource, asked: readonly Asked[]): Promise<void> {
    const { session } = this;
    const { scheme } = session;
    const sentences = asked.map(({ sentence }) => sentence.tokens.map(({ form }) => form));
    await this.#host.models.predict(source, scheme, sentences, {
      signal: this.#controller.signal,
      onBatch: (results) => {
        if (session.scheme === scheme) this.#host.apply(session, source, asked, results);
        const left = this.#left.get(source);
        if (left !== undefined) this.#left.set(source, Math.max(0, left - results.size));
        this.#tell();
      },
    });
  }

  #tell(): void {
    let left = 0;
    for (const count of this.#left.values()) left += count;
    this.#total = Math.max(this.#total, left);
    const names = [...this.#left.keys()].map((source) => SOURCE_NAMES[source]);
    if (names.length === 0 || this.#controller.signal.aborted) return;
    this.session.setBusy({
      done: this.#total - left,
      total: this.#total,
      what: `Annotating with ${names.join(' and ')}`,
    });
  }
}
