import type { CorpusSentence } from '../corpus.ts';
import { wordCell } from '../columns/cellText.ts';
import { columnReader } from '../columns/columnStream.ts';
import { columnWriter } from '../columns/columnWriter.ts';
import type { Format } from './format.ts';
import { commentLines, openingLine, rangeRow } from './iob2.ts';

/** The ten columns of a sentence; what nobody said is `_`. */
function rows(sentence: CorpusSentence, tags: readonly string[] | undefined): readonly string[] {
  const { tokens } = sentence;
  return tokens.flatMap(({ form, end }, index) => {
    const next = tokens[index + 1];
    const misc = [
      ...(tags === undefined ? [] : [`NER=${tags[index] ?? 'O'}`]),
      ...(next !== undefined && next.start === end ? ['SpaceAfter=No'] : []),
    ];
    return [
      ...rangeRow(sentence, index, '\t_'.repeat(8)),
      `${String(index + 1)}\t${wordCell(form, '\t')}${'\t_'.repeat(7)}\t${misc.length === 0 ? '_' : misc.join('|')}`,
    ];
  });
}

/** CoNLL-U with IOB2 tags in its last column (`NER=B-PER`). */
export const conllu: Format = {
  id: 'conllu',
  title: 'CoNLL-U (entities in MISC)',
  extensions: ['conllu'],
  shape: 'file',
  holds: {
    tokens: true,
    sentences: true,
    sentenceIds: true,
    documentIds: true,
    unannotated: true,
    annotators: false,
    comments: true,
    spacedWords: true,
    runningText: false,
    cells: '\t',
    partial: true,
  },
  read: (options) => columnReader('conllu', 'iob2', options),
  write: (options) =>
    columnWriter(
      {
        format: 'conllu',
        tagging: 'iob2',
        cells: { separator: '\t', tagKey: 'NER' },
        opening: (documentId) => [openingLine(documentId)],
        lines: (sentence, tags) => [...commentLines(sentence), ...rows(sentence, tags)],
      },
      options,
    ),
};

/** The columns that a new file of CoNLL-U Plus has. */
const PLUS_COLUMNS = 'ID FORM NER';

/** CoNLL-U Plus: a header names the columns, of which one holds IOB2 tags. Files keep the columns that they come with. */
export const conllup: Format = {
  ...conllu,
  id: 'conllup',
  title: 'CoNLL-U Plus (entities in a column of their own)',
  extensions: ['conllup'],
  read: (options) => columnReader('conllup', 'iob2', options),
  write: (options) =>
    columnWriter(
      {
        format: 'conllup',
        tagging: 'iob2',
        cells: { separator: '\t' },
        header: [`# global.columns = ${PLUS_COLUMNS}`],
        opening: (documentId) => [openingLine(documentId)],
        lines: (sentence, tags) => [
          ...commentLines(sentence),
          ...sentence.tokens.flatMap(({ form }, index) => [
            ...rangeRow(sentence, index, '\t_'),
            `${String(index + 1)}\t${wordCell(form, '\t')}\t${tags?.[index] ?? '_'}`,
          ]),
        ],
      },
      options,
    ),
};
