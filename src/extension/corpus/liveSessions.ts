import type * as vscode from 'vscode';
import { followSessions } from '../document/followSessions.ts';
import type { Session, SessionList } from '../document/session.ts';

/** Milliseconds that changes are collected for. */
const COLLECT_MS = 300;

/** Tells some time later which open documents, or what is known of them, changed. */
export class LiveSessions implements vscode.Disposable {
  readonly #tell: (sessions: readonly Session[]) => void;
  readonly #changed = new Set<Session>();
  readonly #following: { dispose(): void };
  #timer: NodeJS.Timeout | undefined;

  constructor(sessions: SessionList, tell: (sessions: readonly Session[]) => void) {
    this.#tell = tell;
    this.#following = followSessions(sessions, {
      opened: (session, now) => {
        if (now) this.#note(session);
      },
      changed: (session, { kind }) => {
        if (kind !== 'status') this.#note(session);
      },
      closed: (session) => {
        this.#changed.delete(session);
      },
    });
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#following.dispose();
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
