import * as vscode from 'vscode';
import { refusedKeys } from './labels.ts';
import { affects } from './settings.ts';

/** Says which keys of `entityLens.labels` cannot be had and why, at the start and when the setting changes. */
export function warnOfLabelKeys(): vscode.Disposable {
  let told = '';
  const look = (): void => {
    const setting: unknown = vscode.workspace.getConfiguration('entityLens').get('labels');
    const text = refusedKeys(setting)
      .map(({ name, asked, key, why }) => {
        const instead = key === '' ? 'has no key' : `has “${key}” instead`;
        return `the key “${asked}” of ${name} cannot be had, because ${why}: ${name} ${instead}`;
      })
      .join('; ');
    if (text === told) return;
    told = text;
    if (text === '') return;
    const open = 'Open Settings';
    // Nobody waits for the answer.
    void vscode.window.showWarningMessage(`entityLens.labels: ${text}.`, open).then(async (choice) => {
      if (choice === open) await vscode.commands.executeCommand('workbench.action.openSettings', 'entityLens.labels');
    });
  };
  look();
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (affects(event, 'labels')) look();
  });
}
