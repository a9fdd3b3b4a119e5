import * as vscode from 'vscode';
import { fail } from '../../core/result.ts';
import type { Result } from '../../core/result.ts';
import { download, planDownload } from '../../node/hub/hubDownload.ts';
import type { DownloadOptions, DownloadPlan, DownloadReason } from '../../node/hub/hubDownload.ts';
import type { HubModel } from '../../node/hub/hubModel.ts';
import { bytesText } from '../../node/hub/hubName.ts';
import type { HubToken } from '../../node/hub/hubRequest.ts';
import { downloadedFolder, removeUnfinished } from '../../node/hub/hubStorage.ts';
import type { DownloadRecord } from '../../node/hub/hubStorage.ts';
import { cancellable } from '../base/progress.ts';
import type { Services } from '../prediction/services.ts';
import { takeTokenAction, tokenActions } from './askToken.ts';

type Used = Pick<Services, 'log' | 'hubTokens'>;

/**
 * Downloads a model after the user has seen its size, source and place and agreed. What came before a failure is kept, and
 * trying again goes on from there. Undefined where the user declined or gave up.
 */
export async function downloadWithConsent(model: HubModel, used: Used): Promise<DownloadRecord | undefined> {
  const { log, hubTokens } = used;
  let agreed = false;
  for (;;) {
    const token = await hubTokens.for(model.host);
    const plan = await cancellable(`Asking ${model.host} about ${model.id}`, (signal) =>
      planDownload(model, { signal, token }),
    );
    if (!plan.ok && plan.reason === 'cancelled') return undefined;
    if (plan.ok) {
      agreed ||= await consent(plan.value, token);
      if (!agreed) return undefined;
      log.info(`Downloading ${model.id} (${model.dtype}, ${model.revision}) from ${model.host}`);
    }
    const done: Result<DownloadRecord, DownloadReason> = plan.ok ? await fetchPlan(plan.value, token) : plan;
    if (done.ok) {
      log.info(`Downloaded ${model.id} into ${downloadedFolder(model.storage, model.id, model.revision)}`);
      return done.value;
    }
    if (!(await again(done, model, used))) return undefined;
  }
}

async function consent({ model, files, bytes }: DownloadPlan, token: HubToken | undefined): Promise<boolean> {
  const size = bytes === undefined ? 'of unknown size' : bytesText(bytes);
  const choice = await vscode.window.showInformationMessage(
    `Download ${model.id} (${model.dtype}, ${size})?`,
    {
      modal: true,
      detail: `${String(files.length)} files of revision ${model.revision} come from ${model.host}${token === undefined ? '' : ', which gets your token,'} and are kept in ${downloadedFolder(model.storage, model.id, model.revision)}. Afterwards the model works offline. None of your text is sent anywhere.`,
    },
    'Download',
  );
  return choice === 'Download';
}

/** Fetches behind a progress notification that counts bytes. */
export function fetchPlan(plan: DownloadPlan, token?: HubToken): Thenable<Result<DownloadRecord, DownloadReason>> {
  return withBytes(plan.model.id, (options) => download(plan, { ...options, token }));
}

/** Fetching behind a progress notification that counts bytes and can be cancelled. */
export function withBytes<Value>(
  id: string,
  work: (options: DownloadOptions) => Promise<Result<Value, DownloadReason>>,
): Thenable<Result<Value, DownloadReason>> {
  return cancellable(`Downloading ${id}`, async (signal, report) => {
    let shown = 0;
    let told = '';
    const result = await work({
      signal,
      onProgress: ({ bytes, total }) => {
        const message = total === 0 ? bytesText(bytes) : `${bytesText(bytes)} of ${bytesText(total)}`;
        // A progress bar cannot go back, and hundreds of equal messages a second help nobody.
        if (message === told) return;
        told = message;
        const percent = total === 0 ? 0 : (100 * bytes) / total;
        report({ message, increment: Math.max(0, percent - shown) });
        shown = Math.max(shown, percent);
      },
    });
    return signal.aborted && !result.ok ? fail('cancelled', result.message) : result;
  });
}

/** Failures of the moment: trying again may help without any other change. */
const PASSING: ReadonlySet<DownloadReason> = new Set([
  'cancelled',
  'unreachable',
  'stalled',
  'cutOff',
  'downloadCorrupt',
  'writeFailed',
  'refused',
  'notOpen',
  'tokenRefused',
]);

/** Tells why a hub's model did not come, with the ways out; true where the user wants it tried again. */
export async function again(
  { reason, message }: { readonly reason: DownloadReason; readonly message: string },
  model: Omit<HubModel, 'dtype'>,
  { log, hubTokens }: Used,
  discard = removeUnfinished,
): Promise<boolean> {
  if (reason !== 'cancelled') log.warn(message);
  const remove = 'Delete What Came';
  const retry = 'Try Again';
  const showLog = 'Show Log';
  if (reason === 'cancelled') {
    const choice = await vscode.window.showInformationMessage(`${model.id}: ${message}`, retry, remove);
    if (choice === remove) await discard(model.storage, model.id, model.revision);
    return choice === retry;
  }
  const select = 'Select Model…';
  const actions = [...tokenActions(reason), ...(PASSING.has(reason) ? [retry] : []), ...[select, showLog]];
  // Of more than three, VS Code cuts the words.
  const choice = await vscode.window.showErrorMessage(message, ...actions.slice(0, 3));
  if (choice === showLog) log.show();
  if (choice === select) void vscode.commands.executeCommand('entityLens.selectModel', { source: model.family });
  return choice === retry || (await takeTokenAction(hubTokens, choice, model.host));
}
