import { countSentence, sumCounts } from '../core/counts.ts';
import type { Counts } from '../core/counts.ts';
import { evaluationJson } from '../core/report/evaluationJson.ts';
import type { EvaluationJson } from '../core/report/evaluationJson.ts';
import { labelsOf } from '../core/metrics.ts';
import type { Prediction } from '../core/prediction.ts';
import type { Scheme } from '../core/scheme.ts';
import type { ModelSource } from '../core/span.ts';
import type { Predictor } from '../node/models/predictor.ts';
import { formsOf } from './corpusFile.ts';
import type { ReadSentence } from './corpusFile.ts';
import { failuresOf } from './folderRun.ts';
import { CliError } from './io.ts';
import type { CliContext } from './io.ts';
import { predictAll } from './predictAll.ts';

/** The figures of one system over one corpus. */
export interface SystemEvaluation extends EvaluationJson {
  readonly sentencesPerSecond: number;
  /** How often the model's raw output was not a legal answer, by the kind of failure. */
  readonly failures: Readonly<Record<string, number>>;
}

/** The words of the sentences that have gold, and what a model says of them counted. */
export interface EvaluatedText {
  readonly words: readonly (readonly string[])[];
  readonly count: (predictions: readonly Prediction[], scheme: Scheme) => Counts;
}

/** The sentences of a corpus that have gold. */
export function withGold(corpus: readonly ReadSentence[]): EvaluatedText {
  const sentences = corpus.flatMap((sentence) =>
    sentence.reference === null || sentence.tokens.length === 0
      ? []
      : [{ forms: formsOf(sentence), reference: sentence.reference }],
  );
  return {
    words: sentences.map(({ forms }) => forms),
    count: (predictions, scheme) =>
      sumCounts(
        sentences.map(({ reference }, index) => {
          const prediction = predictions[index];
          if (prediction === undefined) throw new Error(`sentence ${index} has no prediction`);
          return countSentence(reference, prediction, scheme);
        }),
      ),
  };
}

/** Figures of counts; `known` are the model's labels. */
export function figuresOf(
  counts: Counts,
  scheme: Scheme,
  known: readonly string[],
  seconds: number,
  failures: Readonly<Record<string, number>>,
): SystemEvaluation {
  return {
    ...evaluationJson(counts, scheme, scheme === 'simplified' ? [] : labelsOf(counts, known)),
    sentencesPerSecond: seconds > 0 ? Math.round((counts.sentences / seconds) * 10) / 10 : 0,
    failures,
  };
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
  const { words, count } = withGold(corpus);
  if (words.length === 0)
    throw new CliError(`${what}: no sentence has gold tags, so there is nothing to compare with.`);
  const { predictions, seconds } = await predictAll(predictor, source, scheme, words, context, what);
  const failures = Object.fromEntries(failuresOf(predictions));
  return figuresOf(count(predictions, scheme), scheme, predictor.labels(source), seconds, failures);
}
