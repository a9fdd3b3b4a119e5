/** A person's token for a server: it opens what the person may use there. */
export interface OriginToken {
  /** The only origin that it is sent to. */
  readonly origin: string;
  readonly value: string;
}

/** True for an address whose line nobody else can read or write to: https, or this machine. */
export function isSafe(url: URL): boolean {
  const local = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  return url.protocol === 'https:' || (url.protocol === 'http:' && local);
}

/** What is asked for, and with whose token. */
export interface OriginRequest {
  readonly method: 'GET' | 'HEAD' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly token: OriginToken | undefined;
  readonly body?: string | Uint8Array | undefined;
  /** True for a redirect that says enough, so that it is not followed. */
  readonly enough?: (response: Response) => boolean;
  /** True where nothing may be asked of another origin: what is sent was meant for this one. */
  readonly stay?: boolean;
  /** True where the person agreed to a line that others can read. */
  readonly plain?: boolean;
}

/** The last answer, and who gave it. */
export interface OriginAnswer {
  readonly response: Response;
  /** False where redirects led away from the origin that was asked first. */
  readonly atOrigin: boolean;
  readonly withToken: boolean;
}

/** A redirect that must not be followed; asking again would change nothing. */
export class RedirectError extends Error {
  override readonly name = 'RedirectError';
}

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
/** Redirects that keep the method and the body. */
const SAME_METHOD: ReadonlySet<number> = new Set([307, 308]);
const MOST_REDIRECTS = 10;

/** Asks a server and follows its redirects step by step, so that the token reaches no other origin, whatever the runtime's own rule is. */
export async function askOrigin(address: string, request: OriginRequest): Promise<OriginAnswer> {
  const { method, headers, signal, token, body, enough, stay = false, plain = false } = request;
  let url = new URL(address);
  const { origin } = url;
  let atOrigin = true;
  for (let steps = 0; ; steps++) {
    const mayHave = isSafe(url) || plain;
    const sent =
      atOrigin && token?.origin === origin && mayHave ? { authorization: `Bearer ${token.value}` } : undefined;
    const response = await fetch(url, {
      ...{ method, signal, redirect: 'manual', headers: { ...headers, ...sent } },
      ...(body === undefined ? {} : { body: body as string | Uint8Array<ArrayBuffer> }),
    });
    const location = response.headers.get('location');
    if (!REDIRECTS.has(response.status) || location === null || enough?.(response) === true)
      return { response, atOrigin, withToken: sent !== undefined };
    await response.body?.cancel();
    if (steps === MOST_REDIRECTS) throw new RedirectError('its redirects do not end');
    url = new URL(location, url);
    if (stay && url.origin !== origin)
      throw new RedirectError(
        `it redirects to ${url.origin}, which nobody agreed to. Name that server where it is the right one`,
      );
    if (!isSafe(url) && !(plain && url.origin === origin))
      throw new RedirectError(`it redirects to ${url.origin}, which is not https`);
    if (method === 'POST' && !SAME_METHOD.has(response.status))
      throw new RedirectError(
        `it redirects a request with status ${String(response.status)}, which would drop what is sent`,
      );
    // Whoever led away from the origin must not choose what is asked there in the person's name.
    atOrigin &&= url.origin === origin;
  }
}
