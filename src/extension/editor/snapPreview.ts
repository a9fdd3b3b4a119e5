import * as vscode from 'vscode';
import type { Services } from '../prediction/services.ts';
import { snapText } from '../decisions/snapText.ts';
import { selectedTokens } from '../decisions/targets.ts';

/** Shows, while words are being selected, which tokens a label would get: a frame around them, and the cut words in the status bar. */
export class SnapPreview implements vscode.Disposable {
  readonly #frame = vscode.window.createTextEditorDecorationType({
    outline: '1px solid',
    outlineColor: new vscode.ThemeColor('focusBorder'),
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
  readonly #services: Pick<Services, 'sessions'>;
  readonly #subscriptions: readonly { dispose(): void }[];
  readonly #framed = new Set<vscode.TextEditor>();
  #said: vscode.Disposable | undefined;

  constructor(services: Pick<Services, 'sessions'>) {
    this.#services = services;
    this.#subscriptions = [
      this.#frame,
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
        this.#show(textEditor);
      }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        for (const editor of this.#framed) if (editor.document === document) this.#clear(editor);
      }),
    ];
  }

  dispose(): void {
    this.#said?.dispose();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #show(editor: vscode.TextEditor): void {
    const session = this.#services.sessions.get(editor.document.uri);
    const target =
      session?.document !== editor.document || editor.selection.isEmpty
        ? undefined
        : selectedTokens(session, editor.selection);
    const text =
      session === undefined || target === undefined || typeof target === 'string'
        ? undefined
        : snapText(session, target, editor.selection);
    this.#clear(editor);
    if (text === undefined || session === undefined || target === undefined || typeof target === 'string') return;
    editor.setDecorations(this.#frame, [session.rangeOf(target.index, target.first, target.end)]);
    this.#framed.add(editor);
    this.#said = vscode.window.setStatusBarMessage(`$(whole-word) ${text}`);
  }

  #clear(editor: vscode.TextEditor): void {
    this.#said?.dispose();
    this.#said = undefined;
    if (this.#framed.delete(editor)) editor.setDecorations(this.#frame, []);
  }
}
