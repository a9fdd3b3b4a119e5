import type { CorpusItem, CorpusSentence } from '../corpus.ts';
import type { DatasetSplit, Format, Output, Writer, WriteOptions } from './format.ts';

/** The names that training scripts give the parts. */
const partNames: Readonly<Record<DatasetSplit, string>> = { train: 'train', validation: 'dev', test: 'test' };

/** Whether a corpus in this format, split or not, is a folder or one file. */
export function shapeOf(format: Format, split: boolean): 'file' | 'folder' {
  return format.shape === 'file' && !split ? 'file' : 'folder';
}

/**
 * A writer for a corpus that may be split: a format that knows parts (a dataset folder) writes them itself, of any other
 * each part is a file `train.EXT`, or a folder where one document is a file.
 */
export function partWriter(
  format: Format,
  options: WriteOptions,
  partOf: ((sentence: CorpusSentence) => DatasetSplit) | undefined,
): Writer | undefined {
  if (format.write === undefined) return undefined;
  if (partOf === undefined || format.shape === 'folder') return format.write({ ...options, splitOf: partOf });
  return new SplitWriter(format.write.bind(format), format, options, partOf);
}

class SplitWriter implements Writer {
  readonly #write: NonNullable<Format['write']>;
  readonly #format: Format;
  readonly #options: WriteOptions;
  readonly #partOf: (sentence: CorpusSentence) => DatasetSplit;
  readonly #writers = new Map<DatasetSplit, Writer>();
  /** A document's text, and a cut before it, go where its sentences go. */
  #before: CorpusItem[] = [];

  constructor(
    write: NonNullable<Format['write']>,
    format: Format,
    options: WriteOptions,
    partOf: (sentence: CorpusSentence) => DatasetSplit,
  ) {
    this.#write = write;
    this.#format = format;
    this.#options = options;
    this.#partOf = partOf;
  }

  add(item: CorpusItem): readonly Output[] {
    // Sentences of no document may each go elsewhere, and then so does their text.
    if (item.kind === 'cut' || (item.kind === 'document' && item.id !== undefined)) this.#before.push(item);
    // What stood after the last sentence of a file belongs to no part.
    if (item.kind !== 'sentence') return [];
    const part = this.#partOf(item.sentence);
    const writer = this.#writerOf(part);
    const before = this.#before.flatMap((one) => writer.add(one));
    this.#before = [];
    const { sentence } = item;
    const own: CorpusItem = sentence.documentId === undefined ? { kind: 'sentence', sentence } : item;
    return this.#placed(part, [...before, ...writer.add(own)]);
  }

  end(): readonly Output[] {
    return [...this.#writers].flatMap(([part, writer]) => this.#placed(part, writer.end()));
  }

  #writerOf(part: DatasetSplit): Writer {
    const known = this.#writers.get(part);
    if (known !== undefined) return known;
    const writer = this.#write({ ...this.#options, name: `${this.#options.name} ${partNames[part]}` });
    this.#writers.set(part, writer);
    return writer;
  }

  #placed(part: DatasetSplit, outputs: readonly Output[]): readonly Output[] {
    const name = partNames[part];
    const [ending = 'txt'] = this.#format.extensions;
    return outputs.map(({ file, text }) => ({ file: file === '' ? `${name}.${ending}` : `${name}/${file}`, text }));
  }
}
