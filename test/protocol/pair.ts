import type { Port } from '../../src/protocol/channel.ts';

/** Two ports joined back to back; messages cross as copies in a later turn, as between processes. `sent` keeps them. */
export function joinedPorts(): { readonly left: Port; readonly right: Port; readonly sent: unknown[] } {
  const sent: unknown[] = [];
  const toLeft = new Set<(message: unknown) => void>();
  const toRight = new Set<(message: unknown) => void>();
  const portOf = (own: Set<(message: unknown) => void>, other: Set<(message: unknown) => void>): Port => ({
    post: (message) => {
      const copy: unknown = structuredClone(message);
      sent.push(copy);
      setImmediate(() => {
        for (const listener of other) listener(copy);
      });
    },
    onMessage: (listener) => {
      own.add(listener);
      return { dispose: () => own.delete(listener) };
    },
  });
  return { left: portOf(toLeft, toRight), right: portOf(toRight, toLeft), sent };
}

/** A port that a test plays by hand: what the channel posts, and a way to give it messages. */
export function handPort(): {
  readonly port: Port;
  readonly posted: unknown[];
  readonly receive: (message: unknown) => void;
} {
  const posted: unknown[] = [];
  const listeners = new Set<(message: unknown) => void>();
  return {
    port: {
      post: (message) => {
        posted.push(message);
      },
      onMessage: (listener) => {
        listeners.add(listener);
        return { dispose: () => listeners.delete(listener) };
      },
    },
    posted,
    receive: (message) => {
      for (const listener of listeners) listener(message);
    },
  };
}

/** Resolves after everything that is due now. */
export function settled(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 5);
  });
}
