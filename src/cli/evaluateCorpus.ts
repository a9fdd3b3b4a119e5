import { taggedOfTags } from '../core/compare.ts';
import { countSentence, sumCounts } from '../core/counts.ts';
import type { ColumnDocument } from '../core/columns/document.ts';
import { evaluationJson } from '../core/report/evaluationJson.ts';
import type { EvaluationJson } from '../core/report/evaluationJson.ts';
import { countedText } from '../core/workState.ts';
import { labelsOf } from '../core/metrics.ts';
import type { Scheme } from '../core/scheme.ts';
import type { ModelSource } from '../core/span.ts';
import type { Predictor } from '../node/models/predictor.ts';
import { CliError } from './io.ts';
import type { CliContext } from './io.ts';
import { predictAll } from './predictAll.ts';

/** The figures of one system over one corpus. */
export interface SystemEvaluation extends EvaluationJson {
  readonly sentencesPerSecond: number;
  /** Sentences of which only some words are decided; they are not counted. */
  readonly inProgress: number;
  /** How often the model's raw output was not a legal answer, by the kind of failure. */
  readonly failures: Readonly<Record<string, number>>;
}

/** Runs a system over the complete sentences and compares. Throws CliError where none has. */
export async function evaluateCorpus(
  predictor: Predictor,
  source: ModelSource,
  scheme: Scheme,
  document: ColumnDocument,
  context: CliContext,
  what: string,
): Promise<SystemEvaluation> {
  const sentences = document.sentences.filter((sentence) => sentence.gold !== null && sentence.tokens.length > 0);
  const inProgress = document.sentences.filter(({ partial }) => partial !== undefined).length;
  if (sentences.length === 0)
    throw new CliError(
      `${what}: no sentence is complete (${countedText(0, inProgress)}), so there is nothing to compare with.`,
    );
  const words = sentences.map((sentence) => sentence.tokens.map((token) => token.form));
  const { predictions, seconds } = await predictAll(predictor, source, scheme, words, context, what);
  const failures: Record<string, number> = {};
  const counts = sumCounts(
    sentences.map((sentence, index) => {
      const prediction = predictions[index];
      if (prediction === undefined) throw new Error(`sentence ${index} has no prediction`);
      for (const { kind } of prediction.failures) failures[kind] = (failures[kind] ?? 0) + 1;
      return countSentence(taggedOfTags(sentence.tags), prediction, scheme);
    }),
  );
  const labels = scheme === 'simplified' ? [] : labelsOf(counts, predictor.labels(source));
  return {
    ...evaluationJson(counts, scheme, labels),
    inProgress,
    sentencesPerSecond: seconds > 0 ? Math.round((sentences.length / seconds) * 10) / 10 : 0,
    failures,
  };
}
