import { createHash } from 'node:crypto';
import path from 'node:path';
import * as vscode from 'vscode';
import { columnFiles, diskCorpus } from '../../node/corpus/diskCorpus.ts';
import type { EvaluatedCorpus } from '../../node/corpus/evaluateCorpora.ts';
import { answerOf } from '../document/layers.ts';
import type { Session } from '../document/session.ts';
import type { OpenableCorpus } from './run.ts';

/** A name for each of some files or folders, as short as it can be while all differ. */
export function corpusNames(targets: readonly vscode.Uri[]): readonly string[] {
  const short = targets.map(({ fsPath }) => path.basename(fsPath).replace(/\.[^.]+$/, ''));
  return targets.map((uri, index) => {
    const name = short[index] ?? '';
    const alone = short.filter((other) => other === name).length === 1;
    return alone ? name : vscode.workspace.asRelativePath(uri);
  });
}

/** Files and folders of this machine as corpora. Rejects with a message for people. */
export async function corporaOf(
  targets: readonly vscode.Uri[],
  signal: AbortSignal,
): Promise<readonly OpenableCorpus[]> {
  const apart = [...new Map(targets.map((uri) => [uri.toString(), uri])).values()];
  const names = corpusNames(apart);
  const corpora: OpenableCorpus[] = [];
  for (const [index, uri] of apart.entries()) {
    if (uri.scheme !== 'file')
      throw new Error(`${uri.toString()} is not on this machine's disk. Copy it there to evaluate it.`);
    const files = await columnFiles(uri.fsPath);
    const corpus = await diskCorpus(names[index] ?? '', files, signal);
    const uris = new Map(files.map((file) => [file.name, vscode.Uri.file(file.path)]));
    corpora.push({ corpus, files: uris, notices: unsaved(uris) });
  }
  return corpora;
}

function unsaved(files: ReadonlyMap<string, vscode.Uri>): readonly string[] {
  const dirty = new Set(
    vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty).map(({ uri }) => uri.toString()),
  );
  return [...files]
    .filter(([, uri]) => dirty.has(uri.toString()))
    .map(([name]) => `${name} has unsaved changes: what is on disk was evaluated.`);
}

/** An open document with its gold as it is in the editor, saved or not. */
export function sessionCorpus(session: Session): OpenableCorpus {
  const { document, goldUri, sentences } = session;
  const name = path.posix.basename(document.uri.path);
  const gold = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === goldUri.toString());
  const texts = new Map([document, ...(gold === undefined ? [] : [gold])].map((one) => [one.uri.toString(), one]));
  const hashed = [...texts.values()].map((one) => ({
    name: `${path.posix.basename(one.uri.path)}${one.isDirty ? ' (with unsaved changes)' : ''}`,
    sha256: createHash('sha256').update(one.getText()).digest('hex'),
  }));
  const read: EvaluatedCorpus['read'] = async function* () {
    await Promise.resolve();
    const entries = sentences.map((sentence, index) => ({
      ...{ id: sentence.id, documentId: sentence.documentId },
      forms: sentence.tokens.map(({ form }) => form),
      reference: answerOf(sentence, 'gold') ?? null,
      inProgress: sentence.partial !== undefined,
      place: {
        file: name,
        lineOf: (token: number) => session.rangeOf(index, token, token + 1).start.line + 1,
      },
    }));
    yield { entries, share: 1 };
  };
  return { corpus: { name, files: hashed, read }, files: new Map([[name, document.uri]]), notices: [] };
}
