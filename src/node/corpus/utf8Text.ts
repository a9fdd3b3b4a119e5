import { TextDecoder } from 'node:util';

/** A file or folder that cannot be read as a corpus; the message names it and the remedy. */
export class CorpusInputError extends Error {
  override readonly name = 'CorpusInputError';
}

const LINE_FEED = 10;
const RETURN = 13;

/** What a file of other programs is, by its first bytes, and what to do with it. */
const binaries: readonly (readonly [magic: readonly number[], what: string])[] = [
  [
    [0x50, 0x41, 0x52, 0x31],
    'a Parquet file, which is written but not read here: write its rows as JSON Lines (in Python: datasets.Dataset.from_parquet(…).to_json(…))',
  ],
  [
    [0x78, 0x9c],
    'compressed, as spaCy’s DocBin (.spacy) is: write its documents as JSON Lines (in Python: json.dumps(doc.to_json()) for each)',
  ],
  [[0x1f, 0x8b], 'compressed (gzip): unpack it first'],
  [[0x50, 0x4b, 0x03, 0x04], 'an archive (zip): unpack it first'],
  [[0x25, 0x50, 0x44, 0x46], 'a PDF: take its text out of it first'],
];

/** Throws CorpusInputError, which says what it is, for a file whose first bytes are those of no text. */
export function refuseBinary(file: string, head: Uint8Array): void {
  const what = binaries.find(([magic]) => magic.every((byte, index) => head[index] === byte))?.[1];
  if (what !== undefined) throw new CorpusInputError(`${file} is no text but ${what}.`);
}

/** What bytes that are no UTF-8 seem to be. */
function encodingOf(head: Uint8Array): string | undefined {
  const [first, second] = head;
  if (first === 0xff && second === 0xfe) return 'UTF-16 (little endian)';
  if (first === 0xfe && second === 0xff) return 'UTF-16 (big endian)';
  const zeros = (odd: number): number => head.filter((byte, index) => byte === 0 && index % 2 === odd).length;
  if (zeros(1) > head.length / 8) return 'UTF-16 (little endian)';
  if (zeros(0) > head.length / 8) return 'UTF-16 (big endian)';
  return undefined;
}

/** The index of the first byte that no UTF-8 goes on with. */
function firstFault(bytes: Uint8Array): number {
  let [low, high] = [0, bytes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, middle + 1), { stream: true });
      low = middle + 1;
    } catch {
      high = middle;
    }
  }
  return low;
}

/** Line ends of bytes: LF, CR or both together. */
function breaksIn(bytes: Uint8Array): number {
  let count = 0;
  for (let index = 0; index < bytes.length; index++)
    if (
      bytes[index] === LINE_FEED ||
      (bytes[index] === RETURN && index + 1 < bytes.length && bytes[index + 1] !== LINE_FEED)
    )
      count++;
  return count;
}

/** Turns the bytes of a file, which come in pieces, into text; keeps count of lines, so that a fault has its place. */
export class Utf8Text {
  readonly #file: string;
  readonly #decoder: TextDecoder;
  #line = 1;
  #head: Uint8Array | undefined;
  #last: Uint8Array = new Uint8Array(0);

  constructor(file: string, ignoreBOM: boolean) {
    this.#file = file;
    this.#decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM });
  }

  /** The text of the next bytes; undefined ends it. Throws CorpusInputError where they are no UTF-8. */
  decode(bytes: Uint8Array | undefined): string {
    if (bytes !== undefined) this.#head ??= bytes.slice(0, 4096);
    if (bytes?.includes(0) === true && encodingOf(this.#head ?? bytes) !== undefined) throw this.#fault(bytes);
    try {
      const text = this.#decoder.decode(bytes, { stream: bytes !== undefined });
      if (bytes !== undefined) {
        this.#line += breaksIn(bytes);
        this.#last = bytes.slice(-3);
      }
      return text;
    } catch {
      throw this.#fault(bytes ?? new Uint8Array(0));
    }
  }

  #fault(bytes: Uint8Array): CorpusInputError {
    const encoding = encodingOf(this.#head ?? bytes);
    if (encoding !== undefined)
      return new CorpusInputError(`${this.#file}:1 is no UTF-8 text but ${encoding}: convert it to UTF-8 first.`);
    // A character may have begun in the piece before.
    const open = this.#openBytes();
    const all = new Uint8Array([...open, ...bytes]);
    const at = firstFault(all);
    const byte = all[at];
    const line = this.#line + breaksIn(all.subarray(0, at));
    const what =
      byte === undefined
        ? 'it ends within a character'
        : `the byte 0x${byte.toString(16)}${byte >= 0xa0 ? `, which is “${String.fromCharCode(byte)}” in Latin-1 and Windows-1252` : ''}`;
    return new CorpusInputError(`${this.#file}:${line} is no UTF-8 text (${what}): convert it to UTF-8 first.`);
  }

  #openBytes(): Uint8Array {
    for (let size = 1; size <= this.#last.length; size++) {
      const byte = this.#last[this.#last.length - size] ?? 0;
      if (byte < 0x80) break;
      if (byte >= 0xc0) {
        const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
        return needed > size ? this.#last.slice(-size) : new Uint8Array(0);
      }
    }
    return new Uint8Array(0);
  }
}
