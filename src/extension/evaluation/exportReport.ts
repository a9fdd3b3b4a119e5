import path from 'node:path';
import * as vscode from 'vscode';
import { reportHtml, reportJson, reportMarkdown } from '../../core/report/reportText.ts';
import type { Report } from '../../core/report/report.ts';
import { exists } from '../base/files.ts';
import { writeFile } from '../base/writeFile.ts';

const writers: Readonly<Record<string, (report: Report) => string>> = {
  html: reportHtml,
  md: reportMarkdown,
  json: reportJson,
};

/** What can be exported: a report that there is, or one that is made when its file is chosen. */
export interface Reportable {
  readonly title: string;
  readonly report: () => Promise<Report | undefined>;
}

function writerOf(target: vscode.Uri): (report: Report) => string {
  const ending = path.posix.extname(target.path).slice(1).toLowerCase();
  const writer = Object.hasOwn(writers, ending) ? writers[ending] : undefined;
  if (writer === undefined)
    throw new Error(
      `A report is a page (.html), Markdown (.md) or data (.json), not “.${ending}”. Give its name one of these endings.`,
    );
  return writer;
}

/** Asks where a report goes; the dialog asks before a file is replaced. */
export async function askTarget(title: string): Promise<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file('/');
  const name = title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}.]+/gu, '-')
    .slice(0, 60);
  return vscode.window.showSaveDialog({
    title: 'Export Report',
    saveLabel: 'Export',
    defaultUri: vscode.Uri.joinPath(folder, `report-${name}.html`),
    filters: { 'HTML page': ['html'], Markdown: ['md'], JSON: ['json'] },
  });
}

/** Writes a report and offers to open it. A target that no dialog asked about is never replaced. */
export async function writeReport(
  { title, report: make }: Reportable,
  target: vscode.Uri,
  asked: boolean,
): Promise<string | undefined> {
  const write = writerOf(target);
  if (!asked && (await exists(target)))
    throw new Error(`${target.fsPath} exists already. Choose another name, or delete it first.`);
  const report = await make();
  if (report === undefined) return undefined;
  await writeFile(target, write(report));
  const message = `Wrote the report on ${title} to ${path.posix.basename(target.path)}.`;
  const open = 'Open Report';
  // Nobody waits for the answer: the export is done.
  void vscode.window.showInformationMessage(message, open).then(async (choice) => {
    if (choice === open) await openReport(target);
  });
  return message;
}

/** A page belongs into a browser; where there is none, its text is shown. */
async function openReport(target: vscode.Uri): Promise<void> {
  if (target.path.endsWith('.html') && (await vscode.env.openExternal(target))) return;
  await vscode.window.showTextDocument(target);
}
