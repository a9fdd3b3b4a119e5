import { availableParallelism } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { ColumnDocument, TextEdit } from '../core/columns/document.ts';
import { tagCells } from '../core/columns/cellText.ts';
import { annotatorCell, sentenceBlock } from '../core/columns/columnEdits.ts';
import { applyEdits, eolOf } from '../core/lines.ts';
import type { Eol } from '../core/lines.ts';
import type { Prediction } from '../core/prediction.ts';
import { allDecided } from '../core/decisions.ts';
import type { Sentence } from '../core/sentence.ts';
import { splitSentences } from '../core/splitSentences.ts';
import { tokenize } from '../core/tokenize.ts';
import { writeAtomically } from '../node/atomicWrite.ts';
import { modelOptions, modelOptionsUsage, predictorChoices, schemeOf, systemOf } from './choices.ts';
import { readColumns, readText } from './corpusFile.ts';
import { CliError, UsageError } from './io.ts';
import type { CliContext, ExitCode, Verb } from './io.ts';
import { predictAll } from './predictAll.ts';
import { refuseInputs } from './refuseInputs.ts';
import { withPredictor } from './withPredictor.ts';
import { messageOf } from '../core/errorMessage.ts';
import { COLUMN_ENDINGS, hasEnding } from '../core/columns/columnFiles.ts';

const usage = `annotate FILE --system bert|t5 --out FILE.iob2 [options]

Tags a text with a model and writes it as UNER IOB2. FILE is prose, or columns whose tags are replaced.

  --out FILE                  where to write; - is stdout
${modelOptionsUsage}
  --format prose|columns      what FILE is (default: by its name; .iob2 .iob .bio .conll .conllu .tsv are columns)
`;

async function run(args: readonly string[], context: CliContext): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { ...modelOptions, out: { type: 'string' }, format: { type: 'string' } },
  });
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0) throw new UsageError('annotate takes exactly one FILE.');
  const { out } = values;
  if (out === undefined) throw new UsageError('--out FILE is missing.');
  if (out !== '-') refuseInputs([out], [file]);
  const system = systemOf(values.system);
  const scheme = schemeOf(values.scheme);
  const choices = predictorChoices(values, system, availableParallelism());
  const columns = isColumns(values.format, file) ? await readColumns(file, context.warn) : undefined;
  const text = await readText(file);
  const sentences = columns?.sentences ?? proseSentences(text);
  if (sentences.length === 0) throw new CliError(`${file} holds no words.`);
  const words = sentences.map((sentence) => sentence.tokens.map((token) => token.form));
  const { predictions, name } = await withPredictor(context, choices, async (predictor) => {
    const all = await predictAll(predictor, system, scheme, words, context, file);
    const state = predictor.states.find(({ source }) => source === system);
    return { ...all, name: state?.modelId ?? system };
  });
  const result =
    columns === undefined
      ? proseAsColumns(sentences, predictions, name, path.basename(file), eolOf(text))
      : columnsWithTags(columns, text, predictions, name);
  if (out === '-') context.write(result);
  else await write(out, result);
  const spans = predictions.reduce((sum, prediction) => sum + prediction.layer.length, 0);
  context.warn(`${sentences.length} sentences, ${spans} spans by ${name}${out === '-' ? '' : `: ${out}`}`);
  return 0;
}

/** The `annotate` command. */
export const annotate: Verb = { usage, run };

function isColumns(format: string | undefined, file: string): boolean {
  if (format === undefined) return hasEnding(file, [...COLUMN_ENDINGS, 'tsv']);
  if (format === 'prose' || format === 'columns') return format === 'columns';
  throw new UsageError(`--format is prose or columns, not “${format}”.`);
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
      return (
        sentenceBlock(sentence, allDecided(predictions[index]?.layer ?? []), { id, documentId, annotator, eol }) + eol
      );
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

async function write(file: string, text: string): Promise<void> {
  try {
    await writeAtomically(file, text);
  } catch (error) {
    throw new CliError(`${file} cannot be written: ${messageOf(error)}`);
  }
}
