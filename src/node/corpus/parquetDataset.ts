import { fileWriter, parquetWriteRows } from 'hyparquet-writer';
import type { SchemaElement } from 'hyparquet-writer';
import * as v from 'valibot';
import { LineFeed } from '../../core/formats/lineFeed.ts';
import { textOf } from './corpusInput.ts';

/** A row as the dataset's JSON Lines have it. */
const rowSchema = v.object({
  id: v.string(),
  doc: v.nullable(v.string()),
  text: v.string(),
  tokens: v.array(v.string()),
  ner_tags: v.nullable(v.array(v.number())),
  spans: v.nullable(v.array(v.object({ start: v.number(), end: v.number(), label: v.string() }))),
});

const ROWS_IN_MEMORY = 1000;
const column = (name: string, type: 'text' | 'number'): SchemaElement => ({
  name,
  repetition_type: 'OPTIONAL',
  ...(type === 'text' ? { type: 'BYTE_ARRAY', converted_type: 'UTF8' } : { type: 'INT64' }),
});
const list = (name: string, ...element: readonly SchemaElement[]): readonly SchemaElement[] => [
  { name, num_children: 1, converted_type: 'LIST', repetition_type: 'OPTIONAL' },
  { name: 'list', num_children: 1, repetition_type: 'REPEATED' },
  ...element,
];
const columns = ['id', 'doc', 'text', 'tokens', 'ner_tags', 'spans'];
const schema: SchemaElement[] = [
  { name: 'root', num_children: columns.length },
  ...['id', 'doc', 'text'].map((name) => column(name, 'text')),
  ...list('tokens', column('element', 'text')),
  ...list('ner_tags', column('element', 'number')),
  ...list(
    'spans',
    { name: 'element', num_children: 3, repetition_type: 'OPTIONAL' },
    column('start', 'number'),
    column('end', 'number'),
    column('label', 'text'),
  ),
];

/** Writes the rows of a dataset's JSON Lines as a Parquet file, some of them in memory at a time. Throws where a row is none. */
export function toParquet(jsonl: string, parquet: string): void {
  const done = parquetWriteRows({
    writer: fileWriter(parquet),
    rows: rowsOf(jsonl),
    columns: columns.map((name) => ({ name })),
    schema,
    rowGroupSize: ROWS_IN_MEMORY,
  });
  if (done instanceof Promise) throw new Error('Parquet was not written at once.');
}

function* rowsOf(jsonl: string): Generator<Record<string, unknown>> {
  let found: string[] = [];
  const feed = new LineFeed((content) => {
    if (content !== '') found.push(content);
  });
  for (const piece of textOf(jsonl)) {
    feed.push(piece);
    for (const line of found) yield parquetRow(line);
    found = [];
  }
  feed.end();
  for (const line of found) yield parquetRow(line);
}

function parquetRow(line: string): Record<string, unknown> {
  const row = v.parse(rowSchema, JSON.parse(line));
  return {
    ...row,
    ner_tags: row.ner_tags?.map(BigInt) ?? null,
    spans: row.spans?.map(({ start, end, label }) => ({ start: BigInt(start), end: BigInt(end), label })) ?? null,
  };
}
