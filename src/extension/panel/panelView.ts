import * as vscode from 'vscode';
import { selectedTokens } from '../decisions/targets.ts';
import type { Services } from '../prediction/services.ts';
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

/** Words that a person selected in the text: tokens first..end (half-open) of a sentence. */
export interface SelectedInEditor {
  readonly sentence: number;
  readonly first: number;
  readonly end: number;
}

/** Hears of words that a person selects in the text of the active session. */
export function onSelection(
  services: Pick<Services, 'sessions'>,
  listener: (selected: SelectedInEditor) => void,
): vscode.Disposable {
  return vscode.window.onDidChangeTextEditorSelection((event) => {
    const selected = selectedInEditor(services, event);
    if (selected !== undefined) listener(selected);
  });
}

/** The words that a person selected in the text of the active session by mouse or keyboard; undefined for a bare cursor and for what the panel itself selects there. */
function selectedInEditor(
  { sessions }: Pick<Services, 'sessions'>,
  { kind, selections, textEditor }: vscode.TextEditorSelectionChangeEvent,
): SelectedInEditor | undefined {
  const session = sessions.active;
  const [selection] = selections;
  const byPerson =
    kind === vscode.TextEditorSelectionChangeKind.Mouse || kind === vscode.TextEditorSelectionChangeKind.Keyboard;
  if (!byPerson || selection === undefined || selection.isEmpty || session?.document !== textEditor.document)
    return undefined;
  const tokens = selectedTokens(session, selection);
  return typeof tokens === 'string' ? undefined : { sentence: tokens.index, first: tokens.first, end: tokens.end };
}
