import type { Prediction } from '../../core/prediction.ts';
import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/result.ts';
import { NO_LABEL, SOURCE_NAMES } from '../../core/span.ts';
import type { Layer, ModelSource } from '../../core/span.ts';
import type { Models, Services } from '../prediction/services.ts';
import type { CorrectionReason, Session, SessionSentence } from '../document/session.ts';

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
  return session.correct(index, { kind: 'setLayer', layer: layer.value, from: [source] }, session.revision);
}

async function labelledLayer(
  models: Models,
  sentence: SessionSentence,
  source: ModelSource,
): Promise<Result<Layer, 'notPredicted' | 'noLabels'>> {
  const name = SOURCE_NAMES[source];
  const shown = sentence.predictions[source];
  if (shown === undefined) return fail('notPredicted', `${name} has not annotated this sentence yet.`);
  if (hasLabels(shown.layer)) return ok(shown.layer);
  const full = await predictFull(models, source, sentence);
  if (full === undefined) return fail('notPredicted', `${name} gave no labels for this sentence; see the log.`);
  return labelledAs(shown, full, name);
}

function hasLabels(layer: Layer): boolean {
  return layer.every((span) => span.label !== NO_LABEL);
}

/**
 * The spans that a model shows in the simplified scheme, which have no labels though gold needs them, with the labels
 * that it gives in the full scheme. They count only where it sees the same borders there: anything else is not what the
 * user looked at.
 */
export function labelledAs(shown: Prediction, full: Prediction, name: string): Result<Layer, 'noLabels'> {
  const same =
    shown.layer.length === full.layer.length &&
    shown.layer.every(({ first, end }, index) => {
      const other = full.layer[index];
      return other?.first === first && other.end === end;
    });
  if (same) return ok(full.layer);
  return fail(
    'noLabels',
    `In the simplified scheme ${name}’s spans have no labels, and in the full scheme it sees other spans here. ` +
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
