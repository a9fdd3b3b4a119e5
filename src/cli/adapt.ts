import { availableParallelism } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ADAPT_SYSTEMS } from '../core/learning/adaptation.ts';
import type { Adaptation, AdaptSystem } from '../core/learning/adaptation.ts';
import { HEAD_DEFAULTS } from '../core/learning/headTraining.ts';
import { adaptationHtml, adaptationTable } from '../core/report/adaptationReport.ts';
import { writeAtomically } from '../node/atomicWrite.ts';
import { adaptationCorpora, adaptationRun } from './adaptRun.ts';
import type { AdaptPlan } from './adaptRun.ts';
import { predictorChoices } from './choices.ts';
import { UsageError } from './io.ts';
import type { CliContext, ExitCode, Verb } from './io.ts';
import { ownModelOptions, ownModelUsage } from './ownModels.ts';
import { withPredictor } from './withPredictor.ts';

const usage = `adapt --train FILE --test FILE [options]

Tells what each way of using corrections comes to after so many sentences: BERT with a head trained on them, T5 shown the nearest of
them, and remembered strings, beside BERT as it is.

  --train FILE           a column file with gold tags to learn from; sentences are drawn by chance
  --test FILE            a column file with gold tags to score on
  --sizes 0,10,25        how many sentences to learn from (default 0,10,25,50,100,200,400, as far as there are so many)
  --seeds N              how many draws (default 3)
  --systems bert,memory  of bert, bert-base, t5, memory (default all)
  --exponent X           the weight of rare tags: (words / words of the tag) to this power (default ${HEAD_DEFAULTS.exponent})
  --k N                  how many sentences a prompt of T5 shows (default 8)
  --limit N              score on the first N sentences of the test file alone
  --out FILE             write a page with a chart (.html) as well
  --json                 every figure as JSON on stdout instead of the table
  --models DIR           a folder with manifest.json and model folders (default: the bundled models)
  --threads N            threads of the model process (default: all cores)
${ownModelUsage}
  --progress             draw the progress bar even where stderr is no terminal
`;

const OPTIONS = {
  train: { type: 'string' },
  test: { type: 'string' },
  sizes: { type: 'string', default: '0,10,25,50,100,200,400' },
  seeds: { type: 'string', default: '3' },
  systems: { type: 'string', default: ADAPT_SYSTEMS.join(',') },
  exponent: { type: 'string', default: String(HEAD_DEFAULTS.exponent) },
  k: { type: 'string', default: '8' },
  limit: { type: 'string' },
  out: { type: 'string' },
  json: { type: 'boolean', default: false },
  models: { type: 'string' },
  threads: { type: 'string' },
  ...ownModelOptions,
} as const;

function countOf(name: string, text: string, least: number): number {
  const number = Number(text);
  if (text.trim() !== '' && Number.isInteger(number) && number >= least) return number;
  throw new UsageError(`--${name} is a number from ${least}, not “${text}”.`);
}

function systemsOf(text: string): readonly AdaptSystem[] {
  const wanted = text.split(',').map((name) => name.trim());
  const unknown = wanted.find((name) => !ADAPT_SYSTEMS.some((system) => system === name));
  if (unknown !== undefined) throw new UsageError(`--systems names ${ADAPT_SYSTEMS.join(', ')}, not “${unknown}”.`);
  return ADAPT_SYSTEMS.filter((system) => wanted.includes(system));
}

function exponentOf(text: string): number {
  const number = Number(text);
  if (text.trim() !== '' && number >= 0 && number <= 1) return number;
  throw new UsageError(`--exponent is a number from 0 to 1, not “${text}”.`);
}

async function run(args: readonly string[], context: CliContext): Promise<ExitCode> {
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  const { train, test, out } = values;
  if (train === undefined) throw new UsageError('--train FILE is missing.');
  if (test === undefined) throw new UsageError('--test FILE is missing.');
  if (out !== undefined && path.extname(out).toLowerCase() !== '.html')
    throw new UsageError(`--out ends in .html, not “${path.extname(out)}”.`);
  const plan: AdaptPlan = {
    sizes: [...new Set(values.sizes.split(',').map((size) => countOf('sizes', size, 0)))].sort((a, b) => a - b),
    seeds: countOf('seeds', values.seeds, 1),
    systems: systemsOf(values.systems),
    exponent: exponentOf(values.exponent),
    k: countOf('k', values.k, 0),
    limit: values.limit === undefined ? Infinity : countOf('limit', values.limit, 1),
  };
  const { k: _, ...models } = values;
  const choices = predictorChoices(models, undefined, availableParallelism());
  const corpora = await adaptationCorpora(train, test, plan, context);
  const curves = await withPredictor(context, choices, (predictor) =>
    adaptationRun(predictor, corpora, plan, context, choices),
  );
  const result: Adaptation = { train, test, labels: corpora.labels, curves };
  if (out !== undefined) await writeAtomically(out, adaptationHtml(result));
  context.write(values.json ? `${JSON.stringify(result, null, 2)}\n` : adaptationTable(result));
  return 0;
}

/** The `adapt` command. */
export const adapt: Verb = { usage, run };
