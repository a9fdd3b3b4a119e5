import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import type { CorpusItem } from '../../core/corpus.ts';
import type { ColumnSentence } from '../../core/columns/document.ts';
import type { HashedFile } from '../../core/exportManifest.ts';
import { ColumnScanner } from '../../core/columns/columnScan.ts';
import type { Format, ReadOptions } from '../../core/formats/format.ts';
import { itemsOfProse } from '../../core/proseItems.ts';
import { ProseScanner } from '../../core/proseScan.ts';
import type { ProseSentence } from '../../core/proseScan.ts';
import { utf8Decoder } from './corpusFiles.ts';
import { append } from '../../core/lists.ts';

/** The bytes of a file in pieces small enough to be worked on without holding anyone up. */
export type ReadBytes = (file: string, signal: AbortSignal) => AsyncIterable<Uint8Array>;

/** A document, or several in one file, that can be gone through more than once. */
export interface ExportSource {
  /** What it is called in a manifest. */
  readonly name: string;
  /** Its size in bytes, for progress. */
  readonly size: number;
  /** Everything in it, some at a time. Rejects where it cannot be read or the signal aborts. */
  items(signal: AbortSignal): AsyncIterable<readonly CorpusItem[]>;
  /** What the files held the last time that they were gone through. */
  hashes(): readonly HashedFile[];
}

/** A file as a source is told of it. */
export interface SourceFile {
  readonly file: string;
  readonly name: string;
  readonly size: number;
}

/** Bytes on their way to text, hashed. */
class HashedText {
  readonly #source: SourceFile;
  readonly #read: ReadBytes;
  #hash: Hash = createHash('sha256');
  #bytes = 0;

  constructor(source: SourceFile, read: ReadBytes) {
    this.#source = source;
    this.#read = read;
  }

  async *pieces(signal: AbortSignal): AsyncGenerator<string> {
    this.#hash = createHash('sha256');
    this.#bytes = 0;
    const decode = utf8Decoder(this.#source.file);
    for await (const bytes of this.#read(this.#source.file, signal)) {
      signal.throwIfAborted();
      this.#hash.update(bytes);
      this.#bytes += bytes.length;
      const text = decode(bytes);
      if (text !== '') yield text;
    }
    const rest = decode(undefined);
    if (rest !== '') yield rest;
  }

  hashed(): HashedFile {
    return { path: this.#source.name, bytes: this.#bytes, sha256: this.#hash.copy().digest('hex') };
  }
}

/** A file of any format that can be read. */
export function fileSource(source: SourceFile, format: Format, options: ReadOptions, read: ReadBytes): ExportSource {
  const text = new HashedText(source, read);
  return {
    name: source.name,
    size: source.size,
    async *items(signal) {
      const reader = format.read?.(options);
      if (reader === undefined) throw new Error(`${format.title} cannot be read.`);
      for await (const piece of text.pieces(signal)) yield reader.push(piece);
      yield reader.end();
    },
    hashes: () => [text.hashed()],
  };
}

/** Prose with its gold, where it has any, in a column file beside it. */
export function proseSource(prose: SourceFile, gold: SourceFile | undefined, read: ReadBytes): ExportSource {
  const text = new HashedText(prose, read);
  const goldText = gold === undefined ? undefined : new HashedText(gold, read);
  return {
    name: prose.name,
    size: prose.size + (gold?.size ?? 0),
    async *items(signal) {
      const columns: ColumnSentence[] = [];
      const scanner = new ColumnScanner();
      if (goldText !== undefined) {
        for await (const piece of goldText.pieces(signal))
          append(
            columns,
            scanner.push(piece).map(({ sentence }) => sentence),
          );
        append(
          columns,
          scanner.end().map(({ sentence }) => sentence),
        );
      }
      const parts: string[] = [];
      const found: ProseSentence[] = [];
      const reading = new ProseScanner();
      for await (const piece of text.pieces(signal)) {
        parts.push(piece);
        append(found, reading.push(piece));
      }
      append(found, reading.end());
      yield itemsOfProse(prose.name, parts.join(''), found, columns);
    },
    hashes: () => [text, goldText].flatMap((one) => (one === undefined ? [] : [one.hashed()])),
  };
}
