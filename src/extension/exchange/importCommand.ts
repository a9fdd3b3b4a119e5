import path from 'node:path';
import * as vscode from 'vscode';
import { parseColumnChoice, previewColumns } from '../../core/columns/columnChoice.ts';
import type { PredictionsUse } from '../../core/formats/format.ts';
import { formatOf, formats } from '../../core/formats/registry.ts';
import { importFile } from '../../node/corpus/importRun.ts';
import type { ImportReport } from '../../node/corpus/importRun.ts';
import { exists } from '../base/files.ts';
import { cancellable } from '../base/progress.ts';
import type { WithServices } from '../prediction/services.ts';
import { readBytes } from './exportDocuments.ts';
import { annotationsOf, candidateOf, filesOf } from './importFiles.ts';
import type { Candidate } from './importFiles.ts';
import type { ImportIssues } from './importIssues.ts';
import { importSteps } from './importSteps.ts';
import type { ImportAnswers } from './importSteps.ts';
import { importSummary } from './importText.ts';
import { askSteps } from '../base/wizard.ts';
import { messageOf } from '../../core/errorMessage.ts';

const TITLE = 'Import Corpus';
const NOBODY = '-';

/** What an import works on. */
export interface Importing extends WithServices {
  readonly importIssues: ImportIssues;
}

/** What an import is asked for. Without `folder`, `beside` or `existing`, the user is asked. */
interface ImportWish {
  readonly files: readonly vscode.Uri[];
  readonly detached: boolean;
  readonly format: string | undefined;
  readonly columns: string | undefined;
  readonly predictions: PredictionsUse | undefined;
  /** Where copies go: a folder, or beside the files; undefined where that is asked. */
  readonly to: vscode.Uri | 'beside' | undefined;
  readonly replace: boolean;
}

/** Writes copies of files in UNER's columns: of those that the argument names (with `selection`, what else is chosen in the explorer), or that the user chooses. */
export async function importCorpus(importing: Importing, argument: unknown, selection?: unknown): Promise<void> {
  const wish = wishOf(argument, selection) ?? (await chooseFiles());
  if (wish === undefined) return;
  const files = await filesOf(wish.files);
  const format = wish.format === undefined ? undefined : formatOf(wish.format);
  const found = await Promise.all(files.map((uri) => candidateOf(uri, format?.id)));
  const first: ImportAnswers = {
    candidates: found.map((one) => withWish(one, wish)),
    folder: wish.to instanceof vscode.Uri ? wish.to : undefined,
    detached: wish.detached,
    existing: wish.replace ? 'replace' : 'keep',
  };
  const answers = wish.to === undefined ? await askSteps(TITLE, importSteps(taken), first) : first;
  if (answers !== undefined) await run(importing, answers);
}

function withWish(candidate: Candidate, { columns, predictions }: ImportWish): Candidate {
  if (columns === undefined) return { ...candidate, predictions };
  const layout = parseColumnChoice(columns, previewColumns(candidate.head));
  if (!layout.ok) throw new Error(`${candidate.name}: ${layout.message}`);
  return { ...candidate, predictions, layout: layout.value };
}

function wishOf(argument: unknown, selection: unknown): ImportWish | undefined {
  const given = argument instanceof vscode.Uri ? { files: [argument] } : argument;
  if (typeof given !== 'object' || given === null) return undefined;
  const { files, detached, format, columns, predictions, to, replace } = given as Partial<
    Record<keyof ImportWish, unknown>
  >;
  const list = Array.isArray(selection) && selection.length > 0 ? selection : Array.isArray(files) ? files : [];
  const uris = list.flatMap((one) =>
    one instanceof vscode.Uri ? [one] : typeof one === 'string' ? [vscode.Uri.parse(one)] : [],
  );
  const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
  const use = predictions === 'notes' || predictions === 'gold' || predictions === 'none' ? predictions : undefined;
  const folder = to instanceof vscode.Uri || to === 'beside' ? to : undefined;
  if (uris.length === 0) return undefined;
  return {
    files: uris,
    detached: detached === true,
    format: text(format),
    columns: text(columns),
    predictions: use,
    to: folder,
    replace: replace === true,
  };
}

async function chooseFiles(): Promise<ImportWish | undefined> {
  const endings = [...new Set(formats.flatMap((one) => (one.read === undefined ? [] : one.extensions)))].sort();
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const chosen = await vscode.window.showOpenDialog({
    title: `${TITLE}: files of any format`,
    openLabel: 'Import',
    canSelectMany: true,
    filters: { Corpora: endings, 'All Files': ['*'] },
    ...(folder === undefined ? {} : { defaultUri: folder }),
  });
  return chosen === undefined ? undefined : wishOf({ files: chosen }, undefined);
}

/** Where the copy of a file goes when nothing is in the way. */
function copyOf({ uri }: Candidate, folder: vscode.Uri | undefined): vscode.Uri {
  const base = path.posix.basename(uri.path).replace(/\.[^.]+$/, '');
  const name = /\.iob2$/i.test(uri.path) && folder === undefined ? `${base}.imported.iob2` : `${base}.iob2`;
  return vscode.Uri.joinPath(folder ?? vscode.Uri.joinPath(uri, '..'), name);
}

async function taken({ candidates, folder }: ImportAnswers): Promise<readonly string[]> {
  const copies = candidates.map((one) => copyOf(one, folder));
  const there = await Promise.all(copies.map(exists));
  return copies.filter((_, index) => there[index]).map((uri) => path.posix.basename(uri.path));
}

/** The copy's place: another name where one must not replace what is there, or another file of this import goes there. */
async function placeOf(candidate: Candidate, answers: ImportAnswers, used: Set<string>): Promise<vscode.Uri> {
  const wanted = copyOf(candidate, answers.folder);
  for (let number = 1; ; number++) {
    const uri =
      number === 1 ? wanted : wanted.with({ path: wanted.path.replace(/\.iob2$/, `-${String(number)}.iob2`) });
    const free = !used.has(uri.toString()) && (answers.existing === 'replace' || !(await exists(uri)));
    if (!free) continue;
    used.add(uri.toString());
    return uri;
  }
}

async function run({ services, importIssues }: Importing, answers: ImportAnswers): Promise<void> {
  const reports = new Map<vscode.Uri, ImportReport>();
  const written: vscode.Uri[] = [];
  const failed: string[] = [];
  const used = new Set<string>();
  await cancellable('Importing', async (signal, report) => {
    const stopped = (): boolean => signal.aborted;
    for (const candidate of answers.candidates) {
      if (stopped()) break;
      report({ message: candidate.name, increment: 100 / answers.candidates.length });
      const target = await placeOf(candidate, answers, used);
      try {
        reports.set(candidate.uri, await importOne(candidate, target, answers, signal));
        written.push(target);
      } catch (error) {
        if (stopped()) break;
        failed.push(messageOf(error));
      }
    }
  });
  importIssues.show(reports);
  for (const message of failed) services.log.error(message);
  await tell(services.log, reports, written, failed);
}

async function importOne(
  { uri, name, size, format, layout, predictions }: Candidate,
  target: vscode.Uri,
  { existing }: ImportAnswers,
  signal: AbortSignal,
): Promise<ImportReport> {
  if (target.scheme !== 'file')
    throw new Error(`${target.path}: copies can only be written to a folder of this machine.`);
  const file = {
    source: { file: uri.toString(), name, size },
    format,
    options: {
      name: path.posix.basename(uri.path).replace(/\.[^.]+$/, ''),
      annotations: format.id === 'brat' ? await annotationsOf(uri) : undefined,
      layout,
      predictions,
    },
    target: target.fsPath,
  };
  // Who imports a decision did not make it.
  return importFile(file, existing === 'replace', NOBODY, readBytes, signal);
}

async function tell(
  log: vscode.LogOutputChannel,
  reports: ReadonlyMap<vscode.Uri, ImportReport>,
  written: readonly vscode.Uri[],
  failed: readonly string[],
): Promise<void> {
  const [target] = written;
  const [failure] = failed;
  if (target === undefined) {
    if (failure !== undefined) throw new Error(failure);
    return;
  }
  const names = written.map((uri) => path.posix.basename(uri.path));
  const summary = importSummary([...reports.values()], names, failed);
  log.info(summary);
  if (written.length === 1) await vscode.window.showTextDocument(target, { preview: false });
  const problems = [...reports.values()].some(({ issues }) => issues.length > 0);
  const [show, reveal] = ['Show Problems', 'Show in Explorer'] as const;
  const tellIt =
    problems || failed.length > 0 ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  // Nobody waits for the answer: the import is done.
  void tellIt(summary, ...(problems ? [show] : []), reveal).then(async (choice) => {
    if (choice === show) await vscode.commands.executeCommand('workbench.actions.view.problems');
    if (choice === reveal) await vscode.commands.executeCommand('revealInExplorer', target);
  });
}
