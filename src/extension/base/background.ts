import type { Steps } from '../../core/steps.ts';
import { SLICE_MS } from './slices.ts';

/** When something is worked out, and how much of it at a time. */
export interface BackgroundOptions {
  /** Milliseconds without a change before it begins. */
  readonly delay: number;
  /** Milliseconds that it may take at a time before others get their turn. */
  readonly slice: number;
}

/** Something that is worked out in slices while what it rests on does not change; `changed` is called at its end. */
export class Background<Value> {
  readonly #options: BackgroundOptions;
  #key: readonly unknown[] | undefined;
  #value: Value | undefined;
  #timer: NodeJS.Timeout | undefined;

  readonly #changed: () => void;

  constructor(changed: () => void, options: Partial<BackgroundOptions> = {}) {
    this.#changed = changed;
    this.#options = { delay: 400, slice: SLICE_MS, ...options };
  }

  /** What was worked out for these very objects; where that is nothing yet, it is begun, and what was begun for others is given up. */
  of(key: readonly unknown[], steps: () => Steps<Value>): Value | undefined {
    if (this.#key?.length === key.length && key.every((part, index) => part === this.#key?.[index])) return this.#value;
    this.#key = key;
    this.#value = undefined;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#run(steps());
    }, this.#options.delay);
    return undefined;
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  #run(steps: Steps<Value>): void {
    const begin = performance.now();
    do {
      const step = steps.next();
      if (step.done === true) {
        this.#value = step.value;
        this.#changed();
        return;
      }
    } while (performance.now() - begin < this.#options.slice);
    this.#timer = setTimeout(() => {
      this.#run(steps);
    }, 0);
  }
}
