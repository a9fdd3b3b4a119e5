import * as vscode from 'vscode';
import { messageOf } from '../../core/errorMessage.ts';

/** The extension's channel in the Output view. */
export function createLog(): vscode.LogOutputChannel {
  return vscode.window.createOutputChannel('Entity Lens', { log: true });
}

/** Awaits what nobody waits for and logs its failure, so that no rejection goes unseen. */
export function settle(log: vscode.LogOutputChannel, what: string, work: PromiseLike<unknown>): void {
  work.then(undefined, (error: unknown) => {
    log.error(`${what}: ${messageOf(error)}`);
  });
}
