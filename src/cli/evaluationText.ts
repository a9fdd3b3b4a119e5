import type { Scheme } from '../core/scheme.ts';
import type { ModelSource } from '../core/span.ts';
import { countedText } from '../core/workState.ts';
import type { SystemEvaluation } from './evaluateCorpus.ts';

/** What was evaluated. */
export interface Evaluated {
  readonly system: ModelSource;
  readonly scheme: Scheme;
  readonly corpus: string;
}

/** The figures of an evaluation as `--json` or a table. */
export function evaluationText(
  { system, scheme, corpus }: Evaluated,
  figures: SystemEvaluation,
  json: boolean,
): string {
  const { sentences, tokens, sentencesPerSecond, ...rest } = figures;
  return json
    ? `${JSON.stringify({ system, scheme, corpus, sentences, tokens, sentencesPerSecond, ...rest }, null, 2)}\n`
    : table(figures, `${system}, ${scheme} scheme, ${corpus}`);
}

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
    `${countedText(figures.sentences, figures.inProgress)}, ${figures.tokens} tokens, ${figures.sentencesPerSecond} sentences a second`,
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
