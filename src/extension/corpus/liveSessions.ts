import type * as vscode from 'vscode';
import type { Session, SessionList } from '../document/session.ts';

/** Milliseconds that changes are collected for. */
const COLLECT_MS = 300;

/** Tells some time later which open documents, or what is known of them, changed. */
export class LiveSessions implements vscode.Disposable {
  readonly #tell: (sessions: readonly Session[]) => void;
  readonly #watched = new Map<Session, vscode.Disposable>();
  readonly #changed = new Set<Session>();
  readonly #subscriptions: readonly vscode.Disposable[];
  #timer: NodeJS.Timeout | undefined;

  constructor(sessions: SessionList, tell: (sessions: readonly Session[]) => void) {
    this.#tell = tell;
    for (const session of sessions.all) this.#watch(session);
    this.#subscriptions = [
      sessions.onDidOpen((session) => {
        this.#watch(session);
        this.#note(session);
      }),
      sessions.onDidClose((session) => {
        this.#watched.get(session)?.dispose();
        this.#watched.delete(session);
        this.#changed.delete(session);
      }),
    ];
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const subscription of [...this.#subscriptions, ...this.#watched.values()]) subscription.dispose();
  }

  #watch(session: Session): void {
    this.#watched.set(
      session,
      session.onDidChange(({ kind }) => {
        if (kind !== 'status') this.#note(session);
      }),
    );
  }

  #note(session: Session): void {
    this.#changed.add(session);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      const changed = [...this.#changed];
      this.#changed.clear();
      this.#tell(changed);
    }, COLLECT_MS);
  }
}
