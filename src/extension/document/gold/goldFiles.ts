import * as vscode from 'vscode';
import type { Issue } from '../../../core/columns/document.ts';
import { offerComparison } from './diskVersion.ts';
import { exists, isInTab, nameOf } from '../../base/files.ts';
import { GoldFile } from './goldFile.ts';
import { settle } from '../../base/log.ts';
import { append } from '../../../core/lists.ts';

interface Entry {
  readonly file: GoldFile;
  users: number;
  /** Whether what the file says counts also while no editor holds it. */
  mayBeClosed: boolean;
  readonly disposables: { dispose(): unknown }[];
  timer: NodeJS.Timeout | undefined;
}

/** Problems shown for one file; the rest is counted in the last one. */
const MOST_PROBLEMS = 1000;
const PUBLISH_DELAY_MS = 200;
const REFRESH_DELAY_MS = 50;

/** The gold files in use, one object a file however many sessions read it, and the problems found in them. */
export class GoldFiles implements vscode.Disposable {
  readonly #entries = new Map<string, Entry>();
  readonly #log: vscode.LogOutputChannel;
  readonly #problems = vscode.languages.createDiagnosticCollection('entityLens');
  readonly #subscriptions: readonly { dispose(): unknown }[];

  constructor(log: vscode.LogOutputChannel) {
    this.#log = log;
    this.#subscriptions = [
      this.#problems,
      vscode.workspace.onDidOpenTextDocument((document) => {
        const file = this.#file(document.uri);
        if (file !== undefined) settle(log, `Reading ${document.uri.path}`, take(file, document));
      }),
      vscode.workspace.onDidChangeTextDocument((event) => this.#file(event.document.uri)?.textChanged(event)),
      vscode.workspace.onDidCloseTextDocument((document) => {
        const file = this.#file(document.uri);
        if (file?.document === document) file.detach();
      }),
    ];
  }

  /** The file's object, to be released once for each time it was acquired. `watched`: it may come, go and change on disk without being open. */
  acquire(uri: vscode.Uri, watched: boolean): GoldFile {
    const key = uri.toString();
    const entry = this.#entries.get(key) ?? this.#create(uri, key);
    entry.users++;
    if (watched) entry.mayBeClosed = true;
    return entry.file;
  }

  release(file: GoldFile): void {
    const key = file.uri.toString();
    const entry = this.#entries.get(key);
    if (entry === undefined || --entry.users > 0) return;
    this.#entries.delete(key);
    this.#problems.delete(file.uri);
    this.#end(entry);
  }

  dispose(): void {
    for (const entry of this.#entries.values()) this.#end(entry);
    this.#entries.clear();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #file(uri: vscode.Uri): GoldFile | undefined {
    return this.#entries.get(uri.toString())?.file;
  }

  #create(uri: vscode.Uri, key: string): Entry {
    const file = new GoldFile(uri);
    const entry: Entry = { file, users: 0, mayBeClosed: false, disposables: [], timer: undefined };
    entry.disposables.push(
      file.onDidChange(() => {
        entry.timer ??= setTimeout(() => {
          entry.timer = undefined;
          this.#publish(file);
        }, PUBLISH_DELAY_MS);
      }),
      file.disk.onDidChange(() => {
        const { document } = file;
        if (file.disk.foreign && document !== undefined)
          settle(this.#log, 'Telling of a change on disk', offerComparison(document, nameOf(uri)));
      }),
    );
    if (uri.scheme !== 'untitled') append(entry.disposables, this.#watch(entry));
    this.#entries.set(key, entry);
    return entry;
  }

  #end(entry: Entry): void {
    clearTimeout(entry.timer);
    for (const disposable of entry.disposables) disposable.dispose();
    entry.file.dispose();
  }

  #watch(entry: Entry): readonly { dispose(): unknown }[] {
    const { file } = entry;
    const folder = vscode.Uri.joinPath(file.uri, '..');
    const name = file.uri.path.slice(file.uri.path.lastIndexOf('/') + 1);
    const pattern = new vscode.RelativePattern(folder, name.replace(/[[\]{}*?]/g, '[$&]'));
    const watcher = vscode.workspace.createFileSystemWatcher(pattern);
    let timer: NodeJS.Timeout | undefined;
    // A checkout deletes and writes a file in quick succession: what counts is what is there afterwards.
    const refresh = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        settle(this.#log, `Reading ${file.uri.path}`, refreshFile(entry));
      }, REFRESH_DELAY_MS);
    };
    watcher.onDidCreate(refresh);
    watcher.onDidChange(refresh);
    watcher.onDidDelete(refresh);
    const cancel = (): void => {
      clearTimeout(timer);
    };
    return [watcher, { dispose: cancel }];
  }

  #publish(file: GoldFile): void {
    const issues = file.columns?.issues ?? [];
    this.#problems.set(file.uri, problems(issues));
  }
}

/** Follows a document that was opened, once it is read. */
async function take(file: GoldFile, document: vscode.TextDocument): Promise<void> {
  await file.prepare(document);
  if (!document.isClosed) file.attach(document);
}

async function refreshFile({ file, mayBeClosed }: Entry): Promise<void> {
  if (mayBeClosed) await reread(file);
  await file.disk.written();
}

async function reread(file: GoldFile): Promise<void> {
  if (await exists(file.uri)) await file.open();
  else if (file.document?.isDirty !== true && !isInTab(file.uri)) file.setAbsent();
}

function problems(issues: readonly Issue[]): vscode.Diagnostic[] {
  const shown = issues.slice(0, MOST_PROBLEMS).map(problem);
  const rest = issues.length - shown.length;
  const last = issues[MOST_PROBLEMS];
  if (last === undefined) return shown;
  const message = `${String(rest)} more problems from here on are not listed. Mend the ones above first.`;
  return [...shown, problem({ line: last.line, severity: 'warning', reason: 'tooMany', message })];
}

function problem({ line, severity, reason, message }: Issue): vscode.Diagnostic {
  const range = new vscode.Range(Math.max(0, line - 1), 0, Math.max(0, line - 1), Number.MAX_SAFE_INTEGER);
  const kind = severity === 'error' ? vscode.DiagnosticSeverity.Error : vscode.DiagnosticSeverity.Warning;
  const diagnostic = new vscode.Diagnostic(range, message, kind);
  diagnostic.source = 'Entity Lens';
  diagnostic.code = reason;
  return diagnostic;
}
