import type * as vscode from 'vscode';
import { start } from './lifecycle.ts';
import type { Running } from './lifecycle.ts';

let running: Running | undefined;

/** Called by VS Code when something that the extension is for is first used; the returned services are for its own tests. */
export function activate(context: vscode.ExtensionContext): Running {
  running = start(context);
  return running;
}

/** Called by VS Code before the extension host ends. */
export function deactivate(): void {
  running = undefined;
}
