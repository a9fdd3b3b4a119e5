import type { Session } from '../document/session.ts';
import type { TokenTarget } from './targets.ts';
import type * as vscode from 'vscode';

/**
 * What snapping to whole tokens did to a selection in a text, for people: `Ber|lin → Berlin`, with a bar where the selection
 * began or ended inside a token; undefined where it cut no token.
 */
export function snapText(session: Session, target: TokenTarget, selection: vscode.Range): string | undefined {
  // In columns a token is a line, so that a selection in one means it whole.
  if (session.kind !== 'prose' || selection.isEmpty) return undefined;
  const { document } = session;
  const range = session.rangeOf(target.index, target.first, target.end);
  const cutStart = selection.start.isAfter(range.start) ? selection.start : range.start;
  const cutEnd = selection.end.isBefore(range.end) ? selection.end : range.end;
  const before = document.getText(range.with(undefined, cutStart));
  const after = document.getText(range.with(cutEnd));
  if (before === '' && after === '') return undefined;
  const chosen = document.getText(range.with(cutStart, cutEnd));
  const shown = [before, chosen, after].filter((part) => part !== '').join('|');
  return `${oneLine(shown)} → ${oneLine(document.getText(range))}`;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}
