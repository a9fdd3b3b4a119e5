import * as vscode from 'vscode';
import { isColumnFile } from '../../core/columns/columnFiles.ts';

/** What is to be done when files change. */
export interface WatchHandler {
  /** True for the address of a document of the corpus. */
  isKnown(address: string): boolean;
  /** Documents may have come or gone. */
  listAgain(): void;
  /** Only the contents of these documents changed. */
  countAgain(addresses: readonly string[]): void;
}

/** A checkout or a script touches many files in a row: they are looked at together, when nothing happened for so long. */
const QUIET_MS = 500;

/** Follows the files of a corpus. */
export class CorpusWatcher implements vscode.Disposable {
  readonly #handler: WatchHandler;
  readonly #subscriptions: vscode.Disposable[] = [];
  readonly #changed = new Set<string>();
  #listAgain = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(folders: readonly vscode.Uri[], handler: WatchHandler) {
    this.#handler = handler;
    for (const folder of folders) {
      const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, '**/*'));
      this.#subscriptions.push(
        watcher,
        watcher.onDidCreate((uri) => {
          this.#cameOrWent(uri);
        }),
        watcher.onDidDelete((uri) => {
          this.#cameOrWent(uri);
        }),
        watcher.onDidChange((uri) => {
          this.#contentChanged(uri);
        }),
      );
    }
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #contentChanged(uri: vscode.Uri): void {
    const address = uri.toString();
    const prose = address.replace(/\.iob2$/i, '');
    const known = [address, prose].find((one) => this.#handler.isKnown(one));
    if (known === undefined) return;
    this.#changed.add(known);
    this.#wait();
  }

  #cameOrWent(uri: vscode.Uri): void {
    const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
    const address = uri.toString();
    // A folder that comes or goes is announced without what is in it, and has no ending that we know.
    const isFolder = !/\.\w+$/.test(name);
    const concerns = isColumnFile(name) || this.#handler.isKnown(address) || this.#handler.isKnown(`${address}.iob2`);
    if (!concerns && !isFolder) return;
    if (/\/(?:node_modules|\.git)(?:\/|$)/.test(uri.path)) return;
    this.#listAgain = true;
    this.#wait();
  }

  #wait(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const changed = [...this.#changed];
      const listAgain = this.#listAgain;
      this.#changed.clear();
      this.#listAgain = false;
      if (listAgain) this.#handler.listAgain();
      else this.#handler.countAgain(changed);
    }, QUIET_MS);
  }
}
