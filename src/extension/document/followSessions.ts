import type { Session, SessionChange, SessionList } from './session.ts';

/** What is to happen as sessions come, change and go. */
export interface SessionFollower {
  /** Called for each session, also for those that are open already; `now` says that it was opened just now. */
  readonly opened?: (session: Session, now: boolean) => void;
  readonly changed: (session: Session, change: SessionChange) => void;
  readonly closed?: (session: Session) => void;
}

/** Follows every open session until it is disposed. */
export function followSessions(sessions: SessionList, follower: SessionFollower): { dispose(): void } {
  const followed = new Map<Session, { dispose(): unknown }>();
  const follow = (session: Session, now: boolean): void => {
    followed.set(
      session,
      session.onDidChange((change) => {
        follower.changed(session, change);
      }),
    );
    follower.opened?.(session, now);
  };
  for (const session of sessions.all) follow(session, false);
  const subscriptions = [
    sessions.onDidOpen((session) => {
      follow(session, true);
    }),
    sessions.onDidClose((session) => {
      followed.get(session)?.dispose();
      followed.delete(session);
      follower.closed?.(session);
    }),
  ];
  return {
    dispose() {
      for (const subscription of [...subscriptions, ...followed.values()]) subscription.dispose();
    },
  };
}
