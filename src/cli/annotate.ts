import { availableParallelism } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { ColumnDocument, TextEdit } from '../core/columns/document.ts';
import { annotatorCell, sentenceBlock } from '../core/columns/columnEdits.ts';
import { applyEdits, eolOf } from '../core/lines.ts';
import type { Eol } from '../core/lines.ts';
import type { Prediction } from '../core/prediction.ts';
import { encode } from '../core/scheme.ts';
import type { Sentence } from '../core/sentence.ts';
import { splitSentences } from '../core/splitSentences.ts';
import { tokenize } from '../core/tokenize.ts';
import { writeAtomically } from '../node/atomicWrite.ts';
import { modelOptions, modelOptionsUsage, predictorChoices, schemeOf, systemOf } from './choices.ts';
import type { CorpusInput } from '../node/corpus/corpusInput.ts';
import { readColumns, readSentences, readText, readingOf } from './corpusFile.ts';
import { inputOf, inputOptions, inputUsage } from './inputOptions.ts';
import { CliError, UsageError } from './io.ts';
import type { CliContext, ExitCode, Verb } from './io.ts';
import { predictAll } from './predictAll.ts';
import { withPredictor } from './withPredictor.ts';

const usage = `annotate FILE --system bert|t5 --out FILE.iob2 [options]

Tags a text with a model and writes it as UNER IOB2. FILE is prose, columns whose tags are replaced, or a corpus of another format.

  --out FILE                  where to write; - is stdout
${modelOptionsUsage}
  --format prose|columns      what FILE is (default: by its name and content; .iob2 .iob .bio .conll .conllu .tsv are columns)
${inputUsage}
`;

const COLUMN_NAMES = new Set(['.iob2', '.iob', '.bio', '.conll', '.conllu', '.tsv']);

async function run(args: readonly string[], context: CliContext): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { ...modelOptions, ...inputOptions, out: { type: 'string' }, format: { type: 'string' } },
  });
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0) throw new UsageError('annotate takes exactly one FILE.');
  const { out } = values;
  if (out === undefined) throw new UsageError('--out FILE is missing.');
  const system = systemOf(values.system);
  const scheme = schemeOf(values.scheme);
  const choices = predictorChoices(values, system, availableParallelism());
  const input = inputOf(values);
  const kind = kindOf(values.format, file, input);
  const columns = kind === 'columns' ? await readColumns(file, input, context.warn) : undefined;
  const text = kind === 'corpus' ? '' : await readText(file);
  const sentences =
    columns?.sentences ?? (kind === 'corpus' ? readSentences(file, input, context.warn) : proseSentences(text));
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

/** Columns get other tags; prose and corpora of other formats are written anew. */
function kindOf(format: string | undefined, file: string, input: CorpusInput): 'prose' | 'columns' | 'corpus' {
  if (format === 'prose' || format === 'columns') return format;
  if (format !== undefined) throw new UsageError(`--format is prose or columns, not “${format}”.`);
  if (input.columns !== undefined || COLUMN_NAMES.has(path.extname(file).toLowerCase())) return 'columns';
  return readingOf(file, input);
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
      return sentenceBlock(sentence, predictions[index]?.layer ?? [], { id, documentId, annotator, eol }) + eol;
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
    const tags = encode(predictions[index]?.layer ?? [], sentence.tokens.length, 'full');
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
    throw new CliError(`${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}
