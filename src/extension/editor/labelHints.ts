import * as vscode from 'vscode';
import { markOptions, marksOf, notesOf } from './marks.ts';
import type { Services } from '../prediction/services.ts';
import { followSessions } from '../document/followSessions.ts';

/** Milliseconds that changes are collected for before VS Code is asked to read the hints again. */
const delay = 60;

/**
 * Writes labels beside spans as inlay hints, which VS Code counts when it wraps lines and places the cursor; the user can
 * turn them off like all hints.
 */
export class LabelHints implements vscode.InlayHintsProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeInlayHints = this.#changed.event;
  readonly #subscriptions: readonly { dispose(): unknown }[];
  #timer: NodeJS.Timeout | undefined;

  readonly #services: Services;

  constructor(services: Services) {
    this.#services = services;
    const { sessions } = services;
    this.#subscriptions = [
      this.#changed,
      followSessions(sessions, {
        opened: () => {
          this.#schedule();
        },
        changed: (_, { kind }) => {
          if (kind !== 'status') this.#schedule();
        },
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
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#changed.fire();
    }, delay);
  }
}
