import { isUtf8 } from 'node:buffer';
import { closeSync, openSync, readSync } from 'node:fs';
import { taggedOfLayer, taggedOfTags } from '../core/compare.ts';
import type { Tagged } from '../core/compare.ts';
import type { ColumnLayout } from '../core/columns/document.ts';
import { MISSING_TAG, readTagLine, saidTags } from '../core/columns/tagLines.ts';
import { boundedTagging, decodeAs, isTag } from '../core/tagging.ts';
import type { Tagging } from '../core/tagging.ts';
import { bytesOf, columnLayoutOf, hasColumns, toldOf } from '../node/corpus/corpusInput.ts';
import type { CorpusInput } from '../node/corpus/corpusInput.ts';
import { Utf8Text } from '../node/corpus/utf8Text.ts';
import { sentencesIn } from './corpusFile.ts';
import type { ReadSentence } from './corpusFile.ts';

/** One sentence of a column file as a scorer needs it; `line` is the 1-based line of its first token. */
export interface TagSentence {
  readonly line: number;
  /** Words as they are in the file, one character a byte; `formOf` decodes one. */
  readonly forms: readonly string[];
  readonly tags: readonly string[];
  /** How the tags write spans, where the file tells and it is not IOB. */
  readonly tagging: Tagging | undefined;
}

/** The tags and spans of a sentence, in IOB2 where it is tagged otherwise; open tags count as O. */
export function taggedOf({ tags, tagging }: TagSentence): Tagged {
  const own = tagging ?? boundedTagging(tags);
  if (own === undefined) return taggedOfTags(tags);
  const decided = tags.map((tag) => (tag === '_' ? 'O' : tag));
  return taggedOfLayer(decodeAs(decided, own).layer, tags.length);
}

/** The word of a token, for people to read. */
export function formOf(sentence: TagSentence, token: number): string | undefined {
  const form = sentence.forms[token];
  return form === undefined ? undefined : decoded(form);
}

/** A line that could not be read. */
export class UnreadLineError extends Error {
  override readonly name = 'UnreadLineError';
}

const CHUNK_BYTES = 1 << 15;
const MARK_BYTES = Buffer.from('\uFEFF', 'utf8').toString('latin1');

/** Text read as one character a byte: columns and lines are told by ASCII characters alone, so most of it never needs decoding. */
function decoded(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** Tags that are none, which count as O. */
class UnknownTags {
  readonly #file: string;
  readonly #names = new Set<string>();
  #line = 0;
  #count = 0;

  constructor(file: string) {
    this.#file = file;
  }

  add(tag: string, line: number): void {
    if (this.#count++ === 0) this.#line = line;
    if (this.#names.size < NAMES_TOLD) this.#names.add(tag);
  }

  tell(warn: (line: string) => void): void {
    if (this.#count === 0) return;
    const names = [...this.#names].join('”, “');
    warn(
      `${this.#file}:${this.#line}: warning: ${this.#count} tags are none and count as O (“${names}”): write O, B-LABEL, I-LABEL, or _ where nobody decided, or name the right column (--columns form=N,tag=N) [unknownTag]`,
    );
  }
}

const NAMES_TOLD = 5;

/** The length of the bytes up to the last whole character. */
function wholeLength(bytes: Uint8Array): number {
  for (let size = 1; size <= Math.min(3, bytes.length); size++) {
    const byte = bytes[bytes.length - size] ?? 0;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > size ? bytes.length - size : bytes.length;
  }
  return bytes.length;
}

/** Throws CorpusInputError, with its line, where a file is no UTF-8. */
function insistOnUtf8(path: string): void {
  const text = new Utf8Text(path, true);
  for (const bytes of bytesOf(path)) text.decode(bytes);
  text.decode(undefined);
}

/** The lines of a file as bytes, a chunk at a time, without their ends (LF, CRLF or CR) and without a byte order mark. Throws CorpusInputError where it is no UTF-8. */
function* chunksOfLines(path: string): Generator<readonly string[]> {
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
    let rest = '';
    let open = 0;
    for (let chunk = 0; ; chunk++) {
      const read = readSync(file, buffer, open, CHUNK_BYTES - open, null);
      const bytes = buffer.subarray(0, open + read);
      const whole = read === 0 ? bytes.length : wholeLength(bytes);
      // It is read again with an eye to the place of the fault.
      if (!isUtf8(bytes.subarray(0, whole)) || bytes.includes(0)) insistOnUtf8(path);
      let text = rest + bytes.toString('latin1', 0, whole);
      buffer.copyWithin(0, whole, bytes.length);
      open = bytes.length - whole;
      if (chunk === 0 && text.startsWith(MARK_BYTES)) text = text.slice(MARK_BYTES.length);
      // A return at the end may be the first half of a pair.
      const held = read > 0 && text.endsWith('\r') ? '\r' : '';
      const lines = (held === '' ? text : text.slice(0, -1)).split(text.includes('\r') ? /\r\n|\r|\n/ : '\n');
      rest = read === 0 ? '' : (lines.pop() ?? '') + held;
      yield lines;
      if (read === 0) return;
    }
  } finally {
    closeSync(file);
  }
}

/** How a file is read for scoring. */
export interface TagReading {
  /** Keeps `-DOCSTART-` lines as tokens, as conlleval does. */
  readonly docStarts: boolean;
  /** What is a tag besides those of every tagging. */
  readonly alsoTags?: RegExp | undefined;
  readonly input: CorpusInput;
  readonly warn: (line: string) => void;
}

/**
 * The sentences of a corpus in order; columns are read as a stream in bounded memory. Throws UnreadLineError, naming the
 * line, CorpusInputError where it is to be said how the file is read, and what the file system throws.
 */
export function* readTagSentences(path: string, reading: TagReading): Generator<TagSentence> {
  const { input, warn } = reading;
  const id = input.format ?? (input.columns === undefined ? toldOf(path).format : 'iob2');
  // Whatever is scored has tags, so that what is not told as anything else is columns.
  if (hasColumns(id) || id === 'conllu' || id === 'conllup' || (id === 'text' && input.format === undefined))
    yield* readColumnTags(path, reading);
  else for (const sentence of sentencesIn(path, input, warn)) yield ofCorpus(sentence);
}

function ofCorpus(sentence: ReadSentence): TagSentence {
  const encoded = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
  return {
    line: sentence.lineOf(0),
    forms: sentence.tokens.map(({ form }) => encoded(form)),
    tags: sentence.reference?.tags ?? sentence.said,
    tagging: undefined,
  };
}

function* readColumnTags(path: string, { docStarts, alsoTags, input, warn }: TagReading): Generator<TagSentence> {
  const layout = columnLayoutOf(path, input.columns, true);
  const tagging = input.format === 'io' ? 'io' : layout?.tagging === 'iob1' ? undefined : layout?.tagging;
  const unknown = new UnknownTags(path);
  const known = new Map<string, { readonly tag: string; readonly fault: boolean }>();
  let forms: string[] = [];
  let tags: string[] = [];
  let firstLine = 0;
  let number = 0;
  for (const lines of layout === undefined ? [] : chunksOfLines(path)) {
    for (const text of lines) {
      number++;
      const line = readTagLine(text, layout as ColumnLayout);
      if (line.kind === 'unread') throw new UnreadLineError(`${path}:${number}: ${line.message}.`);
      if (line.kind === 'token' || (line.kind === 'docStart' && docStarts)) {
        if (forms.length === 0) firstLine = number;
        forms.push(line.form);
        let entry = known.get(line.tag);
        if (entry === undefined) {
          const tag = decoded(line.tag);
          entry = {
            tag,
            fault:
              tagging !== 'io' && tag !== '_' && tag !== MISSING_TAG && !isTag(tag) && alsoTags?.test(tag) !== true,
          };
          known.set(line.tag, entry);
        }
        if (entry.fault) unknown.add(entry.tag, number);
        tags.push(entry.tag);
      } else if (line.kind === 'blank' && forms.length > 0) {
        yield { line: firstLine, forms, tags: saidTags(tags), tagging };
        forms = [];
        tags = [];
      }
    }
  }
  if (forms.length > 0) yield { line: firstLine, forms, tags: saidTags(tags), tagging };
  unknown.tell(warn);
}
