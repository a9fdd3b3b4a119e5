import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { createHash } from 'node:crypto';
import type { Scheme } from '../core/scheme.ts';
import type { ModelSource } from '../core/span.ts';
import { writeAtomically } from '../node/atomicWrite.ts';
import type { DiskFile } from '../node/corpus/diskCorpus.ts';
import { totalOf } from '../node/shards/mergeShards.ts';
import type { Shard } from '../node/shards/shard.ts';
import { runShard } from '../node/shards/shardRun.ts';
import { isColumns, readForTags } from './annotateText.ts';
import type { PredictorChoices } from './choices.ts';
import { claimFolder, describeRun, expectApart, failuresOf, filesIn, predictFiles, readOrTell } from './folderRun.ts';
import { CliError } from './io.ts';
import type { CliContext, ExitCode } from './io.ts';
import { tellShard } from './tellShard.ts';
import { withPredictor } from './withPredictor.ts';

/** Where the records of annotated files lie, within the folder of the results. */
export const RECORDS = '.entity-lens';

/** What to annotate, and how. */
export interface FolderJob {
  readonly folder: string;
  readonly out: string;
  readonly system: ModelSource;
  readonly scheme: Scheme;
  readonly choices: PredictorChoices;
  readonly shard: Shard;
  readonly resume: boolean;
  readonly format: string | undefined;
}

/** Annotates the files of a folder, each into a file of its own. */
export async function annotateFolder(job: FolderJob, context: CliContext): Promise<ExitCode> {
  const { folder, out, system, scheme, format } = job;
  expectApart(folder, out);
  const files = await filesIn(folder, (name, siblings) => isText(name, siblings, format));
  if (files.length === 0) throw new CliError(`${folder} holds no column files, .txt or .md.`);
  const root = path.join(out, RECORDS);
  await claimFolder(out, RECORDS);
  return withPredictor(context, job.choices, async (predictor) => {
    const run = await describeRun('annotate', predictor, system, scheme, job.choices, context, format);
    const { modelId } = predictor.states.find(({ source }) => source === system) ?? { modelId: system };
    const done = await runShard({
      ...{ run, files, root },
      corpus: folder,
      written: out,
      shard: job.shard,
      resume: job.resume,
      signal: context.signal,
      progress: (read, total) => {
        context.progress(folder, read, total);
      },
      read: (file) => readOrTell(() => readForTags(file.path, format, context.warn)),
      finish: async (open) => {
        const answers = await predictFiles(predictor, system, scheme, open, context);
        return Promise.all(
          open.map(async ({ file, content }, index) => {
            const { predictions = [], seconds = 0 } = answers[index] ?? {};
            const text = content.tagged(predictions, modelId);
            const name = resultName(file, format);
            await mkdir(path.dirname(path.join(out, name)), { recursive: true });
            await writeAtomically(path.join(out, name), text);
            const spans = predictions.reduce((sum, { layer }) => sum + layer.length, 0);
            const sha256 = createHash('sha256').update(text).digest('hex');
            return { seconds, failures: failuresOf(predictions), written: { file: name, sha256, spans } };
          }),
        );
      },
    });
    const { sentences, spans } = totalOf(done.records);
    return tellShard(done, `${sentences} sentences, ${spans} spans by ${run.model.name}: ${out}`, context);
  });
}

function resultName({ name }: DiskFile, format: string | undefined): string {
  return isColumns(format, name) ? name : `${name}.iob2`;
}

/** Columns, and prose; the gold of a text that lies beside it is no text of its own. */
function isText(name: string, siblings: ReadonlySet<string>, format: string | undefined): boolean {
  if (/^(?:readme|licen[cs]e)/iu.test(path.basename(name))) return false;
  const prose = /\.(?:txt|md)$/iu.test(name);
  if (prose) return format !== 'columns';
  const text = /\.iob2$/iu.test(name) ? name.slice(0, -'.iob2'.length) : '';
  return format !== 'prose' && isColumns(undefined, name) && !(/\.(?:txt|md)$/iu.test(text) && siblings.has(text));
}
