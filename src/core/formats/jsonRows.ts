import type { FormatId } from './format.ts';
import { elementsOf, isObject, jsonReader } from './json.ts';
import type { Json } from './json.ts';

const MOST_ROWS = 500;

/** Whether a text begins as JSON does, which a bracket among words is not. */
export function looksLikeJson(text: string): boolean {
  return /^\uFEFF?\s*(?:\{\s*(?:["}]|$)|\[\s*(?:[{["\]]|$))/.test(text);
}

/** The first complete rows of JSON whose end may be cut: one a line, or the elements of an array; of a row that alone is cut, what is there. */
export function firstRows(head: string): readonly unknown[] {
  const rows: unknown[] = [];
  const take = (value: unknown): readonly [] => {
    if (rows.length < MOST_ROWS) rows.push(value);
    return [];
  };
  const reader = jsonReader(take, { lines: false });
  reader.push(head);
  reader.end();
  if (rows.length > 0) return rows;
  const lines = jsonReader(take, { lines: true });
  lines.push(head);
  if (rows.length > 0) return rows;
  const cut = completed(head.replace(/^[\s\uFEFF]*\[?(?=\s*\{)/, ''));
  return cut === undefined ? [] : [cut];
}

/** A JSON value that was cut, up to its last complete part. */
function completed(text: string): unknown {
  const open: string[] = [];
  let string = false;
  let good: { at: number; closing: string } | undefined;
  for (let index = 0; index < text.length; index++) {
    const sign = text.charAt(index);
    if (string) {
      if (sign === '\\') index++;
      else if (sign === '"') string = false;
    } else if (sign === '"') string = true;
    else if (sign === '{' || sign === '[') {
      open.push(sign === '{' ? '}' : ']');
      good = { at: index + 1, closing: open.toReversed().join('') };
    } else if (sign === '}' || sign === ']') {
      open.pop();
      good = { at: index + 1, closing: open.toReversed().join('') };
    } else if (sign === ',') good = { at: index, closing: open.toReversed().join('') };
  }
  if (good === undefined) return undefined;
  try {
    return JSON.parse(text.slice(0, good.at) + good.closing);
  } catch {
    return undefined;
  }
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string';

/** Some element of a list has all of these keys. */
function someHas(list: unknown, ...keys: readonly string[]): boolean {
  return elementsOf(list).some((element) => isObject(element) && keys.every((key) => key in element));
}

/** A list of regions as Label Studio's short export has them. */
export function isRegionList(value: unknown): boolean {
  return someHas(value, 'start', 'end', 'labels');
}

/** The format whose row this is; undefined where nothing in it tells. */
export function formatOfRow(row: unknown): FormatId | undefined {
  if (isList(row)) return isText(row[0]) && isObject(row[1]) ? 'spacy' : undefined;
  if (!isObject(row)) return undefined;
  return formatOfWords(row) ?? formatOfSpans(row);
}

function formatOfWords(row: Json): FormatId | undefined {
  if ('annotator' in row) return undefined;
  const words = row['tokens'] ?? row['words'] ?? row['tokenized_text'];
  if (!isList(words) || !words.every(isText)) return undefined;
  const tags = row['labels'];
  const tagged =
    isList(tags) && tags.length === words.length && tags.every((tag) => isText(tag) || typeof tag === 'number');
  const numbered = tagged && (row['text'] === undefined || words.length > 0);
  if ('ner_tags' in row || isList(row['tags']) || isList(row['ner']) || numbered) return 'jsonl';
  return row['text'] === undefined && row['data'] === undefined && words.length > 0 ? 'jsonl' : undefined;
}

function formatOfSpans(row: Json): FormatId | undefined {
  if (isObject(row['data']) || someHas(row['annotations'] ?? row['completions'], 'result')) return 'label-studio';
  const short = 'annotator' in row || 'annotation_id' in row || 'lead_time' in row;
  if (Object.values(row).some(isRegionList) || (short && isText(row['text']))) return 'label-studio-min';
  if ('paragraphs' in row || 'ents' in row) return 'spacy';
  const answered = 'answer' in row || '_input_hash' in row || '_task_hash' in row;
  if (answered || elementsOf(row['tokens']).some(isObject) || isList(row['spans'])) return 'prodigy';
  const labels = row['label'] ?? row['labels'] ?? row['entities'] ?? row['annotations'];
  if (someHas(labels, 'start', 'end', 'label')) return 'spacy';
  if (isList(labels)) return 'doccano';
  return undefined;
}
