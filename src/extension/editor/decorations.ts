import * as vscode from 'vscode';
import { editorOf } from '../document/currentSentence.ts';
import type { CurrentSentence } from '../document/currentSentence.ts';
import { currentSentenceStyle, decorationStyle } from './decorationStyles.ts';
import type { Look } from './decorationStyles.ts';
import { isInUse } from '../prediction/inUse.ts';
import { markOptions, marksOf } from './marks.ts';
import type { Mark } from './marks.ts';
import { shiftThrough } from './placedMarks.ts';
import type { Services } from '../prediction/services.ts';
import { followSessions } from '../document/followSessions.ts';
import type { Session } from '../document/session.ts';

/** Milliseconds between a change and the drawing of it. */
const delay = 40;
/** Lines above and below the visible ones that are drawn too, so that scrolling does not show bare text. */
const margin = 40;
/** The most marks in one editor; VS Code slows down with many. */
const most = 1000;

interface Drawn {
  readonly look: string;
  readonly range: vscode.Range;
}

/** Draws what the sources say over the visible lines of every editor that shows a session's document. */
export class Decorations implements vscode.Disposable {
  readonly #types = new Map<string, vscode.TextEditorDecorationType>();
  readonly #drawn = new Map<vscode.TextEditor, readonly Drawn[]>();
  readonly #waiting = new Map<vscode.TextEditor, NodeJS.Timeout>();
  readonly #subscriptions: { dispose(): unknown }[] = [];
  readonly #currentType = vscode.window.createTextEditorDecorationType(currentSentenceStyle());

  readonly #services: Services;
  readonly #current: CurrentSentence;
  readonly #media: vscode.Uri;

  constructor(services: Services, current: CurrentSentence, media: vscode.Uri) {
    this.#services = services;
    this.#current = current;
    this.#media = media;
    const { sessions } = services;
    this.#subscriptions.push(
      followSessions(sessions, {
        opened: ({ document }) => {
          this.#schedule(document);
        },
        changed: ({ document }, { kind }) => {
          if (kind !== 'status') this.#schedule(document);
        },
        closed: ({ document }) => {
          this.#schedule(document);
        },
      }),
      current.onDidChange((session) => {
        this.#schedule(session.document);
      }),
      vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => {
        this.#scheduleEditor(textEditor);
      }),
      vscode.window.onDidChangeVisibleTextEditors((editors) => {
        for (const editor of this.#drawn.keys()) if (!editors.includes(editor)) this.#forget(editor);
        for (const editor of editors) this.#scheduleEditor(editor);
      }),
      vscode.workspace.onDidChangeTextDocument((event) => {
        this.#follow(event);
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (!event.affectsConfiguration('entityLens')) return;
        for (const editor of vscode.window.visibleTextEditors) this.#scheduleEditor(editor);
      }),
    );
  }

  dispose(): void {
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    for (const type of this.#types.values()) type.dispose();
    this.#currentType.dispose();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #schedule(document: vscode.TextDocument): void {
    for (const editor of vscode.window.visibleTextEditors) {
      if (editor.document === document) this.#scheduleEditor(editor);
    }
  }

  #scheduleEditor(editor: vscode.TextEditor): void {
    if (this.#waiting.has(editor)) return;
    if (!this.#drawn.has(editor) && this.#services.sessions.get(editor.document.uri)?.document !== editor.document)
      return;
    const timer = setTimeout(() => {
      this.#waiting.delete(editor);
      if (vscode.window.visibleTextEditors.includes(editor)) this.#draw(editor);
    }, delay);
    this.#waiting.set(editor, timer);
  }

  #forget(editor: vscode.TextEditor): void {
    clearTimeout(this.#waiting.get(editor));
    this.#waiting.delete(editor);
    this.#drawn.delete(editor);
  }

  /** Takes away at once what an edit touched; VS Code itself moves the rest. */
  #follow({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    if (contentChanges.length === 0) return;
    for (const [editor, marks] of this.#drawn) {
      if (editor.document !== document) continue;
      const touched = new Set<string>();
      const kept: Drawn[] = [];
      for (const mark of marks) {
        const place = shiftThrough(mark.range, contentChanges);
        if (place === undefined) touched.add(mark.look);
        else kept.push({ look: mark.look, range: rangeAt(place) });
      }
      this.#drawn.set(editor, kept);
      for (const look of touched) this.#apply(editor, look, kept);
      this.#scheduleEditor(editor);
    }
  }

  #draw(editor: vscode.TextEditor): void {
    const session = this.#services.sessions.get(editor.document.uri);
    const before = this.#drawn.get(editor) ?? [];
    const marks = session?.document === editor.document ? this.#marksIn(editor, session) : [];
    this.#drawn.set(editor, marks);
    for (const look of new Set([...before, ...marks].map((mark) => mark.look))) this.#apply(editor, look, marks);
    this.#drawCurrent(editor, session);
  }

  #apply(editor: vscode.TextEditor, look: string, marks: readonly Drawn[]): void {
    const type = this.#types.get(look);
    if (type === undefined) return;
    editor.setDecorations(
      type,
      marks.filter((mark) => mark.look === look).map((mark) => mark.range),
    );
  }

  #drawCurrent(editor: vscode.TextEditor, session: Session | undefined): void {
    const index = session === undefined ? undefined : this.#current.of(session);
    const length = index === undefined ? 0 : (session?.sentences[index]?.tokens.length ?? 0);
    const shown =
      session !== undefined &&
      index !== undefined &&
      length > 0 &&
      editorOf(session) === editor &&
      isInUse(this.#services, session);
    editor.setDecorations(this.#currentType, shown ? [wholeSentence(session, index, length)] : []);
  }

  #marksIn(editor: vscode.TextEditor, session: Session): readonly Drawn[] {
    const options = markOptions(this.#services, session);
    const drawn: Drawn[] = [];
    for (const visible of editor.visibleRanges) {
      const lines = new vscode.Range(Math.max(0, visible.start.line - margin), 0, visible.end.line + margin, 0);
      const [first, end] = session.sentencesIn(session.document.validateRange(lines));
      for (let index = first; index < end; index++) {
        const sentence = session.sentences[index];
        if (sentence === undefined) continue;
        for (const mark of marksOf(sentence, options)) {
          if (drawn.length >= most) return drawn;
          const look = this.#lookOf(mark);
          for (const range of places(session, index, mark)) drawn.push({ look, range });
        }
      }
    }
    return drawn;
  }

  /** The name of the decoration type for a mark, made on first use. */
  #lookOf({ form, slot }: Look): string {
    const key = `${form} ${String(slot)}`;
    if (!this.#types.has(key)) {
      const style = decorationStyle({ form, slot }, this.#media);
      this.#types.set(key, vscode.window.createTextEditorDecorationType(style));
    }
    return key;
  }
}

/** All words of a sentence; in columns all of their lines. */
function wholeSentence(session: Session, index: number, length: number): vscode.Range {
  const range = session.rangeOf(index, 0, length);
  if (session.kind === 'prose') return range;
  return new vscode.Range(range.start.line, 0, range.end.line, session.document.lineAt(range.end.line).text.length);
}

/** Words of prose are one stretch; in columns each word is a cell of its own line. */
function places(session: Session, index: number, { first, end }: Mark): readonly vscode.Range[] {
  if (session.kind === 'prose') return [session.rangeOf(index, first, end)];
  const cells: vscode.Range[] = [];
  for (let token = first; token < end; token++) cells.push(session.rangeOf(index, token, token + 1));
  return cells;
}

function rangeAt({ start, end }: { start: Position; end: Position }): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

type Position = Pick<vscode.Position, 'line' | 'character'>;
