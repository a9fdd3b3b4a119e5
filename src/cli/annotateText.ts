import path from 'node:path';
import type { ColumnDocument, TextEdit } from '../core/columns/document.ts';
import { tagCells } from '../core/columns/cellText.ts';
import { COLUMN_ENDINGS, hasEnding } from '../core/columns/columnFiles.ts';
import { annotatorCell, sentenceBlock } from '../core/columns/columnEdits.ts';
import { allDecided } from '../core/decisions.ts';
import { applyEdits, eolOf } from '../core/lines.ts';
import type { Eol } from '../core/lines.ts';
import type { Prediction } from '../core/prediction.ts';
import type { Sentence } from '../core/sentence.ts';
import { splitSentences } from '../core/splitSentences.ts';
import { tokenize } from '../core/tokenize.ts';
import { readColumns, readText } from './corpusFile.ts';
import { CliError } from './io.ts';

/** A text to be tagged: its words, and its text with a model's tags. */
export interface AnnotatedText {
  readonly words: readonly (readonly string[])[];
  readonly tagged: (predictions: readonly Prediction[], annotator: string) => string;
}

/** Reads a file as columns or prose. Throws CliError where it holds nothing to tag. */
export async function readForTags(
  file: string,
  format: string | undefined,
  warn: (line: string) => void,
): Promise<AnnotatedText> {
  const columns = isColumns(format, file) ? await readColumns(file, warn) : undefined;
  const text = await readText(file);
  const sentences = columns?.sentences ?? proseSentences(text);
  if (sentences.length === 0) throw new CliError(`${file} holds no words.`);
  return {
    words: sentences.map((sentence) => sentence.tokens.map((token) => token.form)),
    tagged: (predictions, annotator) =>
      columns === undefined
        ? proseAsColumns(sentences, predictions, annotator, path.basename(file), eolOf(text))
        : columnsWithTags(columns, text, predictions, annotator),
  };
}

/** Whether a file is taken for columns: as `--format` says, else by its name. */
export function isColumns(format: string | undefined, file: string): boolean {
  if (format === undefined) return hasEnding(file, [...COLUMN_ENDINGS, 'tsv']);
  return format === 'columns';
}

function proseSentences(text: string): readonly Sentence[] {
  return splitSentences(text).flatMap(({ start, end }) => {
    const part = text.slice(start, end);
    const tokens = tokenize(part);
    return tokens.length === 0 ? [] : [{ text: part, tokens }];
  });
}

function proseAsColumns(
  sentences: readonly Sentence[],
  predictions: readonly Prediction[],
  annotator: string,
  name: string,
  eol: Eol,
): string {
  return sentences
    .map((sentence, index) => {
      const id = `${name}-${String(index + 1).padStart(4, '0')}`;
      const documentId = index === 0 ? name : undefined;
      const decisions = allDecided(predictions[index]?.layer ?? []);
      return sentenceBlock(sentence, decisions, { id, documentId, annotator, eol }) + eol;
    })
    .join('');
}

// Only tag and annotator cells change; comments, ids and columns of other kinds stay byte for byte.
function columnsWithTags(
  document: ColumnDocument,
  text: string,
  predictions: readonly Prediction[],
  annotator: string,
): string {
  const name = annotatorCell(annotator, document.layout.separator);
  const edits = document.sentences.flatMap((sentence, index): readonly TextEdit[] => {
    const tags = tagCells(predictions[index]?.layer ?? [], sentence.tokens.length, 'iob2', document.layout);
    const top = document.firstLines[index] ?? 0;
    return sentence.cells.flatMap((cells, token) => {
      const tag = tags[token] ?? 'O';
      const parts = [{ cell: cells.tag, text: (cells.tagPrefix ?? '') + tag }];
      if (cells.annotator !== undefined) parts.push({ cell: cells.annotator, text: tag === 'O' ? '-' : name });
      return parts.map(({ cell: [start, end], text: value }) => ({
        start: { line: top + cells.line, character: start },
        end: { line: top + cells.line, character: end },
        text: value,
      }));
    });
  });
  return applyEdits(text, edits);
}
