import * as vscode from 'vscode';
import { companionUri } from './companion.ts';
import { exists } from '../../base/files.ts';

/** Lets gold files follow their texts when these are renamed or moved; one that would overwrite another stays where it is. */
export function followRenames(log: vscode.LogOutputChannel): vscode.Disposable {
  return vscode.workspace.onWillRenameFiles((event) => {
    event.waitUntil(companionRenames(event.files, log));
  });
}

async function companionRenames(
  files: readonly { readonly oldUri: vscode.Uri; readonly newUri: vscode.Uri }[],
  log: vscode.LogOutputChannel,
): Promise<vscode.WorkspaceEdit> {
  const edit = new vscode.WorkspaceEdit();
  const moving = new Set(files.map(({ oldUri }) => oldUri.toString()));
  for (const { oldUri, newUri } of files) {
    const from = companionUri(oldUri);
    const to = companionUri(newUri);
    if (moving.has(from.toString()) || !(await exists(from))) continue;
    if (await exists(to)) log.warn(`${from.path} does not follow its text, because ${to.path} exists already.`);
    else edit.renameFile(from, to);
  }
  return edit;
}
