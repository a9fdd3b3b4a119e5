import path from 'node:path';
import * as vscode from 'vscode';
import type { ModelSource } from '../../core/span.ts';
import { bytesText } from '../../node/hub/hubName.ts';
import { downloadedFolder, removeDownload } from '../../node/hub/hubStorage.ts';
import type { DownloadRecord } from '../../node/hub/hubStorage.ts';
import { tagsOfChoice } from '../../node/models/modelChoice.ts';
import { cancellable } from '../base/progress.ts';
import type { WithServices } from '../prediction/services.ts';
import { askLabelMap, askQuestion } from './askLabels.ts';
import { askFamily, askPlace } from './askModel.ts';
import { askServer } from './askServer.ts';
import { choiceOf, findFiles, findOnHub } from './findModel.ts';
import type { Found } from './findModel.ts';
import { hubAddress, nameModel, namedModels } from '../prediction/modelSettings.ts';
import type { ChoiceSetting } from '../prediction/modelSettings.ts';
import { refreshModel } from './refreshModel.ts';
import { messageOf } from '../../core/errorMessage.ts';
import { SOURCE_NAMES } from '../../core/span.ts';

/** Puts another model in the place of BERT or T5: the bundled one, a folder, or one from the hub, which is downloaded on consent. */
export async function selectModel(needs: WithServices, argument: unknown): Promise<void> {
  const { models } = needs.services;
  const source = sourceOf(argument) ?? (await askFamily(models.states));
  if (source === undefined) return;
  const place = await askPlace(source, models, hubAddress());
  if (place === undefined) return;
  if (place.kind === 'bundled') {
    await useBundled(source);
    return;
  }
  if (place.kind === 'remove') {
    await removeRecord(needs, place.record);
    return;
  }
  if (place.kind === 'server') {
    await telling(needs, source, async () => {
      const choice = await askServer(source, needs.services.hubTokens);
      if (choice !== undefined) await adopt(needs, source, choice);
    });
    return;
  }
  if (place.kind === 'refresh') {
    await refreshModel(needs, source, place.record);
    return;
  }
  await telling(needs, source, async () => {
    const found = await findFiles(needs, source, place);
    if (found !== undefined) await use(needs, source, found);
  });
}

/** Fetches, on consent, the model that the setting names but that is not here, or not whole. */
export async function downloadNamed(needs: WithServices, source: ModelSource): Promise<void> {
  const { models } = needs.services;
  const named = namedModels().models[source];
  if (named === undefined) return;
  const { model, revision, dtype } = named;
  await telling(needs, source, async () => {
    if ((await findOnHub(needs, source, { id: model, revision }, dtype)) !== undefined) models.reload();
  });
}

/** Where a failing choice leads: told with the ways out. */
async function telling(needs: WithServices, source: ModelSource, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const { log } = needs.services;
    log.warn(messageOf(error));
    const select = 'Select Model…';
    const showLog = 'Show Log';
    const message = `${messageOf(error)} Nothing was changed.`;
    const choice = await vscode.window.showErrorMessage(message, select, showLog);
    if (choice === showLog) log.show();
    if (choice === select) void vscode.commands.executeCommand('entityLens.selectModel', { source });
  }
}

/** Asks what is still open about a model whose files are here, tries it out and makes it the family's model. */
async function use(needs: WithServices, source: ModelSource, found: Found): Promise<void> {
  const { models } = needs.services;
  const mine = labelsOfUser(needs);
  const tags = tagsOfChoice(choiceOf(found), source, models.storage);
  if (!tags.ok) throw new Error(tags.message);
  const setting = source === 'bert' ? await withLabelMap(found, tags.value, mine) : await withQuestion(found, mine);
  if (setting === undefined) return;
  await adopt(needs, source, setting);
}

/** Tries a choice out and, where it works, writes it into the settings. */
async function adopt(needs: WithServices, source: ModelSource, setting: ChoiceSetting): Promise<void> {
  const { models, annotator, sessions } = needs.services;
  const labels = await cancellable(`Trying ${nameOf(setting.model)} out`, async (signal) => {
    try {
      return await models.tryOut(source, choiceOf(setting), signal);
    } catch (error) {
      if (signal.aborted) return undefined;
      throw error;
    }
  });
  if (labels === undefined) return;
  const before = JSON.stringify(namedModels());
  await nameModel(source, setting);
  // The same words in the setting may stand for other files.
  if (JSON.stringify(namedModels()) === before) models.reload();
  const session = sessions.active;
  const annotate = 'Annotate Document';
  const simplify = 'Switch to Simplified Scheme';
  const plain = labels.length === 0;
  const what = plain
    ? 'It knows only B, I and O, so it serves the simplified scheme.'
    : `Its labels are ${labels.join(', ')}.`;
  const actions = [
    ...(plain && session?.scheme === 'full' ? [simplify] : []),
    ...(session === undefined || annotator.isOn(session) ? [] : [annotate]),
  ];
  // Nobody waits for the answer: the model is in its place.
  void vscode.window
    .showInformationMessage(`${SOURCE_NAMES[source]} is now ${nameOf(setting.model)}. ${what}`, ...actions)
    .then((choice) => {
      if (choice === annotate) void vscode.commands.executeCommand('entityLens.annotateDocument');
      if (choice === simplify) void vscode.commands.executeCommand('entityLens.switchScheme', { scheme: 'simplified' });
    });
}

async function useBundled(source: ModelSource): Promise<void> {
  await nameModel(source, undefined);
  void vscode.window.showInformationMessage(`${SOURCE_NAMES[source]} is the bundled model again.`);
}

async function removeRecord({ services }: WithServices, { id, revision, files }: DownloadRecord): Promise<void> {
  const { storage } = services.models;
  const choice = await vscode.window.showWarningMessage(
    `Delete the downloaded files of ${id}?`,
    {
      modal: true,
      detail: `${bytesText(files.reduce((sum, file) => sum + file.bytes, 0))} in ${downloadedFolder(storage, id, revision)}. The model can be downloaded again.`,
    },
    'Delete',
  );
  if (choice !== 'Delete') return;
  await removeDownload(storage, id, revision);
  services.models.reload();
}

async function withLabelMap(
  found: Found,
  tags: readonly string[],
  mine: readonly string[],
): Promise<ChoiceSetting | undefined> {
  const labelMap = await askLabelMap(tags, mine);
  if (labelMap === undefined) return undefined;
  return { ...found, ...(Object.keys(labelMap).length === 0 ? {} : { labelMap }) };
}

async function withQuestion(found: Found, mine: readonly string[]): Promise<ChoiceSetting | undefined> {
  const question = await askQuestion(mine);
  if (question === undefined) return undefined;
  const { labels, template } = question;
  return { ...found, labels, ...(template === undefined ? {} : { prompt: { template } }) };
}

/** The labels of the settings and of the active document, without those that only a model brings. */
function labelsOfUser({ services }: WithServices): readonly string[] {
  const session = services.sessions.active;
  const configured = services.settings(session?.document.uri).labels.map(({ name }) => name);
  const brought = new Set(services.models.ownLabels);
  const inGold = new Set(session?.sentences.flatMap(({ gold }) => gold?.map(({ label }) => label) ?? []));
  const others = session?.labels.filter((label) => !brought.has(label) || inGold.has(label)) ?? [];
  return [...new Set([...configured, ...others])];
}

/** A folder by its name alone, a hub model by its id. */
function nameOf(model: string): string {
  return path.isAbsolute(model) ? path.basename(model) : model;
}

function sourceOf(argument: unknown): ModelSource | undefined {
  if (typeof argument !== 'object' || argument === null || !('source' in argument)) return undefined;
  return argument.source === 'bert' || argument.source === 't5' ? argument.source : undefined;
}
