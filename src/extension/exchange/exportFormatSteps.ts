import type { Format } from '../../core/formats/format.ts';
import { formatOf, formats } from '../../core/formats/registry.ts';
import { chooseOne, writeLine } from '../base/wizard.ts';
import type { StepPlace } from '../base/wizard.ts';
import { isColumnPath } from './exportDocuments.ts';
import type { Answer, ExportAnswers } from './exportWish.ts';

/** Asks for the format. */
export async function askFormat(answers: ExportAnswers, place: StepPlace): Promise<Answer> {
  const format = await chooseOne(
    place,
    'Which format?',
    formats
      .filter((one) => one.write !== undefined)
      .map((one) => ({
        value: one.id,
        label: one.title,
        description: shapeText(one),
        detail: `Keeps ${keptText(one)}`,
      })),
    answers.format,
  );
  return format === undefined || format === 'back'
    ? format
    : { ...answers, format, dataFiles: format === 'hf' ? answers.dataFiles : undefined };
}

/** Whether the format keeps the running text of these documents, which is cut where sentences are left out of it. */
export function cutsText({ format, fill, documents }: ExportAnswers): boolean {
  const filled = fill === 'bert' || fill === 't5';
  return !filled && formatOf(format)?.holds.runningText === true && !documents.every(({ path }) => isColumnPath(path));
}

/** Asks how texts are cut. */
export async function askRecords(answers: ExportAnswers, place: StepPlace): Promise<Answer> {
  const records = await chooseOne(
    place,
    'Texts are cut where sentences are left out. What is one record?',
    [
      {
        value: 'run' as const,
        label: 'A Run of Sentences',
        description: 'neighbouring sentences as the text has them; the whole text where nothing is left out',
      },
      { value: 'sentence' as const, label: 'A Sentence', description: 'each one by itself' },
    ],
    answers.records,
  );
  return records === undefined || records === 'back' ? records : { ...answers, records };
}

function shapeText(format: Format): string {
  if (format.shape === 'file') return `.${format.extensions[0] ?? format.id}`;
  return format.shape === 'pairs' ? 'a folder, two files a document' : 'a folder';
}

/** What a format holds besides text and entities, in words. */
export function keptText({ holds }: Format): string {
  const kept = [
    holds.tokens && 'words',
    holds.sentences && 'sentences',
    holds.documentIds && 'documents',
    holds.sentenceIds && 'ids',
    holds.unannotated && 'what nobody annotated',
    holds.annotators && 'who annotated',
    holds.comments && 'notes',
    holds.runningText && 'the text as it runs',
  ].filter((word) => word !== false);
  return kept.length === 0 ? 'text and entities' : `text, entities, ${kept.join(', ')}`;
}

/** Asks for the files of a dataset folder. */
export async function askDataFiles(answers: ExportAnswers, place: StepPlace): Promise<Answer> {
  const dataFiles = await chooseOne(
    place,
    'In which files do the rows of the dataset lie?',
    [
      { value: 'jsonl' as const, label: 'JSON Lines', description: 'can be read by people too' },
      { value: 'parquet' as const, label: 'Parquet', description: 'typed columns, smaller' },
    ],
    answers.dataFiles,
  );
  return dataFiles === undefined || dataFiles === 'back' ? dataFiles : { ...answers, dataFiles };
}

/** Asks for the licence of a dataset. */
export async function askLicence(answers: ExportAnswers, place: StepPlace): Promise<Answer> {
  const prompt =
    'The licence of the dataset, as Hugging Face names it (cc-by-sa-4.0). Empty: the card says that it is not stated.';
  const written = await writeLine(place, prompt, answers.licence ?? '', (text) =>
    /^[\w.+-]*$/.test(text.trim()) ? undefined : 'A licence is one word, such as cc-by-4.0 or mit.',
  );
  if (written === undefined || written === 'back') return written;
  const licence = written.text.trim();
  return { ...answers, licence: licence === '' ? undefined : licence };
}
