import type { CorpusItem } from '../corpus.ts';
import type { Token } from '../token.ts';
import { fittingUnit, inUtf16, offsetsTo } from './charSpans.ts';
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
import { itemsOfRow } from './rows.ts';
import type { Row } from './rows.ts';

function take(value: unknown, line: number, options: ReadOptions): readonly CorpusItem[] {
  const text = isObject(value) ? textAt(value, 'text') : undefined;
  if (!isObject(value) || text === undefined)
    return [
      issueItem(line, 'error', 'noText', 'This task has no “text”: add it, or delete the task. It was left out.'),
    ];
  const items: CorpusItem[] = [];
  const written = value['spans'];
  const spans = elementsOf(written).map((span) => spanOf(span, 'start', 'end', 'label'));
  const good = spans.filter((span) => span !== undefined);
  if (good.length < spans.length)
    items.push(
      issueItem(
        line,
        'error',
        'label',
        `${String(spans.length - good.length)} spans of this task have no start, end and label: correct them. They were left out.`,
      ),
    );
  const answer = textAt(value, 'answer');
  const refused = answer === 'reject' || answer === 'ignore';
  const choice =
    !Array.isArray(written) &&
    (value['options'] !== undefined || value['accept'] !== undefined || typeof value['label'] === 'string');
  // A task that was accepted without a span is a text without entities, unless the question was another one.
  const annotated = !refused && !choice && (Array.isArray(written) || answer === 'accept');
  if (refused || choice)
    items.push(
      issueItem(
        line,
        'warning',
        'answer',
        refused
          ? `The answer of this task is “${answer}”: its text was taken as not annotated.`
          : 'This task asks for a choice, not for spans: its text was taken as not annotated.',
      ),
    );
  const relations = elementsOf(value['relations']).length;
  if (relations > 0)
    items.push(
      issueItem(
        line,
        'warning',
        'relations',
        `The ${String(relations)} relations of this task were left out: a layer holds only spans.`,
      ),
    );
  const meta = isObject(value['meta']) ? value['meta'] : {};
  const forms = elementsOf(value['tokens']).map((token) => (isObject(token) ? (textAt(token, 'text') ?? '') : ''));
  const words = forms.filter((form) => form.trim() !== '');
  const id = textAt(meta, 'id');
  const row: Row = {
    text,
    spans: annotated ? inUtf16(text, good, options.offsets ?? fittingUnit(text, good)) : null,
    unread: spans.length - good.length,
    documentId: textAt(meta, 'doc'),
    ids: textsOf(meta['ids']) ?? (id === undefined ? [] : [id]),
    tokens: wordsIn(text, words),
    lengths: numbersOf(meta['sentences']),
  };
  return [...items, ...itemsOfRow(row, line)];
}

function valueOf({ text, spans, documentId, ids, tokens = [], lengths = [] }: Row, unit: OffsetUnit): unknown {
  const offset = offsetsTo(text, unit);
  const one = ids.length === 1 ? ids[0] : undefined;
  const meta = {
    ...(documentId === undefined ? {} : { doc: documentId }),
    ...(one === undefined ? {} : { id: one }),
    ...(ids.length > 1 && ids.every((id) => id !== undefined) ? { ids } : {}),
    ...(lengths.length < 2 ? {} : { sentences: lengths }),
  };
  const places = tokens.map((token, id) => ({
    text: token.form,
    start: offset(token.start),
    end: offset(token.end),
    id,
    ws: /\s/.test(text.charAt(token.end)),
  }));
  return {
    text,
    ...(Object.keys(meta).length === 0 ? {} : { meta }),
    tokens: places,
    ...(spans === null ? {} : { spans: spansOf(spans, tokens, offset), answer: 'accept' }),
  };
}

function spansOf(spans: NonNullable<Row['spans']>, tokens: readonly Token[], offset: (at: number) => number): unknown {
  let at = 0;
  return spans.map(({ start, end, label }) => {
    while (at < tokens.length && (tokens[at]?.end ?? 0) <= start) at++;
    let last = at;
    while (last + 1 < tokens.length && (tokens[last + 1]?.start ?? end) < end) last++;
    return { start: offset(start), end: offset(end), token_start: at, token_end: last, label };
  });
}

/** Prodigy's JSON Lines for entities: code points, words with ids, `token_end` inclusive; a task without `spans` is annotated where it was accepted. */
export const prodigy: Format = {
  id: 'prodigy',
  title: 'Prodigy JSON Lines',
  extensions: ['jsonl'],
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
  },
  read: (options) => jsonReader((value, line) => take(value, line, options), { lines: true }),
  write: (options) => rowWriter((row) => valueOf(row, options.offsets ?? 'codePoint')),
};
