import * as vscode from 'vscode';
import type { CurrentSentence, Move } from '../document/currentSentence.ts';
import type { Session } from '../document/session.ts';
import { sessionOrTell } from '../decisions/tell.ts';
import type { WithServices } from '../prediction/services.ts';

/** What a walk through the sentences works on. */
interface Walking extends WithServices {
  readonly current: CurrentSentence;
}

/** Has both models annotate the document of the active editor, now and after each change. */
export async function annotateDocument({ services }: WithServices): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  const session = document === undefined ? services.sessions.active : await services.sessions.ensure(document);
  if (session === undefined) {
    void vscode.window.showInformationMessage('Open a text or a column file in the editor, then annotate it.');
    return;
  }
  await services.annotator.switchOn(session);
  await services.annotator.annotate(session);
}

export async function stopAnnotating({ services }: WithServices): Promise<void> {
  const session = sessionOrTell(services);
  if (session === undefined) return;
  services.annotator.cancel(session);
  await services.annotator.switchOff(session);
}

/** Shows a copy of a sample, since the extension's own files are not to be written to. */
export async function openSample({ services }: WithServices): Promise<void> {
  const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(services.extension, 'samples', 'news.txt'));
  const content = new TextDecoder().decode(bytes);
  const document = await vscode.workspace.openTextDocument({ content, language: 'plaintext' });
  await vscode.window.showTextDocument(document);
}

/** Shows the active document in the scheme that the argument names, or in the other one. */
export function switchScheme({ services }: WithServices, argument: unknown): void {
  const session = sessionOrTell(services);
  if (session === undefined) return;
  const other = session.scheme === 'full' ? 'simplified' : 'full';
  const scheme = schemeOf(argument) ?? other;
  session.setScheme(scheme);
  const what = scheme === 'full' ? 'Full scheme: B and I of each label, and O' : 'Simplified scheme: B, I and O';
  vscode.window.setStatusBarMessage(what, 4000);
}

function schemeOf(argument: unknown): Session['scheme'] | undefined {
  if (typeof argument !== 'object' || argument === null || !('scheme' in argument)) return undefined;
  return argument.scheme === 'full' || argument.scheme === 'simplified' ? argument.scheme : undefined;
}

/** Goes to another sentence of the active document. */
export function move({ services, current }: Walking, to: Move): void {
  const session = sessionOrTell(services);
  if (session === undefined || current.move(session, to)) return;
  const what = to === 'next' || to === 'previous' ? 'sentence' : 'disagreement';
  const where = to.startsWith('next') ? 'after' : 'before';
  vscode.window.setStatusBarMessage(`There is no ${what} ${where} this one.`, 4000);
}

/** Undoes or redoes the last correction of the active document. */
export async function undoOrRedo({ services }: WithServices, direction: 'undo' | 'redo'): Promise<void> {
  const session = sessionOrTell(services);
  if (session === undefined || (await session[direction]())) return;
  vscode.window.setStatusBarMessage(`There is no correction to ${direction}.`, 4000);
}
