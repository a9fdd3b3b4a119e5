import * as vscode from 'vscode';
import { ColumnSession } from './columnSession.ts';
import { companionUri } from './gold/companion.ts';
import { affects } from '../settings/settings.ts';
import type { GoldFiles } from './gold/goldFiles.ts';
import { settle } from '../base/log.ts';
import { readProse } from './prose/proseEditor.ts';
import { ProseSession } from './proseSession.ts';
import type { PlacedCorrection, Session, SessionList } from './session.ts';
import type { SessionBase } from './sessionBase.ts';

interface Open {
  readonly session: SessionBase;
  readonly release: () => void;
}

/** Prose beyond this many UTF-16 characters is read only on request, since reading it takes a while. */
const LARGEST_UNASKED = 5_000_000;
const PROSE_LANGUAGES: ReadonlySet<string> = new Set(['plaintext', 'markdown']);
/** What shows generated or historic text: nothing that a person annotates. */
const FOREIGN_SCHEMES: ReadonlySet<string> = new Set([
  'output',
  'git',
  'gitfs',
  'debug',
  'comment',
  'search-editor',
  'vscode',
  'vscode-settings',
  'vscode-userdata',
  'vscode-scm',
  'vscode-terminal',
  'vscode-interactive-input',
  'chat-editing-text-model',
  'walkThrough',
  'walkThroughSnippet',
]);

/** The sessions of all documents that are shown (or were asked for) and can be annotated. */
export class Sessions implements SessionList, vscode.Disposable {
  readonly #open = new Map<string, Open>();
  readonly #opening = new Map<string, Promise<Session>>();
  readonly #gold: GoldFiles;
  readonly #log: vscode.LogOutputChannel;
  readonly #didOpen = new vscode.EventEmitter<Session>();
  readonly #didClose = new vscode.EventEmitter<Session>();
  readonly #didChangeActive = new vscode.EventEmitter<Session | undefined>();
  readonly onDidOpen = this.#didOpen.event;
  readonly onDidClose = this.#didClose.event;
  readonly onDidChangeActive = this.#didChangeActive.event;
  readonly #subscriptions: readonly { dispose(): unknown }[];
  #active: Session | undefined;
  #modelLabels: readonly string[] = [];

  constructor(gold: GoldFiles, log: vscode.LogOutputChannel) {
    this.#gold = gold;
    this.#log = log;
    this.#subscriptions = [
      this.#didOpen,
      this.#didClose,
      this.#didChangeActive,
      vscode.window.onDidChangeVisibleTextEditors((editors) => {
        this.#openShown(editors);
      }),
      vscode.window.onDidChangeActiveTextEditor(() => {
        this.#updateActive();
      }),
      // A document whose language changes is closed and opened again in the same editor.
      vscode.workspace.onDidOpenTextDocument((document) => {
        if (vscode.window.visibleTextEditors.some((editor) => editor.document === document))
          this.#openUnasked(document);
      }),
      vscode.workspace.onDidCloseTextDocument((document) => {
        this.#close(document);
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (affects(event, 'labels')) for (const { session } of this.#open.values()) session.settingsChanged();
      }),
    ];
  }

  get all(): readonly Session[] {
    return [...this.#open.values()].map(({ session }) => session);
  }

  get active(): Session | undefined {
    return this.#active;
  }

  /** Opens sessions for what is shown already. */
  start(): void {
    this.#openShown(vscode.window.visibleTextEditors);
    this.#updateActive();
  }

  /** Says which labels the models in use bring with them. */
  setModelLabels(labels: readonly string[]): void {
    this.#modelLabels = labels;
    for (const { session } of this.#open.values()) session.setModelLabels(labels);
  }

  get(uri: vscode.Uri): Session | undefined {
    return this.#open.get(uri.toString())?.session;
  }

  /** The sessions whose gold is kept in this file. */
  ofGold(uri: vscode.Uri): readonly Session[] {
    const key = uri.toString();
    return this.all.filter((session) => session.goldUri.toString() === key);
  }

  ensure(document: vscode.TextDocument): Promise<Session> {
    const key = document.uri.toString();
    const there = this.#open.get(key);
    if (there !== undefined) return Promise.resolve(there.session);
    const opening = this.#opening.get(key);
    if (opening !== undefined) return opening;
    const kind = kindOf(document);
    if (kind === undefined) return Promise.reject(new Error(refusal(document)));
    const made = this.#create(document, kind).finally(() => this.#opening.delete(key));
    this.#opening.set(key, made);
    return made;
  }

  dispose(): void {
    for (const { session, release } of this.#open.values()) {
      session.dispose();
      release();
    }
    this.#open.clear();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  async #create(document: vscode.TextDocument, kind: Session['kind']): Promise<Session> {
    const file = this.#gold.acquire(
      kind === 'columns' ? document.uri : companionUri(document.uri),
      kind === 'prose' && !document.isUntitled,
    );
    const release = (): void => {
      this.#gold.release(file);
    };
    let session: SessionBase;
    try {
      if (kind === 'columns') await file.prepare(document);
      else if (!document.isUntitled) await file.open();
      const read = kind === 'prose' ? await readProse(document) : undefined;
      if (document.isClosed) throw new Error(`${document.uri.path} was closed.`);
      session =
        kind === 'columns'
          ? new ColumnSession(document, file)
          : new ProseSession(
              document,
              file,
              {
                log: this.#log,
                onUnsaved: (unsaved, corrections) => {
                  settle(this.#log, 'Saving a text', this.#offerSave(unsaved, corrections));
                },
              },
              read,
            );
    } catch (error) {
      release();
      throw error;
    }
    session.setModelLabels(this.#modelLabels);
    this.#open.set(document.uri.toString(), { session, release });
    if (kind === 'columns') keepTabs(document);
    this.#didOpen.fire(session);
    this.#updateActive();
    return session;
  }

  #openShown(editors: readonly vscode.TextEditor[]): void {
    for (const { document } of editors) this.#openUnasked(document);
    this.#updateActive();
  }

  #openUnasked(document: vscode.TextDocument): void {
    if (kindOf(document) === undefined || this.get(document.uri) !== undefined) return;
    const last = document.lineAt(document.lineCount - 1).range.end;
    if (document.languageId !== 'iob2' && document.offsetAt(last) > LARGEST_UNASKED) return;
    settle(this.#log, `Opening ${document.uri.path}`, this.ensure(document));
  }

  #close(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    const open = this.#open.get(key);
    if (open?.session.document !== document) return;
    this.#open.delete(key);
    open.session.dispose();
    open.release();
    this.#didClose.fire(open.session);
    this.#updateActive();
  }

  /** The panel and the Output view take the focus without changing what is annotated. */
  #updateActive(): void {
    const document = vscode.window.activeTextEditor?.document;
    const last =
      this.#active !== undefined && this.get(this.#active.document.uri) === this.#active ? this.#active : undefined;
    const elsewhere = document === undefined || FOREIGN_SCHEMES.has(document.uri.scheme);
    const next = elsewhere ? (last ?? this.#shown()) : this.get(document.uri);
    if (next === this.#active) return;
    this.#active = next;
    this.#didChangeActive.fire(next);
  }

  /** A session that is to be seen: what the panel is about when the window opens with the panel in front. */
  #shown(): Session | undefined {
    const sessions = vscode.window.visibleTextEditors.map(({ document }) => this.get(document.uri));
    return sessions.find((session) => session !== undefined);
  }

  /** Asks to save a text that has no file, then makes the corrections that were wanted. */
  async #offerSave(session: Session, corrections: readonly PlacedCorrection[]): Promise<void> {
    const save = 'Save…';
    const chosen = await vscode.window.showWarningMessage(
      'Corrections are kept in a file beside the text, and this text has no file yet. Save it, and your correction is made.',
      save,
    );
    if (chosen !== save) return;
    const texts = corrections.map(({ sentence }) => session.sentences[sentence]?.text);
    const saved = await vscode.workspace.save(session.document.uri);
    if (saved === undefined) return;
    const after = await this.ensure(await vscode.workspace.openTextDocument(saved));
    const same = corrections.every(({ sentence }, index) => after.sentences[sentence]?.text === texts[index]);
    const outcome = same ? await after.correctAll(corrections, after.revision) : undefined;
    if (outcome?.ok !== true)
      await vscode.window.showWarningMessage(
        outcome?.message ?? 'The text changed while it was saved. Repeat the correction.',
      );
  }
}

/** How a document is annotated, undefined where it cannot be. */
export function kindOf(document: vscode.TextDocument): Session['kind'] | undefined {
  if (FOREIGN_SCHEMES.has(document.uri.scheme)) return undefined;
  if (document.languageId === 'iob2') return 'columns';
  return PROSE_LANGUAGES.has(document.languageId) ? 'prose' : undefined;
}

/**
 * Lets the Tab key write a tab in column files, as the language's settings say. An editor that was restored before the
 * language was known still has the settings of plain text.
 */
function keepTabs(document: vscode.TextDocument): void {
  const settings = vscode.workspace.getConfiguration('editor', document);
  if (settings.get('insertSpaces') !== false) return;
  const tabSize = settings.get<number>('tabSize') ?? 12;
  for (const editor of vscode.window.visibleTextEditors)
    if (editor.document === document && editor.options.insertSpaces === true)
      editor.options = { insertSpaces: false, tabSize };
}

function refusal(document: vscode.TextDocument): string {
  return FOREIGN_SCHEMES.has(document.uri.scheme)
    ? 'This view cannot be annotated. Open a text or column file.'
    : `Documents of the language "${document.languageId}" cannot be annotated. Choose the language Plain Text, Markdown or IOB2 for it.`;
}
