import { matchGold, tokensIn } from '../../core/companion.ts';
import type { ColumnSentence } from '../../core/columns/document.ts';
import { DocumentCounter } from '../../core/documentCounts.ts';
import type { Decisions } from '../../core/decisions.ts';
import type { DocumentCounts } from '../../core/documentCounts.ts';
import { ColumnScanner } from '../../core/columns/columnScan.ts';
import type { ScannedSentence } from '../../core/columns/columnScan.ts';
import { countBreaks } from '../../core/lines.ts';
import { ProseScanner } from '../../core/proseScan.ts';
import type { ProseSentence } from '../../core/proseScan.ts';
import type { Layer } from '../../core/span.ts';
import type { Token } from '../../core/token.ts';
import type { CorpusFiles } from './corpusFiles.ts';
import { append } from '../../core/lists.ts';

/** A document of a corpus: a column file, or prose (`file`) with its gold in a column file beside it. */
export interface CorpusDocument {
  readonly file: string;
  /** The file of gold beside prose; undefined for columns, which are their own gold. */
  readonly gold: string | undefined;
}

/** A sentence of a document as an editor that opens it would see it. */
export interface DocumentSentence {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly gold: Layer | null;
  readonly partial?: Decisions | undefined;
  readonly comments: readonly { readonly key: string; readonly value: string }[];
  /** The 0-based line of the document on which a token stands. */
  readonly lineOf: (token: number) => number;
}

/**
 * The sentences of a document in order, some at a time, in bounded memory for columns. Rejects where a file cannot be read
 * or the signal aborts.
 */
export async function* sentencesOf(
  files: CorpusFiles,
  { file, gold }: CorpusDocument,
  signal: AbortSignal,
): AsyncGenerator<readonly DocumentSentence[]> {
  if (gold !== undefined) {
    yield* proseSentences(files, file, gold, signal);
    return;
  }
  for await (const found of columnsOf(files, file, signal)) yield found.map(ofColumns);
}

function ofColumns({ sentence, line }: ScannedSentence): DocumentSentence {
  const { text, tokens, gold, partial, comments, cells } = sentence;
  return { text, tokens, gold, partial, comments, lineOf: (token) => line + (cells[token]?.line ?? 0) };
}

async function* columnsOf(
  files: CorpusFiles,
  file: string,
  signal: AbortSignal,
): AsyncGenerator<readonly ScannedSentence[]> {
  const scanner = new ColumnScanner();
  for await (const text of files.text(file, signal)) yield scanner.push(text);
  yield scanner.end();
}

interface PlacedProse extends ProseSentence {
  readonly line: number;
}

/** Prose is matched with its gold as a whole, so both are in memory. */
async function* proseSentences(
  files: CorpusFiles,
  file: string,
  gold: string,
  signal: AbortSignal,
): AsyncGenerator<readonly DocumentSentence[]> {
  const columns: ColumnSentence[] = [];
  for await (const found of columnsOf(files, gold, signal))
    append(
      columns,
      found.map(({ sentence }) => sentence),
    );
  const prose: PlacedProse[] = [];
  const scanner = new ProseScanner();
  const lines = lineCounter();
  const add = (found: readonly ProseSentence[]): void => {
    for (const one of found) prose.push({ ...one, line: lines.at(one.start) });
  };
  for await (const text of files.text(file, signal)) {
    lines.add(text);
    add(scanner.push(text));
  }
  add(scanner.end());
  const texts = prose.map(({ sentence }) => sentence);
  const { goldOf } = matchGold(texts, { sentences: columns });
  yield prose.map((one, index) => ofProse(one, columns[goldOf[index] ?? -1]));
}

function ofProse({ sentence, line }: PlacedProse, matched: ColumnSentence | undefined): DocumentSentence {
  const { text } = sentence;
  const placed = matched && tokensIn(text, matched);
  const tokens = placed ?? sentence.tokens;
  const column = placed === undefined ? undefined : matched;
  const lineOf = (token: number): number => line + countBreaks(text.slice(0, tokens[token]?.start ?? 0));
  return {
    text,
    tokens,
    gold: column?.gold ?? null,
    partial: column?.partial,
    comments: column?.comments ?? [],
    lineOf,
  };
}

/** Turns rising UTF-16 offsets of a text that comes in pieces into 0-based lines, and forgets what lies behind. */
function lineCounter(): { readonly add: (text: string) => void; readonly at: (offset: number) => number } {
  let text = '';
  let start = 0;
  let line = 0;
  return {
    add: (more) => {
      text += more;
    },
    at: (offset) => {
      const passed = text.slice(0, offset - start);
      line += countBreaks(passed);
      text = text.slice(passed.length);
      start = offset;
      return line;
    },
  };
}

/** The counts of documents, each read again only when its files changed. */
export class CountCache {
  readonly #files: CorpusFiles;
  readonly #known = new Map<string, { readonly stamp: string; readonly counts: DocumentCounts }>();

  constructor(files: CorpusFiles) {
    this.#files = files;
  }

  /** Reads a document in slices, or gives what it held when its files were as they are now. Rejects as `sentencesOf` does. */
  async of(document: CorpusDocument, signal: AbortSignal): Promise<DocumentCounts> {
    const { file, gold } = document;
    const stamps = [file, ...(gold === undefined ? [] : [gold])].map((one) => this.#files.stamp(one));
    const stamp = (await Promise.all(stamps)).join('\n');
    const known = this.#known.get(file);
    if (known?.stamp === stamp) return known.counts;
    const counts = new DocumentCounter();
    for await (const found of sentencesOf(this.#files, document, signal))
      for (const sentence of found) counts.add(sentence);
    this.#known.set(file, { stamp, counts });
    return counts;
  }

  /** Forgets the documents that are not among these. */
  keep(files: ReadonlySet<string>): void {
    for (const file of this.#known.keys()) if (!files.has(file)) this.#known.delete(file);
  }
}
