import type { CorpusItem, CorpusSentence } from '../../core/corpus.ts';
import { exported } from '../../core/exportChoice.ts';
import type { ExportChoice } from '../../core/exportChoice.ts';
import { EXPORT_MANIFEST, manifestText } from '../../core/exportManifest.ts';
import type { ExportCounts, ExportManifest, ExportModel, HashedFile } from '../../core/exportManifest.ts';
import { ExportTally } from '../../core/exportTally.ts';
import type { DatasetCard, Format } from '../../core/formats/format.ts';
import type { Loss } from '../../core/formats/losses.ts';
import { partWriter, shapeOf } from '../../core/formats/parts.ts';
import { RecordCutter } from '../../core/formats/records.ts';
import type { Records } from '../../core/formats/records.ts';
import { SentenceNamer } from '../../core/sentenceNames.ts';
import type { PartSize, SplitPlan, SplitWish } from '../../core/splitPlan.ts';
import type { Layer } from '../../core/span.ts';
import { writeAtomically } from '../atomicWrite.ts';
import { CorpusOutput, CorpusOutputError } from './corpusOutput.ts';
import type { ExportSource } from './exportSources.ts';
import { toParquet } from './parquetDataset.ts';

/** A model that annotates what nobody did. */
export interface Filler {
  /** Who decided, as the annotator column says it. */
  readonly name: string;
  readonly model: ExportModel;
  /** A layer for each sentence, in the full scheme; undefined where the model has no answer. */
  fill(sentences: readonly CorpusSentence[], signal: AbortSignal): Promise<readonly (Layer | undefined)[]>;
}

/** What is to be exported, and how. */
export interface ExportPlan {
  readonly sources: readonly ExportSource[];
  readonly choice: ExportChoice;
  readonly format: Format;
  readonly split: SplitWish | undefined;
  /** What a record of running text holds where sentences are left out of it. */
  readonly records: Records;
  readonly filler: Filler | undefined;
  /** The name of the corpus. */
  readonly name: string;
  /** Who annotated what has no name of its own. */
  readonly annotator: string;
  readonly card: DatasetCard;
  /** In which files the rows of a dataset folder lie. */
  readonly dataFiles?: 'jsonl' | 'parquet' | undefined;
  readonly version: string;
}

/** What is known of an export before it is written. */
export interface PreparedExport {
  readonly plan: ExportPlan;
  readonly counts: ExportCounts;
  readonly losses: readonly Loss[];
  /** The number of things in the input that could not be read as meant. */
  readonly issues: number;
  readonly sizes: readonly PartSize[];
  readonly split: SplitPlan | undefined;
  readonly inputs: readonly HashedFile[];
  /** What the model said, by the number of the sentence. */
  readonly fillings: ReadonlyMap<number, Layer>;
}

/** Progress from 0 to 1. */
export type Progress = (share: number) => void;

/** Goes through all sources once: counts what the export will hold and lose, and asks the model. Writes nothing. */
export async function prepareExport(
  plan: ExportPlan,
  signal: AbortSignal,
  progress: Progress,
): Promise<PreparedExport> {
  const tally = new ExportTally(plan.format, plan.choice, plan.split !== undefined);
  const fillings = new Map<number, Layer>();
  let issues = 0;
  let number = 0;
  await eachPiece(plan, signal, progress, async (items) => {
    const answers = await answersFor(plan.filler, items, signal);
    for (const item of items) {
      if (item.kind === 'issue') issues++;
      const layer = answers.get(item);
      if (layer !== undefined) fillings.set(number, layer);
      if (item.kind === 'sentence') number++;
      tally.add(item, fillingOf(plan, layer));
    }
  });
  const split = tally.plan(plan.split);
  const inputs = plan.sources.flatMap((source) => source.hashes());
  return {
    plan,
    counts: tally.counts,
    losses: tally.losses(),
    issues,
    split,
    sizes: split?.sizes ?? [],
    inputs,
    fillings,
  };
}

/** Where an export goes: a path, whether files that are there may be replaced. */
export interface ExportTarget {
  readonly path: string;
  readonly replace: boolean;
}

/**
 * Writes what was prepared, beside its target and then in one step into its place. Rejects, leaving everything as it was,
 * where the input changed since, a file is in the way, or the signal aborts.
 */
export async function writeExport(
  prepared: PreparedExport,
  target: ExportTarget,
  signal: AbortSignal,
  progress: Progress,
): Promise<readonly HashedFile[]> {
  const { plan } = prepared;
  const { format } = plan;
  const shape = shapeOf(format, plan.split !== undefined);
  const models = plan.filler === undefined || prepared.counts.filled === 0 ? [] : [plan.filler.model];
  const options = {
    name: plan.name,
    annotator: plan.annotator,
    eol: '\n',
    dataFiles: plan.dataFiles,
    card: { ...plan.card, models: models.map(({ name, id }) => `${name} (${id})`) },
  } as const;
  const writer = partWriter(format, options, prepared.split?.partOf());
  if (writer === undefined) throw new CorpusOutputError(`${format.title} cannot be written.`);
  const output = new CorpusOutput(target.path, shape, true);
  const cutter = new RecordCutter(plan.records);
  const write = (items: readonly CorpusItem[]): void => {
    for (const item of items) for (const piece of writer.add(item)) output.write(piece);
  };
  try {
    let number = 0;
    await eachPiece(plan, signal, progress, (items) => {
      for (const item of items) {
        if (item.kind === 'issue') continue;
        const written = itemOf(prepared, item, number);
        if (item.kind === 'sentence') number++;
        write(written === undefined ? cutter.skip() : cutter.add(written));
      }
      return Promise.resolve();
    });
    write(cutter.end());
    for (const piece of writer.end()) output.write(piece);
    checkInputs(prepared);
    if (plan.dataFiles === 'parquet') output.transform('.jsonl', '.parquet', toParquet);
    const outputs = output.seal();
    const manifest = manifestText(manifestOf(prepared, models, outputs));
    if (shape === 'folder') output.write({ file: EXPORT_MANIFEST, text: manifest });
    const [first] = target.replace ? [] : output.occupied();
    if (first !== undefined) throw new CorpusOutputError(`${target.path} is there already: choose another place.`);
    output.finish(target.replace);
    if (shape === 'file') await writeAtomically(`${target.path}.${EXPORT_MANIFEST}`, manifest);
    return outputs;
  } catch (error) {
    output.discard();
    throw error;
  }
}

async function eachPiece(
  { sources, format }: ExportPlan,
  signal: AbortSignal,
  progress: Progress,
  take: (items: readonly CorpusItem[]) => Promise<void>,
): Promise<void> {
  const total = Math.max(
    1,
    sources.reduce((sum, { size }) => sum + size, 0),
  );
  let done = 0;
  const namer = new SentenceNamer(format);
  for (const source of sources) {
    for await (const items of source.items(signal)) {
      signal.throwIfAborted();
      // Sentences of a file without documents belong together, where there are several files.
      const placed = sources.length === 1 ? items : items.map((item) => inDocument(item, source.name));
      await take(placed.map((item) => namer.add(item)));
    }
    done += source.size;
    progress(done / total);
  }
}

function inDocument(item: CorpusItem, name: string): CorpusItem {
  if (item.kind !== 'sentence' || item.sentence.documentId !== undefined) return item;
  return { ...item, sentence: { ...item.sentence, documentId: name } };
}

async function answersFor(
  filler: Filler | undefined,
  items: readonly CorpusItem[],
  signal: AbortSignal,
): Promise<ReadonlyMap<CorpusItem, Layer>> {
  const open = items.flatMap((item) =>
    item.kind === 'sentence' && item.sentence.layer === null ? [{ item, sentence: item.sentence }] : [],
  );
  if (filler === undefined || open.length === 0) return new Map();
  const layers = await filler.fill(
    open.map(({ sentence }) => sentence),
    signal,
  );
  return new Map(
    open.flatMap(({ item }, index) => {
      const layer = layers[index];
      return layer === undefined ? [] : [[item, layer] as const];
    }),
  );
}

function fillingOf({ filler }: ExportPlan, layer: Layer | undefined): { layer: Layer; by: string } | undefined {
  return filler === undefined || layer === undefined ? undefined : { layer, by: filler.name };
}

/** The item as it is to be written; undefined for a sentence that is left out. */
function itemOf({ plan, fillings }: PreparedExport, item: CorpusItem, number: number): CorpusItem | undefined {
  if (item.kind !== 'sentence') return item;
  const taken = exported(item.sentence, plan.choice, fillingOf(plan, fillings.get(number)));
  return taken === undefined ? undefined : { ...item, sentence: taken.sentence };
}

function checkInputs({ plan, inputs }: PreparedExport): void {
  const now = plan.sources.flatMap((source) => source.hashes());
  const changed = now.find(({ sha256 }, index) => sha256 !== inputs[index]?.sha256);
  if (changed !== undefined)
    throw new CorpusOutputError(`${changed.path} changed while it was exported: nothing was written. Export again.`);
}

function manifestOf(
  { plan, inputs, counts, losses }: PreparedExport,
  models: readonly ExportModel[],
  outputs: readonly HashedFile[],
): ExportManifest {
  const { choice, format, filler, split } = plan;
  return {
    tool: { name: 'Entity Lens', version: plan.version },
    inputs,
    options: {
      ...choice,
      format: format.id,
      fill: filler?.name ?? null,
      split: split ?? null,
      records: plan.records,
      offsets: null,
      dataFiles: plan.dataFiles ?? null,
    },
    models,
    counts,
    losses,
    outputs,
  };
}
