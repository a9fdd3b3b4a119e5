import type { ColumnLayout, Issue } from './columns/document.ts';
import type { Decisions } from './decisions.ts';
import type { Sentence } from './sentence.ts';
import type { Layer } from './span.ts';
import type { Tagging } from './tagging.ts';

/** A comment of a sentence that is neither its id, its text nor its document: a note, who reviewed it, or what a program left there. */
export interface SentenceComment {
  readonly key: string;
  readonly value: string;
}

/** What a sentence looked like in the column file that it comes from, so that the same format gives it back byte for byte. */
export interface SentenceSource {
  readonly format: string;
  readonly layout: ColumnLayout;
  readonly tagging: Tagging;
  /** Everything after the sentence before it, up to its last line end. */
  readonly text: string;
  readonly layer: Layer | null;
  readonly partial?: Decisions | undefined;
  /** The line that names the columns of the whole file (CoNLL-U Plus). */
  readonly header?: string | undefined;
  /** The number of columns that hold more than id, word, tag and annotator. */
  readonly otherColumns: number;
}

/** A sentence on its way into or out of a file of any format. */
export interface CorpusSentence extends Sentence {
  readonly id?: string | undefined;
  readonly documentId?: string | undefined;
  /** Null where nobody decided on every word, which is not the same as no entities. */
  readonly layer: Layer | null;
  /** What is decided where the layer is null and some words are; such a sentence is in progress. */
  readonly partial?: Decisions | undefined;
  /** The model whose answer the layer is, where nobody annotated the sentence. */
  readonly filledBy?: string | undefined;
  /** Who decided each token's tag. */
  readonly annotators?: readonly (string | undefined)[] | undefined;
  readonly comments?: readonly SentenceComment[] | undefined;
  readonly source?: SentenceSource | undefined;
}

/** A step of a corpus on its way from one format to another; a corpus is a stream of them, so that its size does not matter. */
export type CorpusItem =
  /** A document begins whose running text is known; its sentences follow with their offsets in it. */
  | { readonly kind: 'document'; readonly id: string | undefined; readonly text: string }
  /**
   * `start` is the UTF-16 offset of the sentence in the running text of its document, where that is known; `lineOf` gives
   * the 1-based line of a token in the file, where that is known.
   */
  | {
      readonly kind: 'sentence';
      readonly sentence: CorpusSentence;
      readonly start?: number | undefined;
      readonly lineOf?: (token: number) => number;
    }
  /** What follows does not continue what stood before: `left` sentences between them are left out. */
  | { readonly kind: 'cut'; readonly left: number }
  /** What stands after the last sentence of a column file. */
  | { readonly kind: 'tail'; readonly format: string; readonly text: string }
  /** Something that could not be read as meant, with its 1-based line; `inAnnotations` where that is a line of the file of annotations beside the text. */
  | { readonly kind: 'issue'; readonly issue: Issue; readonly inAnnotations?: boolean };
