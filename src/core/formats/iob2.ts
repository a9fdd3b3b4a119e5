import type { CorpusSentence } from '../corpus.ts';
import type { Eol } from '../lines.ts';
import { encode } from '../scheme.ts';
import { annotatorCell, commentText } from './columnEdits.ts';

/** How a UNER file is written. */
export interface Iob2Options {
  readonly eol: Eol;
  /** The name beside the tags of spans whose sentence does not say who decided. */
  readonly annotator: string;
}

/** The lines of a sentence in UNER's five columns, with its comments, ready for its blank line; `opens` writes the id of its document. */
export function iob2Lines(sentence: CorpusSentence, opens: boolean, annotator: string): readonly string[] {
  const { tokens, layer } = sentence;
  const tags = layer === null ? undefined : encode(layer, tokens.length, 'full');
  const comment = (key: string, value: string): string => `# ${key} = ${commentText(value)}`;
  return [
    ...(opens ? [sentence.documentId === undefined ? '# newdoc' : comment('newdoc id', sentence.documentId)] : []),
    ...(sentence.id === undefined ? [] : [comment('sent_id', sentence.id)]),
    ...(sentence.comments ?? []).map(({ key, value }) =>
      value === '' ? `# ${commentText(key)}` : comment(key, value),
    ),
    comment('text', sentence.text),
    ...tokens.map(({ form }, index) => {
      const tag = tags?.[index] ?? '_';
      const nobody = tag === 'O' || tag === '_' ? '-' : annotator;
      const name = sentence.annotators?.[index] ?? nobody;
      return `${String(index + 1)}\t${form}\t${tag}\t-\t${annotatorCell(name, '\t')}`;
    }),
  ];
}

/** A UNER file of sentences, one piece of text a sentence; a document's id stands before its first sentence. */
export function* writeIob2(sentences: Iterable<CorpusSentence>, options: Iob2Options): Generator<string> {
  let documentId: string | undefined;
  for (const sentence of sentences) {
    const lines = iob2Lines(sentence, sentence.documentId !== documentId, options.annotator);
    documentId = sentence.documentId;
    yield [...lines, ''].map((line) => line + options.eol).join('');
  }
}
