import * as vscode from 'vscode';
import { isBlank } from '../../../core/lines.ts';
import type { ProseSentence } from '../../../core/proseScan.ts';
import { hasFence, readInSlices, readSentences } from './proseReading.ts';
import { emptyProse, endOf, rereadProse, touching, updateProse } from './proseText.ts';
import type { ProseText, ProseUpdate } from './proseText.ts';
import { coveringReplacement } from '../../base/textChange.ts';
import type { Replacement } from '../../base/textChange.ts';

/** A paragraph longer than this (UTF-16 characters) is not read again at every key. */
const LONGEST_PARAGRAPH = 20_000;
/** A document with fenced code is read again as a whole at every key up to this length. */
const LONGEST_FENCED = 50_000;
const REREAD_DELAY_MS = 300;

/** What was read of a document before its session was made. */
export interface ProseRead {
  readonly version: number;
  readonly sentences: readonly ProseSentence[];
}

/** Reads a document in slices; undefined where it changed or was closed meanwhile. */
export async function readProse(document: vscode.TextDocument): Promise<ProseRead | undefined> {
  const { version } = document;
  const sentences = await readInSlices(document.getText(), () => document.version !== version || document.isClosed);
  return sentences && { version, sentences };
}

/** The sentences of a prose document, kept up to date while it is edited; between two keys only a paragraph is read again. */
export class ProseEditor implements vscode.Disposable {
  readonly #document: vscode.TextDocument;
  readonly #onUpdate: (update: ProseUpdate) => void;
  readonly #subscription: vscode.Disposable;
  #text: ProseText;
  /** Whether the document holds fenced code, as far as is known. */
  #fenced: boolean;
  #timer: NodeJS.Timeout | undefined;

  /** `read` is what the document said in that version of it, where that is known. */
  constructor(document: vscode.TextDocument, read: ProseRead | undefined, onUpdate: (update: ProseUpdate) => void) {
    this.#document = document;
    this.#onUpdate = onUpdate;
    const whole = document.getText();
    this.#fenced = hasFence(whole);
    const known = read?.version === document.version ? read.sentences : undefined;
    this.#text = rereadProse(emptyProse, whole, known === undefined ? readSentences : () => known).text;
    this.#subscription = vscode.workspace.onDidChangeTextDocument((event) => {
      if (event.document !== document) return;
      const edit = coveringReplacement(event.contentChanges);
      if (edit !== undefined) this.#edited(edit);
    });
  }

  get text(): ProseText {
    return this.#text;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#subscription.dispose();
  }

  #edited(edit: Replacement): void {
    const document = this.#document;
    const between = (start: number, end: number): string =>
      document.getText(new vscode.Range(document.positionAt(start), document.positionAt(end)));
    const paragraph = this.#paragraph(edit);
    const local = paragraph.end - paragraph.start <= LONGEST_PARAGRAPH;
    // A fence decides about everything below it, however far.
    const fenced = this.#fenced || (local && hasFence(between(paragraph.start, paragraph.end)));
    if (fenced && document.offsetAt(document.lineAt(document.lineCount - 1).range.end) <= LONGEST_FENCED)
      this.#reread();
    else {
      this.#become(
        updateProse(this.#text, edit, local && !fenced ? paragraph : this.#neighbours(edit), between, readSentences),
      );
      if (!local || fenced) this.#rereadLater();
    }
  }

  /** The lines around an edit up to blank ones, as offsets in the text after it. */
  #paragraph(edit: Replacement): { readonly start: number; readonly end: number } {
    const document = this.#document;
    const blank = (line: number): boolean => isBlank(document.lineAt(line).text);
    let first = document.positionAt(edit.start).line;
    let last = document.positionAt(edit.start + edit.length).line;
    let length = 0;
    while (first > 0 && length <= LONGEST_PARAGRAPH && !blank(first - 1))
      length += document.lineAt(--first).text.length;
    while (last + 1 < document.lineCount && length <= LONGEST_PARAGRAPH && !blank(last + 1))
      length += document.lineAt(++last).text.length;
    return {
      start: document.offsetAt(new vscode.Position(first, 0)),
      end: document.offsetAt(document.lineAt(last).range.end),
    };
  }

  /** The sentences that an edit touches and one on each side, as offsets in the text after it. */
  #neighbours(edit: Replacement): { readonly start: number; readonly end: number } {
    const growth = edit.length - (edit.end - edit.start);
    const [first, end] = touching(this.#text, { start: Math.max(0, edit.start - 1), end: edit.end + 1 });
    const last = Math.min(this.#text.sentences.length - 1, end);
    return {
      start: Math.min(edit.start, this.#text.starts[Math.max(0, first - 1)] ?? 0),
      end: Math.max(edit.start + edit.length, last < 0 ? 0 : endOf(this.#text, last) + growth),
    };
  }

  #rereadLater(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#reread();
    }, REREAD_DELAY_MS);
  }

  #reread(): void {
    const whole = this.#document.getText();
    this.#fenced = hasFence(whole);
    this.#become(rereadProse(this.#text, whole, readSentences));
  }

  #become(update: ProseUpdate): void {
    this.#text = update.text;
    this.#onUpdate(update);
  }
}
