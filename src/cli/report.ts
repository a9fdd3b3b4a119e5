import { availableParallelism, cpus } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { buildReport } from '../core/report/buildReport.ts';
import { plannedViews } from '../core/evaluationPlan.ts';
import { reportHtml, reportJson, reportMarkdown } from '../core/report/reportText.ts';
import type { Report, ReportCorpusInput } from '../core/report/report.ts';
import type { IllegalPolicy, Scheme } from '../core/scheme.ts';
import type { ModelSource } from '../core/span.ts';
import { writeAtomically } from '../node/atomicWrite.ts';
import type { Predictor } from '../node/models/predictor.ts';
import { planLabels, reportModels } from '../node/models/reportModels.ts';
import { schemeOf, systemOf, threadsOf } from './choices.ts';
import { UsageError } from './io.ts';
import type { CliContext, ExitCode, Verb } from './io.ts';
import { ownModelOptions, ownModels, ownModelUsage } from './ownModels.ts';
import { predictAll } from './predictAll.ts';
import { formsOf } from './corpusFile.ts';
import { inputOf, inputOptions, inputUsage } from './inputOptions.ts';
import { evaluateAnswers, readAnswers, readCorpus, readKnown } from './reportInput.ts';
import type { Answers, Corpus } from './reportInput.ts';
import { refuseInputs } from './refuseInputs.ts';
import { withPredictor } from './withPredictor.ts';
import { toolVersion } from './toolVersion.ts';

const usage = `report --corpus FILE --system bert|t5 --out FILE [options]

Evaluates models, or tags that are in files, and writes a report: figures with intervals, matrices, failures with examples.

  --corpus FILE               a corpus with gold; may be given more than once, one domain each
  --system bert|t5            a model to run; may be given more than once
  --pred NAME=FILE            tags from a file with the same sentences (with one corpus); may be given more than once
  --out FILE                  .html, .md or .json
  --scheme full|simplified|both  the tag set (default full); both also holds simplified models against full ones
  --policy repair|strict      what an I- tag without its B- means: an entity, or nothing (default repair)
  --train FILE                a training corpus, to tell seen from unseen names; may be given more than once
  --labels PER,ORG,LOC        the labels whose tags enter the token macro mean
  --seed N                    the seed of intervals and tests (default 1)
  --draws N                   bootstrap draws (default 1000)
  --rounds N                  rounds of randomisation (default 10000)
${inputUsage}
  --models DIR                a folder with manifest.json and model folders (default: the bundled models)
  --threads N                 threads of the model process (default: all cores)
${ownModelUsage}
  --progress                  draw the progress bar even where stderr is no terminal
`;

const FORMATS: Readonly<Record<string, (report: Report) => string>> = {
  '.html': reportHtml,
  '.md': reportMarkdown,
  '.json': reportJson,
};

function policyOf(text: string): IllegalPolicy {
  if (text === 'repair' || text === 'strict') return text;
  throw new UsageError(`--policy is repair or strict, not “${text}”.`);
}

function numberOf(name: string, text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new UsageError(`--${name} is a number from 1, not “${text}”.`);
}

function namedFile(text: string): readonly [name: string, file: string] {
  const equals = text.indexOf('=');
  if (equals > 0 && equals < text.length - 1) return [text.slice(0, equals), text.slice(equals + 1)];
  throw new UsageError(`--pred is NAME=FILE, not “${text}”.`);
}

/** A model's answers to a corpus with what they cost. */
async function predicted(
  predictor: Predictor,
  source: ModelSource,
  scheme: Scheme,
  corpus: Corpus,
  context: CliContext,
): Promise<Omit<Answers, 'name'>> {
  const before = predictor.stats(source);
  const { predictions, seconds } = await predictAll(
    predictor,
    source,
    scheme,
    corpus.sentences.map((sentence) => formsOf(sentence)),
    context,
    corpus.name,
  );
  const residentBytes = await predictor.measureMemory();
  const after = predictor.stats(source);
  return {
    tagged: predictions,
    cost: {
      sentences: corpus.sentences.length,
      milliseconds: seconds * 1000,
      pieces: after.pieces - before.pieces,
      generatedPieces: after.generatedPieces - before.generatedPieces,
      residentBytes,
    },
  };
}

/** The format that a file name's ending asks for. */
function writerOf(out: string): (report: Report) => string {
  const ending = path.extname(out).toLowerCase();
  const writer = Object.hasOwn(FORMATS, ending) ? FORMATS[ending] : undefined;
  if (writer === undefined) throw new UsageError(`--out ends in .html, .md or .json, not “${ending}”.`);
  return writer;
}

async function run(args: readonly string[], context: CliContext): Promise<ExitCode> {
  const many = { type: 'string', multiple: true, default: [] as string[] } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      corpus: many,
      system: many,
      pred: many,
      train: many,
      out: { type: 'string' },
      scheme: { type: 'string', default: 'full' },
      policy: { type: 'string', default: 'repair' },
      labels: { type: 'string' },
      seed: { type: 'string', default: '1' },
      draws: { type: 'string', default: '1000' },
      rounds: { type: 'string', default: '10000' },
      models: { type: 'string' },
      threads: { type: 'string' },
      ...inputOptions,
      ...ownModelOptions,
    },
  });
  const schemes: readonly Scheme[] = values.scheme === 'both' ? ['full', 'simplified'] : [schemeOf(values.scheme)];
  const policy = policyOf(values.policy);
  const sources = values.system.map(systemOf);
  const files = values.pred.map(namedFile);
  const { out, models: modelsFolder } = values;
  if (out === undefined) throw new UsageError('--out FILE is missing.');
  if (values.corpus.length === 0) throw new UsageError('--corpus FILE is missing.');
  if (sources.length + files.length === 0) throw new UsageError('Give --system bert|t5 or --pred NAME=FILE.');
  if (files.length > 0 && values.corpus.length > 1) throw new UsageError('--pred goes with one --corpus.');
  refuseInputs([out], [...values.corpus, ...values.train, ...files.map(([, file]) => file)]);
  const write = writerOf(out);
  const settings = {
    seed: numberOf('seed', values.seed),
    draws: numberOf('draws', values.draws),
    rounds: numberOf('rounds', values.rounds),
  };
  const threads = threadsOf(values.threads, availableParallelism());
  const own = ownModels(values, sources);

  const input = inputOf(values);
  const known = await readKnown(values.train, input, context.warn);
  const corpora: Corpus[] = [];
  for (const file of values.corpus) corpora.push(await readCorpus(file, input, context.warn));
  const plan = plannedViews(sources, schemes);
  const evaluated = await withPredictor(context, { models: modelsFolder, threads, own }, async (predictor) => {
    const use = predictor.use.bind(predictor);
    const done = new Map<Scheme, ReportCorpusInput[]>(schemes.map((scheme) => [scheme, []]));
    for (const corpus of corpora) {
      const asked = new Map<string, Omit<Answers, 'name'>>();
      for (const source of sources)
        for (const scheme of schemes)
          asked.set(`${source} ${scheme}`, await predicted(predictor, source, scheme, corpus, context));
      const others: Answers[] = [];
      for (const [name, file] of files) others.push(await readAnswers(name, file, corpus, input, context.warn));
      for (const { scheme, systems } of plan) {
        const answers = systems.flatMap(({ name, source, asked: model }): Answers[] => {
          const answer = asked.get(`${source} ${model}`);
          return answer === undefined ? [] : [{ ...answer, name }];
        });
        done.get(scheme)?.push(evaluateAnswers(corpus, [...answers, ...others], known, scheme, policy));
      }
    }
    const labels = new Map(plan.map((view) => [view.scheme, planLabels(use, view)]));
    return { done, labels, models: await reportModels(use, plan) };
  });
  const report = buildReport({
    made: new Date().toISOString().slice(0, 10),
    tool: { name: 'Entity Lens', version: await toolVersion(context.modelsRoot) },
    environment: [
      ['Node.js', process.versions.node],
      ['platform', `${process.platform} ${process.arch}`],
      ['processor', `${cpus()[0]?.model ?? 'unknown'}, ${threads} threads`],
    ],
    policy,
    models: evaluated.models,
    views: schemes.map((scheme) => ({
      scheme,
      labels: values.labels?.split(',').filter((label) => label !== '') ?? evaluated.labels.get(scheme) ?? [],
      corpora: evaluated.done.get(scheme) ?? [],
    })),
    ...settings,
  });
  await writeAtomically(out, write(report));
  context.warn(`Wrote ${out}.`);
  return 0;
}

/** The `report` command. */
export const report: Verb = { usage, run };
