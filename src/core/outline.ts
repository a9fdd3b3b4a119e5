import type { ColumnDocument, ColumnSentence } from './columns/document.ts';
import { decidedSpans } from './decisions.ts';
import { workState, workStateNames } from './workState.ts';

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
  /** How many sentences it has, listed or not. */
  readonly count: number;
  readonly sentences: readonly OutlineSentence[];
}

/** UTF-16 characters of a sentence's text in its name. */
const LONGEST_NAME = 80;
/** Sentences that stand as one document where a long file names none. */
const CHUNK = 100;

interface Part {
  readonly id: string | undefined;
  readonly first: number;
  last: number;
  count: number;
  readonly sentences: OutlineSentence[];
}

/**
 * The documents and sentences of a column file in the order of its lines. Of a file with more than `mostSentences` only
 * documents are listed; sentences that belong to none then count as documents of `CHUNK` sentences.
 */
export function outlineOf(columns: ColumnDocument, mostSentences = Infinity): readonly OutlineDocument[] {
  const parts: Part[] = [];
  const whole = columns.sentences.length <= mostSentences;
  let mark = 0;
  columns.sentences.forEach((sentence, index) => {
    const first = columns.firstLines[index] ?? 0;
    const last = first + sentence.lineCount - 1;
    let part = parts.at(-1);
    const full = !whole && part?.id === undefined && part?.count === CHUNK;
    if (part === undefined || part.id !== sentence.documentId || full) {
      const after = part?.last ?? -1;
      while ((columns.marks[mark]?.line ?? Infinity) <= after) mark++;
      const opened = columns.marks[mark]?.line ?? Infinity;
      part = { id: sentence.documentId, first: Math.min(opened, first), last, count: 0, sentences: [] };
      parts.push(part);
    }
    part.last = last;
    part.count++;
    if (whole) part.sentences.push({ first, last, name: nameOf(sentence), detail: detailOf(sentence) });
  });
  if (whole) return parts;
  let before = 0;
  return parts.map((part) => {
    const from = before + 1;
    before += part.count;
    return { ...part, id: part.id ?? `Sentences ${String(from)} to ${String(before)}` };
  });
}

function nameOf({ text }: ColumnSentence): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= LONGEST_NAME ? line : `${line.slice(0, LONGEST_NAME).trimEnd()}…`;
}

function detailOf(sentence: ColumnSentence): string {
  const counts = new Map<string, number>();
  for (const { label } of decidedSpans(sentence)) counts.set(label, (counts.get(label) ?? 0) + 1);
  const spans = [...counts].map(([label, count]) => `${String(count)} ${label}`).join(', ');
  const state = workState(sentence);
  if (state === 'untouched') return workStateNames.untouched;
  const said = spans === '' ? 'no entities' : spans;
  return state === 'complete' ? said : `${said} · ${workStateNames[state]}`;
}
