import type { ExportChoice } from './exportChoice.ts';
import type { FormatId, OffsetUnit } from './formats/format.ts';
import type { Records } from './formats/records.ts';
import type { Loss } from './formats/losses.ts';
import type { SplitWish } from './splitPlan.ts';

/** A file by what is in it. */
export interface HashedFile {
  /** With slashes, relative to the workspace folder (inputs) or the target (outputs). */
  readonly path: string;
  readonly bytes: number;
  /** In lower-case hexadecimal. */
  readonly sha256: string;
}

/** A model whose answers are in an export. */
export interface ExportModel {
  readonly id: string;
  readonly name: string;
  readonly files: readonly { readonly path: string; readonly sha256: string }[];
}

/** What an export was made from and how, so that it can be made again and checked. It holds no times: the same input gives the same bytes. */
export interface ExportManifest {
  readonly tool: { readonly name: string; readonly version: string };
  readonly inputs: readonly HashedFile[];
  readonly options: ExportChoice & {
    readonly format: FormatId;
    readonly fill: string | null;
    readonly split: SplitWish | null;
    readonly records: Records;
    readonly offsets: OffsetUnit | null;
    readonly dataFiles: 'jsonl' | 'parquet' | null;
  };
  readonly models: readonly ExportModel[];
  readonly counts: ExportCounts;
  readonly losses: readonly Loss[];
  readonly outputs: readonly HashedFile[];
}

/** What an export holds. */
export interface ExportCounts {
  readonly sentences: number;
  readonly tokens: number;
  readonly entities: number;
  readonly labels: Readonly<Record<string, number>>;
  readonly reviewed: number;
  /** Sentences that a model annotated. */
  readonly filled: number;
  /** Sentences that were not taken. */
  readonly left: number;
  /** How many of them are in progress: some of their words are undecided. */
  readonly inProgress: number;
}

/** The name of the manifest in a folder; beside a file it is put after that file's name. */
export const EXPORT_MANIFEST = 'manifest.json';

/** What a manifest says of itself. */
const KIND = 'entity-lens-export';

/** True for a file that an export wrote, whose manifest lies among the names beside it, and for such a manifest. */
export function isExported(name: string, beside: ReadonlySet<string>): boolean {
  return beside.has(`${name}.${EXPORT_MANIFEST}`) || name.endsWith(`.${EXPORT_MANIFEST}`);
}

/** True for the text of a manifest, by which a folder is told as an export. */
export function isManifest(text: string): boolean {
  return new RegExp(`^\\s*\\{\\s*"kind"\\s*:\\s*"${KIND}"`).test(text);
}

/** The text of a manifest: labels in order, so that nothing but content decides it. */
export function manifestText(manifest: ExportManifest): string {
  const labels = Object.fromEntries(
    Object.entries(manifest.counts.labels).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
  );
  const map = Object.fromEntries(
    Object.entries(manifest.options.labelMap).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
  );
  const outputs = [...manifest.outputs].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const ordered = {
    kind: KIND,
    version: 1,
    ...manifest,
    options: { ...manifest.options, labelMap: map },
    counts: { ...manifest.counts, labels },
    outputs,
  };
  return `${JSON.stringify(ordered, null, 2)}\n`;
}
