import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { writeAtomically } from '../node/atomicWrite.ts';
import { annotateFolder } from './annotateFolder.ts';
import { readForTags } from './annotateText.ts';
import { modelOptions, modelOptionsUsage, predictorChoices, schemeOf, systemOf } from './choices.ts';
import { isFolder } from './folderRun.ts';
import { CliError, UsageError } from './io.ts';
import type { CliContext, ExitCode, Verb } from './io.ts';
import { predictAll } from './predictAll.ts';
import { refuseInputs } from './refuseInputs.ts';
import { expectNoShard, shardOf, shardOptions, shardUsage } from './shardOptions.ts';
import { withPredictor } from './withPredictor.ts';
import { messageOf } from '../core/errorMessage.ts';

const usage = `annotate PATH --system bert|t5 --out PATH [options]

Tags a text with a model and writes it as UNER IOB2. PATH is prose, or columns whose tags are replaced, or a folder of both, which
gets a folder of results.

  --out PATH                  where to write; - is stdout
${modelOptionsUsage}
  --format prose|columns      what a file is (default: by its name; .iob2 .iob .bio .conll .conllu .tsv are columns)
${shardUsage}
`;

async function run(args: readonly string[], context: CliContext): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { ...modelOptions, ...shardOptions, out: { type: 'string' }, format: { type: 'string' } },
  });
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0) throw new UsageError('annotate takes exactly one file or folder.');
  const { out, format, resume } = values;
  if (out === undefined) throw new UsageError('--out PATH is missing.');
  if (format !== undefined && format !== 'prose' && format !== 'columns')
    throw new UsageError(`--format is prose or columns, not “${format}”.`);
  const system = systemOf(values.system);
  const scheme = schemeOf(values.scheme);
  const choices = predictorChoices(values, system, availableParallelism());
  if (await isFolder(file)) {
    if (out === '-') throw new UsageError('--out names a folder where a folder is annotated.');
    const shard = shardOf(values.shard);
    return annotateFolder({ folder: file, out, system, scheme, choices, shard, resume, format }, context);
  }
  expectNoShard(values);
  if (out !== '-') refuseInputs([out], [file]);
  const text = await readForTags(file, format, context.warn);
  const { predictions, name } = await withPredictor(context, choices, async (predictor) => {
    const all = await predictAll(predictor, system, scheme, text.words, context, file);
    const state = predictor.states.find(({ source }) => source === system);
    return { ...all, name: state?.modelId ?? system };
  });
  const result = text.tagged(predictions, name);
  if (out === '-') context.write(result);
  else await write(out, result);
  const spans = predictions.reduce((sum, prediction) => sum + prediction.layer.length, 0);
  context.warn(`${text.words.length} sentences, ${spans} spans by ${name}${out === '-' ? '' : `: ${out}`}`);
  return 0;
}

/** The `annotate` command. */
export const annotate: Verb = { usage, run };

async function write(file: string, text: string): Promise<void> {
  try {
    await writeAtomically(file, text);
  } catch (error) {
    throw new CliError(`${file} cannot be written: ${messageOf(error)}`);
  }
}
