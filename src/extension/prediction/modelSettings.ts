import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import * as vscode from 'vscode';
import type { ModelSource } from '../../core/span.ts';
import { hubAddress as addressOf } from '../../node/hub/hubModel.ts';
import { readChoice } from '../../node/models/modelChoice.ts';
import type { ModelChoice } from '../../node/models/modelChoice.ts';
import { MODEL_SOURCES } from '../../core/span.ts';

/** A choice as it stands in the setting, with what the user wrote. */
export type ChoiceSetting = Readonly<Record<string, unknown>> & { readonly model: string };

/** The models that the setting names, and for the families whose entry cannot be read why not. */
export interface NamedModels {
  readonly models: Partial<Record<ModelSource, ModelChoice>>;
  readonly refused: Partial<Record<ModelSource, string>>;
}

/** Reads `entityLens.models`; a family that it does not name has the bundled model. */
export function namedModels(): NamedModels {
  const models: Partial<Record<ModelSource, ModelChoice>> = {};
  const refused: Partial<Record<ModelSource, string>> = {};
  for (const source of MODEL_SOURCES) {
    const value = narrowest(source)?.value;
    if (value === undefined || value === null) continue;
    const read = readChoice(value);
    if (read.ok) models[source] = onThisMachine(read.value);
    else refused[source] = `entityLens.models.${source}: ${read.message}. Mend the setting, or select a model.`;
  }
  return { models, refused };
}

/**
 * Writes a family's entry where one stands already, else for the user; undefined takes it away, and puts null in its place
 * where a wider scope names a model too.
 */
export async function nameModel(source: ModelSource, choice: ChoiceSetting | undefined): Promise<void> {
  const target = narrowest(source)?.target ?? vscode.ConfigurationTarget.Global;
  const others = { ...valueIn(target) };
  const entry = choice ?? (target === vscode.ConfigurationTarget.Workspace && wider(source) ? null : undefined);
  if (entry === undefined) Reflect.deleteProperty(others, source);
  else others[source] = entry;
  const value = Object.keys(others).length === 0 ? undefined : others;
  await vscode.workspace.getConfiguration('entityLens').update('models', value, target);
}

/** The address of the hub that models are downloaded from. */
export function hubAddress(): string {
  const value: unknown = vscode.workspace.getConfiguration('entityLens').get('inference.hub');
  return addressOf(typeof value === 'string' ? value : undefined, process.env['HF_ENDPOINT']);
}

/** A choice with its folders in full; what a model is called at a server is no folder. */
function onThisMachine(choice: ModelChoice): ModelChoice {
  const { model, server, tokenizer } = choice;
  if (server === undefined) return { ...choice, model: absolute(model) };
  return tokenizer === undefined ? choice : { ...choice, tokenizer: absolute(tokenizer) };
}

/** What `~/` and `./` stand for. */
function absolute(model: string): string {
  if (model.startsWith('~/')) return path.join(os.homedir(), model.slice(2));
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  if (/^\.\.?\//u.test(model) && folder?.scheme === 'file') return path.join(folder.fsPath, model);
  return model;
}

type Target = vscode.ConfigurationTarget.Workspace | vscode.ConfigurationTarget.Global;

/** A family's entry in the narrowest scope that has one, whole: VS Code would mix the parts of two scopes into one. */
function narrowest(source: ModelSource): { readonly value: unknown; readonly target: Target } | undefined {
  for (const target of [vscode.ConfigurationTarget.Workspace, vscode.ConfigurationTarget.Global] as const) {
    const value = valueIn(target);
    if (value !== undefined && Object.hasOwn(value, source)) return { value: value[source], target };
  }
  return undefined;
}

function wider(source: ModelSource): boolean {
  return Object.hasOwn(valueIn(vscode.ConfigurationTarget.Global) ?? {}, source);
}

function valueIn(target: Target): Readonly<Record<string, unknown>> | undefined {
  // VS Code leaves it out there as well; a workspace that nobody trusts must name no model and no server.
  if (target === vscode.ConfigurationTarget.Workspace && !vscode.workspace.isTrusted) return undefined;
  const known = vscode.workspace.getConfiguration('entityLens').inspect<unknown>('models');
  const value = target === vscode.ConfigurationTarget.Workspace ? known?.workspaceValue : known?.globalValue;
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined;
}
