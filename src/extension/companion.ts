import * as vscode from 'vscode';
import { fail, ok } from '../core/result.ts';
import type { Result } from '../core/result.ts';
import { readSettings } from './config.ts';
import { exists } from './goldFile.ts';
import type { GoldFile, GoldState } from './goldFile.ts';
import { isInTab } from './goldFiles.ts';
import { messageOf } from './log.ts';
import type { CorrectionReason } from './session.ts';

/** Where gold of prose lives: NAME.iob2 beside NAME. */
export function companionUri(prose: vscode.Uri): vscode.Uri {
  return prose.with({ path: `${prose.path}.iob2` });
}

/** The name of a file without its folders. */
export function nameOf(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}

/** What a new companion file begins with. */
function header(prose: vscode.Uri, eol: string): string {
  const name = nameOf(prose);
  return [
    `# Gold named entities of ${name}, decided in Entity Lens. A block a sentence, matched to the text by "# text".`,
    '# Columns: number, word, tag, unused, who decided. Tag "_": nobody decided yet.',
    `# newdoc id = ${name}`,
    '',
    '',
  ].join(eol);
}

/** Makes the companion file where there is none, and opens it. Never overwrites one. */
export async function ensureCompanion(
  file: GoldFile,
  prose: vscode.TextDocument,
): Promise<Result<void, CorrectionReason>> {
  const before = await opened(file);
  if (before.kind === 'read') return ok(undefined);
  if (before.kind === 'unreadable')
    return fail(
      'unreadableGold',
      `Gold is kept in ${file.uri.path}, which cannot be read: ${before.message} Mend or move that file, then repeat the correction.`,
    );
  const eol = prose.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
  try {
    if (!(await exists(file.uri)))
      await vscode.workspace.fs.writeFile(file.uri, new TextEncoder().encode(header(prose.uri, eol)));
  } catch (error) {
    return fail(
      'readOnly',
      `The gold file ${file.uri.path} cannot be made: ${messageOf(error)} Make its folder writable, or save a copy of the text where you may write.`,
    );
  }
  return (await opened(file)).kind === 'read'
    ? ok(undefined)
    : fail('unreadableGold', `${file.uri.path} was made but cannot be opened.`);
}

async function opened(file: GoldFile): Promise<GoldState> {
  await file.open();
  return file.state;
}

/** Saves a companion file that no editor shows, as the user cannot; undefined where all is well, else what to tell them. */
export async function saveHidden(file: GoldFile): Promise<string | undefined> {
  const { document } = file;
  if (document?.isDirty !== true || isInTab(file.uri) || !readSettings(file.uri).autoSaveGold) return undefined;
  const remedy = `It stays open and unsaved: see that it can be written to, then save it.`;
  try {
    return (await document.save()) ? undefined : `${nameOf(file.uri)} could not be saved. ${remedy}`;
  } catch (error) {
    return `${nameOf(file.uri)} could not be saved: ${messageOf(error)} ${remedy}`;
  }
}
