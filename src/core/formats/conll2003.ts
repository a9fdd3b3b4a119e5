import { wordCell } from '../columns/cellText.ts';
import { columnReader } from '../columns/columnStream.ts';
import { columnWriter } from '../columns/columnWriter.ts';
import type { Format } from './format.ts';

/** CoNLL-2003: word, part of speech, chunk and entity between spaces; IOB1 or IOB2; `-DOCSTART-` between documents. */
export const conll2003: Format = {
  id: 'conll2003',
  title: 'CoNLL-2003 (four columns)',
  extensions: ['conll', 'txt'],
  shape: 'file',
  holds: {
    tokens: true,
    sentences: true,
    sentenceIds: false,
    documentIds: false,
    unannotated: true,
    annotators: false,
    comments: false,
    spacedWords: false,
    runningText: false,
    cells: ' ',
    partial: true,
  },
  read: (options) => columnReader('conll2003', undefined, options),
  write: (options) =>
    columnWriter(
      {
        format: 'conll2003',
        tagging: 'iob2',
        cells: { separator: ' ' },
        opening: () => ['-DOCSTART- -X- -X- O', ''],
        lines: (sentence, tags) =>
          sentence.tokens.map(({ form }, index) => `${wordCell(form, ' ')} _ _ ${tags?.[index] ?? '_'}`),
      },
      options,
    ),
};
