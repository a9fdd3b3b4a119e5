import * as vscode from 'vscode';
import { nextStretch } from '../../core/decisions.ts';
import type { CompletionKind } from '../../core/draft.ts';
import { nextSpan } from '../../core/spanEdits.ts';
import type { Result } from '../../core/result.ts';
import type { Reshape } from '../../core/spanEdits.ts';
import type { Span } from '../../core/span.ts';
import { completeSentence } from '../decisions/completion.ts';
import { report, sentenceOrTell, tokensOrTell } from '../decisions/tell.ts';
import { editorOf } from '../document/currentSentence.ts';
import { shownLayersOf } from '../document/layers.ts';
import type { Session } from '../document/session.ts';
import { decideAndTell } from '../review/reviewSteps.ts';
import type { Reviewing } from '../review/reviewSteps.ts';
import { reshapeSpan } from '../decisions/spanChanges.ts';
import type { TokenTarget } from '../decisions/targets.ts';

/** The tokens at the editor's cursor, told to the user where there are none. A bare cursor is one token here, so that it says where to split. */
function tokensHere({ services }: Reviewing): TokenTarget | undefined {
  const target = tokensOrTell(services, undefined);
  if (target === undefined) return undefined;
  const selection = editorOf(target.session)?.selection;
  if (selection?.isEmpty !== true) return target;
  const token = target.session.at(selection.active)?.token;
  return token === undefined ? target : { ...target, first: token, end: token + 1 };
}

/** Moves a border of the gold span at the cursor by a token, splits it there, or merges it with its neighbour. */
export async function changeSpan(reviewing: Reviewing, how: Reshape): Promise<void> {
  const target = tokensHere(reviewing);
  if (target === undefined) return;
  const { session, index } = target;
  const outcome = await reshapeSpan(session, index, target, how);
  if (!outcome.ok) {
    report(outcome);
    return;
  }
  // The cursor stays in the span, so that the same key can be pressed again.
  const { first, end } = outcome.value;
  if (target.first < first || target.first >= end) selectTokens(session, index, { first, end: first });
}

/** Selects the next or previous span of any source, in this sentence or in the next one that has one. */
export function moveToSpan({ services, current }: Reviewing, direction: 1 | -1): void {
  const target = sentenceOrTell(services, current, undefined);
  if (target === undefined) return;
  const { session } = target;
  const selection = editorOf(session)?.selection;
  const token = selection === undefined ? undefined : session.at(selection.start)?.token;
  let place: Pick<Span, 'first' | 'end'> = { first: token ?? -1, end: (token ?? -1) + 1 };
  for (let { index } = target; index >= 0 && index < session.sentences.length; index += direction) {
    const sentence = session.sentences[index];
    if (sentence === undefined) break;
    if (index !== target.index) {
      const outside = direction === 1 ? -1 : sentence.tokens.length;
      place = { first: outside, end: outside };
    }
    const found = nextSpan([...shownLayersOf(sentence, session.scheme).values()], place, direction);
    if (found === undefined) continue;
    selectTokens(session, index, found);
    return;
  }
  vscode.window.setStatusBarMessage(`There is no span ${direction === 1 ? 'after' : 'before'} this one.`, 4000);
}

/** Selects tokens in the editor; an empty range puts the cursor before its first token. */
function selectTokens(session: Session, index: number, { first, end }: Pick<Span, 'first' | 'end'>): void {
  const editor = editorOf(session);
  if (editor === undefined) return;
  const range = session.rangeOf(index, first, Math.max(end, first + 1));
  editor.selection =
    end > first ? new vscode.Selection(range.start, range.end) : new vscode.Selection(range.start, range.start);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** Decides the words of the sentence at the cursor on which nobody decided. */
export async function completeHere(
  { services, current }: Reviewing,
  by: CompletionKind,
  argument: unknown,
): Promise<void> {
  const target = sentenceOrTell(services, current, argument);
  if (target === undefined) return;
  const outcome = await completeSentence(target.session, target.index, by);
  report(outcome);
  if (outcome.ok) vscode.window.setStatusBarMessage(outcome.value, 5000);
}

/** Selects the next stretch of undecided words, in this sentence or in the next one in progress. */
export function moveToUndecided({ services, current }: Reviewing): void {
  const target = sentenceOrTell(services, current, undefined);
  if (target === undefined) return;
  const { session } = target;
  const selection = editorOf(session)?.selection;
  const at = selection === undefined ? undefined : session.at(selection.end)?.token;
  const isFresh = selection?.isEmpty === true;
  let after = at === undefined ? -1 : isFresh ? at - 1 : at;
  for (let { index } = target; index < session.sentences.length; index++) {
    const found = nextStretch(session.sentences[index]?.partial?.undecided ?? [], after);
    if (found !== undefined) {
      current.select(session, index, found.first);
      selectTokens(session, index, found);
      return;
    }
    after = -1;
  }
  vscode.window.setStatusBarMessage('There is no undecided word of a sentence in progress after this place.', 4000);
}

/** Says that the sentence at the cursor has no entities. */
export async function setEmpty(reviewing: Reviewing, argument: unknown, next: boolean): Promise<void> {
  const target = sentenceOrTell(reviewing.services, reviewing.current, argument);
  if (target === undefined) return;
  const { session, index } = target;
  const correct = (): Promise<Result<void>> =>
    session.correct(index, { kind: 'setLayer', layer: [] }, session.revision);
  await decideAndTell(reviewing, target, next, correct);
}
