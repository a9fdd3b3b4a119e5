import papa from 'papaparse';
import type { CorpusItem, CorpusSentence } from '../corpus.ts';
import { goldParts } from '../decisions.ts';
import { append } from '../lists.ts';
import { countBreaks } from '../lines.ts';
import { encode } from '../scheme.ts';
import { boundedTagging, decodeAs } from '../tagging.ts';
import type { Format, Reader, ReadOptions, Writer, WriteOptions } from './format.ts';
import { issueItem, wordsIn } from './json.ts';
import { joinForms } from './tokenOffsets.ts';

/** The columns of a table of words, from 0. */
export interface CsvColumns {
  readonly form: number;
  readonly tag: number;
  readonly sentence: number | undefined;
  readonly id: number | undefined;
  readonly document: number | undefined;
  readonly text: number | undefined;
}

const names = {
  form: /^(?:words?|tokens?|form)$/i,
  tag: /^(?:tags?|labels?|ner(?:[ _-]?tags?)?|entit(?:y|ies)|iob2?|bio)$/i,
  sentence: /^(?:sentence(?: ?#|[ _-]?(?:no|number|idx|index))?|sent)$/i,
  id: /^sent(?:ence)?[ _-]?id$/i,
  document: /^(?:doc(?:ument)?)(?:[ _-]?id)?$/i,
  text: /^text$/i,
} as const;

/** The first row of a table, and the columns that its names tell; undefined for a table whose names do not tell words and tags. */
export function csvHeader(head: string): {
  readonly cells: readonly string[];
  readonly columns: CsvColumns | undefined;
} {
  const cells = (papa.parse(head.replace(/^\uFEFF/, ''), { preview: 1 }).data[0] ?? []).map((cell) => cell.trim());
  const at = (key: keyof typeof names): number | undefined => {
    const found = cells.findIndex((cell) => names[key].test(cell));
    return found < 0 ? undefined : found;
  };
  const [form, tag] = [at('form'), at('tag')];
  const sentence = at('sentence');
  const columns =
    form === undefined || tag === undefined
      ? undefined
      : { form, tag, sentence: sentence ?? at('id'), id: at('id'), document: at('document'), text: at('text') };
  return { cells, columns };
}

function columnsOf({ layout }: ReadOptions, text: string): CsvColumns | undefined {
  const { columns } = csvHeader(text.slice(0, 1 << 16));
  if (layout === undefined) return columns;
  const none = { sentence: undefined, id: undefined, document: undefined, text: undefined };
  const cells = csvHeader(text.slice(0, 1 << 16)).cells;
  const sentence = cells.findIndex((cell) => names.sentence.test(cell) || names.id.test(cell));
  return { ...none, ...columns, sentence: sentence < 0 ? undefined : sentence, form: layout.form, tag: layout.tag };
}

interface Word {
  readonly form: string;
  readonly tag: string;
  readonly line: number;
}

function sentenceItems(
  words: readonly Word[],
  parts: Pick<CorpusSentence, 'id' | 'documentId'>,
  written: string,
): readonly CorpusItem[] {
  const forms = words.map(({ form }) => form);
  const placed = written === '' ? undefined : wordsIn(written, forms);
  const { text, tokens } = placed === undefined ? joinForms(forms) : { text: written, tokens: placed };
  const tags = words.map(({ tag }) => tag);
  const undecided = tags.flatMap((tag, token) => (tag === '_' || tag === '' ? [token] : []));
  const decided = tags.map((tag) => (tag === '_' || tag === '' ? 'O' : tag));
  const { layer, illegal } = decodeAs(decided, boundedTagging(decided) ?? 'iob2');
  const issues = illegal.map((index) => {
    const message = `The tag ${tags[index] ?? ''} of “${forms[index] ?? ''}” breaks the rules of IOB2 and was read as well as it can be: correct it.`;
    return issueItem(words[index]?.line ?? 1, 'warning', 'orphanTag', message);
  });
  const { gold, partial } = goldParts({ layer, undecided }, tags.length);
  const lineOf = (token: number): number => words[token]?.line ?? 1;
  const sentence: CorpusSentence = {
    text,
    tokens,
    layer: gold,
    ...(partial === undefined ? {} : { partial }),
    ...parts,
  };
  return [...issues, { kind: 'sentence', sentence, lineOf }];
}

function items(text: string, options: ReadOptions): readonly CorpusItem[] {
  const columns = columnsOf(options, text);
  if (columns === undefined)
    return [
      issueItem(
        1,
        'error',
        'columns',
        'The first row does not name a column of words (word, token) and one of tags (tag, label, ner): name them (--columns form=N,tag=N).',
      ),
    ];
  const { data, errors } = papa.parse(text);
  const result: CorpusItem[] = errors
    .filter(({ type }) => type !== 'Delimiter')
    .map(({ row = 0, message }) => issueItem(row + 1, 'error', 'csv', `${message}: correct the row.`));
  let words: Word[] = [];
  let parts: Pick<CorpusSentence, 'id' | 'documentId'> = {};
  let [number, written, line] = ['', '', 1];
  const close = (): void => {
    if (words.length > 0) append(result, sentenceItems(words, parts, written));
    words = [];
  };
  data.forEach((row, index) => {
    const at = line;
    line += 1 + row.reduce((sum, cell) => sum + countBreaks(cell), 0);
    if (index === 0) return;
    const cell = (column: number | undefined): string => (column === undefined ? '' : (row[column] ?? ''));
    const blank = row.every((one) => one.trim() === '');
    const next = cell(columns.sentence);
    if (blank || (next !== '' && next !== number)) close();
    if (blank) return;
    if (next !== '') number = next;
    const form = cell(columns.form);
    if (form.trim() === '') {
      result.push(
        issueItem(
          at,
          'error',
          'emptyForm',
          'The cell of the word is empty: write the word, or delete the row. It was left out.',
        ),
      );
      return;
    }
    if (words.length === 0) {
      const [id, documentId] = [cell(columns.id), cell(columns.document)];
      parts = { ...(id === '' ? {} : { id }), ...(documentId === '' ? {} : { documentId }) };
      written = cell(columns.text);
    }
    words.push({ form, tag: cell(columns.tag).trim(), line: at });
  });
  close();
  return result;
}

function reader(options: ReadOptions): Reader {
  const parts: string[] = [];
  return {
    push: (text) => {
      parts.push(text);
      return [];
    },
    end: () => items(parts.join('').replace(/^\uFEFF/, ''), options),
  };
}

function writer({ eol }: WriteOptions): Writer {
  let number = 0;
  const lines = (rows: readonly (readonly string[])[]): string => papa.unparse(rows, { newline: eol }) + eol;
  const head = (): string =>
    number === 0 ? lines([['sentence', 'sentence_id', 'document', 'text', 'word', 'tag']]) : '';
  return {
    add: (item) => {
      if (item.kind !== 'sentence') return [];
      const { tokens, layer, id = '', documentId = '', text } = item.sentence;
      const tags = layer === null ? undefined : encode(layer, tokens.length, 'full');
      const before = head();
      number++;
      const rows = tokens.map(({ form }, index) => [
        ...[String(number), id, documentId],
        ...[index === 0 ? text : '', form, tags?.[index] ?? '_'],
      ]);
      return [{ file: '', text: before + lines(rows) }];
    },
    end: () => (number === 0 ? [{ file: '', text: head() }] : []),
  };
}

/** A table of words with a header, between commas or what else its first rows are between: one word a row, with its tag and its sentence. */
export const csv: Format = {
  id: 'csv',
  title: 'CSV (a word a row, with a header)',
  extensions: ['csv'],
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
    runningText: false,
  },
  read: reader,
  write: writer,
};
