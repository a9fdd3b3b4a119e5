import type { Prediction } from '../core/prediction.ts';
import type { Scheme } from '../core/scheme.ts';
import type { ModelSource } from '../core/span.ts';
import type { Predictor } from '../node/models/predictor.ts';
import type { CliContext } from './io.ts';

/** The predictions of many sentences, in their order, and the seconds that they took once the model was loaded. */
export interface PredictedAll {
  readonly predictions: readonly Prediction[];
  readonly seconds: number;
}

/** Predicts many sentences, similar lengths together so that little is padded. */
export async function predictAll(
  predictor: Predictor,
  source: ModelSource,
  scheme: Scheme,
  sentences: readonly (readonly string[])[],
  context: CliContext,
  what: string,
): Promise<PredictedAll> {
  await predictor.load(source, scheme);
  const order = sentences.map((_, index) => index);
  order.sort((a, b) => (sentences[a]?.length ?? 0) - (sentences[b]?.length ?? 0));
  const predictions = new Map<number, Prediction>();
  const started = performance.now();
  await predictor.predict(
    source,
    scheme,
    order.map((index) => sentences[index] ?? []),
    {
      signal: context.signal,
      onBatch: (results) => {
        for (const [place, prediction] of results) predictions.set(order[place] ?? 0, prediction);
        context.progress(what, predictions.size, sentences.length);
      },
    },
  );
  const seconds = (performance.now() - started) / 1000;
  context.clearProgress();
  return {
    predictions: sentences.map((_, index) => {
      const prediction = predictions.get(index);
      if (prediction === undefined) throw new Error(`sentence ${index} has no prediction`);
      return prediction;
    }),
    seconds,
  };
}
