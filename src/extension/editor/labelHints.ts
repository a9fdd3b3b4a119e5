import * as vscode from 'vscode';
import { markOptions, marksOf, notesOf } from './marks.ts';
import type { Services } from '../prediction/services.ts';
import type { Session } from '../document/session.ts';

/** Milliseconds that changes are collected for before VS Code is asked to read the hints again. */
const delay = 60;

/**
 * Writes labels beside spans as inlay hints, which VS Code counts when it wraps lines and places the cursor; the user can
 * turn them off like all hints.
 */
export class LabelHints implements vscode.InlayHintsProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeInlayHints = this.#changed.event;
  readonly #watched = new Map<Session, vscode.Disposable>();
  readonly #subscriptions: readonly { dispose(): unknown }[];
  #timer: NodeJS.Timeout | undefined;

  readonly #services: Services;

  constructor(services: Services) {
    this.#services = services;
    const { sessions } = services;
    for (const session of sessions.all) this.#watch(session);
    this.#subscriptions = [
      this.#changed,
      sessions.onDidOpen((session) => {
        this.#watch(session);
      }),
      sessions.onDidClose((session) => {
        this.#watched.get(session)?.dispose();
        this.#watched.delete(session);
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('entityLens')) this.#schedule();
      }),
    ];
  }

  provideInlayHints(document: vscode.TextDocument, range: vscode.Range): vscode.InlayHint[] {
    const session = this.#services.sessions.get(document.uri);
    if (session?.document !== document) return [];
    const options = markOptions(this.#services, session);
    if (!options.labelText) return [];
    const [first, end] = session.sentencesIn(range);
    const hints: vscode.InlayHint[] = [];
    for (let index = first; index < end; index++) {
      const sentence = session.sentences[index];
      if (sentence === undefined) continue;
      for (const { token, text } of notesOf(marksOf(sentence, options), session.kind)) {
        const word = session.rangeOf(index, token, token + 1).end;
        const hint = new vscode.InlayHint(session.kind === 'prose' ? word : document.lineAt(word.line).range.end, text);
        hint.paddingLeft = true;
        hints.push(hint);
      }
    }
    return hints;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const subscription of [...this.#subscriptions, ...this.#watched.values()]) subscription.dispose();
  }

  #watch(session: Session): void {
    this.#watched.set(
      session,
      session.onDidChange((change) => {
        if (change.kind !== 'status') this.#schedule();
      }),
    );
    this.#schedule();
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#changed.fire();
    }, delay);
  }
}
