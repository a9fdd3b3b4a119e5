import path from 'node:path';
import * as vscode from 'vscode';
import type { ColumnLayout } from '../../core/columns/document.ts';
import { previewColumns } from '../../core/columns/columnChoice.ts';
import type { Format, FormatId, PredictionsUse } from '../../core/formats/format.ts';
import { tryFormat } from '../../core/formats/formatTrial.ts';
import { detectFormat, formatOf } from '../../core/formats/registry.ts';
import { corpusFiles, hasColumns } from '../../node/corpus/corpusInput.ts';
import { exists } from '../base/files.ts';
import { fileAt, headOf } from './exportDocuments.ts';
import { append } from '../../core/lists.ts';

/** A file that somebody wants to import, and what can be told of it. */
export interface Candidate {
  readonly uri: vscode.Uri;
  readonly name: string;
  readonly size: number;
  readonly head: string;
  readonly format: Format;
  /** False where its format is to be asked for. */
  readonly sure: boolean;
  /** Set where its columns were asked for. */
  readonly layout?: ColumnLayout | undefined;
  readonly predictions?: PredictionsUse | undefined;
}

/** The files that these stand for: a folder for the files of known endings in it, annotations of brat for their text. */
export async function filesOf(uris: readonly vscode.Uri[]): Promise<readonly vscode.Uri[]> {
  const files: vscode.Uri[] = [];
  for (const uri of uris) {
    const { type } = await vscode.workspace.fs.stat(uri);
    if ((type & vscode.FileType.Directory) === 0) files.push(uri.with({ path: uri.path.replace(/\.ann$/i, '.txt') }));
    else append(files, filesIn(uri));
  }
  return [...new Map(files.map((uri) => [uri.toString(), uri])).values()];
}

function filesIn(folder: vscode.Uri): readonly vscode.Uri[] {
  if (folder.scheme !== 'file')
    throw new Error(`${folder.path} is no folder of this machine: choose its files one by one.`);
  return corpusFiles(folder.fsPath).map((file) => vscode.Uri.file(file));
}

/** The annotations of brat beside a text, undefined where there are none. */
export async function annotationsOf(uri: vscode.Uri): Promise<string | undefined> {
  if (!/\.txt$/i.test(uri.path)) return undefined;
  const beside = annotationsUri(uri);
  return (await exists(beside)) ? new TextDecoder().decode(await vscode.workspace.fs.readFile(beside)) : undefined;
}

/** Where brat's annotations of a text lie. */
export function annotationsUri(uri: vscode.Uri): vscode.Uri {
  return uri.with({ path: uri.path.replace(/\.txt$/i, '.ann') });
}

/** What can be told of a file; `format` overrides the detection. */
export async function candidateOf(uri: vscode.Uri, format?: FormatId): Promise<Candidate> {
  const { name, size } = await fileAt(uri);
  const head = await headOf(uri);
  const annotations = await annotationsOf(uri);
  const id = format ?? (annotations === undefined ? detectFormat(path.posix.basename(uri.path), head) : 'brat');
  const found = formatOf(id);
  if (found?.read === undefined) throw new Error(`${name}: ${found?.title ?? id} cannot be read.`);
  const whole = Buffer.byteLength(head) >= size;
  const prose = /\.(?:txt|md|markdown)$/i.test(uri.path);
  const sure =
    format !== undefined ||
    ((id !== 'text' || prose) && tryFormat(found, head, { annotations: annotations && '' }, whole).fits);
  return { uri, name, size, head, format: found, sure };
}

/** Whether a person is to say which columns hold what. */
export function asksColumns({ format, head, layout }: Candidate): boolean {
  return layout === undefined && hasColumns(format.id) && !previewColumns(head).sure;
}

/** Whether a person is to say what becomes of predictions. */
export function asksPredictions({ format, head, predictions }: Candidate): boolean {
  return predictions === undefined && format.id === 'label-studio' && /"predictions"\s*:\s*\[\s*\{/.test(head);
}
