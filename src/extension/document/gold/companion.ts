import * as vscode from 'vscode';
import { fail, ok } from '../../../core/result.ts';
import type { Result } from '../../../core/result.ts';
import { readSettings } from '../../settings/settings.ts';
import { foreignMessage } from './diskVersion.ts';
import { exists, isShown, nameOf } from '../../base/files.ts';
import type { GoldFile, GoldState } from './goldFile.ts';
import type { CorrectionReason } from '../session.ts';
import { messageOf } from '../../../core/errorMessage.ts';

/** How long the editor may take to notice that a file it still remembers was written anew. */
const LONGEST_RELOAD_MS = 10_000;

/** Where gold of prose lives: NAME.iob2 beside NAME. */
export function companionUri(prose: vscode.Uri): vscode.Uri {
  return prose.with({ path: `${prose.path}.iob2` });
}

/** What a new companion file begins with. */
function header(prose: vscode.Uri, eol: string): string {
  const name = nameOf(prose);
  return [
    `# Gold named entities of ${name}, decided in Entity Lens. A block a sentence, matched to the text by "# text".`,
    '# Columns: number, word, tag, unused, who decided. Tag "_": nobody decided yet.',
    `# newdoc id = ${name}`,
    '',
    '',
  ].join(eol);
}

/** Makes the companion file where there is none, and opens it. Never overwrites one. */
export async function ensureCompanion(
  file: GoldFile,
  prose: vscode.TextDocument,
): Promise<Result<void, CorrectionReason>> {
  const before = await opened(file);
  if (before.kind === 'read') return ok(undefined);
  if (before.kind === 'unreadable')
    return fail(
      'unreadableGold',
      `Gold is kept in ${file.uri.path}, which cannot be read: ${before.message} Mend or move that file, then repeat the correction.`,
    );
  const eol = prose.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
  const text = header(prose.uri, eol);
  try {
    if (!(await exists(file.uri))) {
      await vscode.workspace.fs.writeFile(file.uri, new TextEncoder().encode(text));
      await reloaded(file.uri, text);
    }
  } catch (error) {
    return fail(
      'readOnly',
      `The gold file ${file.uri.path} cannot be made: ${messageOf(error)} Make its folder writable, or save a copy of the text where you may write.`,
    );
  }
  return (await opened(file)).kind === 'read'
    ? ok(undefined)
    : fail('unreadableGold', `${file.uri.path} was made but cannot be opened.`);
}

/**
 * Waits until the editor has read a new file. It may still hold the text of one that was there before and was deleted
 * outside, and would hand that out as the file's.
 */
async function reloaded(uri: vscode.Uri, text: string): Promise<void> {
  const key = uri.toString();
  const there = vscode.workspace.textDocuments.find((document) => document.uri.toString() === key);
  if (there === undefined || there.isDirty || there.getText() === text) return;
  await new Promise<void>((resolve) => {
    const settled = (): void => {
      clearTimeout(timer);
      for (const subscription of subscriptions) subscription.dispose();
      resolve();
    };
    const timer = setTimeout(settled, LONGEST_RELOAD_MS);
    const subscriptions = [
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document === there && document.getText() === text) settled();
      }),
      vscode.workspace.onDidCloseTextDocument((document) => {
        if (document === there) settled();
      }),
    ];
  });
}

async function opened(file: GoldFile): Promise<GoldState> {
  await file.open();
  return file.state;
}

/** The save that is under way, by document: VS Code refuses one that is asked for meanwhile. */
const saving = new WeakMap<vscode.TextDocument, Promise<string | undefined>>();

/** Saves a companion file that no editor shows, so that nobody has to look after it; undefined where all is well, else what to tell them. */
export async function saveHidden(file: GoldFile): Promise<string | undefined> {
  const { document } = file;
  if (document === undefined) return undefined;
  const before = saving.get(document) ?? Promise.resolve(undefined);
  const own = before.then(() => saveNow(file, document));
  saving.set(document, own);
  return own;
}

async function saveNow(file: GoldFile, document: vscode.TextDocument): Promise<string | undefined> {
  const remedy = `It stays open and unsaved: see that it can be written to, then save it.`;
  const name = nameOf(file.uri);
  while (document.isDirty && !isShown(file.uri) && readSettings(file.uri).autoSaveGold) {
    const { version } = document;
    if (await file.disk.check()) return foreignMessage(name);
    try {
      if (await document.save()) return undefined;
      // A correction that came while it was being written makes a save fail without a fault.
      if (stillDirty(document) && document.version === version) return `${name} could not be saved. ${remedy}`;
    } catch (error) {
      return `${name} could not be saved: ${messageOf(error)} ${remedy}`;
    }
  }
  return undefined;
}

function stillDirty(document: vscode.TextDocument): boolean {
  return document.isDirty;
}
