import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { nameOf } from '../../base/files.ts';

/** How long the editor may take to tell that it saved a document. */
const OWN_SAVE_MS = 500;

/** How long after a document lost its unsaved changes the editor may take to tell that this was a save. */
const TOLD_OF_SAVE_MS = 100;

/**
 * Whether others wrote a file while its document has unsaved changes. VS Code refuses to save over such a version only where
 * its length differs, and one label in place of another often leaves the length as it is.
 */
export class DiskVersion implements vscode.Disposable {
  readonly #uri: vscode.Uri;
  readonly #changed = new vscode.EventEmitter<void>();
  /** Fires when `foreign` changed. */
  readonly onDidChange = this.#changed.event;
  readonly #subscriptions: readonly vscode.Disposable[];
  /** The time of the version that the document was read from or written to; undefined where that is not known. */
  #known: number | undefined;
  #foreign = false;
  /** The look at the file that follows a save. */
  #looking: Promise<void> = Promise.resolve();
  #document: vscode.TextDocument | undefined;
  #saves = 0;
  /** What a save that nobody was warned of is about to overwrite. */
  #overwritten: string | undefined;

  constructor(uri: vscode.Uri) {
    this.#uri = uri;
    const same = (document: vscode.TextDocument): boolean => document === this.#document;
    this.#subscriptions = [
      // No extension can stop a save, such as an automatic one: their version is kept to be offered afterwards.
      vscode.workspace.onWillSaveTextDocument((event) => {
        if (same(event.document)) event.waitUntil(this.#keep().then(() => []));
      }),
      vscode.workspace.onDidSaveTextDocument((document) => {
        if (!same(document)) return;
        this.#saves++;
        this.#looking = this.#synchronised();
        if (this.#overwritten !== undefined) void offerOverwritten(nameOf(this.#uri), this.#overwritten);
        this.#overwritten = undefined;
      }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (same(document) && !document.isDirty) this.#looking = this.#reloaded(document);
      }),
    ];
  }

  /** True where saving the document would overwrite what others wrote. */
  get foreign(): boolean {
    return this.#foreign;
  }

  /** Follows a document from now on, or none. */
  follow(document: vscode.TextDocument | undefined): void {
    this.#document = document;
    this.#known = undefined;
    this.#set(false);
    // What an unsaved document was read from long ago is only known to VS Code.
    if (document?.isDirty === false) this.#looking = this.#synchronised();
  }

  /** Looks at the file again; true where saving would overwrite what others wrote. */
  async check(): Promise<boolean> {
    if (await this.#isNewer()) this.#set(true);
    return this.#foreign;
  }

  /** The file was written, perhaps by the editor itself, which tells of it a little later. */
  async written(): Promise<void> {
    if (!(await this.#isNewer())) return;
    await delay(OWN_SAVE_MS);
    await this.check();
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
  }

  async #keep(): Promise<void> {
    this.#overwritten = undefined;
    if (!this.#foreign && (await this.#isNewer())) this.#overwritten = await this.#text();
  }

  async #text(): Promise<string> {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(this.#uri));
  }

  async #isNewer(): Promise<boolean> {
    await this.#looking;
    const time = await this.#time();
    return time !== undefined && this.#known !== undefined && time > this.#known && this.#document?.isDirty === true;
  }

  async #synchronised(): Promise<void> {
    this.#known = await this.#time();
    this.#set(false);
  }

  /** The document has no unsaved changes: it was read anew, or its changes were undone while the file says something else. */
  async #reloaded(document: vscode.TextDocument): Promise<void> {
    const saves = this.#saves;
    const time = await this.#time();
    if (time === undefined || this.#known === undefined || time === this.#known) return;
    // A save is looked at by itself; reading and comparing all of the text after each would cost large files dearly.
    await delay(TOLD_OF_SAVE_MS);
    if (this.#saves !== saves || this.#document !== document) return;
    if ((await this.#text()) === document.getText()) await this.#synchronised();
  }

  async #time(): Promise<number | undefined> {
    try {
      return (await vscode.workspace.fs.stat(this.#uri)).mtime;
    } catch {
      return undefined;
    }
  }

  #set(foreign: boolean): void {
    if (foreign === this.#foreign) return;
    this.#foreign = foreign;
    this.#changed.fire();
  }
}

/** What to tell of a file that others wrote while its document has unsaved corrections. */
export function foreignMessage(name: string): string {
  return `${name} was changed on disk while it has unsaved corrections here: saving it would overwrite what others wrote. Compare both, then save yours or revert to the file.`;
}

/** Tells that others wrote the file of an unsaved document, and offers to compare and to take over their version. */
export async function offerComparison(document: vscode.TextDocument, name: string): Promise<void> {
  const compare = 'Compare';
  const revert = 'Revert to the File';
  const chosen = await vscode.window.showWarningMessage(foreignMessage(name), compare, revert);
  if (chosen === undefined || document.isClosed) return;
  await vscode.window.showTextDocument(document, { preview: false });
  const command = chosen === compare ? 'workbench.files.action.compareWithSaved' : 'workbench.action.files.revert';
  await vscode.commands.executeCommand(command);
}

/** Tells that a save went over a version that others had written meanwhile, and opens that one on request. */
async function offerOverwritten(name: string, content: string): Promise<void> {
  const show = 'Show Their Version';
  const message = `${name} was saved over a version that others wrote on disk in the meantime. Theirs is kept until you close this message.`;
  if ((await vscode.window.showWarningMessage(message, show)) === undefined) return;
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content, language: 'iob2' }));
}
