import type { Prediction } from '../../core/prediction.ts';
import type { Scheme } from '../../core/scheme.ts';

/** The identity of a prediction's content: the same model, scheme and words always give the same prediction. */
export function predictionKey(modelId: string, scheme: Scheme, words: readonly string[]): string {
  return `${modelId}\n${scheme}\n${JSON.stringify(words)}`;
}

/** Predictions by content; the least recently used goes first when there are more than `capacity`. */
export class PredictionCache {
  readonly #entries = new Map<string, Prediction>();

  readonly #capacity: number;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get(key: string): Prediction | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    // A map iterates in order of insertion, so the oldest entry is the first.
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry;
  }

  set(key: string, prediction: Prediction): void {
    this.#entries.delete(key);
    this.#entries.set(key, prediction);
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.#capacity) break;
      this.#entries.delete(oldest);
    }
  }

  clear(): void {
    this.#entries.clear();
  }
}
