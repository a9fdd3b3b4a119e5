import type { FailureCase } from '../../core/failure.ts';
import type { Steps } from '../../core/steps.ts';
import type { Span } from '../../core/span.ts';
import type { FailureExample } from '../../protocol/panelDetails.ts';
import type { SessionSentence } from '../document/session.ts';
import { contextOf } from './cases.ts';
import { sentenceFailures } from './failures.ts';
import type { CorpusTotals } from './totals.ts';
import { MODEL_SOURCES } from '../../core/span.ts';

/** The first place of each failure that happened, looked for sentence by sentence. */
export function* firstExamples(sentences: readonly SessionSentence[], totals: CorpusTotals): Steps<FailureExample[]> {
  const found: FailureExample[] = [];
  for (const source of MODEL_SOURCES) {
    const wanted = new Set(totals.failures[source].keys());
    for (const [index, sentence] of sentences.entries()) {
      if (wanted.size === 0) break;
      yield;
      for (const failure of sentenceFailures(sentence, source, totals))
        if (wanted.delete(failure.mode)) found.push({ source, ...exampleOf(sentence, index, failure) });
    }
  }
  return found;
}

function exampleOf(
  sentence: SessionSentence,
  index: number,
  { mode, first, end, gold, predicted, detail }: FailureCase,
): Omit<FailureExample, 'source'> {
  const said = (span: Span | undefined): string | null =>
    span === undefined ? null : `${span.label} ${contextOf(sentence, span.first, span.end).text}`;
  return {
    ...{ mode, sentence: index, first, end },
    ...contextOf(sentence, first, end),
    expected: said(gold),
    found: said(predicted),
    detail: detail ?? null,
  };
}
