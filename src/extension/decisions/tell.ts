import * as vscode from 'vscode';
import type { Result } from '../../core/result.ts';
import type { CurrentSentence } from '../document/currentSentence.ts';
import type { Session, SessionList } from '../document/session.ts';
import { sentenceTarget, tokenTarget } from './targets.ts';
import type { NoTokens, Target, TokenTarget } from './targets.ts';

const NO_SESSION =
  'Open a text or a column file and run “Entity Lens: Annotate Document” first; then this command works on it.';

const NO_TOKENS: Readonly<Record<NoTokens, string>> = {
  noSession: NO_SESSION,
  noTokens: 'There is no word here. Put the cursor on a word, or select the words of the span.',
  severalSentences: 'The selection reaches over several sentences; a span lies in one. Select words of one sentence.',
};

interface WithSessions {
  readonly sessions: SessionList;
}

/** Tells a user who asked for something without an annotated document what to do first. */
export function tellNoSession(): void {
  void vscode.window.showInformationMessage(NO_SESSION);
}

/** The active session; where there is none, the user is told. */
export function sessionOrTell({ sessions }: WithSessions): Session | undefined {
  if (sessions.active === undefined) tellNoSession();
  return sessions.active;
}

/** The sentence that a link names or that the user is at; where there is none, the user is told. */
export function sentenceOrTell(
  services: WithSessions,
  current: CurrentSentence,
  argument: unknown,
): Target | undefined {
  const target = sentenceTarget(services, current, argument);
  if (target === undefined) tellNoSession();
  return target;
}

/** The tokens that a link names or that are selected; where there are none, the user is told why. */
export function tokensOrTell(services: WithSessions, argument: unknown): TokenTarget | undefined {
  const target = tokenTarget(services, argument);
  if (typeof target !== 'string') return target;
  void vscode.window.showInformationMessage(NO_TOKENS[target]);
  return undefined;
}

/** Tells the user why a correction did not happen. */
export function report(result: Result<unknown>): void {
  if (!result.ok) void vscode.window.showWarningMessage(result.message);
}
