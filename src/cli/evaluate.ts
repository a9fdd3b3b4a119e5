import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { modelOptions, modelOptionsUsage, predictorChoices, schemeOf, systemOf } from './choices.ts';
import { readSentences } from './corpusFile.ts';
import { evaluateCorpus } from './evaluateCorpus.ts';
import type { SystemEvaluation } from './evaluateCorpus.ts';
import { inputOf, inputOptions, inputUsage } from './inputOptions.ts';
import { UsageError } from './io.ts';
import type { CliContext, ExitCode, Verb } from './io.ts';
import { withPredictor } from './withPredictor.ts';

const usage = `evaluate --corpus FILE --system bert|t5 [options]

Runs a model over the sentences of a corpus that have gold, and compares.

  --corpus FILE               a corpus of any format, or a folder
${inputUsage}
${modelOptionsUsage}
  --json                      every figure as JSON on stdout
`;

async function run(args: readonly string[], context: CliContext): Promise<ExitCode> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...modelOptions,
      ...inputOptions,
      corpus: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const { corpus, json } = values;
  if (corpus === undefined) throw new UsageError('--corpus FILE is missing.');
  const system = systemOf(values.system);
  const scheme = schemeOf(values.scheme);
  const choices = predictorChoices(values, system, availableParallelism());
  const sentences = readSentences(corpus, inputOf(values), context.warn);
  const figures = await withPredictor(context, choices, (predictor) =>
    evaluateCorpus(predictor, system, scheme, sentences, context, corpus),
  );
  const { sentences: counted, tokens, sentencesPerSecond, ...rest } = figures;
  context.write(
    json
      ? `${JSON.stringify({ system, scheme, corpus, sentences: counted, tokens, sentencesPerSecond, ...rest }, null, 2)}\n`
      : table(figures, `${system}, ${scheme} scheme, ${corpus}`),
  );
  return 0;
}

/** The `evaluate` command. */
export const evaluate: Verb = { usage, run };

/** A ratio with three digits, or a sign where it is 0/0. */
function ratio(value: number | null): string {
  return value === null ? '    –' : value.toFixed(3).padStart(5);
}

function table(figures: SystemEvaluation, title: string): string {
  const spans = [
    ['labelled span', figures.labelledSpan],
    ['unlabelled span', figures.unlabelledSpan],
    ['strict span', figures.strictSpan],
    ...Object.entries(figures.labels).map(([label, score]) => [`  ${label}`, score] as const),
  ] as const;
  const failures = Object.entries(figures.failures).map(([kind, count]) => `${kind} ${count}`);
  return [
    title,
    `${figures.sentences} sentences, ${figures.tokens} tokens, ${figures.sentencesPerSecond} sentences a second`,
    '',
    `${''.padEnd(18)} precision  recall  F1     correct predicted gold`,
    ...spans.map(
      ([name, score]) =>
        `${name.padEnd(18)} ${ratio(score.precision)}      ${ratio(score.recall)}   ${ratio(score.f1)} ` +
        `${String(score.correct).padStart(8)} ${String(score.predicted).padStart(9)} ${String(score.gold).padStart(4)}`,
    ),
    '',
    `token F1   ${Object.entries(figures.tokenF1)
      .map(([tag, f1]) => `${tag} ${f1.toFixed(3)}`)
      .join('  ')}`,
    `token macro F1 (${figures.tokenMacroReading})  ${ratio(figures.tokenMacroF1)}`,
    ...(failures.length === 0 ? [] : [`failures   ${failures.join(', ')}`]),
    '',
  ].join('\n');
}
