import * as v from 'valibot';
import { messageOf } from '../core/errorMessage.ts';

/** The end of a message pipe: a child process, a webview, or the window inside one. */
export interface Port {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): Disposable;
}

/** Something that can be ended; ending it twice is harmless. */
export interface Disposable {
  dispose(): void;
}

/** The part of AbortSignal that this layer needs, since it knows neither node nor the DOM. */
export interface CancelSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

type AnySchema = v.GenericSchema;

/** What one side answers (`requests`) and listens to (`notifications`), as schemas. */
export interface Contract {
  readonly requests: Readonly<Record<string, { readonly params: AnySchema; readonly result: AnySchema }>>;
  readonly notifications: Readonly<Record<string, AnySchema>>;
}

type Params<C extends Contract, M extends keyof C['requests']> = v.InferOutput<C['requests'][M]['params']>;
type Answer<C extends Contract, M extends keyof C['requests']> = v.InferOutput<C['requests'][M]['result']>;

/** The implementation of a contract's own side. */
export interface Handlers<C extends Contract> {
  readonly requests: {
    readonly [M in keyof C['requests']]: (params: Params<C, M>, signal: CancelSignal) => Promise<Answer<C, M>>;
  };
  readonly notifications: {
    readonly [M in keyof C['notifications']]: (params: v.InferOutput<C['notifications'][M]>) => void;
  };
}

/** Why a request failed, for `ChannelError.reason`; a handler's own error may carry any other word. */
export type ChannelReason = 'disposed' | 'cancelled' | 'invalidMessage' | 'unknownMethod' | 'handlerFailed';

/** A request that did not get its answer. */
export class ChannelError extends Error {
  constructor(
    readonly reason: string,
    message: string,
  ) {
    super(message);
    this.name = 'ChannelError';
  }
}

const messageSchema = v.variant('type', [
  v.object({ type: v.literal('request'), id: v.number(), method: v.string(), params: v.unknown() }),
  v.object({ type: v.literal('reply'), id: v.number(), ok: v.literal(true), result: v.unknown() }),
  v.object({ type: v.literal('error'), id: v.number(), reason: v.string(), message: v.string() }),
  v.object({ type: v.literal('notification'), method: v.string(), params: v.unknown() }),
  v.object({ type: v.literal('cancel'), id: v.number() }),
]);

class Canceller implements CancelSignal {
  aborted = false;
  readonly #listeners = new Set<() => void>();
  addEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners.add(listener);
  }
  removeEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners.delete(listener);
  }
  abort(): void {
    if (this.aborted) return;
    this.aborted = true;
    for (const listener of this.#listeners) listener();
  }
}

interface Pending {
  readonly schema: AnySchema;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly settle: () => void;
}

/**
 * One end of a typed, validated conversation: `Local` is what this side answers, `Remote` what the other side does.
 * Every message is validated before it acts; `onInvalid` hears of those that are dropped.
 */
export class Channel<Local extends Contract, Remote extends Contract> implements Disposable {
  #nextId = 1;
  #disposed = false;
  readonly #pending = new Map<number, Pending>();
  readonly #running = new Map<number, Canceller>();
  readonly #subscription: Disposable;

  readonly #port: Port;
  readonly #local: Local;
  readonly #remote: Remote;
  readonly #handlers: Handlers<Local>;
  readonly #onInvalid: (problem: string) => void;

  constructor(
    port: Port,
    local: Local,
    remote: Remote,
    handlers: Handlers<Local>,
    onInvalid: (problem: string) => void,
  ) {
    this.#port = port;
    this.#local = local;
    this.#remote = remote;
    this.#handlers = handlers;
    this.#onInvalid = onInvalid;
    this.#subscription = port.onMessage((message) => {
      this.#receive(message);
    });
  }

  /** Asks the other side. Rejects with ChannelError; a signal that aborts rejects at once and tells the other side. */
  request<M extends keyof Remote['requests'] & string>(
    method: M,
    params: Params<Remote, M>,
    signal?: CancelSignal,
  ): Promise<Answer<Remote, M>> {
    const schema = this.#remote.requests[method]?.result;
    if (schema === undefined) return Promise.reject(new ChannelError('unknownMethod', `no request named ${method}`));
    if (this.#disposed) return Promise.reject(new ChannelError('disposed', `${method}: the channel is closed`));
    if (signal?.aborted === true) return Promise.reject(new ChannelError('cancelled', `${method}: cancelled`));
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        this.#post({ type: 'cancel', id });
        this.#settle(id)?.reject(new ChannelError('cancelled', `${method}: cancelled`));
      };
      signal?.addEventListener('abort', onAbort);
      const settle = (): void => signal?.removeEventListener('abort', onAbort);
      this.#pending.set(id, { schema, resolve: resolve, reject, settle });
      this.#post({ type: 'request', id, method, params });
    });
  }

  /** Tells the other side something that needs no answer. */
  notify<M extends keyof Remote['notifications'] & string>(
    method: M,
    params: v.InferOutput<Remote['notifications'][M]>,
  ): void {
    if (!this.#disposed) this.#post({ type: 'notification', method, params });
  }

  /** Rejects all that is pending here, aborts all that runs here for the other side, and stops listening. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#subscription.dispose();
    for (const id of [...this.#pending.keys()]) {
      this.#settle(id)?.reject(new ChannelError('disposed', 'the channel was closed before the answer came'));
    }
    for (const canceller of this.#running.values()) canceller.abort();
    this.#running.clear();
  }

  #post(message: v.InferInput<typeof messageSchema>): void {
    this.#port.post(message);
  }

  #settle(id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    pending?.settle();
    return pending;
  }

  #receive(raw: unknown): void {
    if (this.#disposed) return;
    const parsed = v.safeParse(messageSchema, raw);
    if (!parsed.success) {
      this.#onInvalid(`not a channel message: ${describe(parsed.issues)}`);
      return;
    }
    const message = parsed.output;
    switch (message.type) {
      case 'request':
        void this.#answer(message.id, message.method, message.params);
        break;
      case 'reply':
        this.#accept(message.id, message.result);
        break;
      case 'error':
        this.#settle(message.id)?.reject(new ChannelError(message.reason, message.message));
        break;
      case 'notification':
        this.#hear(message.method, message.params);
        break;
      case 'cancel':
        this.#running.get(message.id)?.abort();
        break;
    }
  }

  #accept(id: number, result: unknown): void {
    const pending = this.#settle(id);
    if (pending === undefined) return;
    const parsed = v.safeParse(pending.schema, result);
    if (parsed.success) pending.resolve(parsed.output);
    else pending.reject(new ChannelError('invalidMessage', `invalid result: ${describe(parsed.issues)}`));
  }

  #hear(method: string, params: unknown): void {
    const schema = own(this.#local.notifications, method);
    const handler = own(this.#handlers.notifications, method) as ((params: unknown) => void) | undefined;
    if (schema === undefined || handler === undefined) {
      this.#onInvalid(`no notification named ${method}`);
      return;
    }
    const parsed = v.safeParse(schema, params);
    if (!parsed.success) {
      this.#onInvalid(`${method}: ${describe(parsed.issues)}`);
      return;
    }
    try {
      handler(parsed.output);
    } catch (error) {
      this.#onInvalid(`${method} failed: ${messageOf(error)}`);
    }
  }

  async #answer(id: number, method: string, params: unknown): Promise<void> {
    const contract = own(this.#local.requests, method);
    const handler = own(this.#handlers.requests, method) as
      ((params: unknown, signal: CancelSignal) => Promise<unknown>) | undefined;
    if (contract === undefined || handler === undefined) {
      this.#post({ type: 'error', id, reason: 'unknownMethod', message: `no request named ${method}` });
      return;
    }
    const parsed = v.safeParse(contract.params, params);
    if (!parsed.success) {
      this.#post({ type: 'error', id, reason: 'invalidMessage', message: `${method}: ${describe(parsed.issues)}` });
      return;
    }
    const canceller = new Canceller();
    this.#running.set(id, canceller);
    try {
      const result = await handler(parsed.output, canceller);
      if (!this.#disposed) this.#post({ type: 'reply', id, ok: true, result });
    } catch (error) {
      const reason = error instanceof ChannelError ? error.reason : 'handlerFailed';
      if (!this.#disposed) this.#post({ type: 'error', id, reason, message: messageOf(error) });
    } finally {
      this.#running.delete(id);
    }
  }
}

function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

function describe(issues: readonly v.BaseIssue<unknown>[]): string {
  return issues.map((issue) => `${v.getDotPath(issue) ?? 'value'}: ${issue.message}`).join('; ');
}
