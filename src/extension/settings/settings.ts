import * as vscode from 'vscode';
import { CORRECTION_STARTS } from '../../core/draft.ts';
import type { CorrectionStart } from '../../core/draft.ts';
import { labelSettings } from './labels.ts';
import type { LabelSetting } from './labels.ts';

const SECTION = 'entityLens';

/** When documents are annotated without being asked for. */
export type OnOpen = 'switchedOn' | 'always' | 'never';

/** The settings that the surfaces read. */
export interface SurfaceSettings {
  readonly labels: readonly LabelSetting[];
  readonly decorations: {
    readonly gold: boolean;
    readonly bert: boolean;
    readonly t5: boolean;
    readonly disagreements: boolean;
    /** Whether label names are written beside spans. */
    readonly labelText: boolean;
  };
  /** Spans of a model below this probability (0 to 1) are not drawn. */
  readonly threshold: number;
}

/** All settings as they hold for one document. */
export interface Settings extends SurfaceSettings {
  /** Empty where the name is to be found elsewhere. */
  readonly annotatorName: string;
  readonly autoSaveGold: boolean;
  /** What the first correction of a sentence decides of its other words. */
  readonly correctionStart: CorrectionStart;
  readonly onOpen: OnOpen;
  /** Milliseconds. */
  readonly debounce: number;
}

/** The settings that hold for the whole window. */
export interface ModelSettings {
  /** Empty for the models that come with the extension. */
  readonly folder: string;
  /** Undefined for all cores but one. */
  readonly threads: number | undefined;
}

function flag(section: vscode.WorkspaceConfiguration, key: string, fallback: boolean): boolean {
  const value: unknown = section.get(key);
  return typeof value === 'boolean' ? value : fallback;
}

function text(section: vscode.WorkspaceConfiguration, key: string): string {
  const value: unknown = section.get(key);
  return typeof value === 'string' ? value.trim() : '';
}

function number(
  section: vscode.WorkspaceConfiguration,
  key: string,
  fallback: number,
  least: number,
  most: number,
): number {
  const value: unknown = section.get(key);
  return typeof value === 'number' && Number.isFinite(value) ? Math.min(most, Math.max(least, value)) : fallback;
}

function onOpen(section: vscode.WorkspaceConfiguration): OnOpen {
  const value = text(section, 'annotate.onOpen');
  return value === 'always' || value === 'never' ? value : 'switchedOn';
}

/** The settings for a document; values of a wrong type count as not set. */
export function readSettings(resource: vscode.Uri | undefined): Settings {
  const section = vscode.workspace.getConfiguration(SECTION, resource ?? null);
  return {
    annotatorName: text(section, 'annotatorName'),
    autoSaveGold: flag(section, 'gold.autoSave', true),
    correctionStart: CORRECTION_STARTS.find((start) => start === text(section, 'correction.start')) ?? 'agreement',
    onOpen: onOpen(section),
    debounce: number(section, 'annotate.debounce', 400, 50, 10_000),
    labels: readLabels(resource),
    decorations: {
      gold: flag(section, 'decorations.gold', true),
      bert: flag(section, 'decorations.bert', true),
      t5: flag(section, 'decorations.t5', true),
      disagreements: flag(section, 'decorations.disagreements', true),
      labelText: flag(section, 'decorations.labelText', true),
    },
    threshold: number(section, 'threshold', 0, 0, 1),
  };
}

/** Which places of the review queue are listed as problems too. */
export type DiagnosticsWanted = 'off' | 'disagreements' | 'all';

/** The setting of what the Problems view lists besides faults of the file. */
export function readDiagnostics(resource: vscode.Uri): DiagnosticsWanted {
  const value = text(vscode.workspace.getConfiguration(SECTION, resource), 'diagnostics');
  return value === 'disagreements' || value === 'all' ? value : 'off';
}

/** The configured labels for a document. */
export function readLabels(resource: vscode.Uri | undefined): readonly LabelSetting[] {
  const value: unknown = vscode.workspace.getConfiguration(SECTION, resource ?? null).get('labels');
  return labelSettings(value);
}

/** The settings of the models. */
export function readModelSettings(): ModelSettings {
  const section = vscode.workspace.getConfiguration(SECTION);
  const threads = Math.trunc(number(section, 'inference.threads', 0, 0, 64));
  return { folder: text(section, 'inference.modelsFolder'), threads: threads === 0 ? undefined : threads };
}

/** True where a change of settings touches one of these, such as `models`. */
export function affects(event: vscode.ConfigurationChangeEvent, ...keys: readonly string[]): boolean {
  return keys.some((key) => event.affectsConfiguration(`${SECTION}.${key}`));
}
