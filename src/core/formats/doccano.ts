import type { CorpusItem } from '../corpus.ts';
import { fittingUnit, inUtf16, offsetsTo } from './charSpans.ts';
import type { CharSpan } from './charSpans.ts';
import type { Format, OffsetUnit, ReadOptions } from './format.ts';
import {
  elementsOf,
  isObject,
  issueItem,
  jsonReader,
  numbersOf,
  rowWriter,
  spanOf,
  textAt,
  textsOf,
  wordsIn,
} from './json.ts';
import type { Json } from './json.ts';
import { itemsOfRow } from './rows.ts';
import type { Row } from './rows.ts';

/** `[start, end, label]`, or the object that projects with relations have. */
function spanOfLabel(label: unknown): CharSpan | undefined {
  if (!Array.isArray(label)) return spanOf(label, 'start_offset', 'end_offset', 'label');
  const [start, end, name] = label as readonly unknown[];
  return spanOf({ start, end, name }, 'start', 'end', 'name');
}

function take(value: unknown, line: number, options: ReadOptions): readonly CorpusItem[] {
  const text = isObject(value) ? textAt(value, 'text', 'data') : undefined;
  if (!isObject(value) || text === undefined)
    return [issueItem(line, 'error', 'noText', 'This row has no “text”: add it, or delete the row. It was left out.')];
  const items: CorpusItem[] = [];
  const labels = value['label'] ?? value['labels'] ?? value['entities'];
  const spans = elementsOf(labels).map(spanOfLabel);
  const good = spans.filter((span) => span !== undefined);
  if (good.length < spans.length)
    items.push(
      issueItem(
        line,
        'error',
        'label',
        `${String(spans.length - good.length)} labels of this row are not [start, end, label]: correct them. They were left out.`,
      ),
    );
  const relations = elementsOf(value['relations']).length;
  if (relations > 0)
    items.push(
      issueItem(
        line,
        'warning',
        'relations',
        `The ${String(relations)} relations of this row were left out: a layer holds only spans.`,
      ),
    );
  const tokens = wordsIn(text, textsOf(value['tokens']));
  const id = textAt(value, 'sent_id');
  const row: Row = {
    text,
    spans: Array.isArray(labels) ? inUtf16(text, good, options.offsets ?? fittingUnit(text, good)) : null,
    documentId: textAt(value, 'doc'),
    ids: textsOf(value['sent_ids']) ?? (id === undefined ? [] : [id]),
    tokens,
    lengths: numbersOf(value['sentences']),
  };
  return [...items, ...withNotes(itemsOfRow(row, line), value)];
}

/** The comment in which the sentences of a row keep what doccano itself says of it. */
const ROW_NOTE = 'doccano';

/** The sentences of a row with its id, and the first of them with its comments, as `# doccano = {"id":7,"Comments":["look"]}`. */
function withNotes(items: readonly CorpusItem[], { id, Comments: comments }: Json): readonly CorpusItem[] {
  const known = typeof id === 'number' || typeof id === 'string' ? { id } : {};
  const said = textsOf(comments) ?? [];
  let first = true;
  return items.map((item) => {
    if (item.kind !== 'sentence') return item;
    const note = { ...known, ...(first && said.length > 0 ? { Comments: said } : {}) };
    first = false;
    if (Object.keys(note).length === 0) return item;
    const { sentence } = item;
    const own = { key: ROW_NOTE, value: JSON.stringify(note) };
    return { ...item, sentence: { ...sentence, comments: [...(sentence.comments ?? []), own] } };
  });
}

/** What such comments say of a row: its id, where all of its sentences have the same, and the comments of all of them. */
function rowNotes(notes: readonly (string | undefined)[]): Json {
  const read = notes.map((text): Json => {
    try {
      const value: unknown = JSON.parse(text ?? '{}');
      return isObject(value) ? value : {};
    } catch {
      return {};
    }
  });
  const ids = new Set(read.map(({ id }) => id));
  const [id] = ids;
  const comments = read.flatMap((note) => textsOf(note['Comments']) ?? []);
  return {
    ...(ids.size === 1 && (typeof id === 'number' || typeof id === 'string') ? { id } : {}),
    ...(comments.length === 0 ? {} : { Comments: comments }),
  };
}

function valueOf({ text, spans, documentId, ids, tokens, lengths, comments = [] }: Row, unit: OffsetUnit): unknown {
  const offset = offsetsTo(text, unit);
  const one = ids.length === 1 ? ids[0] : undefined;
  const notes = comments.map((own) => own.find(({ key }) => key === ROW_NOTE)?.value);
  const { id, ...rest } = rowNotes(notes);
  return {
    ...(id === undefined ? {} : { id }),
    text,
    ...(spans === null ? {} : { label: spans.map(({ start, end, label }) => [offset(start), offset(end), label]) }),
    ...(one === undefined ? {} : { sent_id: one }),
    ...(ids.length > 1 && ids.every((id) => id !== undefined) ? { sent_ids: ids } : {}),
    ...(documentId === undefined ? {} : { doc: documentId }),
    ...(tokens === undefined ? {} : { tokens: tokens.map(({ form }) => form) }),
    ...(lengths === undefined || lengths.length < 2 ? {} : { sentences: lengths }),
    ...rest,
  };
}

/**
 * doccano's JSON Lines for sequence labelling. Offsets are written in code points, as Python counts; those that are read
 * are taken in the unit that fits, since doccano's page counts UTF-16. Words, sentences and ids go into fields of their
 * own, which doccano keeps as they are; its ids and comments of rows stay in a comment of the sentences.
 */
export const doccano: Format = {
  id: 'doccano',
  title: 'doccano JSON Lines',
  extensions: ['jsonl', 'json'],
  shape: 'file',
  holds: {
    tokens: true,
    sentences: true,
    sentenceIds: true,
    documentIds: true,
    unannotated: true,
    annotators: false,
    comments: false,
    spacedWords: true,
    runningText: true,
    notes: [ROW_NOTE],
  },
  read: (options) => jsonReader((value, line) => take(value, line, options), { lines: true }),
  write: (options) => rowWriter((row) => valueOf(row, options.offsets ?? 'codePoint')),
};
