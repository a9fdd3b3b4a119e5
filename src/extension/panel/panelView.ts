import type * as vscode from 'vscode';
import type { Session } from '../document/session.ts';
import type { PanelView } from './viewModel.ts';

/** A session as the panel sees it, with `pending` sentences that the figures do not count yet. */
export function viewOf(session: Session, pending: number): PanelView {
  const { kind, scheme, sentences, labels, labelSet, unmatched, issues, notices, canUndo, canRedo } = session;
  const names = { name: nameOf(session.document.uri), goldName: nameOf(session.goldUri) };
  const counting = { done: Math.max(0, sentences.length - pending), total: sentences.length, what: 'Counting' };
  const busy = session.busy ?? (pending > 0 ? counting : undefined);
  return { kind, scheme, sentences, labels, labelSet, busy, unmatched, issues, notices, canUndo, canRedo, ...names };
}

function nameOf(uri: vscode.Uri): string {
  return uri.path.split('/').at(-1) ?? uri.path;
}
