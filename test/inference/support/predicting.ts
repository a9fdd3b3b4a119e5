import { setTimeout as delay } from 'node:timers/promises';
import type { Prediction } from '../../../src/core/prediction.ts';
import type { Scheme } from '../../../src/core/scheme.ts';
import { Predictor } from '../../../src/node/models/predictor.ts';
import type { PredictorOptions } from '../../../src/node/models/predictor.ts';
import { modelsRoot, processEntry } from './bundled.ts';

/** What a predictor wrote to its log. */
export interface LogLine {
  readonly level: string;
  readonly message: string;
}

/** A predictor over the bundled models, with its log. */
export function newPredictor(changed: Partial<PredictorOptions> = {}): {
  readonly predictor: Predictor;
  readonly log: readonly LogLine[];
} {
  const log: LogLine[] = [];
  const predictor = new Predictor({
    modelsRoot,
    processEntry,
    threads: 1,
    log: (level, message) => {
      log.push({ level, message });
    },
    ...changed,
  });
  return { predictor, log };
}

/** The predictions of sentences, in their order. */
export async function predictions(
  predictor: Predictor,
  source: 'bert' | 't5',
  sentences: readonly (readonly string[])[],
  options: { scheme?: Scheme; signal?: AbortSignal; onBatch?: (size: number) => void } = {},
): Promise<readonly (Prediction | undefined)[]> {
  const found = new Array<Prediction | undefined>(sentences.length).fill(undefined);
  await predictor.predict(source, options.scheme ?? 'full', sentences, {
    signal: options.signal ?? new AbortController().signal,
    onBatch: (results) => {
      for (const [index, prediction] of results) found[index] = prediction;
      options.onBatch?.(results.size);
    },
  });
  return found;
}

/** Different sentences, as many as asked for. */
export function manySentences(count: number): readonly (readonly string[])[] {
  return Array.from({ length: count }, (_, index) => ['Visitor', String(index), 'came', 'from', 'Lisbon', '.']);
}

/** True while a process with this id lives. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Waits until something is so, and fails when it takes too long. */
export async function until(what: string, condition: () => boolean, milliseconds = 60_000): Promise<void> {
  const end = performance.now() + milliseconds;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`${what} did not happen in ${milliseconds} ms`);
    await delay(20);
  }
}
