import * as vscode from 'vscode';
import { REVIEW_GROUPS, textPattern } from '../../core/reviewEntries.ts';
import type { ReviewFilter } from '../../core/reviewEntries.ts';
import { groupNames } from '../../core/reviewWords.ts';
import { STATE_KEYS, sentenceState } from '../../core/sentenceState.ts';
import type { ModelSource } from '../../core/span.ts';
import { report, sentenceOrTell, sessionOrTell } from '../decisions/tell.ts';
import type { Reviewing } from './reviewSteps.ts';
import type { Target } from '../decisions/targets.ts';
import { acceptAndGoOn, goOn, tellStep, toggleReviewed } from './reviewSteps.ts';
import type { SentenceNode } from './reviewTree.ts';
import { SOURCES, SOURCE_NAMES } from '../../core/span.ts';

/** Goes to the next sentence of the active document's queue that was not gone through; at the end it says so and stays. */
export async function nextInQueue(reviewing: Reviewing): Promise<void> {
  const session = sessionOrTell(reviewing.services);
  if (session !== undefined) tellStep(reviewing, session, await goOn(reviewing, session));
}

/** Brings the sentence that the tree names before the user. */
export async function goToQueued({ review }: Reviewing, argument: unknown): Promise<void> {
  if (!isSentenceNode(argument)) return;
  const { session, key } = argument.entry;
  const entry = review.entries(session).find((other) => other.key === key);
  if (entry !== undefined) await review.goTo(entry, 'editor');
}

/** Makes a model's spans gold of the sentence, then goes to the next one; where that fails it stays. */
export async function acceptAndNext(reviewing: Reviewing, source: ModelSource, argument: unknown): Promise<void> {
  const target = targetOf(reviewing, argument);
  if (target === undefined) return;
  const outcome = await acceptAndGoOn(reviewing, target.session, target.index, source);
  report(outcome);
  if (outcome.ok) tellStep(reviewing, target.session, outcome.value);
}

/** Marks the sentence as reviewed, or as not reviewed any more. */
export async function markReviewed(reviewing: Reviewing, argument: unknown): Promise<void> {
  const target = targetOf(reviewing, argument);
  if (target === undefined) return;
  const outcome = await toggleReviewed(target.session, target.index);
  if (outcome.ok) vscode.window.setStatusBarMessage(outcome.value, 4000);
  else if (outcome.reason === 'notComplete') void vscode.window.showInformationMessage(outcome.message);
  else report(outcome);
}

/** Writes a note about the sentence into the gold file; an empty one deletes it. */
export async function editNote(reviewing: Reviewing, argument: unknown): Promise<void> {
  const target = targetOf(reviewing, argument);
  const sentence = target?.session.sentences[target.index];
  if (target === undefined || sentence === undefined) return;
  const { revision } = target.session;
  const before = sentenceState(sentence.comments).note ?? '';
  const typed =
    textOf(argument, 'note') ??
    (await vscode.window.showInputBox({
      title: 'Note for this sentence',
      prompt: 'It is kept in the gold file. Leave it empty to delete the note.',
      value: before,
    }));
  if (typed === undefined) return;
  const note = typed.trim() === '' ? null : typed;
  report(await target.session.setComment(target.index, STATE_KEYS.note, note, revision));
}

/** Narrows the queue by kind, label, source or text: as the argument says, or as the user picks. */
export async function filterQueue({ review, services }: Reviewing, argument: unknown): Promise<void> {
  const given = filterOf(argument);
  if (given !== undefined) {
    review.setFilter(given);
    return;
  }
  const { filter } = review;
  const labels = services.sessions.active?.labels ?? [];
  const items: (vscode.QuickPickItem & { readonly filter?: ReviewFilter; readonly ask?: true })[] = [
    { label: '$(search) Text…', description: 'plain, or /regular expression/', ask: true },
    { label: '$(clear-all) No Filter', filter: {} },
    { label: 'Kind', kind: vscode.QuickPickItemKind.Separator },
    ...REVIEW_GROUPS.map((group) => ({ label: groupNames[group], filter: { ...filter, group } })),
    { label: 'Label', kind: vscode.QuickPickItemKind.Separator },
    ...labels.map((label) => ({ label, filter: { ...filter, label } })),
    { label: 'Source that has an entity there', kind: vscode.QuickPickItemKind.Separator },
    ...SOURCES.map((source) => ({ label: SOURCE_NAMES[source], filter: { ...filter, source } })),
  ];
  const choice = await vscode.window.showQuickPick(items, { title: 'Show in the review queue' });
  if (choice?.filter !== undefined) review.setFilter(choice.filter);
  if (choice?.ask === undefined) return;
  const typed = await vscode.window.showInputBox({
    title: 'Show sentences with this text',
    value: filter.text?.typed ?? '',
    prompt: 'Plain text, or /regular expression/ (/…/i without regard to case).',
    validateInput: (text) => (textPattern(text) === undefined ? 'This is no regular expression.' : undefined),
  });
  if (typed !== undefined) review.setFilter({ ...filter, text: typed === '' ? undefined : textPattern(typed) });
}

/** Shows the whole queue again. */
export function clearQueueFilter({ review }: Reviewing): void {
  review.setFilter({});
}

function targetOf({ services, current }: Reviewing, argument: unknown): Target | undefined {
  return sentenceOrTell(services, current, argument);
}

function isSentenceNode(argument: unknown): argument is SentenceNode {
  return typeof argument === 'object' && argument !== null && 'entry' in argument;
}

function textOf(argument: unknown, key: string): string | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  const value = (argument as Readonly<Record<string, unknown>>)[key];
  return typeof value === 'string' ? value : undefined;
}

/** The filter that a command's argument names: `group`, `label`, `source` and `text`, each optional. */
function filterOf(argument: unknown): ReviewFilter | undefined {
  const text = textOf(argument, 'text');
  const group = REVIEW_GROUPS.find((one) => one === textOf(argument, 'group'));
  const label = textOf(argument, 'label');
  const source = SOURCES.find((one) => one === textOf(argument, 'source'));
  if ([text, group, label, source].every((part) => part === undefined)) return undefined;
  const pattern = text === undefined ? undefined : textPattern(text);
  if (text !== undefined && pattern === undefined) throw new Error(`${text} is no regular expression.`);
  return { group, label, source, text: pattern };
}
