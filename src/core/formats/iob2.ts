import type { CorpusSentence } from '../corpus.ts';
import type { Eol } from '../lines.ts';
import type { Tagging } from '../tagging.ts';
import type { Token } from '../token.ts';
import { decisionsOf, tagsOfDecisions } from '../decisions.ts';
import { tagCell, textOfCells, wordCell } from '../columns/cellText.ts';
import { annotatorCell, commentText } from '../columns/columnEdits.ts';
import { columnReader } from '../columns/columnStream.ts';
import { columnWriter } from '../columns/columnWriter.ts';
import type { Format, FormatId, Holds } from './format.ts';

const TABS = { separator: '\t' } as const;

/** How a UNER file is written. */
export interface Iob2Options {
  readonly eol: Eol;
  /** The name beside the tags of spans whose sentence does not say who decided. */
  readonly annotator: string;
}

const comment = (key: string, value: string): string => `# ${key} = ${commentText(value)}`;

/** The line that begins a document in UNER and CoNLL-U. */
export function openingLine(documentId: string | undefined): string {
  return documentId === undefined ? '# newdoc' : comment('newdoc id', documentId);
}

/** The comments of a sentence in UNER and CoNLL-U: its id, what was noted, and its text. */
export function commentLines(sentence: CorpusSentence): readonly string[] {
  return [
    ...(sentence.id === undefined ? [] : [comment('sent_id', sentence.id)]),
    ...(sentence.comments ?? []).map(({ key, value }) =>
      value === '' ? `# ${commentText(key)}` : comment(key, value),
    ),
    comment('text', textOfCells(sentence.text, sentence.tokens)),
  ];
}

/** The row `2-3 du …` before the first of several tokens that are written as one word, with `rest` as its other cells. */
export function rangeRow({ text, tokens }: CorpusSentence, index: number, rest: string): readonly string[] {
  const token = tokens[index];
  if (token === undefined || sharesPlace(token, tokens[index - 1]) || !sharesPlace(token, tokens[index + 1])) return [];
  let end = index + 1;
  while (sharesPlace(token, tokens[end])) end++;
  return [`${String(index + 1)}-${String(end)}\t${wordCell(text.slice(token.start, token.end), '\t')}${rest}`];
}

function sharesPlace(token: Token, other: Token | undefined): boolean {
  return other !== undefined && other.start === token.start && other.end === token.end;
}

/** The lines of a sentence in UNER's five columns, with its comments. Tags, as cells hold them, are undefined where nobody annotated it. */
export function unerLines(
  sentence: CorpusSentence,
  tags: readonly string[] | undefined,
  annotator: string,
): readonly string[] {
  return [
    ...commentLines(sentence),
    ...sentence.tokens.flatMap(({ form }, index) => {
      const tag = tags?.[index] ?? '_';
      const nobody = tag === 'O' || tag === '_' ? '-' : annotator;
      const name = sentence.annotators?.[index] ?? nobody;
      return [
        ...rangeRow(sentence, index, '\t_\t-\t-'),
        `${String(index + 1)}\t${wordCell(form, '\t')}\t${tag}\t-\t${annotatorCell(name, '\t')}`,
      ];
    }),
  ];
}

/** A UNER file of sentences, one piece of text a sentence; a document's id stands before its first sentence. */
export function* writeIob2(sentences: Iterable<CorpusSentence>, options: Iob2Options): Generator<string> {
  let documentId: string | undefined;
  for (const sentence of sentences) {
    const decisions = decisionsOf({ gold: sentence.layer, partial: sentence.partial });
    const tags = tagsOfDecisions(decisions, sentence.tokens.length, 'iob2').map((tag) => tagCell(tag, TABS));
    const opening = sentence.documentId === documentId ? [] : [openingLine(sentence.documentId)];
    documentId = sentence.documentId;
    const lines = [...opening, ...unerLines(sentence, tags, options.annotator), ''];
    yield lines.map((line) => line + options.eol).join('');
  }
}

const unerHolds: Holds = {
  tokens: true,
  sentences: true,
  sentenceIds: true,
  documentIds: true,
  unannotated: true,
  annotators: true,
  comments: true,
  spacedWords: true,
  runningText: false,
  cells: '\t',
  partial: true,
};

/** A format of UNER's columns whose tags are written in a tagging of their own. */
export function unerFormat(id: FormatId, title: string, extension: string, tagging: Tagging): Format {
  return {
    id,
    title,
    extensions: [extension, 'conll', 'tsv'],
    shape: 'file',
    holds: unerHolds,
    read: (options) => columnReader(id, tagging, options),
    write: (options) =>
      columnWriter(
        {
          format: id,
          tagging,
          cells: TABS,
          opening: (documentId) => [openingLine(documentId)],
          lines: (sentence, tags) => unerLines(sentence, tags, options.annotator),
        },
        options,
      ),
  };
}

/** UNER's own format: IOB2 tags in five columns; other column files are read too, and keep their columns. */
export const iob2: Format = unerFormat('iob2', 'IOB2 columns (UNER)', 'iob2', 'iob2');
