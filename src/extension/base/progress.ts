import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';

/** Work that is done sooner needs no notification: it would only flash, and VS Code shows no more than three in 800 ms. */
const UNSHOWN_MS = 400;

/** What a notification is to say next, and by how many percent its bar grows. */
export interface Step {
  readonly message?: string;
  readonly increment?: number;
}

/**
 * Work behind a notification with a progress bar and a Cancel button, which appears where the work takes a while. Cancel
 * aborts the controller, whose signal the work gets.
 */
export async function cancellable<Value>(
  title: string,
  work: (signal: AbortSignal, report: (step: Step) => void) => Promise<Value>,
  controller = new AbortController(),
): Promise<Value> {
  let message: string | undefined;
  let increment = 0;
  let report = (step: Step): void => {
    message = step.message ?? message;
    increment += step.increment ?? 0;
  };
  const done = work(controller.signal, (step) => {
    report(step);
  });
  const settled = done.then(
    () => true,
    () => true,
  );
  if (await Promise.race([settled, delay(UNSHOWN_MS, false)])) return done;
  const place = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(place, async (progress, token) => {
    const stopping = token.onCancellationRequested(() => {
      controller.abort();
    });
    progress.report({ ...(message === undefined ? {} : { message }), increment });
    report = (step) => {
      progress.report(step);
    };
    try {
      return await done;
    } finally {
      stopping.dispose();
    }
  });
}
