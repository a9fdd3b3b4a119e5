import { countSentence, sumCounts } from '../core/counts.ts';
import { evaluationJson } from '../core/report/evaluationJson.ts';
import type { EvaluationJson } from '../core/report/evaluationJson.ts';
import { labelsOf } from '../core/metrics.ts';
import type { Scheme } from '../core/scheme.ts';
import type { ModelSource } from '../core/span.ts';
import type { Predictor } from '../node/models/predictor.ts';
import { formsOf } from './corpusFile.ts';
import type { ReadSentence } from './corpusFile.ts';
import { CliError } from './io.ts';
import type { CliContext } from './io.ts';
import { predictAll } from './predictAll.ts';

/** The figures of one system over one corpus. */
export interface SystemEvaluation extends EvaluationJson {
  readonly sentencesPerSecond: number;
  /** How often the model's raw output was not a legal answer, by the kind of failure. */
  readonly failures: Readonly<Record<string, number>>;
}

/** Runs a system over the sentences that have gold and compares. Throws CliError where none has. */
export async function evaluateCorpus(
  predictor: Predictor,
  source: ModelSource,
  scheme: Scheme,
  corpus: readonly ReadSentence[],
  context: CliContext,
  what: string,
): Promise<SystemEvaluation> {
  const sentences = corpus.flatMap((sentence) =>
    sentence.reference === null || sentence.tokens.length === 0
      ? []
      : [{ forms: formsOf(sentence), reference: sentence.reference }],
  );
  if (sentences.length === 0)
    throw new CliError(`${what}: no sentence has gold tags, so there is nothing to compare with.`);
  const words = sentences.map(({ forms }) => forms);
  const { predictions, seconds } = await predictAll(predictor, source, scheme, words, context, what);
  const failures: Record<string, number> = {};
  const counts = sumCounts(
    sentences.map(({ reference }, index) => {
      const prediction = predictions[index];
      if (prediction === undefined) throw new Error(`sentence ${index} has no prediction`);
      for (const { kind } of prediction.failures) failures[kind] = (failures[kind] ?? 0) + 1;
      return countSentence(reference, prediction, scheme);
    }),
  );
  const labels = scheme === 'simplified' ? [] : labelsOf(counts, predictor.labels(source));
  return {
    ...evaluationJson(counts, scheme, labels),
    sentencesPerSecond: seconds > 0 ? Math.round((sentences.length / seconds) * 10) / 10 : 0,
    failures,
  };
}
