import { open } from 'node:fs/promises';
import * as vscode from 'vscode';
import { READABLE_COLUMN_ENDINGS, anywhere, hasEnding } from '../../core/columns/columnFiles.ts';
import { knownNames, otherComments } from '../../core/columns/columnStream.ts';
import type { CorpusItem } from '../../core/corpus.ts';
import { detectFormat, formatOf } from '../../core/formats/registry.ts';
import { PIECE_BYTES } from '../../node/corpus/corpusFiles.ts';
import { fileSource, proseSource } from '../../node/corpus/exportSources.ts';
import type { ExportSource, ReadBytes, SourceFile } from '../../node/corpus/exportSources.ts';
import { companionUri } from '../document/gold/companion.ts';
import { exists } from '../base/files.ts';
import type { Session, SessionList } from '../document/session.ts';

/** True for a document that is read as columns. */
export function isColumnPath(path: string): boolean {
  return hasEnding(path, READABLE_COLUMN_ENDINGS);
}

const PROSE_ENDINGS = ['txt', 'md', 'markdown'] as const;
const PATTERN = anywhere([...READABLE_COLUMN_ENDINGS, ...PROSE_ENDINGS]);
const MOST_FILES = 10_000;

/** The annotated files of the workspace: columns, and prose that has gold beside it (or, `withProse`, any prose). */
export async function annotatedFiles(withProse: boolean): Promise<readonly vscode.Uri[]> {
  const found = await vscode.workspace.findFiles(PATTERN, '**/{node_modules,.git}/**', MOST_FILES);
  const paths = new Set(found.map(({ path }) => path));
  return found
    .filter((uri) => {
      if (hasEnding(uri.path, PROSE_ENDINGS)) return withProse || paths.has(companionUri(uri).path);
      // Gold beside prose is taken with its prose.
      return !(
        hasEnding(uri.path.replace(/\.iob2$/i, ''), PROSE_ENDINGS) && paths.has(uri.path.replace(/\.iob2$/i, ''))
      );
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The sources of documents: what is open as it is in the editor, the rest as it is on disk. */
export async function sourcesOf(uris: readonly vscode.Uri[], sessions: SessionList): Promise<readonly ExportSource[]> {
  const sources: ExportSource[] = [];
  for (const uri of uris) {
    const session = sessions.get(uri);
    sources.push(session === undefined ? await sourceOnDisk(uri) : openSource(session));
  }
  return sources;
}

async function sourceOnDisk(uri: vscode.Uri): Promise<ExportSource> {
  const file = await fileAt(uri);
  if (hasEnding(uri.path, READABLE_COLUMN_ENDINGS) || !hasEnding(uri.path, PROSE_ENDINGS)) {
    const head = await headOf(uri);
    const format = formatOf(detectFormat(uri.path, head)) ?? formatOf('iob2');
    if (format === undefined) throw new Error(`${uri.path} is in no format that can be read.`);
    const name = file.name.replace(/\.[^.]+$/, '');
    return fileSource(file, format, { name }, readBytes);
  }
  const gold = companionUri(uri);
  return proseSource(file, (await exists(gold)) ? await fileAt(gold) : undefined, readBytes);
}

/** An open document as it is now, saved or not. */
export function openSource(session: Session): ExportSource {
  const { document, kind } = session;
  const name = nameOf(document.uri);
  const text = document.getText();
  const file = { file: document.uri.toString(), name, size: text.length };
  const ofText =
    (source: string): ReadBytes =>
    () =>
      inPieces(new TextEncoder().encode(source));
  if (kind === 'columns') {
    const format = formatOf(detectFormat(document.uri.path, text.slice(0, PIECE_BYTES))) ?? formatOf('iob2');
    if (format?.read === undefined) throw new Error(`${name} is in no format that can be read.`);
    return fileSource(file, format, { name }, ofText(text));
  }
  const gold = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === session.goldUri.toString());
  const source = proseSource(
    file,
    gold && { file: gold.uri.toString(), name: nameOf(gold.uri), size: gold.getText().length },
    (one) => ofText(one === file.file ? text : (gold?.getText() ?? ''))(one, new AbortController().signal),
  );
  return { ...source, items: (signal) => withSessionGold(session, source.items(signal)) };
}

/** Prose is matched with its gold by the session, which also knows what was not saved. */
async function* withSessionGold(
  session: Session,
  steps: AsyncIterable<readonly CorpusItem[]>,
): AsyncGenerator<readonly CorpusItem[]> {
  const { sentences } = session;
  let number = 0;
  for await (const items of steps)
    yield items.map((item): CorpusItem => {
      const known = item.kind === 'sentence' ? sentences[number++] : undefined;
      if (item.kind !== 'sentence' || known?.text !== item.sentence.text) return item;
      const { tokens, id, gold, partial } = known;
      const [comments, annotators] = [otherComments(known), knownNames(known.annotators)];
      return { ...item, sentence: { ...item.sentence, tokens, id, layer: gold, partial, annotators, comments } };
    });
}

/** The bytes of any file: of this machine piece by piece, of other places as a whole. */
export const readBytes: ReadBytes = async function* (file, signal) {
  const uri = vscode.Uri.parse(file);
  if (uri.scheme !== 'file') {
    yield* inPieces(await vscode.workspace.fs.readFile(uri));
    return;
  }
  const handle = await open(uri.fsPath, 'r');
  try {
    for (;;) {
      signal.throwIfAborted();
      const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(PIECE_BYTES), 0, PIECE_BYTES, null);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
};

async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += PIECE_BYTES) {
    // Others get their turn between pieces.
    await new Promise((resolve) => setImmediate(resolve));
    yield bytes.subarray(start, start + PIECE_BYTES);
  }
}

/** The beginning of a file, enough to tell its format by; faults of its encoding are told when it is read. */
export async function headOf(uri: vscode.Uri): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const piece of readBytes(uri.toString(), new AbortController().signal)) {
    parts.push(piece);
    if (parts.length === 2) break;
  }
  return new TextDecoder().decode(Buffer.concat(parts), { stream: true });
}

/** A file as sources are told of it. */
export async function fileAt(uri: vscode.Uri): Promise<SourceFile> {
  const { size } = await vscode.workspace.fs.stat(uri);
  return { file: uri.toString(), name: nameOf(uri), size };
}

/** The name of a file in its workspace folder, with slashes; outside of one, its own name. */
export function nameOf(uri: vscode.Uri): string {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  if (folder === undefined) return uri.path.slice(uri.path.lastIndexOf('/') + 1);
  return uri.path.slice(folder.uri.path.length).replace(/^\//, '');
}
