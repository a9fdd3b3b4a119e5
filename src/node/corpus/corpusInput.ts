import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { TextDecoder } from 'node:util';
import type { CorpusItem } from '../../core/corpus.ts';
import { parseColumnChoice, previewColumns, previewText } from '../../core/columns/columnChoice.ts';
import { ColumnScanner } from '../../core/columns/columnScan.ts';
import type { ColumnLayout, ColumnSentence } from '../../core/columns/document.ts';
import type { Format, FormatId, ReadOptions, Reader } from '../../core/formats/format.ts';
import { detectFormat, formatOf, formats } from '../../core/formats/registry.ts';
import { itemsOfProse } from '../../core/proseItems.ts';
import { ProseScanner } from '../../core/proseScan.ts';
import { withoutOwnOutputs } from './ownOutputs.ts';

/** An item of a corpus and the file that it comes from. */
export interface FileItem {
  readonly file: string;
  readonly item: CorpusItem;
}

/** A file or folder that cannot be read as a corpus; the message names it and the remedy. */
export class CorpusInputError extends Error {
  override readonly name = 'CorpusInputError';
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
const HEAD_BYTES = 1 << 15;

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
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let place = 0;
  const decode = (bytes: Uint8Array | undefined): string => {
    try {
      return decoder.decode(bytes, { stream: bytes !== undefined });
    } catch {
      throw new CorpusInputError(
        `${file} is no UTF-8 text (the first fault lies after byte ${place}): convert it to UTF-8 first.`,
      );
    }
  };
  for (const bytes of bytesOf(file)) {
    const text = decode(bytes);
    place += bytes.length;
    onBytes(bytes.length);
    if (text !== '') yield text;
  }
  const rest = decode(undefined);
  if (rest !== '') yield rest;
}

/** The beginning of a file, enough to tell its format by. */
export function headOf(file: string): string {
  const descriptor = openSync(file, 'r');
  try {
    const buffer = Buffer.alloc(Math.min(HEAD_BYTES, fstatSync(descriptor).size));
    const bytes = readSync(descriptor, buffer, 0, buffer.length, 0);
    return new TextDecoder().decode(buffer.subarray(0, bytes), { stream: true });
  } finally {
    closeSync(descriptor);
  }
}

/** The format of a file: brat's where its annotations lie beside it, else by name and content. */
export function formatOfFile(file: string): Format {
  const id = annotationsOf(file) === undefined ? detectFormat(path.basename(file), headOf(file)) : 'brat';
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
  const names = withoutOwnOutputs(target, readdirSync(target, { recursive: true, encoding: 'utf8' }).sort());
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
    const format = input.format === undefined ? formatOfFile(file) : formatOf(input.format);
    if (format?.read === undefined)
      throw new CorpusInputError(`${file}: ${format?.title ?? 'this format'} cannot be read.`);
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
      name: path.basename(file).replace(/\.[^.]+$/, ''),
      annotations: format.id === 'brat' ? annotationsOf(file) : undefined,
    });
    yield* itemsOf(file, reader, (bytes) => {
      done += bytes;
      input.progress?.(done, total);
    });
  }
}

/** The gold of a text, where it lies beside it. */
function goldOf(file: string): string | undefined {
  return existsSync(`${file}.iob2`) ? `${file}.iob2` : undefined;
}

function* proseItems(file: string, gold: string, onBytes: (bytes: number) => void): Generator<FileItem> {
  const scanner = new ColumnScanner();
  const columns: ColumnSentence[] = [];
  for (const text of textOf(gold)) columns.push(...scanner.push(text).map(({ sentence }) => sentence));
  columns.push(...scanner.end().map(({ sentence }) => sentence));
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

const columnFormats: ReadonlySet<FormatId> = new Set(['iob2', 'conll2003', 'bioes', 'bilou']);

/** True for formats whose columns may be in any order. */
export function hasColumns(format: FormatId): boolean {
  return columnFormats.has(format);
}

/**
 * The columns of a file that begins with `head`: those that a person names (`form=2,tag=4`, from 1), or undefined for those
 * that are found in it. Throws CorpusInputError with the first lines where they cannot be told and nobody names them.
 */
function columnsOf(file: string, format: FormatId, head: string, named: string | undefined): ColumnLayout | undefined {
  // A file that is no text is told as such when it is read.
  if (!hasColumns(format) || head.includes('\uFFFD')) return undefined;
  const preview = previewColumns(head);
  if (named === undefined && (preview.sure || preview.lines.length === 0)) return undefined;
  const chosen = named === undefined ? undefined : parseColumnChoice(named, preview);
  if (chosen?.ok === true) return chosen.value;
  const asked = chosen?.message ?? 'Which column holds the word, and which the tag? Say it as --columns form=N,tag=N:';
  throw new CorpusInputError([`${file}: ${asked}`, ...previewText(preview)].join('\n'));
}
