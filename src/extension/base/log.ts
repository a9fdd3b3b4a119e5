import * as vscode from 'vscode';

/** The extension's channel in the Output view. */
export function createLog(): vscode.LogOutputChannel {
  return vscode.window.createOutputChannel('Entity Lens', { log: true });
}

/** What people read of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Awaits what nobody waits for and logs its failure, so that no rejection goes unseen. */
export function settle(log: vscode.LogOutputChannel, what: string, work: PromiseLike<unknown>): void {
  work.then(undefined, (error: unknown) => {
    log.error(`${what}: ${messageOf(error)}`);
  });
}
