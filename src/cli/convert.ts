import { createHash } from 'node:crypto';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { CorpusItem } from '../core/corpus.ts';
import type { ExportChoice } from '../core/exportChoice.ts';
import type { ExportManifest, HashedFile } from '../core/exportManifest.ts';
import { ExportTally } from '../core/exportTally.ts';
import type { Format, WriteOptions } from '../core/formats/format.ts';
import { partWriter } from '../core/formats/parts.ts';
import type { SplitPlan, SplitWish } from '../core/splitPlan.ts';
import { bytesOf, corpusFiles, formatOfFile, readCorpus } from '../node/corpus/corpusInput.ts';
import type { CorpusInput } from '../node/corpus/corpusInput.ts';
import { choiceOf, convertOptions, convertUsage, predictionsUse, writeOptionsOf } from './convertOptions.ts';
import { targetOf } from './convertTarget.ts';
import { formatNamed, inputErrors } from './formatChoice.ts';
import { inputOf } from './inputOptions.ts';
import { IssueList } from './issueList.ts';
import { CliError, UsageError } from './io.ts';
import type { CliContext, ExitCode, Verb } from './io.ts';
import { splitWish } from './splitPlan.ts';
import { toolVersion } from './toolVersion.ts';

/** A call that was understood. */
interface Conversion {
  readonly from: string;
  readonly format: Format;
  readonly input: CorpusInput;
  readonly choice: ExportChoice;
  readonly writing: WriteOptions;
  readonly split: SplitWish | undefined;
}

async function run(args: readonly string[], context: CliContext): Promise<ExitCode> {
  const { values } = parseArgs({ args: [...args], options: convertOptions });
  const { from, out } = values;
  if (from === undefined) throw new UsageError('--from PATH is missing.');
  if (out === undefined) throw new UsageError('--out PATH is missing.');
  const format = formatNamed(values.to, 'write');
  if (format === undefined) throw new UsageError('--to FORMAT is missing.');
  if (out !== '-' && path.resolve(out) === path.resolve(from))
    throw new CliError(`${out} is the input, which is never changed: choose another --out.`);
  const input: CorpusInput = {
    ...inputOf(values),
    predictions: predictionsUse(values.predictions),
    progress: (done, total) => {
      context.progress(from, done, total);
      if (context.signal.aborted) throw new CliError('Ended before everything was written; nothing was changed.');
    },
  };
  const conversion: Conversion = {
    from,
    format,
    input,
    choice: choiceOf(values),
    writing: writeOptionsOf(values, from, format),
    split: splitWish(values.split, values.seed),
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

function convertTo(
  { out, force, strict, toParquet }: Writing,
  conversion: Conversion,
  version: string | undefined,
  context: CliContext,
): ExitCode {
  const { from, format, input, choice, writing, split } = conversion;
  const plan = split === undefined ? undefined : planOf(conversion, split);
  const writer = partWriter(format, writing, plan?.partOf());
  const target = targetOf({ out, force, split: split !== undefined, manifest: version !== undefined }, format, context);
  const issues = new IssueList(context.warn);
  const tally = new ExportTally(format, choice, false);
  try {
    for (const found of readCorpus(from, input)) {
      if (issues.add(found)) continue;
      const item: CorpusItem | undefined = tally.add(found.item);
      if (item !== undefined) for (const piece of writer?.add(item) ?? []) target.write(piece);
    }
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
    target.finish(version === undefined ? undefined : manifestOf(conversion, tally, version));
    for (const { part, documents, sentences } of plan?.sizes ?? [])
      context.warn(`${part}: ${documents} documents, ${sentences} sentences`);
    const left = counts.left === 0 ? '' : `, ${counts.left} sentences left out`;
    context.warn(`${counts.sentences} sentences, ${counts.entities} spans${left}${out === '-' ? '' : `: ${out}`}`);
    return 0;
  } catch (error) {
    target.discard();
    throw error;
  }
}

/** Reads the corpus once to say which part each document goes to. */
function planOf({ from, format, input, choice }: Conversion, split: SplitWish): SplitPlan | undefined {
  const tally = new ExportTally(format, choice, true);
  for (const { item } of readCorpus(from, input)) tally.add(item);
  return tally.plan(split);
}

function manifestOf(
  { from, format, choice, split, writing }: Conversion,
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
      offsets: writing.offsets ?? null,
      dataFiles: format.id === 'hf' ? (writing.dataFiles ?? null) : null,
    },
    models: [],
    counts: tally.counts,
    losses: tally.losses(),
  };
}

/** What a file holds, and its annotations where they lie beside it. */
function hashed(file: string, root: string): readonly HashedFile[] {
  const files = formatOfFile(file).id === 'brat' ? [file, file.replace(/\.txt$/i, '.ann')] : [file];
  return files.map((one) => {
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
