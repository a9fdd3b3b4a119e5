import { kappaOfCells } from '../../core/agreement.ts';
import { spanMatrix, tokenMatrix } from '../../core/confusion.ts';
import type { ConfusionMatrix, MatrixLevel } from '../../core/confusion.ts';
import { emptyCounts } from '../../core/counts.ts';
import { scores } from '../../core/metrics.ts';
import type { MacroScore } from '../../core/metrics.ts';
import { mcNemarTest } from '../../core/significance.ts';
import type { ModelSource, Source } from '../../core/span.ts';
import { ratio } from '../../core/tally.ts';
import type { Score } from '../../core/tally.ts';
import type { Matrix, PanelState, SystemScores } from '../../protocol/panel.ts';
import type { ScoreRow } from '../../protocol/panelDetails.ts';
import { pairs } from './totals.ts';
import type { CorpusTotals } from './totals.ts';
import { MODEL_SOURCES } from '../../core/span.ts';

/** A score under its name. */
export function scoreRow(name: string, score: Score): ScoreRow {
  const { precision, recall, f1, correct, predicted, gold } = score;
  return { name, precision, recall, f1, correct, predicted, gold };
}

function rowsOf(scored: ReadonlyMap<string, Score>): ScoreRow[] {
  return [...scored].map(([name, score]) => scoreRow(name, score));
}

function macroOf({ precision, recall, f1, labels }: MacroScore): SystemScores['labelledMacro'] {
  return { precision, recall, f1, labels };
}

/** The place in `pairs` of a comparison. */
function pairOf(reference: Source, source: ModelSource): number {
  return pairs.findIndex(({ row, column }) => row === reference && column === source);
}

/** Every figure of each model that has predicted a sentence with gold. */
export function systemsOf(totals: CorpusTotals, labels: readonly string[]): SystemScores[] {
  return MODEL_SOURCES.map((source) => systemScores('gold', source, totals, labels)).filter(
    ({ sentences }) => sentences > 0,
  );
}

/** Every figure of T5 with BERT as the reference, null where no sentence has both. */
export function betweenOf(totals: CorpusTotals, labels: readonly string[]): SystemScores | null {
  const between = systemScores('bert', 't5', totals, labels);
  return between.sentences === 0 ? null : between;
}

function systemScores(
  reference: Source,
  source: ModelSource,
  totals: CorpusTotals,
  labels: readonly string[],
): SystemScores {
  const all = scores(totals.counts[pairOf(reference, source)] ?? emptyCounts(), totals.scheme, labels);
  return {
    reference,
    source,
    sentences: all.sentences,
    tokens: all.tokens,
    labelled: scoreRow('labelled', all.labelled.micro),
    labelledMacro: macroOf(all.labelled.macro),
    labels: rowsOf(all.labelled.labels),
    unlabelled: scoreRow('unlabelled', all.unlabelled),
    strict: scoreRow('strict', all.strict.micro),
    strictMacro: macroOf(all.strict.macro),
    strictLabels: rowsOf(all.strict.labels),
    partial: scoreRow('partial', all.partial),
    type: scoreRow('type', all.type),
    tokenTags: rowsOf(all.tokenTags),
    tokenMacroF1: all.tokenMacroF1,
    tokenMacroReading: all.tokenMacroReading,
    accuracy: all.accuracy,
    allOutside: ratio(all.tokenTags.get('O')?.gold ?? 0, all.tokens),
  };
}

/** McNemar's test of both models, null where one of them has predicted no sentence with gold. */
export function mcNemarOf(totals: CorpusTotals): PanelState['mcNemar'] {
  const both = MODEL_SOURCES.every((source) => (totals.counts[pairOf('gold', source)]?.sentences ?? 0) > 0);
  if (!both) return null;
  const { bert, t5 } = totals.onlyRight;
  return { onlyBert: bert, onlyT5: t5, p: mcNemarTest(bert, t5).p };
}

/** The matrix of one of `pairs`. */
export function confusion(
  index: number,
  totals: CorpusTotals,
  level: MatrixLevel,
  labels: readonly string[],
): ConfusionMatrix {
  const counts = totals.counts[index] ?? emptyCounts();
  return level === 'token' ? tokenMatrix(counts, totals.scheme, labels) : spanMatrix(counts, totals.scheme, labels);
}

/** The same for the page. */
export function matrixOf(index: number, totals: CorpusTotals, level: MatrixLevel, labels: readonly string[]): Matrix {
  const { rows, columns, counts } = confusion(index, totals, level, labels);
  return {
    rowSource: pairs[index]?.row ?? 'gold',
    columnSource: pairs[index]?.column ?? 'bert',
    level,
    sentences: totals.counts[index]?.sentences ?? 0,
    rows: [...rows],
    columns: [...columns],
    counts: counts.map((row) => [...row]),
  };
}

/** How far both models agree, null where no sentence has both. */
export function agreementOf(totals: CorpusTotals): PanelState['agreement'] {
  const counts = totals.counts[pairs.findIndex((pair) => pair.row === 'bert')];
  if (counts === undefined || counts.sentences === 0) return null;
  return {
    sentences: counts.sentences,
    disagreeing: totals.modelDisagreements,
    spanF1: scores(counts, totals.scheme, []).labelled.micro.f1,
    kappa: kappaOfCells(counts.tokenCells, true),
  };
}
