import type { ColumnDocument, ColumnSentence } from './document.ts';
import { sentenceState } from './sentenceState.ts';

/** A sentence of an outline: 0-based lines first to last (both inclusive), its text, and its spans by label. */
export interface OutlineSentence {
  readonly first: number;
  readonly last: number;
  readonly name: string;
  readonly detail: string;
}

/** Neighbouring sentences of one document of the corpus; `id` is undefined where the file names none. */
export interface OutlineDocument {
  readonly id: string | undefined;
  readonly first: number;
  readonly last: number;
  readonly sentences: readonly OutlineSentence[];
}

/** UTF-16 characters of a sentence's text in its name. */
const LONGEST_NAME = 80;

/** The documents and sentences of a column file in the order of its lines. */
export function outlineOf(columns: ColumnDocument): readonly OutlineDocument[] {
  const parts: { id: string | undefined; first: number; last: number; sentences: OutlineSentence[] }[] = [];
  columns.sentences.forEach((sentence, index) => {
    const first = columns.firstLines[index] ?? 0;
    const entry = { first, last: first + sentence.lineCount - 1, name: nameOf(sentence), detail: detailOf(sentence) };
    const part = parts.at(-1);
    if (part !== undefined && part.id === sentence.documentId) {
      part.sentences.push(entry);
      part.last = entry.last;
      return;
    }
    const mark = columns.marks.find(({ line }) => line > (part?.last ?? -1) && line < first);
    parts.push({ id: sentence.documentId, first: mark?.line ?? first, last: entry.last, sentences: [entry] });
  });
  return parts;
}

function nameOf({ text }: ColumnSentence): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= LONGEST_NAME ? line : `${line.slice(0, LONGEST_NAME).trimEnd()}…`;
}

function detailOf({ gold, comments }: ColumnSentence): string {
  const counts = new Map<string, number>();
  for (const { label } of gold ?? []) counts.set(label, (counts.get(label) ?? 0) + 1);
  const spans = [...counts].map(([label, count]) => `${String(count)} ${label}`).join(', ');
  const said = gold === null ? 'no gold' : spans === '' ? 'no entities' : spans;
  return sentenceState(comments).reviewed === undefined ? said : `${said} · reviewed`;
}
