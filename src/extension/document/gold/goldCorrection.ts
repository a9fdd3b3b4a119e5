import type { ColumnDocument, TextEdit } from '../../../core/columns/document.ts';
import { insertion, sentenceBlock } from '../../../core/columns/columnEdits.ts';
import type { Sentence } from '../../../core/sentence.ts';
import type { Decided, Decisions } from '../../../core/decisions.ts';
import { cellStates, wordsOf } from './goldHistory.ts';
import type { CellState } from './goldHistory.ts';

/** New gold for a sentence that the file holds, by its index in the file; null where nobody decides anything any more. */
export interface GoldReplacement {
  readonly sentence: number;
  readonly decisions: Decisions | Decided | null;
}

/** A new block, put before sentence `at` of the file; several at one place keep their order. */
export interface GoldInsertion {
  readonly at: number;
  readonly sentence: Sentence;
  readonly decisions: Decisions | Decided;
}

/** One correction of the file. */
export interface GoldCorrection {
  readonly replacements: readonly GoldReplacement[];
  readonly insertions: readonly GoldInsertion[];
}

/** Where a sentence of a correction will be in the file, its words, and what its cells held before; one that is added had nothing. */
export interface CorrectionStep {
  readonly sentence: number;
  readonly words: string | undefined;
  readonly before: readonly CellState[];
}

/** Where each sentence of a correction will be in the file, and what its cells held before; nothing for one that is added. */
export function stepsOf(
  correction: GoldCorrection,
  columns: ColumnDocument,
  lineText: (line: number) => string,
): readonly CorrectionStep[] {
  const places = correction.insertions.map(({ at }) => at).sort((a, b) => a - b);
  return [
    ...correction.replacements.map(({ sentence }) => ({
      sentence: sentence + places.filter((at) => at <= sentence).length,
      words: wordsOf(columns, sentence),
      before: cellStates(columns, sentence, lineText),
    })),
    ...places.map((at, index) => ({ sentence: at + index, words: undefined, before: [] })),
  ];
}

/** The edits that put new blocks into the file. */
export function insertionEdits(
  columns: ColumnDocument,
  insertions: readonly GoldInsertion[],
  annotator: string,
): readonly TextEdit[] {
  const blocks = new Map<number, string[]>();
  for (const { at, sentence, decisions } of insertions) {
    const block = sentenceBlock(sentence, decisions, { annotator, eol: columns.eol });
    const there = blocks.get(at);
    if (there === undefined) blocks.set(at, [block]);
    else there.push(block);
  }
  return [...blocks].map(([at, texts]) => insertion(columns, at, texts.join(columns.eol)));
}
