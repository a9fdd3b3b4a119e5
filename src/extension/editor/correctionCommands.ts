import * as vscode from 'vscode';
import { overlaps } from '../../core/span.ts';
import type { ModelSource } from '../../core/span.ts';
import { decisionsOf } from '../../core/decisions.ts';
import type { Result } from '../../core/result.ts';
import { acceptPrediction } from '../decisions/acceptance.ts';
import { editorOf } from '../document/currentSentence.ts';
import { pickLabel } from './labelPicker.ts';
import { decideAndTell } from '../review/reviewSteps.ts';
import type { Reviewing } from '../review/reviewSteps.ts';
import { snapText } from '../decisions/snapText.ts';
import type { Session } from '../document/session.ts';
import { report, sentenceOrTell, tokensOrTell } from '../decisions/tell.ts';

/** Makes a model's spans the gold of the sentence that a link names or that the user is at. */
export async function accept(reviewing: Reviewing, source: ModelSource, argument: unknown): Promise<void> {
  const target = sentenceOrTell(reviewing.services, reviewing.current, argument);
  if (target === undefined) return;
  report(await acceptPrediction(reviewing.services, target.session, target.index, source));
}

/** Labels the words that are selected in the editor, with the label of the argument or one that the user picks. */
export async function labelSelection(reviewing: Reviewing, argument: unknown): Promise<void> {
  const target = tokensOrTell(reviewing.services, undefined);
  if (target === undefined) return;
  const { session, index, first, end } = target;
  const { revision } = session;
  const selection = editorOf(session)?.selection;
  const snapped = selection === undefined ? undefined : snapText(session, target, selection);
  const words = snapped ?? wordsOf(session, index, first, end);
  const label = labelOf(argument) ?? (await pickLabel(session.labelSet, words));
  if (label === undefined) return;
  const correct = (): Promise<Result<void>> => session.correct(index, { kind: 'setSpan', first, end, label }, revision);
  const decided = await decideAndTell(reviewing, target, wantsNext(argument), correct);
  if (decided) vscode.window.setStatusBarMessage(`${label}: ${words}`, 5000);
}

/** Takes the gold label from the words that a link names or that are selected; with `next`, goes on then. */
export async function removeLabel(reviewing: Reviewing, argument: unknown, next: boolean): Promise<void> {
  const target = tokensOrTell(reviewing.services, argument);
  if (target === undefined) return;
  const { session, index, first, end } = target;
  const decisions = decisionsOf(session.sentences[index] ?? { gold: null });
  const isOpen = decisions === null || decisions.undecided.some((word) => first <= word && word < end);
  if (!isOpen && !decisions.layer.some((span) => overlaps(span, { first, end, label: span.label }))) {
    void vscode.window.showInformationMessage(
      `“${wordsOf(session, index, first, end)}” has no entity in gold already.`,
    );
    return;
  }
  const correct = (): Promise<Result<void>> => session.correct(index, { kind: 'clear', first, end }, session.revision);
  await decideAndTell(reviewing, target, next, correct);
}

function labelOf(argument: unknown): string | undefined {
  if (typeof argument !== 'object' || argument === null || !('label' in argument)) return undefined;
  return typeof argument.label === 'string' && argument.label !== '' ? argument.label : undefined;
}

function wantsNext(argument: unknown): boolean {
  return typeof argument === 'object' && argument !== null && 'next' in argument && argument.next === true;
}

function wordsOf(session: Session, index: number, first: number, end: number): string {
  const sentence = session.sentences[index];
  return sentence?.text.slice(sentence.tokens[first]?.start ?? 0, sentence.tokens[end - 1]?.end ?? 0) ?? '';
}
