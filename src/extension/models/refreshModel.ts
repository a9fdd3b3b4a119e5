import * as vscode from 'vscode';
import type { ModelSource } from '../../core/span.ts';
import { bytesText } from '../../node/hub/hubName.ts';
import {
  adoptRefresh,
  bytesToFetch,
  fetchRefresh,
  isCommit,
  planRefresh,
  stagedFolder,
} from '../../node/hub/hubRefresh.ts';
import type { Refreshed, RefreshPlan } from '../../node/hub/hubRefresh.ts';
import { removeStaged } from '../../node/hub/hubStorage.ts';
import type { DownloadRecord } from '../../node/hub/hubStorage.ts';
import { cancellable } from '../base/progress.ts';
import type { Services, WithServices } from '../prediction/services.ts';
import { shortRevision } from './askModel.ts';
import { again, withBytes } from './download.ts';
import { hubAddress, namedModels } from '../prediction/modelSettings.ts';
import { messageOf } from '../../core/errorMessage.ts';
import { MODEL_SOURCES } from '../../core/span.ts';

/** Looks whether the hub has a newer version of a downloaded model, and puts it in the old one's place on consent, once it is whole and works. */
export async function refreshModel(
  { services }: WithServices,
  source: ModelSource,
  record: DownloadRecord,
): Promise<void> {
  const { id, revision } = record;
  if (isCommit(revision)) {
    const message = `${id} is of the commit ${shortRevision(revision)}, which never changes. For another version, choose Hub Model… and name ${id} or another revision of it.`;
    void vscode.window.showInformationMessage(message);
    return;
  }
  const { storage } = services.models;
  const model: Refreshed = { host: hubAddress(), id, revision, storage };
  let agreed = false;
  for (;;) {
    const token = await services.hubTokens.for(model.host);
    const plan = await cancellable(`Asking ${model.host} about ${id}`, (signal) =>
      planRefresh(model, { signal, token }),
    );
    if (!plan.ok && plan.reason === 'cancelled') return;
    if (plan.ok) {
      agreed ||= await agree(plan.value, record);
      if (!agreed) return;
      services.log.info(`Downloading the newer version of ${id} (${revision}) from ${model.host}`);
    }
    const done = plan.ok ? await withBytes(id, (options) => fetchRefresh(plan.value, { ...options, token })) : plan;
    if (done.ok) break;
    if (!(await again(done, { ...model, family: source }, services, removeStaged))) return;
  }
  await takeOver(services, source, model, record);
}

/** Tells where nothing is newer; else asks, with what would be fetched. */
async function agree(plan: RefreshPlan, record: DownloadRecord): Promise<boolean> {
  const { model, changed, unsure, gone } = plan;
  const name = `${model.id} (${model.revision})`;
  if (changed.length + gone.length === 0) {
    const fetchAgain = 'Download Again…';
    const choice =
      unsure.length === 0
        ? await vscode.window.showInformationMessage(`${name} is up to date.`)
        : await vscode.window.showInformationMessage(
            `Nothing speaks for a newer version of ${name}: the sizes are the same, but ${model.host} does not tell whether the content is.`,
            fetchAgain,
          );
    if (choice !== fetchAgain) return false;
  }
  const bytes = bytesToFetch(plan);
  const size = bytes === undefined ? 'of unknown size' : bytesText(bytes);
  const files = [...changed, ...unsure].map((file) => file.path).join(', ');
  const without = gone.length === 0 ? '' : `The hub has no more: ${gone.join(', ')}. `;
  const choice = await vscode.window.showInformationMessage(
    `Download the newer version of ${model.id} (${record.dtype}, ${size})?`,
    {
      modal: true,
      detail: `${files === '' ? '' : `${files} of revision ${model.revision} from ${model.host}. `}${without}The version that you have works until the newer one is whole and was tried out; then it is replaced.`,
    },
    'Download',
  );
  return choice === 'Download';
}

/** Tries the newer version out and puts it in the old one's place; a model in use is loaded anew. */
async function takeOver(
  { log, models }: Services,
  source: ModelSource,
  model: Refreshed,
  { id, revision, dtype }: DownloadRecord,
): Promise<void> {
  const named = namedModels().models;
  const using = MODEL_SOURCES.filter((one) => named[one]?.model === id && named[one].revision === revision);
  const inUse = using.includes(source) ? named[source] : undefined;
  const choice = { labelMap: {}, ...inUse, model: stagedFolder(model), revision, dtype };
  const trouble = await cancellable(`Trying the newer ${id} out`, (signal) =>
    models.tryOut(source, choice, signal).then(
      () => undefined,
      (error: unknown) => (signal.aborted ? 'it was stopped while it was tried out' : messageOf(error)),
    ),
  );
  const adopted = trouble === undefined ? await adoptRefresh(model) : undefined;
  const failed = trouble ?? (adopted?.ok === false ? adopted.message : undefined);
  if (failed === undefined) {
    log.info(`The newer version of ${id} (${revision}) is in its place`);
    if (using.length > 0) models.reload();
    void vscode.window.showInformationMessage(
      `${id} is the newer version now${using.length > 0 ? ', and was loaded anew' : ''}.`,
    );
    return;
  }
  log.warn(failed);
  const discard = 'Delete What Came';
  const showLog = 'Show Log';
  const answer = await vscode.window.showErrorMessage(
    `The newer version of ${id} was not taken: ${failed} The version that you have stays.`,
    ...[discard, showLog],
  );
  if (answer === showLog) log.show();
  if (answer === discard) await removeStaged(model.storage, id, revision);
}
