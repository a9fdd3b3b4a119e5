import type * as vscode from 'vscode';
import type { Correction } from '../../core/correction.ts';
import type { Comment, Issue } from '../../core/columns/document.ts';
import type { Decisions } from '../../core/decisions.ts';
import type { Prediction } from '../../core/prediction.ts';
import type { Result } from '../../core/result.ts';
import type { Scheme } from '../../core/scheme.ts';
import type { Layer, ModelSource } from '../../core/span.ts';
import type { Token } from '../../core/token.ts';
import type { LabelInUse } from '../settings/labels.ts';

/** One sentence of an open document with all that is known of it. Immutable: a change makes a new object, so that identity keys caches. */
export interface SessionSentence {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly id: string | undefined;
  readonly documentId: string | undefined;
  /** Null unless every word is decided. */
  readonly gold: Layer | null;
  /** What is decided where some words are and others are not. */
  readonly partial?: Decisions | undefined;
  /** The gold tags as the file holds them, before any repair; undefined where nothing is decided. */
  readonly tags: readonly string[] | undefined;
  /** Who decided each token's gold tag, as the file says it; empty where it does not. */
  readonly annotators: readonly (string | undefined)[];
  /** Tokens whose gold tag is no legal continuation. */
  readonly illegal: readonly number[];
  /** What the comments of the sentence in the gold file say, such as who reviewed it. */
  readonly comments: readonly Pick<Comment, 'key' | 'value'>[];
  /** By family, in the session's scheme; undefined until predicted. */
  readonly predictions: Readonly<Partial<Record<ModelSource, Prediction>>>;
}

/** What a change touched: the indices of sentences that are new objects, or `all` where the list itself changed. */
export type SessionChange =
  | { readonly kind: 'sentences'; readonly indices: readonly number[] }
  | { readonly kind: 'all' }
  /** Only busy state, notices or undo state changed. */
  | { readonly kind: 'status' };

/** Why a correction did not happen. `unsaved`: the text has no file yet, so that gold has no place beside it. */
export type CorrectionReason =
  'illegalCorrection' | 'staleRevision' | 'readOnly' | 'unsaved' | 'unreadableGold' | 'editRefused' | 'noSuchSentence';

/** Something that people should know of a document as long as it holds. */
export interface Notice {
  readonly severity: 'info' | 'warning' | 'error';
  readonly message: string;
}

/** A correction and the index of the sentence that it is for. */
export interface PlacedCorrection {
  readonly sentence: number;
  readonly correction: Correction;
}

/** An annotated document that is open: prose with its gold file beside it, or a column file that is its own gold. */
export interface Session {
  /** The document that the user reads: prose or columns. */
  readonly document: vscode.TextDocument;
  readonly kind: 'prose' | 'columns';
  /** Where gold lives: the document itself for columns, NAME.iob2 beside prose. */
  readonly goldUri: vscode.Uri;
  /** Grows with every change of sentences, gold or predictions. */
  readonly revision: number;
  readonly scheme: Scheme;
  readonly sentences: readonly SessionSentence[];
  /** The labels in use: configured ones first, then others that the file holds. */
  readonly labels: readonly string[];
  /** The same labels with their keys, colours and descriptions. */
  readonly labelSet: readonly LabelInUse[];
  readonly issues: readonly Issue[];
  /** Gold sentences of the companion file that match nothing in the prose any more; they stay in the file. */
  readonly unmatched: readonly { readonly text: string; readonly line: number }[];
  readonly busy: { readonly done: number; readonly total: number; readonly what: string } | undefined;
  /** What the user should know of this document now, such as a failed save or models that stopped. */
  readonly notices: readonly Notice[];
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly onDidChange: vscode.Event<SessionChange>;

  /** The place of tokens first..end (half-open) in `document`; for columns the FORM cells (first to last). */
  rangeOf(sentence: number, first: number, end: number): vscode.Range;
  /** The sentence at a position (or the nearest before it) and the token under it, if any. */
  at(position: vscode.Position): { readonly sentence: number; readonly token: number | undefined } | undefined;
  /** The sentences that touch these lines, as a half-open range of indices; a binary search. */
  sentencesIn(range: vscode.Range): readonly [first: number, end: number];
  /** Changes gold by one undoable edit of the gold document. */
  correct(sentence: number, correction: Correction, revision: number): Promise<Result<void, CorrectionReason>>;
  /**
   * Changes gold of several sentences (each at most once) by one edit, undone as one; all or none. Refused as stale only
   * where one of these very sentences changed its text or gold after `revision`: predictions that arrive never refuse one.
   */
  correctAll(corrections: readonly PlacedCorrection[], revision: number): Promise<Result<void, CorrectionReason>>;
  /** Gives the sentence's comment `# key = value` in the gold file this value by one undoable edit; null deletes it. */
  setComment(
    sentence: number,
    key: string,
    value: string | null,
    revision: number,
  ): Promise<Result<void, CorrectionReason>>;
  /** Undoes or redoes the last correction; false where there is none left whose sentence still is as it left it. */
  undo(): Promise<boolean>;
  redo(): Promise<boolean>;
  setScheme(scheme: Scheme): void;
  /** Stores predictions and fires one change. */
  setPredictions(source: ModelSource, predictions: ReadonlyMap<number, Prediction>): void;
  /** Forgets all predictions, as other models took over. */
  clearPredictions(): void;
  setBusy(busy: Session['busy']): void;
  /** Adds, replaces or (undefined) takes away the notice of this key. */
  setNotice(key: string, notice: Notice | undefined): void;
  dispose(): void;
}

/** The open sessions; `active` is the one of the active editor, or the last such one while something else has the focus. */
export interface SessionList {
  readonly all: readonly Session[];
  readonly active: Session | undefined;
  readonly onDidChangeActive: vscode.Event<Session | undefined>;
  readonly onDidOpen: vscode.Event<Session>;
  readonly onDidClose: vscode.Event<Session>;
  get(uri: vscode.Uri): Session | undefined;
  /** The session of a document, opened where there is none yet. Rejects with a message for people where the document cannot be annotated. */
  ensure(document: vscode.TextDocument): Promise<Session>;
}
