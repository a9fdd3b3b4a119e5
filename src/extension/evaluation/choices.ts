import path from 'node:path';
import * as vscode from 'vscode';
import { COLUMN_ENDINGS, anywhere } from '../../core/columns/columnFiles.ts';
import type { EvaluationChoices } from './run.ts';
import { MODEL_SOURCES, SOURCE_NAMES } from '../../core/span.ts';

const title = 'Entity Lens: Evaluate Corpus';

interface TargetItem extends vscode.QuickPickItem {
  readonly uri?: vscode.Uri;
  readonly browse?: boolean;
}

/** Most files that are offered by name; others are found by the dialog. */
const OFFERED = 200;

/** Asks which files and folders are corpora, one domain each; undefined where the user changed their mind. */
export async function askTargets(): Promise<readonly vscode.Uri[] | undefined> {
  const found = await vscode.workspace.findFiles(anywhere(COLUMN_ENDINGS), undefined, OFFERED);
  const folders = new Map<string, vscode.Uri>();
  for (const uri of found) {
    const folder = vscode.Uri.joinPath(uri, '..');
    folders.set(folder.toString(), folder);
  }
  const named = (uri: vscode.Uri): TargetItem => ({
    label: path.basename(uri.fsPath),
    description: vscode.workspace.asRelativePath(vscode.Uri.joinPath(uri, '..')),
    uri,
  });
  const byName = (a: vscode.QuickPickItem, b: vscode.QuickPickItem): number => a.label.localeCompare(b.label, 'en');
  const browse: TargetItem = { label: '$(folder-opened) Choose files or folders…', alwaysShow: true, browse: true };
  const items: TargetItem[] = [
    ...found.map(named).sort(byName),
    { label: 'Folders, each as one corpus', kind: vscode.QuickPickItemKind.Separator },
    ...[...folders.values()].map(named).sort(byName),
    browse,
  ];
  const chosen =
    found.length === 0
      ? [browse]
      : await vscode.window.showQuickPick(items, {
          ...{ title, canPickMany: true },
          placeHolder: 'Corpora with gold tags in columns: each is compared with the first',
        });
  if (chosen === undefined || chosen.length === 0) return undefined;
  const uris = chosen.flatMap(({ uri }) => (uri === undefined ? [] : [uri]));
  if (!chosen.some((item) => item.browse)) return uris;
  const opened = await vscode.window.showOpenDialog({
    ...{ title, canSelectFiles: true, canSelectFolders: true, canSelectMany: true, openLabel: 'Evaluate' },
    filters: { 'Column files': [...COLUMN_ENDINGS] },
  });
  return opened === undefined ? undefined : [...uris, ...opened];
}

interface ChoiceItem extends vscode.QuickPickItem {
  readonly apply?: (choices: Choosing) => void;
}

interface Choosing {
  readonly models: EvaluationChoices['models'][number][];
  readonly schemes: EvaluationChoices['schemes'][number][];
  policy: EvaluationChoices['policy'];
}

/** Asks which models, schemes and policy; undefined where the user changed their mind, or chose no model or no scheme. */
export async function askChoices(): Promise<EvaluationChoices | undefined> {
  const separator = (label: string): ChoiceItem => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const items: ChoiceItem[] = [
    separator('Models'),
    ...MODEL_SOURCES.map((source): ChoiceItem => ({
      label: SOURCE_NAMES[source],
      picked: true,
      apply: ({ models }) => models.push(source),
    })),
    separator('Schemes'),
    {
      label: 'Full scheme',
      description: 'B and I of each label, O',
      picked: true,
      apply: ({ schemes }) => schemes.push('full'),
    },
    {
      label: 'Simplified scheme',
      description: 'B, I, O; with both, full models are simplified too',
      picked: true,
      apply: ({ schemes }) => schemes.push('simplified'),
    },
    separator('Illegal sequences'),
    {
      label: 'Discard an I without its B',
      description: 'strict; else it starts a span, as for conlleval',
      apply: (choices) => {
        choices.policy = 'strict';
      },
    },
  ];
  const chosen = await vscode.window.showQuickPick(items, {
    ...{ title, canPickMany: true },
    placeHolder: 'What is compared with gold, and how',
  });
  if (chosen === undefined) return undefined;
  const choices: Choosing = { models: [], schemes: [], policy: 'repair' };
  for (const { apply } of chosen) apply?.(choices);
  if (choices.models.length > 0 && choices.schemes.length > 0) return choices;
  void vscode.window.showInformationMessage('Choose at least one model and one scheme.');
  return undefined;
}
