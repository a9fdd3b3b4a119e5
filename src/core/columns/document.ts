import type { Decisions } from '../decisions.ts';
import type { Sentence } from '../sentence.ts';
import type { Layer } from '../span.ts';
import type { Tagging } from '../tagging.ts';

/** A place in a text document: 0-based line, 0-based UTF-16 character in that line. Lines end at CRLF, LF or CR. */
export interface Place {
  readonly line: number;
  readonly character: number;
}

/** The replacement of the text between two places; edits of one list never overlap and all refer to the text before the first of them. */
export interface TextEdit {
  readonly start: Place;
  readonly end: Place;
  readonly text: string;
}

/** Something in a file that could not be read as meant: 1-based line, a stable reason, and a message with the remedy. */
export interface Issue {
  readonly line: number;
  readonly severity: 'error' | 'warning';
  readonly reason: string;
  readonly message: string;
}

/** A `# key = value` comment of a sentence; `line` counts from the sentence's first line, `lineLength` is the UTF-16 length of that line. */
export interface Comment {
  readonly key: string;
  readonly value: string;
  readonly line: number;
  readonly lineLength: number;
}

/** Where the cells of one token lie: `line` counts from the sentence's first line, the others are UTF-16 characters (half-open) in it. */
export interface TokenCells {
  readonly line: number;
  readonly form: readonly [start: number, end: number];
  readonly tag: readonly [start: number, end: number];
  readonly annotator: readonly [start: number, end: number] | undefined;
  /** The whole cell where the tag is one of several `key=value` in it. */
  readonly pairs?: readonly [start: number, end: number] | undefined;
  /** What an edit writes before the tag: the key of a `key=value` cell that does not have it yet. */
  readonly tagPrefix?: string | undefined;
}

/** One sentence of a column document. All lines in it are relative, so that it stays the same object when text above it moves. */
export interface ColumnSentence extends Sentence {
  readonly id: string | undefined;
  /** The id that the last `# newdoc id` at or before this sentence gave. */
  readonly documentId: string | undefined;
  /** The tag cells as written. */
  readonly tags: readonly string[];
  /** The spans of the tags under the repair policy; null where any tag is `_` (nobody decided yet). */
  readonly gold: Layer | null;
  /** What is decided where some tags are `_` and others are not. */
  readonly partial?: Decisions | undefined;
  /** Tokens whose tag could not follow the one before it, or is no IOB tag. */
  readonly illegal: readonly number[];
  readonly annotators: readonly (string | undefined)[];
  readonly comments: readonly Comment[];
  readonly cells: readonly TokenCells[];
  /** The number of lines up to the next blank one. */
  readonly lineCount: number;
}

/** Which columns a file has, as 0-based indices; `separator` is what stands between cells. */
export interface ColumnLayout {
  readonly columns: number;
  readonly id: number | undefined;
  readonly form: number;
  readonly tag: number;
  readonly annotator: number | undefined;
  readonly separator: '\t' | ' ';
  /** The key whose value is the tag where the tag's cell is `key=value|key=value`, as CoNLL-U's last one is. */
  readonly tagKey?: string | undefined;
  /** How the tags write spans where that is not IOB2. */
  readonly tagging?: Tagging | undefined;
}

/** Where a document of the corpus begins without a sentence: a block of comments alone, or CoNLL-2003's `-DOCSTART-`. */
export interface DocumentMark {
  readonly line: number;
  readonly documentId: string | undefined;
  /** The number of `-DOCSTART-` lines here. */
  readonly docStarts: number;
}

/** A parsed column file. `firstLines[i]` is the 0-based line on which sentence i begins. */
export interface ColumnDocument {
  readonly layout: ColumnLayout;
  readonly sentences: readonly ColumnSentence[];
  readonly firstLines: readonly number[];
  readonly lineCount: number;
  readonly eol: '\n' | '\r\n';
  readonly issues: readonly Issue[];
  readonly marks: readonly DocumentMark[];
  /** The first lines whose cells decided the layout: a change below them cannot change it. */
  readonly layoutLines: number;
  /** Whether the text begins with a byte order mark, which counts as the first character of line 0. */
  readonly bom: boolean;
  /** The UTF-16 length of the last line, and how many blank lines there are at the end (an end of line makes one). */
  readonly tail: { readonly character: number; readonly blankLines: number };
}
