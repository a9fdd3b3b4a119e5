import * as vscode from 'vscode';
import type { Scheme } from '../../core/scheme.ts';
import type { ModelSource } from '../../core/span.ts';
import type { WithServices } from '../prediction/services.ts';
import { askChoices, askTargets } from './choices.ts';
import { sessionCorpus } from './corpora.ts';
import type { EvaluationHost } from './evaluationHost.ts';
import { askTarget, writeReport } from './exportReport.ts';
import type { Reportable } from './exportReport.ts';
import type { EvaluationChoices } from './run.ts';
import { MODEL_SOURCES } from '../../core/span.ts';

/** What the commands of evaluation work on. */
export interface Evaluating extends WithServices {
  readonly evaluation: EvaluationHost;
}

/** What a caller may pass instead of being asked. */
interface Asked {
  readonly corpora?: unknown;
  readonly models?: unknown;
  readonly schemes?: unknown;
  readonly policy?: unknown;
  readonly evaluation?: unknown;
  readonly target?: unknown;
}

const schemes: readonly Scheme[] = ['full', 'simplified'];

function askedBy(argument: unknown): Asked {
  return typeof argument === 'object' && argument !== null && !(argument instanceof vscode.Uri) ? argument : {};
}

function among<Value extends string>(value: unknown, all: readonly Value[]): readonly Value[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const found = all.filter((one) => value.includes(one));
  return found.length === 0 ? undefined : found;
}

function choicesIn({ models, schemes: wanted, policy }: Asked): EvaluationChoices | undefined {
  const sources = among<ModelSource>(models, MODEL_SOURCES);
  const found = among(wanted, schemes);
  if (sources === undefined || found === undefined) return undefined;
  return { models: sources, schemes: found, policy: policy === 'strict' ? 'strict' : 'repair' };
}

function urisIn(value: unknown): readonly vscode.Uri[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const uris = value.filter((one): one is vscode.Uri => one instanceof vscode.Uri);
  return uris.length === 0 ? undefined : uris;
}

/** Evaluates files and folders: those of the explorer's selection, those that the argument names, or those that the user chooses. */
export async function evaluateCorpus(
  { evaluation }: Evaluating,
  argument: unknown,
  selection: unknown,
): Promise<number | undefined> {
  const asked = askedBy(argument);
  const picked = argument instanceof vscode.Uri ? (urisIn(selection) ?? [argument]) : urisIn(asked.corpora);
  const targets = picked ?? (await askTargets());
  if (targets === undefined || targets.length === 0) return undefined;
  const choices = choicesIn(asked) ?? (await askChoices());
  if (choices === undefined) return undefined;
  return (await evaluation.evaluate(targets, choices))?.id;
}

/** Shows the results of this session again. */
export function showEvaluation({ evaluation }: Evaluating): void {
  evaluation.show();
}

/** Writes a report on an evaluation, or on the open document, as a page, Markdown or JSON. */
export async function exportReport(evaluating: Evaluating, argument: unknown): Promise<string | undefined> {
  const asked = askedBy(argument);
  const chosen = await reportable(evaluating, asked);
  if (chosen === undefined) return undefined;
  const named = asked.target instanceof vscode.Uri ? asked.target : undefined;
  const target = named ?? (await askTarget(chosen.title));
  return target === undefined ? undefined : writeReport(chosen, target, named === undefined);
}

interface ReportItem extends vscode.QuickPickItem {
  readonly made: Reportable;
}

async function reportable({ services, evaluation }: Evaluating, asked: Asked): Promise<Reportable | undefined> {
  const kept = evaluation.evaluations.all.map(({ id, title, report }): ReportItem & { readonly id: number } => ({
    id,
    label: `Evaluation ${String(id)}`,
    description: title,
    made: { title, report: () => Promise.resolve(report) },
  }));
  if (typeof asked.evaluation === 'number') return kept.find(({ id }) => id === asked.evaluation)?.made;
  const session = services.sessions.active;
  const items: ReportItem[] = [...kept];
  if (session !== undefined) {
    const corpus = sessionCorpus(session);
    const { name } = corpus.corpus;
    const choices: EvaluationChoices = choicesIn(asked) ?? {
      ...{ models: MODEL_SOURCES, schemes: [session.scheme], policy: 'repair' },
    };
    const what = session.scheme === 'full' ? 'full scheme' : 'simplified scheme';
    items.unshift({
      label: name,
      description: `the open document, ${what}`,
      made: { title: name, report: () => evaluation.report(corpus, choices) },
    });
  }
  const [only] = items;
  if (only === undefined) {
    void vscode.window.showInformationMessage(
      'There is nothing to report on: annotate a document, or run “Entity Lens: Evaluate Corpus…”.',
    );
    return undefined;
  }
  if (items.length === 1 || asked.target !== undefined) return only.made;
  const title = 'Entity Lens: Export Report';
  return (await vscode.window.showQuickPick(items, { title, placeHolder: 'A report on what?' }))?.made;
}
