import { setImmediate as nextTurn } from 'node:timers/promises';
import * as vscode from 'vscode';
import { CorpusInputError } from '../../node/corpus/utf8Text.ts';
import { PIECE_BYTES, diskFiles, utf8Decoder } from '../../node/corpus/corpusFiles.ts';
import type { CorpusFiles } from '../../node/corpus/corpusFiles.ts';

/** A file that is not on this machine's disk comes as a whole, so a larger one is not read. */
const LARGEST_VIRTUAL = 50_000_000;

/** The files of a workspace by their addresses: those on disk in pieces, others through the editor. */
export const uriFiles: CorpusFiles = {
  async stamp(address) {
    const uri = vscode.Uri.parse(address, true);
    if (uri.scheme === 'file') return diskFiles.stamp(uri.fsPath);
    const { mtime, size } = await vscode.workspace.fs.stat(uri);
    return `${String(mtime)} ${String(size)}`;
  },
  text: (address, signal) => {
    const uri = vscode.Uri.parse(address, true);
    return uri.scheme === 'file' ? diskFiles.text(uri.fsPath, signal) : virtualText(uri, signal);
  },
};

async function* virtualText(uri: vscode.Uri, signal: AbortSignal): AsyncGenerator<string> {
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > LARGEST_VIRTUAL)
    throw new CorpusInputError(
      `${uri.path} has ${String(Math.round(size / 1e6))} MB: in a virtual workspace files of more than ${String(LARGEST_VIRTUAL / 1e6)} MB are not read, since they would have to be in memory as a whole. Open the folder from disk instead.`,
    );
  const bytes = await vscode.workspace.fs.readFile(uri);
  const decode = utf8Decoder(uri.path);
  for (let place = 0; place < bytes.length; place += PIECE_BYTES) {
    signal.throwIfAborted();
    const text = decode(bytes.subarray(place, place + PIECE_BYTES));
    if (text !== '') yield text;
    await nextTurn();
  }
  const rest = decode(undefined);
  if (rest !== '') yield rest;
}
