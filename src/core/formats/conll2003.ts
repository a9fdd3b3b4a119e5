import { columnReader } from '../columns/columnStream.ts';
import { columnWriter } from '../columns/columnWriter.ts';
import type { Format } from './format.ts';
import { labelCell } from './iob2.ts';

/** A word as a cell between spaces can hold it. */
function cell(form: string): string {
  return form.replace(/\s/gu, '\u00A0');
}

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
    spacedLabels: false,
    spacedWords: false,
    runningText: false,
  },
  read: (options) => columnReader('conll2003', undefined, options),
  write: (options) =>
    columnWriter(
      {
        format: 'conll2003',
        tagging: 'iob2',
        opening: () => ['-DOCSTART- -X- -X- O', ''],
        lines: (sentence, tags) =>
          sentence.tokens.map(({ form }, index) => `${cell(form)} _ _ ${labelCell(tags?.[index] ?? '_')}`),
      },
      options,
    ),
};
