import { columnFiles } from '../node/corpus/diskCorpus.ts';
import { CorpusInputError } from '../node/corpus/corpusInput.ts';
import { recordOfCounts } from '../node/shards/countsRecord.ts';
import { totalOf } from '../node/shards/mergeShards.ts';
import { FILES } from '../node/shards/records.ts';
import { runShard } from '../node/shards/shardRun.ts';
import type { FolderJob } from './annotateFolder.ts';
import { readColumns } from './corpusFile.ts';
import { figuresOf, withGold } from './evaluateCorpus.ts';
import { evaluationText } from './evaluationText.ts';
import { claimFolder, describeRun, expectApart, failuresOf, predictFiles, readOrTell } from './folderRun.ts';
import { CliError } from './io.ts';
import type { CliContext, ExitCode } from './io.ts';
import { tellShard } from './tellShard.ts';
import { withPredictor } from './withPredictor.ts';

/** Evaluates the column files of a folder, keeps the counts of each, and prints the figures of all; those of a shard are printed by `merge`. */
export async function evaluateFolder(
  job: Omit<FolderJob, 'format'> & { readonly json: boolean },
  context: CliContext,
): Promise<ExitCode> {
  const { folder, out, system, scheme, shard } = job;
  expectApart(folder, out);
  const files = await columnFiles(folder).catch((error: unknown) => {
    throw error instanceof CorpusInputError ? new CliError(error.message) : error;
  });
  await claimFolder(out, FILES);
  return withPredictor(context, job.choices, async (predictor) => {
    const run = await describeRun('evaluate', predictor, system, scheme, job.choices, context, undefined);
    const done = await runShard({
      ...{ run, files, shard },
      corpus: folder,
      ...{ root: out, written: out },
      resume: job.resume,
      signal: context.signal,
      progress: (read, total) => {
        context.progress(folder, read, total);
      },
      read: (file) => readOrTell(async () => withGold(await readColumns(file.path, context.warn))),
      finish: async (open) => {
        const answers = await predictFiles(predictor, system, scheme, open, context);
        return open.map(({ content }, index) => {
          const { predictions = [], seconds = 0 } = answers[index] ?? {};
          const counts = content.words.length === 0 ? null : recordOfCounts(content.count(predictions, scheme));
          return { seconds, failures: failuresOf(predictions), inProgress: content.inProgress, counts };
        });
      },
    });
    const total = totalOf(done.records);
    const { counts, withoutGold } = total;
    const code = tellShard(done, `${counts.sentences} sentences with gold, ${withoutGold} files without`, context);
    if (shard.of > 1) return code;
    if (counts.sentences === 0)
      throw new CliError(`${folder}: no sentence is complete, so there is nothing to compare with.`);
    const figures = figuresOf(counts, scheme, run.labels, total);
    context.write(evaluationText({ system, scheme, corpus: folder }, figures, job.json));
    return code;
  });
}
