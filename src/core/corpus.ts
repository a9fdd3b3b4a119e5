import type { Sentence } from './sentence.ts';
import type { Layer } from './span.ts';

/** A comment of a sentence that is neither its id, its text nor its document: a note, who reviewed it, or what a program left there. */
export interface SentenceComment {
  readonly key: string;
  readonly value: string;
}

/** A sentence on its way into or out of a file of any format. */
export interface CorpusSentence extends Sentence {
  readonly id?: string | undefined;
  readonly documentId?: string | undefined;
  /** Null where nobody annotated the sentence, which is not the same as no entities. */
  readonly layer: Layer | null;
  /** Who decided each token's tag. */
  readonly annotators?: readonly (string | undefined)[] | undefined;
  readonly comments?: readonly SentenceComment[] | undefined;
}
