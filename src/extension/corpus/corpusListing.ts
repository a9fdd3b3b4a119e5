import * as vscode from 'vscode';
import { EXPORT_MANIFEST, isExported, isManifest } from '../../core/exportManifest.ts';
import { globPattern } from '../../core/globPattern.ts';
import { isColumnFile } from '../../core/columns/columnFiles.ts';
import type { Pattern } from '../../core/pattern.ts';
import { DEFAULTS } from '../settings/defaults.ts';

/** A document of the corpus that was found in a folder. */
export interface ListedDocument {
  readonly uri: vscode.Uri;
  /** The gold file beside prose. */
  readonly gold: vscode.Uri | undefined;
  /** The path from the corpus's folder on, with slashes. */
  readonly path: string;
}

/** Folders of other tools in which no corpus lies. */
const FOREIGN: ReadonlySet<string> = new Set(['node_modules', '.git', '.hg', '.svn', '.venv', '__pycache__']);
const collator = new Intl.Collator('en', { numeric: true });

/**
 * The documents of a folder: column files, and prose with its gold beside it; folders before files, each by name. What
 * `files.exclude` and `entityLens.corpus.exclude` leave out, what exports wrote, folders of other tools and linked folders
 * are not looked into.
 */
export async function* documentsIn(
  folder: vscode.Uri,
  signal: AbortSignal,
  unreadable: (path: string, error: unknown) => void,
): AsyncGenerator<ListedDocument> {
  const excluded = excludesOf(folder);
  yield* inFolder(folder, '', signal, excluded, unreadable);
}

async function* inFolder(
  folder: vscode.Uri,
  prefix: string,
  signal: AbortSignal,
  excluded: (path: string, siblings: ReadonlySet<string>) => boolean,
  unreadable: (path: string, error: unknown) => void,
): AsyncGenerator<ListedDocument> {
  signal.throwIfAborted();
  let entries: [string, vscode.FileType][];
  try {
    entries = await vscode.workspace.fs.readDirectory(folder);
  } catch (error) {
    unreadable(prefix, error);
    return;
  }
  entries.sort(([a], [b]) => collator.compare(a, b));
  const names = new Set(entries.map(([name]) => name));
  if (prefix !== '' && names.has(EXPORT_MANIFEST) && (await isExportFolder(folder))) return;
  const shown = entries.filter(([name]) => !excluded(prefix + name, names) && !isExported(name, names));
  for (const [name, type] of shown)
    if (type === vscode.FileType.Directory && !FOREIGN.has(name))
      yield* inFolder(vscode.Uri.joinPath(folder, name), `${prefix}${name}/`, signal, excluded, unreadable);
  for (const [name, type] of shown) {
    if (type !== vscode.FileType.File) continue;
    const uri = vscode.Uri.joinPath(folder, name);
    const path = prefix + name;
    if (!isColumnFile(name)) {
      if (names.has(`${name}.iob2`)) yield { uri, gold: vscode.Uri.joinPath(folder, `${name}.iob2`), path };
      continue;
    }
    const prose = /\.iob2$/i.test(name) ? name.slice(0, -'.iob2'.length) : '';
    // The gold of a text beside it is listed as that text.
    if (names.has(prose) && !isColumnFile(prose)) continue;
    yield { uri, gold: undefined, path };
  }
}

async function isExportFolder(folder: vscode.Uri): Promise<boolean> {
  try {
    const manifest = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder, EXPORT_MANIFEST));
    return isManifest(new TextDecoder().decode(manifest));
  } catch {
    return false;
  }
}

/** One entry of `files.exclude`; `when` names a file that has to lie beside the one that is left out. */
interface ExcludeRule {
  readonly pattern: Pattern;
  readonly when: string | undefined;
}

/** What the settings leave out, by paths from the folder on. */
function excludesOf(folder: vscode.Uri): (path: string, siblings: ReadonlySet<string>) => boolean {
  const setting: unknown = vscode.workspace.getConfiguration('files', folder).get('exclude');
  const rules = Object.entries(typeof setting === 'object' && setting !== null ? setting : {}).flatMap(
    ([glob, value]: [string, unknown]): readonly ExcludeRule[] => {
      if (value === true) return [{ pattern: globPattern(glob), when: undefined }];
      const when = typeof value === 'object' && value !== null && 'when' in value ? value.when : undefined;
      return typeof when === 'string' ? [{ pattern: globPattern(glob), when }] : [];
    },
  );
  const own: unknown = vscode.workspace.getConfiguration('entityLens', folder).get('corpus.exclude');
  for (const glob of Array.isArray(own) ? own : DEFAULTS['corpus.exclude'])
    if (typeof glob === 'string') rules.push({ pattern: globPattern(glob), when: undefined });
  return (path, siblings) =>
    rules.some(({ pattern, when }) => {
      if (!pattern.test(path)) return false;
      const base = path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '');
      return when === undefined || siblings.has(when.replaceAll('$(basename)', () => base));
    });
}
