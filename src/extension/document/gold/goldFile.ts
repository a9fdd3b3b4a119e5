import * as vscode from 'vscode';
import { declaredLabels } from '../../../core/declaredLabels.ts';
import type { DeclaredLabel } from '../../../core/declaredLabels.ts';
import type { ColumnDocument, TextEdit } from '../../../core/columns/document.ts';
import { goldEdits } from '../../../core/columns/columnEdits.ts';
import { UNDECIDED } from '../../../core/decisions.ts';
import { NOBODY } from '../../../core/provenance.ts';
import { updateColumns } from '../../../core/columns/columnUpdate.ts';
import { fail, ok } from '../../../core/result.ts';
import type { Result } from '../../../core/result.ts';
import { lineReader, readDocument, readInSlices } from './columnReading.ts';
import { cellStates, emptyHistory, followed, moved, nextStep, recorded, stepEdits, wordsOf } from './goldHistory.ts';
import type { Direction, History } from './goldHistory.ts';
import { insertionEdits, stepsOf } from './goldCorrection.ts';
import type { CorrectionStep, GoldCorrection } from './goldCorrection.ts';
import { DiskVersion } from './diskVersion.ts';
import { exists, isInTab, isReadOnly } from '../../base/files.ts';
import type { CorrectionReason } from '../session.ts';
import { spliceBetween } from '../../base/splice.ts';
import type { Splice } from '../../base/splice.ts';
import { replacedText } from '../../base/textChange.ts';
import { messageOf } from '../../../core/errorMessage.ts';

/** What is known of the gold file: it does not exist (yet), it was read, or it cannot be read (and why). */
export type GoldState =
  | { readonly kind: 'absent' }
  | { readonly kind: 'read'; readonly columns: ColumnDocument }
  | { readonly kind: 'unreadable'; readonly message: string };

/** A change of the file: which of its sentences were replaced, or undefined where only lines, comments or issues changed. */
export interface GoldChange {
  readonly splice: Splice | undefined;
}

type Outcome = Result<void, CorrectionReason>;

/**
 * A column file that holds gold, with what its text says kept up to date by the editor's changes. The text is the only
 * truth: corrections are edits of it, and what other hands do to it counts the same. Shared by all sessions over it.
 */
export class GoldFile implements vscode.Disposable {
  readonly uri: vscode.Uri;
  readonly #changed = new vscode.EventEmitter<GoldChange>();
  readonly onDidChange = this.#changed.event;
  #state: GoldState = { kind: 'absent' };
  #document: vscode.TextDocument | undefined;
  /** The text that `#state` was read from, kept only while no document is open. */
  #closedText: string | undefined;
  #history: History = emptyHistory;
  /** What is known of the file on disk. */
  readonly disk: DiskVersion;
  #preparing: { readonly document: vscode.TextDocument; readonly done: Promise<void> } | undefined;
  /** What was read of a document before it is attached. */
  #prepared:
    { readonly document: vscode.TextDocument; readonly version: number; readonly columns: ColumnDocument } | undefined;

  constructor(uri: vscode.Uri) {
    this.uri = uri;
    this.disk = new DiskVersion(uri);
  }

  get state(): GoldState {
    return this.#state;
  }

  get columns(): ColumnDocument | undefined {
    return this.#state.kind === 'read' ? this.#state.columns : undefined;
  }

  get document(): vscode.TextDocument | undefined {
    return this.#document;
  }

  /** The labels that the open file declares before its first token. */
  get declaredLabels(): readonly DeclaredLabel[] {
    const document = this.#document;
    return document === undefined ? [] : declaredLabels(document.lineCount, lineReader(document));
  }

  get canUndo(): boolean {
    return this.#can('undo');
  }

  get canRedo(): boolean {
    return this.#can('redo');
  }

  /** Reads an open document in slices, so that attaching a large one afterwards keeps nobody waiting. */
  prepare(document: vscode.TextDocument): Promise<void> {
    if (this.#document === document || this.#closedText !== undefined) return Promise.resolve();
    if (this.#preparing?.document === document) return this.#preparing.done;
    const done = readInSlices(document).then((columns) => {
      if (columns !== undefined) this.#prepared = { document, version: document.version, columns };
      this.#preparing = undefined;
    });
    this.#preparing = { document, done };
    return done;
  }

  /** Reads an open document, or takes up again the one that was closed; text that stayed the same keeps its sentences. */
  attach(document: vscode.TextDocument): void {
    if (this.#document === document) return;
    const old = this.columns;
    const oldText = this.#closedText;
    this.#document = document;
    this.disk.follow(document);
    this.#closedText = undefined;
    if (old !== undefined && oldText !== undefined) {
      const change = replacedText(oldText, document.getText());
      if (change !== undefined) this.#become(updateColumns(old, change, lineReader(document)));
    } else {
      const prepared = this.#prepared;
      const fits = prepared?.document === document && prepared.version === document.version;
      this.#become(fits ? prepared.columns : readDocument(document));
    }
    this.#prepared = undefined;
  }

  /** Keeps what was read although the editor let go of the document. */
  detach(): void {
    this.#closedText = this.#document?.getText();
    this.#document = undefined;
    this.disk.follow(undefined);
  }

  /** Opens the file where it exists. Errors are a state, with a message for people. */
  async open(): Promise<void> {
    if (this.#document !== undefined) return;
    try {
      const document = await vscode.workspace.openTextDocument(this.uri);
      // The editor remembers a document for a while after its file was deleted outside.
      if (document.isDirty || isInTab(this.uri) || (await exists(this.uri))) {
        await this.prepare(document);
        this.attach(document);
      } else this.setAbsent();
    } catch (error) {
      if (await exists(this.uri)) this.setUnreadable(messageOf(error));
      else this.setAbsent();
    }
  }

  setAbsent(): void {
    this.#document = undefined;
    this.disk.follow(undefined);
    this.#closedText = undefined;
    const had = this.columns?.sentences.length ?? 0;
    const before = this.#state.kind;
    this.#state = { kind: 'absent' };
    this.#history = emptyHistory;
    if (before !== 'absent')
      this.#changed.fire({ splice: had === 0 ? undefined : { first: 0, oldEnd: had, newEnd: 0 } });
  }

  setUnreadable(message: string): void {
    this.setAbsent();
    this.#state = { kind: 'unreadable', message };
    this.#changed.fire({ splice: undefined });
  }

  /** Follows a change of the document's text, whoever made it. */
  textChanged(event: vscode.TextDocumentChangeEvent): void {
    const { columns } = this;
    if (event.document !== this.#document || columns === undefined || event.contentChanges.length === 0) return;
    const changes = event.contentChanges.map(({ range, text }) => ({ start: range.start, end: range.end, text }));
    this.#become(updateColumns(columns, changes, lineReader(event.document)));
    const direction = directionOf(event.reason);
    if (direction === undefined || this.columns === undefined) return;
    this.#history = followed(this.#history, direction, this.columns, lineReader(event.document));
  }

  /** Makes a correction as one edit of the document and remembers it. */
  async correct(correction: GoldCorrection, annotator: string): Promise<Outcome> {
    await this.open();
    const document = this.#document;
    const { columns } = this;
    if (document === undefined || columns === undefined) return this.#unavailable();
    const edits = [
      ...correction.replacements.flatMap(({ sentence, decisions }) =>
        goldEdits(columns, sentence, decisions, annotator),
      ),
      ...insertionEdits(columns, correction.insertions, annotator),
    ];
    if (edits.length === 0) return ok(undefined);
    const steps = stepsOf(correction, columns, lineReader(document));
    const outcome = await this.#apply(document, edits);
    if (outcome.ok) this.#remember(steps);
    return outcome;
  }

  /** Makes an edit that is no correction of spans, such as one of comments. */
  async edit(make: (columns: ColumnDocument) => readonly TextEdit[]): Promise<Outcome> {
    await this.open();
    if (this.#document === undefined || this.columns === undefined) return this.#unavailable();
    const edits = make(this.columns);
    return edits.length === 0 ? ok(undefined) : this.#apply(this.#document, edits);
  }

  /** Undoes or redoes the last correction that can be; false where there is none. */
  async step(direction: Direction): Promise<boolean> {
    await this.open();
    const next = this.#next(direction);
    if (next === undefined || this.#document === undefined || this.columns === undefined) return false;
    const before = this.#history;
    this.#history = next.rest;
    const outcome = await this.#apply(this.#document, stepEdits(this.columns, next.entry, direction));
    if (!outcome.ok) this.#history = before;
    this.#changed.fire({ splice: undefined });
    return outcome.ok;
  }

  dispose(): void {
    this.disk.dispose();
    this.#changed.dispose();
  }

  #can(direction: Direction): boolean {
    // Of a file that is not open it is only known which corrections were made, until it is opened for undoing one.
    return this.#document === undefined ? this.#history[direction].length > 0 : this.#next(direction) !== undefined;
  }

  #next(direction: Direction): ReturnType<typeof nextStep> {
    if (this.columns === undefined || this.#document === undefined) return undefined;
    return nextStep(this.#history, direction, this.columns, lineReader(this.#document));
  }

  #become(columns: ColumnDocument): void {
    const splice = spliceBetween(this.columns?.sentences ?? [], columns.sentences);
    this.#state = { kind: 'read', columns };
    if (splice !== undefined) this.#history = moved(this.#history, splice);
    this.#changed.fire({ splice });
  }

  #unavailable(): Outcome {
    return this.#state.kind === 'unreadable'
      ? fail('unreadableGold', `${this.uri.path} cannot be read: ${this.#state.message}`)
      : fail('editRefused', `${this.uri.path} could not be opened.`);
  }

  async #apply(document: vscode.TextDocument, edits: readonly TextEdit[]): Promise<Outcome> {
    if (await isReadOnly(this.uri))
      return fail('readOnly', `${this.uri.path} is read-only. Save a copy where you may write and correct that one.`);
    const edit = new vscode.WorkspaceEdit();
    edit.set(
      document.uri,
      edits.map(({ start, end, text }) =>
        vscode.TextEdit.replace(new vscode.Range(start.line, start.character, end.line, end.character), text),
      ),
    );
    if (await vscode.workspace.applyEdit(edit)) return ok(undefined);
    return fail('editRefused', `The editor did not accept the change of ${this.uri.path}. Try it again.`);
  }

  #remember(steps: readonly CorrectionStep[]): void {
    const document = this.#document;
    const { columns } = this;
    if (document === undefined || columns === undefined) return;
    const entry = steps.flatMap(({ sentence, words, before }) => {
      const found = wordsOf(columns, sentence);
      if (found === undefined || (words !== undefined && words !== found)) return [];
      const after = cellStates(columns, sentence, lineReader(document));
      // A block that the correction added goes back to "nobody annotated this", which keeps its line numbers.
      const old = before.length === 0 ? after.map((cell) => ({ ...cell, tag: UNDECIDED, annotator: NOBODY })) : before;
      return [{ sentence, words: found, before: old, after }];
    });
    if (entry.length === steps.length) this.#history = recorded(this.#history, entry);
    this.#changed.fire({ splice: undefined });
  }
}

function directionOf(reason: vscode.TextDocumentChangeReason | undefined): Direction | undefined {
  if (reason === vscode.TextDocumentChangeReason.Undo) return 'undo';
  return reason === vscode.TextDocumentChangeReason.Redo ? 'redo' : undefined;
}
