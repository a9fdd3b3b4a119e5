import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import path from 'node:path';
import { TextDecoder } from 'node:util';
import type { CorpusItem } from '../../core/corpus.ts';
import { parseColumnChoice, previewColumns, previewText } from '../../core/columns/columnChoice.ts';
import { ColumnScanner } from '../../core/columns/columnScan.ts';
import type { ColumnLayout, ColumnSentence, Issue } from '../../core/columns/document.ts';
import type { Format, FormatId, ReadOptions, Reader } from '../../core/formats/format.ts';
import { csvHeader } from '../../core/formats/csv.ts';
import { looksLikeJson } from '../../core/formats/jsonRows.ts';
import { formatOf, formats } from '../../core/formats/registry.ts';
import { tellFormat } from '../../core/formats/tellFormat.ts';
import type { ToldFormat } from '../../core/formats/tellFormat.ts';
import { itemsOfProse } from '../../core/proseItems.ts';
import { ProseScanner } from '../../core/proseScan.ts';
import { datasetTagNames } from './datasetNames.ts';
import { filesIn } from './filesIn.ts';
import { withoutOwnOutputs } from './ownOutputs.ts';
import { CorpusInputError, Utf8Text, refuseBinary } from './utf8Text.ts';

/** An item of a corpus and the file that it comes from. */
export interface FileItem {
  readonly file: string;
  readonly item: CorpusItem;
}

/** What to read, and how far the reading is. */
export interface CorpusInput extends Omit<ReadOptions, 'name' | 'annotations'> {
  readonly format?: FormatId | undefined;
  /** Which columns hold the word and the tag, as `form=2,tag=4` (from 1); undefined where they are told from the file. */
  readonly columns?: string | undefined;
  /** Called with the number of bytes read so far and in all. */
  readonly progress?: ((done: number, total: number) => void) | undefined;
}

const CHUNK_BYTES = 1 << 13;
const HEAD_BYTES = 1 << 18;
const MOST_HEAD_BYTES = 1 << 26;

/** The bytes of a file in pieces, each good until the next one is asked for. Throws what the file system throws. */
export function* bytesOf(file: string): Generator<Uint8Array> {
  const descriptor = openSync(file, 'r');
  try {
    const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
    for (;;) {
      const bytes = readSync(descriptor, buffer, 0, CHUNK_BYTES, null);
      if (bytes === 0) return;
      yield buffer.subarray(0, bytes);
    }
  } finally {
    closeSync(descriptor);
  }
}

/** The text of a file in pieces. Throws CorpusInputError where it is no UTF-8, and what the file system throws. */
export function* textOf(file: string, onBytes: (bytes: number) => void = () => undefined): Generator<string> {
  const decoder = new Utf8Text(file, true);
  for (const bytes of bytesOf(file)) {
    const text = decoder.decode(bytes);
    onBytes(bytes.length);
    if (text !== '') yield text;
  }
  const rest = decoder.decode(undefined);
  if (rest !== '') yield rest;
}

/** The beginning of a file, enough to tell its format by: more where a row of JSON is longer. */
export function headOf(file: string): string {
  const descriptor = openSync(file, 'r');
  try {
    const { size } = fstatSync(descriptor);
    for (let length = HEAD_BYTES; ; length *= 4) {
      const buffer = Buffer.alloc(Math.min(length, size));
      const bytes = readSync(descriptor, buffer, 0, buffer.length, 0);
      refuseBinary(file, buffer.subarray(0, bytes));
      const head = new TextDecoder().decode(buffer.subarray(0, bytes), { stream: true });
      const long = looksLikeJson(head) && !head.includes('\n') && length < Math.min(size, MOST_HEAD_BYTES);
      if (!long) return head;
    }
  } finally {
    closeSync(descriptor);
  }
}

/** What can be told of a file's format: brat's where its annotations lie beside it, else by name and content. */
export function toldOf(file: string): ToldFormat {
  if (annotationsOf(file) !== undefined) return { format: 'brat', rows: 0, of: 0 };
  return tellFormat(path.basename(file), headOf(file));
}

/** The format of a file. */
export function formatOfFile(file: string): Format {
  const { format: id } = toldOf(file);
  const format = formatOf(id);
  if (format === undefined) throw new CorpusInputError(`${file}: there is no format “${id}”.`);
  return format;
}

/** The annotations beside a text of brat's, where there are any. */
function annotationsOf(file: string): string | undefined {
  if (!/\.txt$/i.test(file)) return undefined;
  try {
    return readFileSync(file.replace(/\.txt$/i, '.ann'), 'utf8');
  } catch {
    return undefined;
  }
}

/** The files of a corpus: itself, or those of a folder that have the name of a format (texts only, where there are annotations of brat's), in order. */
export function corpusFiles(target: string): readonly string[] {
  if (!statSync(target).isDirectory()) return [target.replace(/\.ann$/i, '.txt')];
  const names = withoutOwnOutputs(target, filesIn(target));
  const isData = (name: string): boolean => !/^(?:readme|licen[cs]e)/i.test(path.basename(name));
  const known = new Set(names);
  // Gold beside a text is read with it.
  const isGoldOfText = (name: string): boolean =>
    /\.(?:txt|md)\.iob2$/i.test(name) && known.has(name.replace(/\.iob2$/i, ''));
  const annotated = names.filter((name) => /\.ann$/i.test(name));
  const endings = new Set(formats.flatMap((format) => format.extensions));
  const chosen =
    annotated.length > 0
      ? // A text without annotations beside it is one that nobody annotated.
        names.filter((name) => /\.txt$/i.test(name) && isData(name))
      : names.filter(
          (name) => isData(name) && endings.has(path.extname(name).slice(1).toLowerCase()) && !isGoldOfText(name),
        );
  if (chosen.length === 0) throw new CorpusInputError(`${target} holds no files of a known format.`);
  return chosen.map((name) => path.join(target, name));
}

/**
 * A corpus, file by file and item by item, in bounded memory. Throws CorpusInputError, and what the file system throws;
 * everything else that is wrong is an item.
 */
export function* readCorpus(target: string, input: CorpusInput = {}): Generator<FileItem> {
  const files = corpusFiles(target);
  const total = files.reduce((sum, file) => sum + statSync(file).size, 0);
  let done = 0;
  for (const file of files) {
    const told = input.format === undefined ? toldOf(file) : undefined;
    const format = formatFor(file, told, input);
    for (const issue of told === undefined ? [] : toldIssues(told)) yield { file, item: { kind: 'issue', issue } };
    if (told?.unlike !== undefined && format.id === 'text') continue;
    if (format.read === undefined) throw new CorpusInputError(`${file}: ${format.title} cannot be read.`);
    const layout = input.layout ?? columnsOf(file, format.id, headOf(file), input.columns);
    const gold = format.id === 'text' ? goldOf(file) : undefined;
    if (gold !== undefined) {
      yield* proseItems(file, gold, (bytes) => {
        done += bytes;
        input.progress?.(done, total);
      });
      continue;
    }
    const reader = format.read({
      ...input,
      layout,
      tagNames: input.tagNames ?? (format.id === 'jsonl' ? datasetTagNames(file) : undefined),
      name: path.basename(file).replace(/\.[^.]+$/, ''),
      annotations: format.id === 'brat' ? annotationsOf(file) : undefined,
    });
    yield* itemsOf(file, reader, (bytes) => {
      done += bytes;
      input.progress?.(done, total);
    });
  }
}

/** The format in which a file is read: as it is said or told; columns where somebody names them and nothing else was told. */
function formatFor(file: string, told: ToldFormat | undefined, input: CorpusInput): Format {
  const id = input.format ?? (told?.format === 'text' && input.columns !== undefined ? 'iob2' : told?.format);
  const format = formatOf(id ?? '');
  if (format === undefined) throw new CorpusInputError(`${file}: there is no format “${String(id)}”.`);
  if (input.columns !== undefined && !hasColumns(format.id))
    throw new CorpusInputError(
      `${file}: --columns is for columns, and this is read as ${format.title}: leave it out, or name a format of columns (--input-format iob2).`,
    );
  return format;
}

/** What is to be said where a format was told, but another one is near, or none. */
function toldIssues({ format, rows, of, runnerUp, unlike }: ToldFormat): readonly Issue[] {
  if (unlike !== undefined)
    return [
      {
        line: 1,
        severity: 'error',
        reason: 'unknownFormat',
        message: `This is not in a format that is known here, but ${unlike}: name its format (--input-format), name its columns (--columns form=N,tag=N), or say --input-format text to read it as prose. It was left out.`,
      },
    ];
  if (runnerUp === undefined) return [];
  const title = (id: FormatId): string => formatOf(id)?.title ?? id;
  return [
    {
      line: 1,
      severity: 'warning',
      reason: 'mixedFormats',
      message: `Of the first ${String(of)} rows, ${String(rows)} are ${title(format)} and ${String(runnerUp.rows)} are ${title(runnerUp.format)}: all are read as the first, or say --input-format ${runnerUp.format}.`,
    },
  ];
}

/** The gold of a text, where it lies beside it. */
function goldOf(file: string): string | undefined {
  return existsSync(`${file}.iob2`) ? `${file}.iob2` : undefined;
}

function* proseItems(file: string, gold: string, onBytes: (bytes: number) => void): Generator<FileItem> {
  const scanner = new ColumnScanner();
  const columns: ColumnSentence[] = [];
  for (const text of textOf(gold)) for (const { sentence } of scanner.push(text)) columns.push(sentence);
  for (const { sentence } of scanner.end()) columns.push(sentence);
  const text = [...textOf(file, onBytes)].join('').replace(/^\uFEFF/, '');
  const prose = new ProseScanner();
  const found = [...prose.push(text), ...prose.end()];
  const name = path.basename(file).replace(/\.[^.]+$/, '');
  for (const item of itemsOfProse(name, text, found, columns)) yield { file, item };
}

function* itemsOf(file: string, reader: Reader, onBytes: (bytes: number) => void): Generator<FileItem> {
  for (const text of textOf(file, onBytes)) for (const item of reader.push(text)) yield { file, item };
  for (const item of reader.end()) yield { file, item };
}

const columnFormats: ReadonlySet<FormatId> = new Set(['iob2', 'conll2003', 'bioes', 'bilou', 'io', 'csv']);

/** The columns of a table that a person names; undefined for those that its header tells. Throws CorpusInputError where neither does. */
function csvLayout(file: string, head: string, named: string | undefined): ColumnLayout | undefined {
  const { cells, columns } = csvHeader(head);
  const shown = cells.map((cell, index) => `  column ${index + 1}: ${cell}`);
  if (named === undefined) {
    if (columns !== undefined) return undefined;
    throw new CorpusInputError(
      [`${file}: Which column holds the word, and which the tag? Say it as --columns form=N,tag=N:`, ...shown].join(
        '\n',
      ),
    );
  }
  const numbers = new Map(
    named.split(',').map((part): [string, number] => [part.split('=')[0]?.trim() ?? '', Number(part.split('=')[1])]),
  );
  const [form, tag] = [numbers.get('form') ?? NaN, numbers.get('tag') ?? NaN];
  const fits = (number: number): boolean => Number.isInteger(number) && number >= 1 && number <= cells.length;
  if (!fits(form) || !fits(tag) || form === tag)
    throw new CorpusInputError(
      [
        `${file}: Columns are named as form=N,tag=N, two different numbers from 1 to ${cells.length}, not “${named}”.`,
        ...shown,
      ].join('\n'),
    );
  return { columns: cells.length, id: undefined, form: form - 1, tag: tag - 1, annotator: undefined, separator: '\t' };
}

/** True for formats whose columns may be in any order. */
export function hasColumns(format: FormatId): boolean {
  return columnFormats.has(format);
}

/**
 * The columns of a file of columns, as `readCorpus` takes them, but that any tags will do (`lenient`) where only one column
 * can hold them. Throws CorpusInputError where they are to be named.
 */
export function columnLayoutOf(file: string, named: string | undefined, lenient: boolean): ColumnLayout | undefined {
  const head = headOf(file);
  const preview = lenient && named === undefined ? previewColumns(head) : undefined;
  return preview?.several === false ? preview.layout : columnsOf(file, 'iob2', head, named);
}

/**
 * The columns of a file that begins with `head`: those that a person names (`form=2,tag=4`, from 1), or undefined for those
 * that are found in it. Throws CorpusInputError with the first lines where they cannot be told and nobody names them.
 */
function columnsOf(file: string, format: FormatId, head: string, named: string | undefined): ColumnLayout | undefined {
  // A file that is no text is told as such when it is read.
  if (format === 'csv') return csvLayout(file, head, named);
  if (!hasColumns(format) || head.includes('\uFFFD')) return undefined;
  const preview = previewColumns(head);
  if (named === undefined && preview.lines.length === 0) return undefined;
  // Of two columns there is nothing to choose: strange tags are told one by one.
  const two = preview.layout.columns === 2 && !preview.several;
  if (named === undefined && (preview.sure || two)) return preview.layout;
  const chosen = named === undefined ? undefined : parseColumnChoice(named, preview);
  if (chosen?.ok === true) return chosen.value;
  const asked = chosen?.message ?? 'Which column holds the word, and which the tag? Say it as --columns form=N,tag=N:';
  throw new CorpusInputError([`${file}: ${asked}`, ...previewText(preview)].join('\n'));
}
