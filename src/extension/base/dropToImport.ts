import { mkdtemp, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';

const URI_LIST = 'text/uri-list';
const FILES = 'files';

/** Imports files that are dropped on a tree. */
export function dropToImport<Node>(): vscode.TreeDragAndDropController<Node> {
  return {
    dropMimeTypes: [URI_LIST, FILES],
    dragMimeTypes: [],
    handleDrop: async (_, data) => {
      const files = await droppedFiles(data);
      if (files !== undefined) await vscode.commands.executeCommand('entityLens.importCorpus', files);
    },
  };
}

/** What an import is told of dropped files. Files of another program that have no address here are copied to a place of their own first. */
export async function droppedFiles(
  data: vscode.DataTransfer,
): Promise<{ readonly files: readonly vscode.Uri[]; readonly detached: boolean } | undefined> {
  const listed = await data.get(URI_LIST)?.asString();
  const uris = (listed ?? '')
    .split(/\r?\n/)
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => vscode.Uri.parse(line));
  if (uris.length > 0) return { files: uris, detached: false };
  const files: vscode.Uri[] = [];
  let detached = false;
  let folder: string | undefined;
  for (const [, item] of data) {
    const file = item.asFile();
    if (file === undefined) continue;
    if (file.uri !== undefined) {
      files.push(file.uri);
      continue;
    }
    folder ??= await mkdtemp(path.join(os.tmpdir(), 'entity-lens-import-'));
    const copy = path.join(folder, path.basename(file.name));
    await writeFile(copy, await file.data());
    files.push(vscode.Uri.file(copy));
    detached = true;
  }
  return files.length === 0 ? undefined : { files, detached };
}
