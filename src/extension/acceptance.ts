import type { Prediction } from '../core/prediction.ts';
import { fail, ok } from '../core/result.ts';
import type { Result } from '../core/result.ts';
import { simplify } from '../core/scheme.ts';
import { NO_LABEL, sameLayer } from '../core/span.ts';
import type { Layer, ModelSource } from '../core/span.ts';
import { sourceNames } from './layers.ts';
import type { Models, Services } from './services.ts';
import type { CorrectionReason, Session, SessionSentence } from './session.ts';

/** Why a model's answer could not become gold. */
export type AcceptReason = CorrectionReason | 'notPredicted' | 'noLabels';

/** Makes a model's spans the gold of one sentence. */
export async function acceptPrediction(
  { models }: Pick<Services, 'models'>,
  session: Session,
  index: number,
  source: ModelSource,
): Promise<Result<void, AcceptReason>> {
  const sentence = session.sentences[index];
  if (sentence === undefined) return fail('noSuchSentence', 'That sentence is no longer there.');
  const layer = await labelledLayer(models, sentence, source);
  if (!layer.ok) return layer;
  if (session.sentences[index] !== sentence) return fail('staleRevision', 'The sentence changed meanwhile.');
  return session.correct(index, { kind: 'setLayer', layer: layer.value }, session.revision);
}

/**
 * The model's spans with labels. The simplified scheme has none, and gold needs them: there the same model is asked in the
 * full scheme, and its answer counts only where it has the borders that the user sees.
 */
async function labelledLayer(
  models: Models,
  sentence: SessionSentence,
  source: ModelSource,
): Promise<Result<Layer, 'notPredicted' | 'noLabels'>> {
  const name = sourceNames[source];
  const prediction = sentence.predictions[source];
  if (prediction === undefined) return fail('notPredicted', `${name} has not annotated this sentence yet.`);
  if (prediction.layer.every((span) => span.label !== NO_LABEL)) return ok(prediction.layer);
  const full = await predictFull(models, source, sentence);
  if (full === undefined) return fail('notPredicted', `${name} gave no labels for this sentence; see the log.`);
  if (sameLayer(simplify(full.tags, 'repair').layer, prediction.layer)) return ok(full.layer);
  return fail(
    'noLabels',
    `In the simplified scheme ${name}'s spans have no labels, and in the full scheme it sees other spans here. ` +
      'Switch to the full scheme, or label the spans by hand.',
  );
}

async function predictFull(
  models: Models,
  source: ModelSource,
  sentence: SessionSentence,
): Promise<Prediction | undefined> {
  const words = sentence.tokens.map((token) => token.form);
  const known = models.cached(source, 'full', words);
  if (known !== undefined) return known;
  let prediction: Prediction | undefined;
  const { signal } = new AbortController();
  const asked = models.predict(source, 'full', [words], {
    signal,
    onBatch(results) {
      prediction = results.get(0) ?? prediction;
    },
  });
  // Why it failed is in the model's state and in the log already.
  await asked.catch(() => undefined);
  return prediction;
}
