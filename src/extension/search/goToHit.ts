import * as vscode from 'vscode';
import { excerpt } from '../../core/excerpt.ts';
import type { Services } from '../prediction/services.ts';
import type { Session } from '../document/session.ts';
import type { PlacedHit } from './corpusSearch.ts';

/**
 * Opens the document of a place and selects its tokens; a document that changed since is searched for the sentence. Its line
 * is shown at once, since a large document takes a while to be read; who goes elsewhere meanwhile is left there.
 */
export async function goToHit({ sessions }: Pick<Services, 'sessions'>, hit: PlacedHit): Promise<void> {
  const document = await vscode.workspace.openTextDocument(hit.uri);
  const editor = await vscode.window.showTextDocument(document, { preview: true });
  let shown: vscode.Selection | undefined;
  if (hit.line !== undefined && sessions.get(hit.uri) === undefined) {
    const start = new vscode.Position(Math.min(hit.line, document.lineCount - 1), 0);
    shown = new vscode.Selection(start, start);
    select(editor, shown);
  }
  const session = await sessions.ensure(document);
  const sentence = sentenceOf(session, hit);
  if (sentence === undefined) {
    vscode.window.setStatusBarMessage('This place is no longer in the document. Search again.', 6000);
    return;
  }
  const range = session.rangeOf(sentence, hit.first, hit.end);
  const stays = vscode.window.visibleTextEditors.includes(editor);
  if (stays && (shown === undefined || editor.selection.isEqual(shown)))
    select(editor, new vscode.Selection(range.start, range.end));
}

function select(editor: vscode.TextEditor, selection: vscode.Selection): void {
  editor.selection = selection;
  editor.revealRange(selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** The sentence of a place as the document is now: the one of its index, or the nearest that reads the same. */
function sentenceOf({ sentences }: Session, hit: PlacedHit): number | undefined {
  const same = (index: number): boolean => {
    const sentence = sentences[index];
    if (sentence === undefined || hit.end > sentence.tokens.length) return false;
    const { text, highlight } = excerpt(sentence, hit);
    return text.slice(0, highlight[1]) === hit.text.slice(0, hit.highlight[1]);
  };
  for (let distance = 0; distance < sentences.length; distance++) {
    if (same(hit.sentence - distance)) return hit.sentence - distance;
    if (same(hit.sentence + distance)) return hit.sentence + distance;
  }
  return undefined;
}
