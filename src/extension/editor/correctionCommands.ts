import * as vscode from 'vscode';
import { overlaps } from '../../core/span.ts';
import type { ModelSource } from '../../core/span.ts';
import type { Result } from '../../core/result.ts';
import { acceptPrediction } from '../decisions/acceptance.ts';
import { editorOf } from '../document/currentSentence.ts';
import { pickLabel } from './labelPicker.ts';
import { decideAndGoOn, tellStep } from '../review/reviewSteps.ts';
import { snapText } from '../decisions/snap.ts';
import type { Session } from '../document/session.ts';
import type { Surface } from '../surface.ts';
import { sentenceTarget, tokenTarget } from '../decisions/targets.ts';
import type { NoTokens } from '../decisions/targets.ts';

/** What to tell a user who asked for something without an annotated document. */
export const noSessionMessage =
  'Open a text or a column file and run “Entity Lens: Annotate Document” first; then this command works on it.';

/** What to tell where a command finds no tokens to work on. */
export const noTokensMessages: Readonly<Record<NoTokens, string>> = {
  noSession: noSessionMessage,
  noTokens: 'There is no word here. Put the cursor on a word, or select the words of the span.',
  severalSentences: 'The selection reaches over several sentences; a span lies in one. Select words of one sentence.',
};

/** Tells the user why a correction did not happen. */
export function report(result: Result<unknown>): void {
  if (!result.ok) void vscode.window.showWarningMessage(result.message);
}

/** Makes a model's spans the gold of the sentence that a link names or that the user is at. */
export async function accept(surface: Surface, source: ModelSource, argument: unknown): Promise<void> {
  const target = sentenceTarget(surface.services, surface.current, argument);
  if (target === undefined) {
    void vscode.window.showInformationMessage(noSessionMessage);
    return;
  }
  report(await acceptPrediction(surface.services, target.session, target.index, source));
}

/** Labels the words that are selected in the editor, with the label of the argument or one that the user picks. */
export async function labelSelection(surface: Surface, argument: unknown): Promise<void> {
  const target = tokenTarget(surface.services, undefined);
  if (typeof target === 'string') {
    void vscode.window.showInformationMessage(noTokensMessages[target]);
    return;
  }
  const { session, index, first, end } = target;
  const { revision } = session;
  const selection = editorOf(session)?.selection;
  const snapped = selection === undefined ? undefined : snapText(session, target, selection);
  const words = snapped ?? wordsOf(session, index, first, end);
  const label = labelOf(argument) ?? (await pickLabel(session.labelSet, words));
  if (label === undefined) return;
  const correct = (): Promise<Result<void>> => session.correct(index, { kind: 'setSpan', first, end, label }, revision);
  const outcome = wantsNext(argument) ? await decideAndGoOn(surface, session, index, correct) : await correct();
  report(outcome);
  if (outcome.ok) vscode.window.setStatusBarMessage(`${label}: ${words}`, 5000);
  if (outcome.ok && outcome.value !== undefined) tellStep(surface, session, outcome.value);
}

/** Takes the gold label from the words that a link names or that are selected; with `next`, goes on then. */
export async function removeLabel(surface: Surface, argument: unknown, next: boolean): Promise<void> {
  const target = tokenTarget(surface.services, argument);
  if (typeof target === 'string') {
    void vscode.window.showInformationMessage(noTokensMessages[target]);
    return;
  }
  const { session, index, first, end } = target;
  const gold = session.sentences[index]?.gold ?? [];
  if (!gold.some((span) => overlaps(span, { first, end, label: span.label }))) {
    void vscode.window.showInformationMessage(`“${wordsOf(session, index, first, end)}” has no gold label to remove.`);
    return;
  }
  const correct = (): Promise<Result<void>> => session.correct(index, { kind: 'clear', first, end }, session.revision);
  const outcome = next ? await decideAndGoOn(surface, session, index, correct) : await correct();
  report(outcome);
  if (outcome.ok && outcome.value !== undefined) tellStep(surface, session, outcome.value);
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
