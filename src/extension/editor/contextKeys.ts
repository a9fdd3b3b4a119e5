import * as vscode from 'vscode';
import { isInUse } from '../prediction/inUse.ts';
import type { Services } from '../prediction/services.ts';
import type { Session } from '../document/session.ts';
import { kindOf } from '../document/sessions.ts';

/** Tells VS Code when our commands, menus and keys apply, under keys of our own. */
export class ContextKeys implements vscode.Disposable {
  readonly #subscriptions: readonly vscode.Disposable[];
  readonly #known = new Map<string, boolean>();
  #watching: vscode.Disposable | undefined;

  readonly #services: Pick<Services, 'sessions' | 'annotator'>;

  constructor(services: Pick<Services, 'sessions' | 'annotator'>) {
    this.#services = services;
    const { sessions } = services;
    const update = (): void => {
      this.#update();
    };
    this.#subscriptions = [
      sessions.onDidChangeActive((session) => {
        this.#watch(session);
      }),
      sessions.onDidOpen(update),
      sessions.onDidClose(update),
      vscode.window.onDidChangeActiveTextEditor(update),
    ];
    this.#watch(sessions.active);
  }

  dispose(): void {
    this.#watching?.dispose();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #watch(session: Session | undefined): void {
    this.#watching?.dispose();
    this.#watching = session?.onDidChange(() => {
      this.#update();
    });
    this.#update();
  }

  #update(): void {
    const { sessions } = this.#services;
    const document = vscode.window.activeTextEditor?.document;
    const found = document === undefined ? undefined : sessions.get(document.uri);
    const session = found?.document === document ? found : undefined;
    this.#set('entityLens.hasSession', sessions.active !== undefined);
    this.#set('entityLens.annotatable', document !== undefined && kindOf(document) !== undefined);
    this.#set('entityLens.editorHasSession', session !== undefined);
    this.#set('entityLens.editorInUse', session !== undefined && isInUse(this.#services, session));
    this.#set('entityLens.corrected', sessions.active?.canUndo === true);
    this.#set('entityLens.busy', sessions.active?.busy !== undefined);
  }

  #set(key: string, value: boolean): void {
    if (this.#known.get(key) === value) return;
    this.#known.set(key, value);
    void vscode.commands.executeCommand('setContext', key, value);
  }
}
