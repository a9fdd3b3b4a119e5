import { availableParallelism, cpus } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import * as vscode from 'vscode';
import { reportSteps } from '../../core/report/buildReport.ts';
import { plannedViews } from '../../core/evaluationPlan.ts';
import type { ReportCorpusInput, ReportInput } from '../../core/report/report.ts';
import type { IllegalPolicy, Scheme } from '../../core/scheme.ts';
import type { ModelSource } from '../../core/span.ts';
import { hashOf } from '../../node/corpus/diskCorpus.ts';
import { evaluateCorpus } from '../../node/corpus/evaluateCorpora.ts';
import type { EvaluatedCorpus } from '../../node/corpus/evaluateCorpora.ts';
import { planLabels, reportModels } from '../../node/models/reportModels.ts';
import { readModelSettings } from '../settings/settings.ts';
import { finishInSlices } from '../base/slices.ts';
import { stringsOf } from '../figures/trainingCorpus.ts';
import type { Models } from '../prediction/services.ts';
import { placesKey } from './evaluated.ts';
import type { Evaluated, KeptPlaces } from './evaluated.ts';
import { SOURCE_NAMES } from '../../core/span.ts';

/** What is compared, and how. */
export interface EvaluationChoices {
  readonly models: readonly ModelSource[];
  readonly schemes: readonly Scheme[];
  readonly policy: IllegalPolicy;
}

/** A corpus that can be evaluated, with its files by their names in it. */
export interface OpenableCorpus {
  readonly corpus: EvaluatedCorpus;
  readonly files: ReadonlyMap<string, vscode.Uri>;
  readonly notices: readonly string[];
}

/** What a run may use. */
export interface RunContext {
  readonly models: Models;
  readonly version: string;
  /** The path of a training corpus, to tell seen from unseen names; undefined where none is named. */
  readonly training: string | undefined;
  readonly signal: AbortSignal;
  /** Hears what is under way, and how much of it is done (0 to 1). */
  readonly progress: (what: string, share: number) => void;
}

/** Places that are kept of each failure and each cell: as many as one looks through. */
const PLACES = 100;
const CERTAINTY = { seed: 1, draws: 1000, rounds: 10_000 } as const;

/** Runs models over corpora and works out every figure. Rejects with a message for people; `signal` ends it. */
export async function runEvaluation(
  corpora: readonly OpenableCorpus[],
  { models: sources, schemes, policy }: EvaluationChoices,
  { models, version, training, signal, progress }: RunContext,
): Promise<Evaluated> {
  const plan = plannedViews(sources, schemes);
  const notices = corpora.flatMap((one) => one.notices);
  const known = training === undefined ? undefined : await finishInSlices(stringsOf(training), signal);
  const found = new Map<Scheme, ReportCorpusInput[]>(schemes.map((scheme) => [scheme, []]));
  for (const [index, { corpus }] of corpora.entries()) {
    const evaluated = await evaluateCorpus(corpus, models, {
      ...{ plan, policy, known, places: PLACES, signal },
      progress: (share, source) => {
        progress(`${corpus.name}, ${SOURCE_NAMES[source]}`, (index + share) / corpora.length);
      },
    });
    if (evaluated === null)
      notices.push(`${corpus.name}: no sentence is complete, so there is nothing to compare with.`);
    else for (const [scheme, input] of evaluated) found.get(scheme)?.push(input);
  }
  const names = found.get(schemes[0] ?? 'full')?.map(({ name }) => name) ?? [];
  if (names.length === 0) throw new Error(notices.join(' '));
  const use = models.use.bind(models);
  const views = plan.map((view) => ({
    scheme: view.scheme,
    labels: planLabels(use, view),
    corpora: found.get(view.scheme) ?? [],
  }));
  const input: ReportInput = {
    made: new Date().toISOString().slice(0, 10),
    tool: { name: 'Entity Lens', version },
    environment: [
      ['VS Code', vscode.version],
      ['Node.js', process.versions.node],
      ['platform', `${process.platform} ${process.arch}`],
      ['processor', `${cpus()[0]?.model ?? 'unknown'}, ${threads()} threads`],
      ...(await trainingVersion(training)),
    ],
    policy,
    models: await reportModels(use, plan),
    views,
    ...CERTAINTY,
  };
  progress('intervals', 1);
  return {
    title: names.join(', '),
    report: await finishInSlices(reportSteps(input), signal),
    plan,
    places: placesIn(input),
    files: new Map(corpora.map(({ corpus, files }) => [corpus.name, files])),
    notices,
  };
}

async function trainingVersion(training: string | undefined): Promise<readonly (readonly [string, string])[]> {
  if (training === undefined) return [];
  const { sha256 } = await hashOf(training);
  return [['training corpus', `${path.basename(training)}, SHA-256 ${sha256}`]];
}

function threads(): string {
  return String(readModelSettings().threads ?? Math.max(1, availableParallelism() - 1));
}

/** What is kept of the evaluations once the report is made; the rest is as large as the corpora. */
function placesIn({ views }: ReportInput): ReadonlyMap<string, KeptPlaces> {
  const kept = new Map<string, KeptPlaces>();
  for (const { scheme, corpora } of views)
    for (const { name, systems } of corpora)
      for (const { name: system, evaluation } of systems) {
        const { examples, cells } = evaluation;
        kept.set(placesKey(scheme, name, system), { examples, cells });
      }
  return kept;
}
