import * as vscode from 'vscode';
import { writeAtomically } from '../../node/atomicWrite.ts';

/** Replaces the target in one step: a reader sees the old file or the whole new one. */
export async function writeFile(target: vscode.Uri, text: string): Promise<void> {
  if (target.scheme === 'file') {
    await writeAtomically(target.fsPath, text);
    return;
  }
  const temporary = target.with({ path: `${target.path}.${String(Date.now())}.tmp` });
  await vscode.workspace.fs.writeFile(temporary, new TextEncoder().encode(text));
  await vscode.workspace.fs.rename(temporary, target, { overwrite: true });
}
