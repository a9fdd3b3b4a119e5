import * as vscode from 'vscode';

const KEY = 'entityLens.switchedOn';
/** The documents that are remembered; the ones switched on longest ago are forgotten first. */
const MOST = 1000;

/** The documents that the user switched on, remembered with the workspace. Unsaved texts count only as long as the window is open. */
export class SwitchedOn implements vscode.Disposable {
  readonly #memento: vscode.Memento;
  readonly #unsaved = new Set<string>();
  readonly #subscription: vscode.Disposable;

  constructor(memento: vscode.Memento) {
    this.#memento = memento;
    this.#subscription = vscode.workspace.onDidRenameFiles(({ files }) => {
      const names = new Map(files.map(({ oldUri, newUri }) => [oldUri.toString(), newUri.toString()]));
      const kept = this.#stored.map((key) => names.get(key) ?? key);
      if (kept.some((key, index) => key !== this.#stored[index])) void this.#memento.update(KEY, kept);
    });
  }

  has(uri: vscode.Uri): boolean {
    const key = uri.toString();
    return this.#unsaved.has(key) || this.#stored.includes(key);
  }

  async set(uri: vscode.Uri, on: boolean): Promise<void> {
    const key = uri.toString();
    if (uri.scheme === 'untitled') {
      if (on) this.#unsaved.add(key);
      else this.#unsaved.delete(key);
      return;
    }
    const others = this.#stored.filter((stored) => stored !== key);
    await this.#memento.update(KEY, on ? [...others, key].slice(-MOST) : others);
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  get #stored(): readonly string[] {
    const value: unknown = this.#memento.get(KEY);
    return Array.isArray(value) ? value.filter((key) => typeof key === 'string') : [];
  }
}
