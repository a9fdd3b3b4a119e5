import * as vscode from 'vscode';
import { CORRECTION_STARTS } from '../../core/draft.ts';
import type { CorrectionStart } from '../../core/draft.ts';
import { DEFAULTS } from './defaults.ts';
import type { SettingOf } from './defaults.ts';
import { labelSettings } from './labels.ts';
import type { LabelSetting } from './labels.ts';

const SECTION = 'entityLens';

const ON_OPEN = ['switchedOn', 'always', 'never'] as const;

/** When documents are annotated without being asked for. */
export type OnOpen = (typeof ON_OPEN)[number];

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

function flag(section: vscode.WorkspaceConfiguration, key: SettingOf<boolean>): boolean {
  const value: unknown = section.get(key);
  return typeof value === 'boolean' ? value : DEFAULTS[key];
}

function text(section: vscode.WorkspaceConfiguration, key: SettingOf<string>): string {
  const value: unknown = section.get(key);
  return typeof value === 'string' ? value.trim() : DEFAULTS[key];
}

function number(section: vscode.WorkspaceConfiguration, key: SettingOf<number>, least: number, most: number): number {
  const value: unknown = section.get(key);
  return typeof value === 'number' && Number.isFinite(value) ? Math.min(most, Math.max(least, value)) : DEFAULTS[key];
}

/** The text of a setting where it is one of its values, else its default. */
function choice<Value extends string>(text: string, values: readonly Value[], fallback: Value): Value {
  return values.find((value) => value === text) ?? fallback;
}

/** The settings for a document; values of a wrong type count as not set. */
export function readSettings(resource: vscode.Uri | undefined): Settings {
  const section = vscode.workspace.getConfiguration(SECTION, resource ?? null);
  return {
    annotatorName: text(section, 'annotatorName'),
    autoSaveGold: flag(section, 'gold.autoSave'),
    correctionStart: choice(text(section, 'correction.start'), CORRECTION_STARTS, DEFAULTS['correction.start']),
    onOpen: choice(text(section, 'annotate.onOpen'), ON_OPEN, DEFAULTS['annotate.onOpen']),
    debounce: number(section, 'annotate.debounce', 50, 10_000),
    labels: readLabels(resource),
    decorations: {
      gold: flag(section, 'decorations.gold'),
      bert: flag(section, 'decorations.bert'),
      t5: flag(section, 'decorations.t5'),
      disagreements: flag(section, 'decorations.disagreements'),
      labelText: flag(section, 'decorations.labelText'),
    },
    threshold: number(section, 'threshold', 0, 1),
  };
}

const DIAGNOSTICS = ['off', 'disagreements', 'all'] as const;

/** Which places of the review queue are listed as problems too. */
export type DiagnosticsWanted = (typeof DIAGNOSTICS)[number];

/** The setting of what the Problems view lists besides faults of the file. */
export function readDiagnostics(resource: vscode.Uri): DiagnosticsWanted {
  const section = vscode.workspace.getConfiguration(SECTION, resource);
  return choice(text(section, 'diagnostics'), DIAGNOSTICS, DEFAULTS.diagnostics);
}

/** The configured labels for a document. */
export function readLabels(resource: vscode.Uri | undefined): readonly LabelSetting[] {
  const value: unknown = vscode.workspace.getConfiguration(SECTION, resource ?? null).get('labels');
  return labelSettings(value);
}

/** The settings of the models. */
export function readModelSettings(): ModelSettings {
  const section = vscode.workspace.getConfiguration(SECTION);
  const threads = Math.trunc(number(section, 'inference.threads', 0, 64));
  return { folder: text(section, 'inference.modelsFolder'), threads: threads === 0 ? undefined : threads };
}

/** True where a change of settings touches one of these, such as `models`. */
export function affects(event: vscode.ConfigurationChangeEvent, ...keys: readonly string[]): boolean {
  return keys.some((key) => event.affectsConfiguration(`${SECTION}.${key}`));
}
