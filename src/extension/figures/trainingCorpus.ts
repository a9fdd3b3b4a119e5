import path from 'node:path';
import * as vscode from 'vscode';
import { spanKey } from '../../core/breakdown.ts';
import type { Steps } from '../../core/steps.ts';
import { readCorpus } from '../../node/corpus/corpusInput.ts';
import type { PanelBreakdown } from '../../protocol/panelDetails.ts';
import { finishInSlices } from '../base/slices.ts';
import { messageOf } from '../../core/errorMessage.ts';

type State = PanelBreakdown['training'];

/** The training corpus as the panel shows it, with the strings of its spans once they are read. */
export interface Training {
  readonly state: State;
  readonly known: ReadonlySet<string> | undefined;
}

interface Reading {
  training: Training;
  readonly abort: AbortController;
}

const none: Training = { state: { state: 'none', name: '', strings: 0, message: null }, known: undefined };
const setting = 'evaluation.trainingCorpus';

/** The training corpus that a setting names for a document, as an absolute path; undefined where none is named. */
export function trainingPath(resource: vscode.Uri): string | undefined {
  const value: unknown = vscode.workspace.getConfiguration('entityLens', resource).get(setting);
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const folder = vscode.workspace.getWorkspaceFolder(resource)?.uri ?? vscode.workspace.workspaceFolders?.[0]?.uri;
  return path.resolve(folder?.fsPath ?? path.dirname(resource.fsPath), value.trim());
}

/** The strings of training corpora, each read once in slices; `changed` is called when one is there or cannot be read. */
export class TrainingCorpora implements vscode.Disposable {
  readonly #readings = new Map<string, Reading>();
  readonly #subscription: vscode.Disposable;

  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
    this.#subscription = vscode.workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration(`entityLens.${setting}`)) return;
      this.forget();
      this.#changed();
    });
  }

  /** The training corpus for a document; the reading of it is begun where it has not been. */
  of(resource: vscode.Uri): Training {
    const target = trainingPath(resource);
    if (target === undefined) return none;
    let reading = this.#readings.get(target);
    if (reading === undefined) {
      const state: State = { state: 'reading', name: path.basename(target), strings: 0, message: null };
      reading = { training: { state, known: undefined }, abort: new AbortController() };
      this.#readings.set(target, reading);
      void this.#read(target, reading);
    }
    return reading.training;
  }

  dispose(): void {
    this.forget();
    this.#subscription.dispose();
  }

  /** What was read may be another file now. */
  forget(): void {
    for (const { abort } of this.#readings.values()) abort.abort();
    this.#readings.clear();
  }

  async #read(target: string, reading: Reading): Promise<void> {
    const name = path.basename(target);
    try {
      const known = await finishInSlices(stringsOf(target), reading.abort.signal);
      const message = known.size === 0 ? `${target} holds no entity, so that every string is unseen.` : null;
      reading.training = { state: { state: 'ready', name, strings: known.size, message }, known };
    } catch (error) {
      const message = `The training corpus ${target} cannot be read: ${messageOf(error)}`;
      reading.training = { state: { state: 'failed', name, strings: 0, message }, known: undefined };
    }
    if (!reading.abort.signal.aborted) this.#changed();
  }
}

/** The strings of all spans of a corpus, in steps of one item. */
export function* stringsOf(target: string): Steps<ReadonlySet<string>> {
  const known = new Set<string>();
  for (const { item } of readCorpus(target)) {
    yield;
    if (item.kind !== 'sentence') continue;
    const { layer, tokens } = item.sentence;
    const forms = tokens.map(({ form }) => form);
    for (const span of layer ?? []) known.add(spanKey(forms, span));
  }
  return known;
}

/** Lets the user choose a training corpus and keeps the choice, for the workspace where there is one. */
export async function chooseTrainingCorpus(resource: vscode.Uri | undefined): Promise<void> {
  const folder = resource === undefined ? undefined : vscode.workspace.getWorkspaceFolder(resource);
  const [chosen] =
    (await vscode.window.showOpenDialog({
      title: 'Training corpus: spans whose string it holds count as seen',
      openLabel: 'Use as Training Corpus',
      canSelectFiles: true,
      canSelectFolders: false,
      ...(folder === undefined ? {} : { defaultUri: folder.uri }),
    })) ?? [];
  if (chosen === undefined) return;
  const relative = folder === undefined ? undefined : path.relative(folder.uri.fsPath, chosen.fsPath);
  const inside = relative !== undefined && !relative.startsWith('..') && !path.isAbsolute(relative);
  const target = folder === undefined ? vscode.ConfigurationTarget.Global : vscode.ConfigurationTarget.WorkspaceFolder;
  await vscode.workspace
    .getConfiguration('entityLens', resource ?? null)
    .update(setting, inside ? relative : chosen.fsPath, target);
}
