import { createHash } from 'node:crypto';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { CorpusItem } from '../core/corpus.ts';
import type { ExportChoice } from '../core/exportChoice.ts';
import type { ExportManifest, HashedFile } from '../core/exportManifest.ts';
import { ExportTally } from '../core/exportTally.ts';
import type { Format, WriteOptions } from '../core/formats/format.ts';
import { partWriter } from '../core/formats/parts.ts';
import { RecordCutter } from '../core/formats/records.ts';
import type { Records } from '../core/formats/records.ts';
import { SentenceNamer } from '../core/sentenceNames.ts';
import type { SplitPlan, SplitWish } from '../core/splitPlan.ts';
import { bytesOf, corpusFiles, formatOfFile, readCorpus } from '../node/corpus/corpusInput.ts';
import type { CorpusInput } from '../node/corpus/corpusInput.ts';
import {
  choiceOf,
  convertOptions,
  convertUsage,
  offsetUnit,
  predictionsUse,
  recordsOf,
  writeOptionsOf,
} from './convertOptions.ts';
import { targetOf } from './convertTarget.ts';
import { formatNamed, inputErrors } from './formatChoice.ts';
import { IssueList } from './issueList.ts';
import { CliError, UsageError } from './io.ts';
import type { CliContext, ExitCode, Verb } from './io.ts';
import { refuseInputs } from './refuseInputs.ts';
import { splitWish } from './splitPlan.ts';
import { toolVersion } from './toolVersion.ts';
import { turns } from './turns.ts';
import type { Turns } from './turns.ts';

/** A call that was understood. */
interface Conversion {
  readonly from: string;
  readonly format: Format;
  readonly input: CorpusInput;
  readonly choice: ExportChoice;
  readonly writing: WriteOptions;
  readonly split: SplitWish | undefined;
  readonly records: Records;
}

async function run(args: readonly string[], context: CliContext): Promise<ExitCode> {
  const { values } = parseArgs({ args: [...args], options: convertOptions });
  const { from, out } = values;
  if (from === undefined) throw new UsageError('--from PATH is missing.');
  if (out === undefined) throw new UsageError('--out PATH is missing.');
  const format = formatNamed(values.to, 'write');
  if (format === undefined) throw new UsageError('--to FORMAT is missing.');
  const reading = formatNamed(values['input-format'], 'read');
  const input: CorpusInput = {
    format: reading?.id,
    tagNames: values.tags?.split(','),
    offsets: offsetUnit(values['input-offsets']),
    columns: values.columns,
    predictions: predictionsUse(values.predictions),
    progress: (done, total) => {
      context.progress(from, done, total);
    },
  };
  const conversion: Conversion = {
    from,
    format,
    input,
    choice: choiceOf(values),
    writing: writeOptionsOf(values, from, format),
    split: splitWish(values.split, values.seed),
    records: recordsOf(values.records),
  };
  if (values.parquet && (format.id !== 'hf' || out === '-'))
    throw new UsageError('--parquet is for --to hf with a folder as --out.');
  // It is not loaded for other formats, whose memory it would take.
  const toParquet = values.parquet ? (await import('../node/corpus/parquetDataset.ts')).toParquet : undefined;
  const version = values.manifest ? await toolVersion(context.modelsRoot) : undefined;
  return inputErrors(() =>
    convertTo({ out, force: values.force, strict: values.strict, toParquet }, conversion, version, context),
  );
}

/** How the result is put in its place. */
interface Writing {
  readonly out: string;
  readonly force: boolean;
  readonly strict: boolean;
  readonly toParquet: ((from: string, to: string) => void) | undefined;
}

async function convertTo(
  { out, force, strict, toParquet }: Writing,
  conversion: Conversion,
  version: string | undefined,
  context: CliContext,
): Promise<ExitCode> {
  const { from, format, input, choice, writing, split, records } = conversion;
  const inputs = corpusFiles(from).flatMap(filesOf);
  if (out !== '-') refuseInputs([out], [from]);
  const turn = turns(context);
  const plan = split === undefined ? undefined : await planOf(conversion, split, turn);
  const writer = partWriter(format, writing, plan?.partOf());
  const target = targetOf(
    { out, force, split: split !== undefined, manifest: version !== undefined, inputs },
    format,
    context,
  );
  const issues = new IssueList(context.warn);
  const tally = new ExportTally(format, choice, false);
  const namer = new SentenceNamer(format);
  const cutter = new RecordCutter(records);
  const write = (items: readonly CorpusItem[]): void => {
    for (const item of items) for (const piece of writer?.add(item) ?? []) target.write(piece);
  };
  try {
    for (const found of readCorpus(from, input)) {
      if (turn.due()) await turn.take();
      if (issues.add(found)) continue;
      const item = tally.add(namer.add(found.item));
      write(item === undefined ? cutter.skip() : cutter.add(item));
    }
    write(cutter.end());
    for (const piece of writer?.end() ?? []) target.write(piece);
    context.clearProgress();
    issues.finish();
    const { counts } = tally;
    const losses = tally.losses();
    for (const { message } of losses) context.warn(`${format.title}: ${message}.`);
    if (counts.sentences + counts.left === 0)
      throw new CliError(`${from} holds no sentences that could be read: nothing was written.`);
    if (counts.sentences === 0)
      throw new CliError(`None of the ${counts.left} sentences is ${choice.take}: nothing was written.`);
    if (strict && issues.count + losses.length > 0)
      throw new CliError(
        `Nothing was written, because of --strict: ${issues.count} problems, ${losses.length} kinds of loss.`,
      );
    if (toParquet !== undefined) target.transform('.jsonl', '.parquet', toParquet);
    await turn.take();
    await target.finish(version === undefined ? undefined : manifestOf(conversion, tally, version));
    for (const { part, documents, sentences } of plan?.sizes ?? [])
      context.warn(`${part}: ${documents} documents, ${sentences} sentences`);
    const left =
      counts.left === 0
        ? ''
        : `, ${counts.left} sentences left out${counts.inProgress === 0 ? '' : ` (${counts.inProgress} in progress)`}`;
    context.warn(`${counts.sentences} sentences, ${counts.entities} spans${left}${out === '-' ? '' : `: ${out}`}`);
    return 0;
  } catch (error) {
    target.discard();
    throw error;
  }
}

/** Reads the corpus once to say which part each document goes to. */
async function planOf(
  { from, format, input, choice }: Conversion,
  split: SplitWish,
  turn: Turns,
): Promise<SplitPlan | undefined> {
  const tally = new ExportTally(format, choice, true);
  for (const { item } of readCorpus(from, input)) {
    if (turn.due()) await turn.take();
    tally.add(item);
  }
  return tally.plan(split);
}

function manifestOf(
  { from, format, choice, split, records, writing }: Conversion,
  tally: ExportTally,
  version: string,
): Omit<ExportManifest, 'outputs'> {
  return {
    tool: { name: 'Entity Lens', version },
    inputs: corpusFiles(from).flatMap((file) => hashed(file, path.dirname(path.resolve(from)))),
    options: {
      ...choice,
      format: format.id,
      fill: null,
      split: split ?? null,
      records,
      offsets: writing.offsets ?? null,
      dataFiles: format.id === 'hf' ? (writing.dataFiles ?? null) : null,
    },
    models: [],
    counts: tally.counts,
    losses: tally.losses(),
  };
}

/** A file of a corpus, with its annotations where they lie beside it. */
function filesOf(file: string): readonly string[] {
  return formatOfFile(file).id === 'brat' ? [file, file.replace(/\.txt$/i, '.ann')] : [file];
}

/** What a file holds, and its annotations where they lie beside it. */
function hashed(file: string, root: string): readonly HashedFile[] {
  return filesOf(file).map((one) => {
    const hash = createHash('sha256');
    let bytes = 0;
    for (const piece of bytesOf(one)) {
      hash.update(piece);
      bytes += piece.length;
    }
    return {
      path: path.relative(root, path.resolve(one)).split(path.sep).join('/'),
      bytes,
      sha256: hash.digest('hex'),
    };
  });
}

/** The `convert` command. */
export const convert: Verb = { usage: convertUsage, run };
