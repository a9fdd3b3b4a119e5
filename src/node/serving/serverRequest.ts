import { ChannelError } from '../../protocol/channel.ts';
import { askOrigin, isSafe, RedirectError } from '../originRequest.ts';
import type { OriginToken } from '../originRequest.ts';
import { PassingError, retryAfter } from './retry.ts';

/** A server that answers for a model, and what may be spent on an answer. */
export interface ServerPlace {
  /** The address as the person wrote it, without a slash at its end. */
  readonly address: string;
  /** True where the person agreed to a line that others can read. */
  readonly plain: boolean;
  /** How many requests are under way at once. */
  readonly inFlight: number;
  /** How long one answer is waited for, in milliseconds. */
  readonly timeout: number;
  /** How long an answer is tried for in all, in milliseconds. */
  readonly budget: number;
}

/** An answer's body with what is needed to read it. */
export interface ServerAnswer {
  readonly bytes: Uint8Array;
  readonly headers: Headers;
}

/** The largest answer that is read: more than a sentence's logits ever take. */
const MOST_BYTES = 64 * 1024 * 1024;
/** The largest error text that is looked at. */
const MOST_ERROR_BYTES = 4096;

/** Statuses that pass: too early, too often, and the server's own trouble. 501 and 505 do not. */
const PASSING: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);

/** The origin of a server's address; a message where it is none, or its line could be read by others and nobody agreed to that. */
export function serverOrigin(
  address: string,
  plain: boolean,
): { readonly origin: string } | { readonly problem: string } {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol))
    return { problem: `“${address}” is no address of a server: write it as https://host:8000.` };
  if (url.username !== '' || url.password !== '')
    return { problem: 'The address of a server must not hold a name or a password: give a token instead.' };
  if (!isSafe(url) && !plain)
    return {
      problem: `${url.origin} is not https, so that others could read the sentences. Use https, or say that plain http is meant (plainHttp, --plain-http).`,
    };
  return { origin: url.origin };
}

/** Asks a server once. Rejects with PassingError where asking again may help, and with ChannelError where not. */
export async function askServer(
  place: ServerPlace,
  path: string,
  request: {
    readonly method: 'GET' | 'POST';
    readonly token: OriginToken | undefined;
    readonly signal: AbortSignal;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string | Uint8Array;
  },
): Promise<ServerAnswer> {
  const { origin } = new URL(place.address);
  const timer = AbortSignal.timeout(place.timeout);
  const signal = AbortSignal.any([request.signal, timer]);
  try {
    const { response, withToken } = await askOrigin(`${place.address}${path}`, {
      ...{ method: request.method, token: request.token, body: request.body, headers: request.headers ?? {} },
      ...{ signal, stay: true, plain: place.plain },
    });
    if (!response.ok) throw await refused(response, origin, path, withToken);
    return { bytes: await bytesOf(response, MOST_BYTES, origin), headers: response.headers };
  } catch (error) {
    if (error instanceof ChannelError || error instanceof PassingError) throw error;
    if (error instanceof RedirectError) throw new ChannelError('serverRefused', `${origin}: ${error.message}.`);
    if (timer.aborted)
      throw new PassingError(`${origin} gave no whole answer within ${String(place.timeout / 1000)} s`);
    throw new PassingError(`${origin} cannot be reached: ${causeOf(error)}`);
  }
}

async function refused(
  response: Response,
  origin: string,
  path: string,
  withToken: boolean,
): Promise<PassingError | ChannelError> {
  const { status } = response;
  const said = await bytesOf(response, MOST_ERROR_BYTES, origin)
    .then((bytes) => messageIn(new TextDecoder().decode(bytes)))
    .catch(() => '');
  const what = `${origin} answers ${String(status)}${said === '' ? '' : `: ${said}`}`;
  if (PASSING.has(status)) return new PassingError(what, retryAfter(response.headers.get('retry-after'), Date.now()));
  if (status === 401 || status === 403)
    return new ChannelError(
      'tokenRefused',
      `${what}. ${withToken ? 'It did not accept your token: use another one.' : 'It wants a token: give one.'}`,
    );
  if (status === 404)
    return new ChannelError(
      'serverRefused',
      `${what}. There is no ${path}: check the address, the protocol and the name of the model.`,
    );
  return new ChannelError('serverRefused', `${what}.`);
}

/** What a server says of an error, in one line. */
function messageIn(text: string): string {
  let message = text;
  try {
    const value = JSON.parse(text) as { error?: unknown; detail?: unknown } | null;
    const error = value?.error ?? value?.detail;
    const inner = typeof error === 'object' && error !== null && 'message' in error ? error.message : error;
    if (typeof inner === 'string') message = inner;
  } catch {
    // It is no JSON.
  }
  return message.replace(/\s+/gu, ' ').trim().slice(0, 200);
}

/** The whole body; a PassingError where it is cut off or too large. */
async function bytesOf(response: Response, most: number, origin: string): Promise<Uint8Array> {
  if (response.body === null) return new Uint8Array();
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = response.body.getReader() as ReadableStreamDefaultReader<Uint8Array>;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      length += value.length;
      if (length > most)
        throw new ChannelError('serverUnfit', `${origin} answers with more than ${String(most)} bytes.`);
      parts.push(value);
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
  return Buffer.concat(parts);
}

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
