import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import type { Running } from '../../src/extension/lifecycle.ts';
import type { Session } from '../../src/extension/document/session.ts';

/** The running extension. */
export async function running(): Promise<Running> {
  const extension = vscode.extensions.getExtension<Running>('entity-lens.entity-lens');
  assert.ok(extension, 'the extension is not loaded');
  return extension.activate();
}

/** A place in the workspace that no other test uses. */
export function inWorkspace(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'no folder is open');
  return vscode.Uri.joinPath(folder.uri, name);
}

export async function write(uri: vscode.Uri, text: string): Promise<void> {
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
}

export async function read(uri: vscode.Uri): Promise<string> {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(await vscode.workspace.fs.readFile(uri));
}

/** Writes a file, shows it and gives its session. */
export async function open(name: string, text: string): Promise<Session> {
  const uri = inWorkspace(name);
  await write(uri, text);
  return show(uri);
}

/** Shows a document and gives its session. */
export async function show(uri: vscode.Uri, column = vscode.ViewColumn.One): Promise<Session> {
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document, { viewColumn: column, preview: false });
  return (await running()).sessions.ensure(document);
}

/** Waits until something holds; the runner's time limit ends a wait in vain, with what was last seen. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, seconds = 15): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!(await holds())) {
    if (Date.now() > end) assert.fail(`in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Closes all editors without saving and forgets unsaved changes. */
export async function closeAll(): Promise<void> {
  for (const { document } of vscode.window.visibleTextEditors) {
    if (!document.isDirty || document.uri.scheme === 'output') continue;
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/** Gold of a sentence as `label:words`, null where nobody annotated it. */
export function goldOf(session: Session, index: number): readonly string[] | null | undefined {
  const sentence = session.sentences[index];
  return (
    sentence &&
    (sentence.gold?.map(
      ({ first, end, label }) =>
        `${label}:${sentence.tokens
          .slice(first, end)
          .map(({ form }) => form)
          .join(' ')}`,
    ) ??
      null)
  );
}

/** Corrects and insists that it worked. */
export async function setSpan(session: Session, at: number, first: number, end: number, label: string): Promise<void> {
  const outcome = await session.correct(at, { kind: 'setSpan', first, end, label }, session.revision);
  assert.deepEqual(outcome, { ok: true, value: undefined });
}

/** Replaces a piece of a document's text that occurs once. */
export async function retype(document: vscode.TextDocument, old: string, fresh: string): Promise<void> {
  const at = document.getText().indexOf(old);
  assert.ok(at >= 0, `"${old}" is not in the text`);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(document.positionAt(at), document.positionAt(at + old.length)), fresh);
  assert.ok(await vscode.workspace.applyEdit(edit));
}
