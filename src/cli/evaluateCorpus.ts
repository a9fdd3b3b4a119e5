import { taggedOfTags } from '../core/compare.ts';
import { countSentence, sumCounts } from '../core/counts.ts';
import type { Counts } from '../core/counts.ts';
import type { ColumnDocument } from '../core/columns/document.ts';
import { evaluationJson } from '../core/report/evaluationJson.ts';
import type { EvaluationJson } from '../core/report/evaluationJson.ts';
import { countedText } from '../core/workState.ts';
import { labelsOf } from '../core/metrics.ts';
import type { Prediction } from '../core/prediction.ts';
import type { Scheme } from '../core/scheme.ts';
import type { ModelSource } from '../core/span.ts';
import type { Predictor } from '../node/models/predictor.ts';
import { failuresOf } from './folderRun.ts';
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

/** The words of the complete sentences, and what a model says of them counted. */
export interface EvaluatedText {
  /** How many sentences are begun and so not counted. */
  readonly inProgress: number;
  readonly words: readonly (readonly string[])[];
  readonly count: (predictions: readonly Prediction[], scheme: Scheme) => Counts;
}

/** The complete sentences of a document. */
export function withGold(document: ColumnDocument): EvaluatedText {
  const sentences = document.sentences.filter((sentence) => sentence.gold !== null && sentence.tokens.length > 0);
  return {
    inProgress: document.sentences.filter(({ partial }) => partial !== undefined).length,
    words: sentences.map((sentence) => sentence.tokens.map((token) => token.form)),
    count: (predictions, scheme) =>
      sumCounts(
        sentences.map((sentence, index) => {
          const prediction = predictions[index];
          if (prediction === undefined) throw new Error(`sentence ${index} has no prediction`);
          return countSentence(taggedOfTags(sentence.tags), prediction, scheme);
        }),
      ),
  };
}

/** Figures of counts; `known` are the model's labels. */
export function figuresOf(
  counts: Counts,
  scheme: Scheme,
  known: readonly string[],
  { seconds, failures, inProgress }: Pick<SystemEvaluation, 'failures' | 'inProgress'> & { readonly seconds: number },
): SystemEvaluation {
  return {
    ...evaluationJson(counts, scheme, scheme === 'simplified' ? [] : labelsOf(counts, known)),
    sentencesPerSecond: seconds > 0 ? Math.round((counts.sentences / seconds) * 10) / 10 : 0,
    inProgress,
    failures,
  };
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
  const { words, count, inProgress } = withGold(document);
  if (words.length === 0)
    throw new CliError(
      `${what}: no sentence is complete (${countedText(0, inProgress)}), so there is nothing to compare with.`,
    );
  const { predictions, seconds } = await predictAll(predictor, source, scheme, words, context, what);
  const failures = Object.fromEntries(failuresOf(predictions));
  const run = { seconds, failures, inProgress };
  return figuresOf(count(predictions, scheme), scheme, predictor.labels(source), run);
}
