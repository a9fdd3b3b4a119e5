import * as vscode from 'vscode';
import { escapeMarkdown } from './hoverText.ts';
import { isInUse } from '../prediction/inUse.ts';
import { legendMarkdown } from './legend.ts';
import type { ModelState, Services } from '../prediction/services.ts';
import type { Session } from '../document/session.ts';
import { statusText, unusedText } from './statusText.ts';

const stateWords: Readonly<Record<ModelState['state'], string>> = {
  idle: 'not loaded yet',
  loading: 'loading …',
  ready: 'ready',
  failed: 'failed',
};

/** Milliseconds that changes are collected for before the item is written again. */
const DELAY_MS = 100;

/** The item at the right of the status bar: shown while the active editor or the panel belongs to a session. */
export class StatusBar implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('entityLens.status', vscode.StatusBarAlignment.Right, 90);
  readonly #subscriptions: { dispose(): unknown }[] = [this.#item];
  #watching: vscode.Disposable | undefined;
  #timer: NodeJS.Timeout | undefined;

  readonly #services: Services;

  constructor(services: Services) {
    this.#services = services;
    this.#item.name = 'Entity Lens';
    this.#item.command = 'entityLens.showMenu';
    const draw = (): void => {
      this.#schedule();
    };
    this.#subscriptions.push(
      services.sessions.onDidChangeActive(() => {
        this.#watch();
      }),
      services.models.onDidChangeState(draw),
      vscode.window.onDidChangeActiveTextEditor(draw),
    );
    this.#watch();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#watching?.dispose();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #watch(): void {
    this.#watching?.dispose();
    this.#watching = this.#services.sessions.active?.onDidChange(() => {
      this.#schedule();
    });
    this.#schedule();
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#draw();
    }, DELAY_MS);
  }

  #draw(): void {
    const session = this.#services.sessions.active;
    const editor = vscode.window.activeTextEditor;
    const elsewhere = editor !== undefined && this.#services.sessions.get(editor.document.uri) !== session;
    if (session === undefined || elsewhere) {
      this.#item.hide();
      return;
    }
    const { text, spoken } = isInUse(this.#services, session)
      ? statusText(session, this.#services.models.states)
      : unusedText;
    this.#item.text = text;
    this.#item.accessibilityInformation = { label: spoken, role: 'button' };
    this.#item.tooltip = tooltip(session, this.#services.models.states);
    this.#item.show();
  }
}

function tooltip(session: Session, models: readonly ModelState[]): vscode.MarkdownString {
  const text = new vscode.MarkdownString('', true);
  text.supportHtml = true;
  const states = models.map(({ name, state, message }) => {
    const why = message === undefined ? '' : `: ${escapeMarkdown(message)}`;
    return `- ${escapeMarkdown(name)}: ${stateWords[state]}${why}`;
  });
  const scheme = session.scheme === 'full' ? 'Full scheme' : 'Simplified scheme';
  text.appendMarkdown(`**Entity Lens** · ${scheme}\n\n${states.join('\n')}\n\n${legendMarkdown(session.labelSet)}`);
  return text;
}
