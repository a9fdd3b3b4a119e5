import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { mergeShards } from '../node/shards/mergeShards.ts';
import { RecordError } from '../node/shards/records.ts';
import { RECORDS } from './annotateFolder.ts';
import { figuresOf } from './evaluateCorpus.ts';
import { evaluationText } from './evaluationText.ts';
import { CliError, UsageError } from './io.ts';
import type { CliContext, ExitCode, Verb } from './io.ts';

const usage = `merge DIR... [options]

Adds up the shards of a folder that annotate or evaluate worked through, once all of them are finished. DIR is a folder of --out;
name several where the shards wrote into folders of their own.

  --json                      every figure as JSON on stdout
`;

async function run(args: readonly string[], context: Pick<CliContext, 'write' | 'warn'>): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false } },
  });
  if (positionals.length === 0) throw new UsageError('merge takes the folders of --out.');
  for (const folder of positionals) if (!existsSync(folder)) throw new CliError(`${folder}: there is no such folder.`);
  const roots = positionals.map((folder) => {
    const records = path.join(folder, RECORDS);
    return existsSync(records) ? records : folder;
  });
  const merged = await mergeShards(roots).catch((error: unknown) => {
    throw error instanceof RecordError ? new CliError(error.message) : error;
  });
  if (!merged.ok) throw new CliError(merged.message);
  const { run: of, corpus, total, unread } = merged.value;
  for (const [, why] of unread) context.warn(`left out: ${why}`);
  const { system, scheme, labels } = of;
  const { counts, files, sentences, spans, failures } = total;
  if (of.command === 'annotate') {
    const what = { system, scheme, corpus, files, sentences, spans, failures };
    context.write(
      values.json
        ? `${JSON.stringify(what, null, 2)}\n`
        : `${files} files, ${sentences} sentences, ${spans} spans by ${of.model.name}\n`,
    );
  } else {
    if (counts.sentences === 0)
      throw new CliError(`${corpus}: no sentence is complete, so there is nothing to compare with.`);
    const figures = figuresOf(counts, scheme, labels, total);
    context.write(evaluationText({ system, scheme, corpus }, figures, values.json));
  }
  return unread.length === 0 ? 0 : 1;
}

/** The `merge` command. */
export const merge: Verb = { usage, run };
