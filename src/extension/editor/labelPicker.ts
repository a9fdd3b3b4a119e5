import * as vscode from 'vscode';
import { labelTyped } from './labelTyped.ts';
import type { LabelInUse } from '../settings/labels.ts';

/** Asks for a label: what is typed filters the list, and a label's key alone picks it where it can mean nothing else. */
export function pickLabel(labels: readonly LabelInUse[], words: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const input = vscode.window.createQuickPick<vscode.QuickPickItem & { readonly name: string }>();
    input.items = labels.map(({ name, key, description }) => {
      return { label: name, name, description: [key, description].filter((part) => part !== '').join(' · ') };
    });
    // A key need not be a letter of its label's name.
    input.matchOnDescription = true;
    input.placeholder = `Label “${words}” as …`;
    const finish = (name: string | undefined): void => {
      resolve(name);
      input.dispose();
    };
    input.onDidChangeValue((value) => {
      const typed = labelTyped(labels, value);
      if (typed.kind === 'picked') finish(typed.label.name);
      else if (typed.kind === 'first') input.activeItems = input.items.filter(({ name }) => name === typed.label.name);
    });
    input.onDidAccept(() => {
      finish(input.activeItems[0]?.name);
    });
    input.onDidHide(() => {
      finish(undefined);
    });
    input.show();
  });
}
