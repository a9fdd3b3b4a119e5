import { casesOf, cellName } from '../../core/confusion.ts';
import type { MatrixLevel } from '../../core/confusion.ts';
import type { FailureMode } from '../../core/failure.ts';
import type { Steps } from '../../core/steps.ts';
import type { ModelSource, Source } from '../../core/span.ts';
import { answerOf } from '../document/layers.ts';
import type { SessionSentence } from '../document/session.ts';
import { sentenceFailures } from './failures.ts';
import { pairs } from './totals.ts';
import type { CorpusTotals } from './totals.ts';
import { confusion } from './figures.ts';

/** Which cell of which matrix, by its place. */
export interface CellRequest {
  readonly rowSource: Source;
  readonly columnSource: Source;
  readonly level: MatrixLevel;
  readonly row: number;
  readonly column: number;
  readonly limit: number;
}

/** A place behind a cell, with the words around it. */
export interface CellCase {
  readonly sentence: number;
  readonly first: number;
  readonly end: number;
  readonly before: string;
  readonly text: string;
  readonly after: string;
}

/** The places that were asked for, at most as many as wanted, and how many there are. */
export interface FoundCases {
  readonly total: number;
  readonly cases: CellCase[];
}

/** The places behind one cell in document order, looked for sentence by sentence. */
export function* cellCases(
  sentences: readonly SessionSentence[],
  totals: CorpusTotals,
  labels: readonly string[],
  request: CellRequest,
): Steps<FoundCases> {
  const place = pairs.findIndex(({ row, column }) => row === request.rowSource && column === request.columnSource);
  if (place < 0) return { total: 0, cases: [] };
  const matrix = confusion(place, totals, request.level, labels);
  const cell = cellName(matrix, request.level, request.row, request.column);
  const total = matrix.counts[request.row]?.[request.column] ?? 0;
  const wanted = Math.min(total, request.limit);
  const cases: CellCase[] = [];
  for (const [index, sentence] of sentences.entries()) {
    if (cases.length >= wanted) break;
    yield;
    const reference = answerOf(sentence, request.rowSource);
    const answer = answerOf(sentence, request.columnSource);
    if (reference === undefined || answer === undefined) continue;
    for (const { first, end } of casesOf(reference, answer, totals.scheme, cell, totals.policy)) {
      cases.push({ sentence: index, first, end, ...contextOf(sentence, first, end) });
    }
  }
  return { total, cases: cases.slice(0, wanted) };
}

/** The places at which a model fails in one way, in document order, looked for sentence by sentence. */
export function* failureCases(
  sentences: readonly SessionSentence[],
  totals: CorpusTotals,
  { source, mode, limit }: { readonly source: ModelSource; readonly mode: FailureMode; readonly limit: number },
): Steps<FoundCases> {
  const total = totals.failures[source].get(mode) ?? 0;
  const wanted = Math.min(total, limit);
  const cases: CellCase[] = [];
  for (const [index, sentence] of sentences.entries()) {
    if (cases.length >= wanted) break;
    yield;
    for (const { mode: found, first, end } of sentenceFailures(sentence, source, totals)) {
      if (found === mode) cases.push({ sentence: index, first, end, ...contextOf(sentence, first, end) });
    }
  }
  return { total, cases: cases.slice(0, wanted) };
}

/** The words of tokens first..end with what stands before and after them in the sentence. */
export function contextOf(
  sentence: SessionSentence,
  first: number,
  end: number,
): Pick<CellCase, 'before' | 'text' | 'after'> {
  const { text, tokens } = sentence;
  const start = tokens[first]?.start ?? 0;
  const stop = tokens[end - 1]?.end ?? text.length;
  return { before: text.slice(0, start), text: text.slice(start, stop), after: text.slice(stop) };
}
