import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { modelOptions, modelOptionsUsage, predictorChoices, schemeOf, systemOf } from './choices.ts';
import { readColumns } from './corpusFile.ts';
import { evaluateCorpus } from './evaluateCorpus.ts';
import { evaluateFolder } from './evaluateFolder.ts';
import { evaluationText } from './evaluationText.ts';
import { isFolder } from './folderRun.ts';
import { UsageError } from './io.ts';
import type { CliContext, ExitCode, Verb } from './io.ts';
import { expectNoShard, shardOf, shardOptions, shardUsage } from './shardOptions.ts';
import { withPredictor } from './withPredictor.ts';

const usage = `evaluate --corpus PATH --system bert|t5 [options]

Runs a model over the complete sentences of a column file (none of whose tags is “_”), and compares. PATH may be a folder of
column files.

  --corpus PATH               UNER IOB2, CoNLL or other columns with words and tags
${modelOptionsUsage}
  --json                      every figure as JSON on stdout
  --out DIR                   of a folder: where the counts of each file are kept, for --shard, --resume and merge
${shardUsage}
`;

async function run(args: readonly string[], context: CliContext): Promise<ExitCode> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...modelOptions,
      ...shardOptions,
      corpus: { type: 'string' },
      out: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const { corpus, json, out, resume } = values;
  if (corpus === undefined) throw new UsageError('--corpus PATH is missing.');
  const system = systemOf(values.system);
  const scheme = schemeOf(values.scheme);
  const choices = predictorChoices(values, system, availableParallelism());
  if (await isFolder(corpus)) {
    if (out === undefined) throw new UsageError('--out DIR is missing, for the counts of each file of the folder.');
    const shard = shardOf(values.shard);
    return evaluateFolder({ folder: corpus, out, system, scheme, choices, shard, resume, json }, context);
  }
  expectNoShard(values);
  if (out !== undefined) throw new UsageError('--out goes with a folder.');
  const document = await readColumns(corpus, context.warn);
  const figures = await withPredictor(context, choices, (predictor) =>
    evaluateCorpus(predictor, system, scheme, document, context, corpus),
  );
  context.write(evaluationText({ system, scheme, corpus }, figures, json));
  return 0;
}

/** The `evaluate` command. */
export const evaluate: Verb = { usage, run };
