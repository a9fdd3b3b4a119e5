import * as vscode from 'vscode';
import { CountCache } from '../../node/corpus/corpusDocuments.ts';
import { settle } from '../base/log.ts';
import type { Services } from '../prediction/services.ts';
import type { Session } from '../document/session.ts';
import { countLive } from './corpusEntry.ts';
import type { CorpusEntry } from './corpusEntry.ts';
import { documentsIn } from './corpusListing.ts';
import type { ListedDocument } from './corpusListing.ts';
import { CorpusWatcher } from './corpusWatcher.ts';
import { isColumnFile } from '../../core/columns/columnFiles.ts';
import { LiveSessions } from './liveSessions.ts';
import { uriFiles } from './uriFiles.ts';
import { messageOf } from '../../core/errorMessage.ts';

/** How far the counting is: documents; `total` is undefined while folders are still looked through. */
export interface ScanProgress {
  readonly done: number;
  readonly total: number | undefined;
}

const FOLDER_KEY = 'entityLens.corpusFolder';
/** Milliseconds that changes are collected for before they are shown. */
const SHOW_MS = 200;

/** A folder as a corpus: its documents with their counts, kept up to date once someone asked for them. */
export class Corpus implements vscode.Disposable {
  readonly #services: Pick<Services, 'sessions' | 'models' | 'log'>;
  readonly #memory: vscode.Memento;
  readonly #counts = new CountCache(uriFiles);
  readonly #changed = new vscode.EventEmitter<void>();
  /** Fires some time after something that is shown changed. */
  readonly onDidChange = this.#changed.event;
  readonly #live: LiveSessions;
  readonly #subscriptions: readonly { dispose(): unknown }[];
  #watcher: CorpusWatcher | undefined;
  #entries = new Map<string, CorpusEntry>();
  #progress: ScanProgress | undefined;
  #stopped = false;
  #scan: { readonly stop: AbortController; readonly done: Promise<void> } | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(services: Pick<Services, 'sessions' | 'models' | 'log'>, memory: vscode.Memento) {
    this.#services = services;
    this.#memory = memory;
    this.#live = new LiveSessions(services.sessions, (sessions) => {
      for (const session of sessions) settle(services.log, 'Counting a document', this.#recount(session));
    });
    this.#subscriptions = [
      this.#changed,
      this.#live,
      services.sessions.onDidClose((session) => {
        settle(services.log, 'Counting a document', this.#countAgain([session.document.uri.toString()]));
      }),
      services.models.onDidReplace(() => {
        for (const [key, entry] of this.#entries) this.#entries.set(key, { ...entry, models: undefined });
        this.#show();
      }),
      vscode.workspace.onDidChangeWorkspaceFolders(() => {
        if (this.chosen === undefined) this.#startOver();
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('files.exclude') || event.affectsConfiguration('entityLens.corpus.exclude'))
          this.#startOver();
      }),
    ];
  }

  /** The folder that the user chose; undefined for the whole workspace. */
  get chosen(): vscode.Uri | undefined {
    const address = this.#memory.get<string>(FOLDER_KEY);
    return address === undefined ? undefined : vscode.Uri.parse(address);
  }

  get folders(): readonly vscode.Uri[] {
    const { chosen } = this;
    return chosen === undefined ? (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri) : [chosen];
  }

  /** The documents in the order of the tree. */
  get entries(): readonly CorpusEntry[] {
    return [...this.#entries.values()];
  }

  get progress(): ScanProgress | undefined {
    return this.#progress;
  }

  /** Whether the user ended the counting before its end. */
  get stopped(): boolean {
    return this.#stopped;
  }

  /** Whether the documents were looked for, now or earlier. */
  get asked(): boolean {
    return this.#scan !== undefined;
  }

  async choose(folder: vscode.Uri | undefined): Promise<void> {
    await this.#memory.update(FOLDER_KEY, folder?.toString());
    this.#startOver();
  }

  /** Looks for documents and counts them, unless that was done or is under way; resolves when they are counted or it was stopped. */
  ensure(): Promise<void> {
    return this.#scan?.done ?? this.refresh();
  }

  /** Looks for documents anew; only what changed is read again. Resolves when they are counted, be it by a later call. */
  refresh(): Promise<void> {
    this.#scan?.stop.abort();
    const stop = new AbortController();
    const done = this.#run(stop.signal).catch((error: unknown) => {
      if (!stop.signal.aborted) throw error;
      const newer = this.#scan;
      return newer === undefined || newer.stop === stop ? undefined : newer.done;
    });
    this.#scan = { stop, done };
    this.#watcher ??= new CorpusWatcher(this.folders, {
      isKnown: (address) => this.#entries.has(address),
      listAgain: () => {
        settle(this.#services.log, 'Looking for documents', this.refresh());
      },
      countAgain: (addresses) => {
        settle(this.#services.log, 'Counting a document', this.#countAgain(addresses));
      },
    });
    return done;
  }

  /** Ends the counting; what was counted stays. */
  stop(): void {
    this.#stopped ||= this.#progress !== undefined;
    this.#scan?.stop.abort();
    this.#progress = undefined;
    this.#show();
  }

  /** Looks for the documents without counting them. */
  async list(signal: AbortSignal): Promise<readonly CorpusEntry[]> {
    const found = await this.#listed(signal);
    return found.map(([, listed]) => this.#entries.get(listed.uri.toString()) ?? uncounted(listed));
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#scan?.stop.abort();
    this.#watcher?.dispose();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #startOver(): void {
    const asked = this.asked;
    this.#scan?.stop.abort();
    this.#watcher?.dispose();
    this.#watcher = undefined;
    this.#scan = undefined;
    this.#entries = new Map();
    if (asked) settle(this.#services.log, 'Looking for documents', this.refresh());
    this.#show();
  }

  async #run(signal: AbortSignal): Promise<void> {
    this.#stopped = false;
    this.#progress = { done: 0, total: undefined };
    this.#show();
    try {
      const found = await this.#listed(signal);
      const entries = found.map(([key, listed]) => [key, { ...uncounted(listed), ...this.#known(key) }] as const);
      this.#entries = new Map(entries);
      this.#counts.keep(new Set(this.#entries.keys()));
      const keys = [...this.#entries.keys()];
      for (const [done, key] of keys.entries()) {
        this.#progress = { done, total: keys.length };
        this.#show();
        await this.#count(key, signal);
        signal.throwIfAborted();
      }
    } finally {
      if (this.#scan?.stop.signal === signal) this.#progress = undefined;
      this.#show();
    }
  }

  #known(key: string): Partial<Pick<CorpusEntry, 'counts' | 'models'>> {
    const entry = this.#entries.get(key);
    return entry === undefined ? {} : { counts: entry.counts, models: entry.models };
  }

  /**
   * What lies in the folders, and open texts among it that have gold or answers of models but no gold file yet; without a
   * folder, what is open.
   */
  async #listed(signal: AbortSignal): Promise<readonly (readonly [string, ListedDocument])[]> {
    const { folders } = this;
    const found = new Map<string, ListedDocument>();
    for (const folder of folders) {
      const prefix = folders.length > 1 ? `${lastPart(folder)}/` : '';
      const unreadable = (path: string, error: unknown): void => {
        this.#services.log.warn(`${folder.path}/${path} cannot be read: ${messageOf(error)}`);
      };
      for await (const listed of documentsIn(folder, signal, unreadable))
        found.set(listed.uri.toString(), { ...listed, path: prefix + listed.path });
    }
    for (const session of this.#services.sessions.all) {
      const listed = this.#listedSession(session);
      const key = session.document.uri.toString();
      if (listed !== undefined && !found.has(key)) found.set(key, listed);
    }
    return [...found];
  }

  #listedSession({ document, kind, sentences }: Session): ListedDocument | undefined {
    const { uri } = document;
    const { folders } = this;
    const folder = folders.find(({ scheme, path }) => scheme === uri.scheme && uri.path.startsWith(`${path}/`));
    const isWorkedOn = sentences.some(
      ({ gold, partial, predictions }) => gold !== null || partial !== undefined || Object.keys(predictions).length > 0,
    );
    if (folders.length > 0 && (kind === 'columns' || folder === undefined)) return undefined;
    if (kind === 'prose' && !isWorkedOn) return undefined;
    const inFolder = folder === undefined ? lastPart(uri) : uri.path.slice(folder.path.length + 1);
    const prefix = folder === undefined || folders.length === 1 ? '' : `${lastPart(folder)}/`;
    return { uri, gold: undefined, path: prefix + inFolder };
  }

  async #count(key: string, signal: AbortSignal): Promise<void> {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    const session = this.#services.sessions.get(entry.uri);
    if (session !== undefined) {
      await this.#recount(session);
      return;
    }
    if (entry.gold === undefined && !isColumnFile(entry.path)) {
      // A text without a gold file belongs to the corpus only while it is open.
      this.#entries.delete(key);
      this.#show();
      return;
    }
    const document = { file: key, gold: entry.gold?.toString() };
    try {
      this.#update(key, { counts: await this.#counts.of(document, signal), problem: undefined });
    } catch (error) {
      if (signal.aborted) throw error;
      this.#update(key, { counts: undefined, problem: messageOf(error) });
    }
  }

  async #countAgain(keys: readonly string[]): Promise<void> {
    const signal = this.#scan?.stop.signal;
    if (signal === undefined) return;
    // A stopped scan does not keep documents from being followed.
    for (const key of keys) await this.#count(key, new AbortController().signal);
  }

  /** Counts an open document as it is in the editor. */
  async #recount(session: Session): Promise<void> {
    if (!this.asked) return;
    const key = session.document.uri.toString();
    if (!this.#entries.has(key)) {
      const listed = this.#listedSession(session);
      if (listed === undefined) return;
      this.#entries.set(key, uncounted(listed));
    }
    const counted = await countLive(session);
    // A document that changed meanwhile announced that itself.
    if (counted !== undefined) this.#update(key, { ...counted, problem: undefined });
  }

  #update(key: string, change: Partial<CorpusEntry>): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    this.#entries.set(key, { ...entry, ...change });
    this.#show();
  }

  #show(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#changed.fire();
    }, SHOW_MS);
  }
}

function uncounted({ uri, gold, path }: ListedDocument): CorpusEntry {
  return { uri, gold, path, counts: undefined, models: undefined, problem: undefined };
}

function lastPart({ path }: vscode.Uri): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
