import * as vscode from 'vscode';
import { decidedSpans } from '../../core/decisions.ts';
import type { Span } from '../../core/span.ts';
import type { CurrentSentence } from '../document/currentSentence.ts';
import type { Services } from '../prediction/services.ts';
import type { Session } from '../document/session.ts';

/** A place that a link names: a document's address, 0-based line and UTF-16 character. */
export interface CommandPlace {
  readonly uri: string;
  readonly line: number;
  readonly character: number;
}

/** A sentence that a command is for. */
export interface Target {
  readonly session: Session;
  readonly index: number;
}

/** Tokens first..end (half-open) of one sentence. */
export type TokenTarget = Target & Pick<Span, 'first' | 'end'>;

/** True where a command's argument is a place, as links give it; menus and keybindings give other things. */
export function isPlace(argument: unknown): argument is CommandPlace {
  if (typeof argument !== 'object' || argument === null) return false;
  const { uri, line, character } = argument as Partial<Record<keyof CommandPlace, unknown>>;
  return typeof uri === 'string' && typeof line === 'number' && typeof character === 'number';
}

/** The sentence at a link's place, or the one that the user is at. */
export function sentenceTarget(
  { sessions }: Pick<Services, 'sessions'>,
  current: CurrentSentence,
  argument: unknown,
): Target | undefined {
  const place = isPlace(argument) ? placeIn(sessions.get(vscode.Uri.parse(argument.uri)), argument) : undefined;
  if (place !== undefined) return place;
  const session = sessions.active;
  const editor = vscode.window.activeTextEditor;
  const cursor = editor !== undefined && editor.document === session?.document ? editor.selection.active : undefined;
  const index =
    session === undefined ? undefined : cursor === undefined ? current.of(session) : session.at(cursor)?.sentence;
  return session === undefined || index === undefined ? undefined : { session, index };
}

function placeIn(
  session: Session | undefined,
  { line, character }: CommandPlace,
): (Target & { token: number | undefined }) | undefined {
  const at = session?.at(new vscode.Position(line, character));
  return session === undefined || at === undefined ? undefined : { session, index: at.sentence, token: at.token };
}

/** Why there are no tokens to work on. */
export type NoTokens = 'noSession' | 'noTokens' | 'severalSentences';

/**
 * The tokens that a command is for: the gold span at a link's place, or else the tokens that the editor's selection
 * touches; a bare cursor means the span around it (gold before the models), or the token under it.
 */
export function tokenTarget(services: Pick<Services, 'sessions'>, argument: unknown): TokenTarget | NoTokens {
  const { sessions } = services;
  if (isPlace(argument)) {
    const place = placeIn(sessions.get(vscode.Uri.parse(argument.uri)), argument);
    if (place === undefined) return 'noSession';
    return place.token === undefined ? 'noTokens' : around(place, place.token);
  }
  const editor = vscode.window.activeTextEditor;
  const session = editor === undefined ? undefined : sessions.get(editor.document.uri);
  if (editor === undefined || session?.document !== editor.document) return 'noSession';
  return selectedTokens(session, editor.selection);
}

function around({ session, index }: Target, token: number): TokenTarget {
  const covers = ({ first, end }: Span): boolean => first <= token && token < end;
  const sentence = session.sentences[index];
  const layers = [
    sentence && decidedSpans(sentence),
    sentence?.predictions.bert?.layer,
    sentence?.predictions.t5?.layer,
  ];
  const span = layers.flatMap((layer) => layer ?? []).find(covers);
  return { session, index, first: span?.first ?? token, end: span?.end ?? token + 1 };
}

/** The tokens of one sentence that a selection touches, snapped to whole tokens. */
export function selectedTokens(session: Session, selection: vscode.Selection): TokenTarget | NoTokens {
  if (selection.isEmpty) {
    const at = session.at(selection.active);
    return at?.token === undefined ? 'noTokens' : around({ session, index: at.sentence }, at.token);
  }
  const lastLine =
    selection.end.character === 0 ? Math.max(selection.start.line, selection.end.line - 1) : selection.end.line;
  const touches = (cell: vscode.Range): boolean =>
    session.kind === 'columns'
      ? cell.start.line >= selection.start.line && cell.start.line <= lastLine
      : cell.start.isBefore(selection.end) && cell.end.isAfter(selection.start);
  const [from, to] = session.sentencesIn(selection);
  const found: TokenTarget[] = [];
  for (let index = from; index < to; index++) {
    const tokens = (session.sentences[index]?.tokens ?? []).map((_, token) => token);
    const touched = tokens.filter((token) => touches(session.rangeOf(index, token, token + 1)));
    const [first] = touched;
    if (first !== undefined) found.push({ session, index, first, end: (touched.at(-1) ?? first) + 1 });
  }
  const [only] = found;
  if (only === undefined) return 'noTokens';
  return found.length > 1 ? 'severalSentences' : only;
}
