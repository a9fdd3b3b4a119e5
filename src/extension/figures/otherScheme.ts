import type { Scheme } from '../../core/scheme.ts';
import type { ModelSource } from '../../core/span.ts';
import type { Models } from '../prediction/services.ts';
import type { Session, SessionSentence } from '../document/session.ts';
import { MODEL_SOURCES } from '../../core/span.ts';

/** Sentences asked about in one request, so that what the user looks at can go before. */
const requestSize: Readonly<Record<ModelSource, number>> = { bert: 64, t5: 8 };

/** The scheme that is not in use. */
export function otherScheme(scheme: Scheme): Scheme {
  return scheme === 'full' ? 'simplified' : 'full';
}

/** Predicts the sentences with gold in the scheme that is not in use; the predictor remembers what comes of it. */
export class OtherScheme {
  /** Grows with every prediction that came. */
  version = 0;
  progress: { readonly done: number; readonly total: number } | undefined;
  #abort: AbortController | undefined;

  readonly #models: Models;
  readonly #changed: () => void;

  constructor(models: Models, changed: () => void) {
    this.#models = models;
    this.#changed = changed;
  }

  /** Begins, or gives up what is under way. Rejects with what went wrong. */
  async run(session: Session, on: boolean): Promise<void> {
    this.#abort?.abort();
    this.#abort = undefined;
    this.progress = undefined;
    if (on) await this.#predict(session);
    this.#changed();
  }

  dispose(): void {
    this.#abort?.abort();
  }

  async #predict(session: Session): Promise<void> {
    const abort = new AbortController();
    this.#abort = abort;
    const scheme = otherScheme(session.scheme);
    const wanted = session.sentences.filter(({ gold, tokens }) => gold !== null && tokens.length > 0);
    let done = 0;
    const tell = (): void => {
      if (this.#abort !== abort) return;
      this.progress = { done, total: MODEL_SOURCES.length * wanted.length };
      this.#changed();
    };
    tell();
    try {
      for (const source of MODEL_SOURCES) {
        for (let from = 0; from < wanted.length; from += requestSize[source]) {
          const sentences = wanted.slice(from, from + requestSize[source]).map(wordsOf);
          await this.#models.predict(source, scheme, sentences, {
            signal: abort.signal,
            onBatch: () => undefined,
          });
          done += sentences.length;
          tell();
        }
      }
    } catch (error) {
      if (!abort.signal.aborted) throw error;
    } finally {
      if (this.#abort === abort) {
        this.#abort = undefined;
        this.progress = undefined;
      }
      this.version++;
    }
  }
}

/** The words of a sentence, which are all that a model sees. */
export function wordsOf({ tokens }: SessionSentence): readonly string[] {
  return tokens.map(({ form }) => form);
}
