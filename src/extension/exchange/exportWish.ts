import * as vscode from 'vscode';
import { parseLabelMap } from '../../core/exportChoice.ts';
import type { FormatId } from '../../core/formats/format.ts';
import { RECORDS } from '../../core/formats/records.ts';
import type { Records } from '../../core/formats/records.ts';
import { formatOf } from '../../core/formats/registry.ts';
import type { LabelMap } from '../../core/modelTags.ts';
import type { Scheme } from '../../core/scheme.ts';
import type { SplitWish } from '../../core/splitPlan.ts';

/** Which sentences are exported: what people decided, what they looked through, or gold and what a model says of the rest. */
export const EXPORT_FILLS = ['gold', 'reviewed', 'bert', 't5'] as const;
export type ExportFill = (typeof EXPORT_FILLS)[number];

/** Everything that an export is told. */
export interface ExportWish {
  readonly documents: readonly vscode.Uri[];
  readonly fill: ExportFill;
  readonly labelMap: LabelMap;
  readonly scheme: Scheme;
  readonly format: FormatId;
  readonly split: SplitWish | undefined;
  /** What a record of running text holds where sentences are left out of it. */
  readonly records: Records;
  /** In which files the rows of a dataset folder lie. */
  readonly dataFiles: 'jsonl' | 'parquet' | undefined;
  readonly licence: string | undefined;
  readonly target: vscode.Uri;
  /** Whether files that are there already may be replaced. */
  readonly replace: boolean;
}

/** The answers of the wizard so far. */
export type ExportAnswers = Omit<ExportWish, 'target' | 'replace'> & {
  readonly from: 'current' | 'open' | 'files';
  readonly target: vscode.Uri | undefined;
};

/** An answer of the wizard: what is known now, a step back, or the end. */
export type Answer = ExportAnswers | 'back' | undefined;

/** What a keybinding, another extension or a test asks for; undefined where it asks for nothing that could be exported. */
export function wishOf(argument: unknown, current: vscode.Uri | undefined): ExportWish | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  const given = argument as Partial<Record<keyof ExportWish, unknown>>;
  const format = typeof given.format === 'string' ? formatOf(given.format) : undefined;
  const target = uriOf(given.target);
  if (format?.write === undefined || target === undefined) return undefined;
  return {
    documents: Array.isArray(given.documents)
      ? given.documents.flatMap((one) => uriOf(one) ?? [])
      : current === undefined
        ? []
        : [current],
    fill: EXPORT_FILLS.find((one) => one === given.fill) ?? 'gold',
    labelMap: mapOf(given.labelMap),
    scheme: given.scheme === 'simplified' ? 'simplified' : 'full',
    format: format.id,
    split: splitOf(given.split),
    records: RECORDS.find((one) => one === given.records) ?? 'run',
    dataFiles: format.id === 'hf' && given.dataFiles === 'parquet' ? 'parquet' : undefined,
    licence: typeof given.licence === 'string' ? given.licence : undefined,
    target,
    replace: given.replace === true,
  };
}

function uriOf(value: unknown): vscode.Uri | undefined {
  if (value instanceof vscode.Uri) return value;
  return typeof value === 'string' ? vscode.Uri.parse(value) : undefined;
}

function mapOf(value: unknown): LabelMap {
  if (typeof value !== 'object' || value === null) return {};
  const read = parseLabelMap(JSON.stringify(value));
  if (!read.ok) throw new Error(read.message);
  return read.value;
}

function splitOf(value: unknown): SplitWish | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { shares, seed } = value as Partial<Record<keyof SplitWish, unknown>>;
  const numbers = Array.isArray(shares) && shares.every((share) => typeof share === 'number') ? shares : undefined;
  if (numbers?.length !== 3) throw new Error('A split has three shares: of train, validation and test.');
  return { shares: numbers, seed: typeof seed === 'number' ? seed : 1 };
}
