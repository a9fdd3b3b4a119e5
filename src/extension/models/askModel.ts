import * as vscode from 'vscode';
import type { ModelSource } from '../../core/span.ts';
import type { Dtype } from '../../node/hub/hubLayout.ts';
import type { HubDtype } from '../../node/hub/hubModel.ts';
import { bytesText, hubName } from '../../node/hub/hubName.ts';
import type { HubName } from '../../node/hub/hubName.ts';
import { isCommit } from '../../node/hub/hubRefresh.ts';
import { downloadsIn } from '../../node/hub/hubStorage.ts';
import type { DownloadRecord } from '../../node/hub/hubStorage.ts';
import type { Models, ModelState } from '../prediction/services.ts';
import { namedModels } from '../prediction/modelSettings.ts';
import { MODEL_SOURCES, SOURCE_NAMES } from '../../core/span.ts';

/** Where the model is to come from. */
export type Place =
  | { readonly kind: 'bundled' | 'folder' | 'hub' | 'server' }
  | { readonly kind: 'downloaded' | 'refresh' | 'remove'; readonly record: DownloadRecord };

/** What the dtypes are, for people who choose one. */
const dtypeWords: Readonly<Record<Dtype, string>> = {
  q8: '8-bit numbers: small and fast',
  int8: '8-bit numbers (signed)',
  fp32: '32-bit numbers: as it was trained',
  q4: '4-bit numbers: smallest',
  fp16: '16-bit numbers: not every processor runs them',
};

/** The title over every step. */
export function titleOf(source: ModelSource): string {
  return `Entity Lens: Select Model (${SOURCE_NAMES[source]})`;
}

/** Which family gets another model. */
export async function askFamily(states: readonly ModelState[]): Promise<ModelSource | undefined> {
  const what = { bert: 'a token classifier', t5: 'a generator that is asked by a prompt' } as const;
  const items = MODEL_SOURCES.map((source) => {
    const state = states.find((one) => one.source === source);
    return { source, label: SOURCE_NAMES[source], description: state?.name ?? '', detail: what[source] };
  });
  const placeHolder = 'Which of the two is to be another model?';
  const options = { title: 'Entity Lens: Select Model', placeHolder, ignoreFocusOut: true };
  return (await vscode.window.showQuickPick(items, options))?.source;
}

interface PlaceItem extends vscode.QuickPickItem {
  readonly place?: Place;
}

const refresh: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('sync'),
  tooltip: 'Check for a Newer Version',
};

const removal: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('trash'),
  tooltip: 'Delete the Downloaded Files…',
};

/** A revision as people tell it apart: of a commit, the beginning of its hash. */
export function shortRevision(revision: string): string {
  return isCommit(revision) ? revision.slice(0, 12) : revision;
}

/** Where the model of a family is to come from. */
export function askPlace(
  source: ModelSource,
  { storage, states }: Pick<Models, 'storage' | 'states'>,
  host: string,
): Promise<Place | undefined> {
  const downloads = downloadsIn(storage, source);
  const now = states.find((state) => state.source === source);
  const named = namedModels().models[source];
  const inUse = (record: DownloadRecord | undefined): string =>
    (record === undefined ? now?.own === false : named?.model === record.id && named.revision === record.revision)
      ? ' · in use'
      : '';
  const items: PlaceItem[] = [
    {
      label: '$(package) Bundled Model',
      description: `comes with Entity Lens${inUse(undefined)}`,
      place: { kind: 'bundled' },
    },
    { label: '$(folder) Folder…', description: 'a model on this machine', place: { kind: 'folder' } },
    { label: '$(cloud-download) Hub Model…', description: `from ${host}`, place: { kind: 'hub' } },
    { label: '$(server) On a Server…', description: 'sentences are sent to it', place: { kind: 'server' } },
    ...(downloads.length === 0 ? [] : [{ label: 'Downloaded', kind: vscode.QuickPickItemKind.Separator }]),
    ...downloads.map((record): PlaceItem => ({
      label: record.id,
      description: `${record.dtype}, ${bytesText(record.files.reduce((sum, file) => sum + file.bytes, 0))}${record.revision === 'main' ? '' : `, ${shortRevision(record.revision)}`}${inUse(record)}`,
      buttons: [refresh, removal],
      place: { kind: 'downloaded', record },
    })),
  ];
  return new Promise((resolve) => {
    const input = vscode.window.createQuickPick<PlaceItem>();
    input.items = items;
    input.title = titleOf(source);
    input.placeholder = 'Where does the model come from?';
    input.ignoreFocusOut = true;
    const finish = (place: Place | undefined): void => {
      resolve(place);
      input.dispose();
    };
    input.onDidTriggerItemButton(({ item, button }) => {
      if (item.place?.kind !== 'downloaded') return;
      finish({ kind: button === refresh ? 'refresh' : 'remove', record: item.place.record });
    });
    input.onDidAccept(() => {
      finish(input.selectedItems[0]?.place);
    });
    input.onDidHide(() => {
      finish(undefined);
    });
    input.show();
  });
}

/** The folder of a model. */
export async function askFolder(source: ModelSource): Promise<string | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    title: `${titleOf(source)}: a folder with config.json, tokenizer.json and onnx/`,
    openLabel: 'Use Model',
    canSelectFiles: false,
    canSelectFolders: true,
  });
  return chosen?.[0]?.fsPath;
}

/** The name of a model on the hub. */
export async function askHubName(source: ModelSource, host: string): Promise<HubName | undefined> {
  const text = await vscode.window.showInputBox({
    title: titleOf(source),
    prompt: `The model's id on ${host}, such as ${source === 'bert' ? 'Xenova/bert-base-NER' : 'Xenova/flan-t5-small'}; with @ a revision. Its size is asked for now, and nothing is downloaded before you agree.`,
    placeHolder: 'owner/name',
    ignoreFocusOut: true,
    validateInput: (value) =>
      value.trim() === '' || hubName(value) !== undefined
        ? undefined
        : 'A model has an id of the form owner/name, such as Xenova/bert-base-NER.',
  });
  return text === undefined ? undefined : hubName(text);
}

/** Which number format is used, where there are several. */
export async function askDtype(source: ModelSource, dtypes: readonly HubDtype[]): Promise<Dtype | undefined> {
  const [only, ...others] = dtypes;
  if (others.length === 0) return only?.dtype;
  const items = dtypes.map(({ dtype, bytes }) => ({
    label: dtype,
    description: [dtypeWords[dtype], ...(bytes === undefined ? [] : [bytesText(bytes)])].join(' · '),
  }));
  const placeHolder = 'Which number format?';
  const order = ['q8', 'int8', 'fp32', 'q4', 'fp16'];
  items.sort((a, b) => order.indexOf(a.label) - order.indexOf(b.label));
  return (await vscode.window.showQuickPick(items, { title: titleOf(source), placeHolder, ignoreFocusOut: true }))
    ?.label;
}
