import type { Format } from './format.ts';
import { itemsOfRow } from './rows.ts';

/** Plain text, on the way in only: sentences and words are found, nothing is annotated. */
export const plainText: Format = {
  id: 'text',
  title: 'Plain text',
  extensions: ['txt', 'md'],
  shape: 'file',
  holds: {
    tokens: false,
    sentences: false,
    sentenceIds: false,
    documentIds: false,
    unannotated: true,
    annotators: false,
    comments: false,
    spacedWords: false,
    runningText: true,
  },
  read: (options) => {
    const parts: string[] = [];
    return {
      push: (text) => {
        parts.push(text);
        return [];
      },
      end: () => {
        const text = parts.join('').replace(/^\uFEFF/, '');
        return itemsOfRow(
          { text, spans: null, documentId: options.name, ids: [], tokens: undefined, lengths: undefined },
          1,
          true,
        );
      },
    };
  },
};
