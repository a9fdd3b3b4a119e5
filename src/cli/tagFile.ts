import { closeSync, openSync, readSync } from 'node:fs';
import type { ColumnLayout } from '../core/columns/document.ts';
import { detectLayout } from '../core/columns/columnLayout.ts';
import { readTagLine, saidTags } from '../core/columns/tagLines.ts';

/** One sentence of a column file as a scorer needs it; `line` is the 1-based line of its first token. */
export interface TagSentence {
  readonly line: number;
  /** Words as they are in the file, one character a byte; `formOf` decodes one. */
  readonly forms: readonly string[];
  readonly tags: readonly string[];
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

/** The lines of a file as bytes, a chunk at a time, without their ends (LF or CRLF) and without a byte order mark. */
function* chunksOfLines(path: string): Generator<readonly string[]> {
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
    let rest = '';
    for (let chunk = 0; ; chunk++) {
      const read = readSync(file, buffer, 0, CHUNK_BYTES, null);
      let text = rest + buffer.toString('latin1', 0, read);
      if (chunk === 0 && text.startsWith(MARK_BYTES)) text = text.slice(MARK_BYTES.length);
      const lines = text.split('\n');
      rest = read === 0 ? '' : (lines.pop() ?? '');
      yield text.includes('\r') ? lines.map((line) => line.replace(/\r$/, '')) : lines;
      if (read === 0) return;
    }
  } finally {
    closeSync(file);
  }
}

/**
 * The sentences of a column file in order, read as a stream in bounded memory. The layout is told from its first lines.
 * `docStarts` keeps `-DOCSTART-` lines as tokens, as conlleval does. Throws UnreadLineError, naming the line, and what the file system throws.
 */
export function* readTagSentences(path: string, docStarts: boolean): Generator<TagSentence> {
  let layout: ColumnLayout | undefined;
  let forms: string[] = [];
  let tags: string[] = [];
  let firstLine = 0;
  let number = 0;
  const known = new Map<string, string>();
  for (const lines of chunksOfLines(path)) {
    layout ??= detectLayout(lines.length, (line) => lines[line] ?? '').layout;
    for (const text of lines) {
      number++;
      const line = readTagLine(text, layout);
      if (line.kind === 'unread') throw new UnreadLineError(`${path}:${number}: ${line.message}.`);
      if (line.kind === 'token' || (line.kind === 'docStart' && docStarts)) {
        if (forms.length === 0) firstLine = number;
        forms.push(line.form);
        let tag = known.get(line.tag);
        if (tag === undefined) {
          tag = decoded(line.tag);
          known.set(line.tag, tag);
        }
        tags.push(tag);
      } else if (line.kind === 'blank' && forms.length > 0) {
        yield { line: firstLine, forms, tags: saidTags(tags) };
        forms = [];
        tags = [];
      }
    }
  }
  if (forms.length > 0) yield { line: firstLine, forms, tags: saidTags(tags) };
}
