import { execFile } from 'node:child_process';
import { userInfo } from 'node:os';
import * as vscode from 'vscode';
import { readSettings } from '../settings/settings.ts';

/** Git's answer by folder: it is asked once a folder and window. */
const gitNames = new Map<string, Promise<string>>();

/** The name for the annotator column: the setting, else git's user name, else the user of the operating system. */
export async function annotatorName(resource: vscode.Uri): Promise<string> {
  const configured = readSettings(resource).annotatorName;
  if (configured !== '') return configured;
  const folder =
    resource.scheme === 'file'
      ? vscode.Uri.joinPath(resource, '..').fsPath
      : vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file')?.uri.fsPath;
  const fromGit = await gitName(folder);
  return fromGit === '' ? systemName() : fromGit;
}

function gitName(folder: string | undefined): Promise<string> {
  const key = folder ?? '';
  const known = gitNames.get(key);
  if (known !== undefined) return known;
  const asked = new Promise<string>((resolve) => {
    const options = { timeout: 5000, ...(folder === undefined ? {} : { cwd: folder }) };
    // No git, no repository and no name all mean the same here: an empty answer.
    execFile('git', ['config', 'user.name'], options, (error, stdout) => {
      resolve(error === null ? stdout.trim() : '');
    });
  });
  gitNames.set(key, asked);
  return asked;
}

function systemName(): string {
  const named = process.env['USER'] ?? process.env['USERNAME'] ?? '';
  if (named !== '') return named;
  try {
    return userInfo().username;
  } catch {
    // A user without an entry in the system's list has no name.
    return '';
  }
}
