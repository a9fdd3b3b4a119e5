import { fail } from '../../core/result.ts';
import type { Result } from '../../core/result.ts';

/** A person's token for a hub: it opens what the person's account may read. */
export interface HubToken {
  /** The only origin that it is sent to. */
  readonly origin: string;
  readonly value: string;
}

/** True for an address whose line nobody else can read or write to: https, or this machine. */
export function isSafe(url: URL): boolean {
  const local = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  return url.protocol === 'https:' || (url.protocol === 'http:' && local);
}

/** The origin of a hub's address; undefined where it is no address or not a safe one. */
export function hubOrigin(host: string): string | undefined {
  const url = URL.canParse(host) ? new URL(host) : undefined;
  return url !== undefined && isSafe(url) ? url.origin : undefined;
}

/** A token as a person gives it, for the hub at an address; undefined where it is none or the hub must not get one. */
export function hubToken(host: string, text: string): HubToken | undefined {
  const origin = hubOrigin(host);
  const value = text.trim();
  // fetch would name a header that cannot be sent in its error, and so the token.
  return origin !== undefined && /^[\u0021-\u007e]+$/u.test(value) ? { origin, value } : undefined;
}

/** What is asked for, and with whose token. */
export interface HubRequest {
  readonly method: 'GET' | 'HEAD';
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly token: HubToken | undefined;
  /** True for a redirect that says enough, so that it is not followed. */
  readonly enough?: (response: Response) => boolean;
}

/** The last answer, and who gave it. */
export interface HubAnswer {
  readonly response: Response;
  /** False where redirects led away from the origin that was asked first. */
  readonly atHub: boolean;
  readonly withToken: boolean;
}

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const MOST_REDIRECTS = 10;

/** Asks a hub and follows its redirects step by step, so that the token reaches no other origin, whatever the runtime's own rule is. */
export async function askHub(address: string, request: HubRequest): Promise<HubAnswer> {
  const { method, headers, signal, token, enough } = request;
  let url = new URL(address);
  const { origin } = url;
  let atHub = true;
  for (let steps = 0; ; steps++) {
    const sent = atHub && token?.origin === origin && isSafe(url) ? { authorization: `Bearer ${token.value}` } : {};
    const response = await fetch(url, { method, signal, redirect: 'manual', headers: { ...headers, ...sent } });
    const location = response.headers.get('location');
    if (!REDIRECTS.has(response.status) || location === null || enough?.(response) === true)
      return { response, atHub, withToken: 'authorization' in sent };
    await response.body?.cancel();
    if (steps === MOST_REDIRECTS) throw new Error('its redirects do not end');
    url = new URL(location, url);
    if (!isSafe(url)) throw new Error(`it redirects to ${url.origin}, which is not https`);
    // Whoever led away from the hub must not choose what is asked there in the person's name.
    atHub &&= url.origin === origin;
  }
}

/** Why an answer is none. */
export type RefusalReason = 'fileMissing' | 'notOpen' | 'tokenRefused' | 'refused';

/** What an answer means that has no file. */
export function refusal(
  { response: { status }, atHub, withToken }: HubAnswer,
  address: string,
): Result<never, RefusalReason> {
  if (status === 404) return fail('fileMissing', `${address} does not exist.`);
  if (!atHub || (status !== 401 && status !== 403))
    return fail('refused', `${address} was refused with status ${String(status)}. Try again later.`);
  if (!withToken) {
    return fail(
      'notOpen',
      // The public hub answers 401 for models that there are not, too.
      `${address} ${status === 401 ? 'does not exist or ' : ''}is not open to everybody (${String(status)}). Check the name, use a token of an account that may read it, choose a public model, or fetch it yourself and choose its folder.`,
    );
  }
  const { origin } = new URL(address);
  return fail(
    'tokenRefused',
    status === 401
      ? `${origin} did not accept your token (401): it is wrong, has expired, or was withdrawn. Use another one, or forget it.`
      : `The account of your token may not read ${address} (403). Ask for access on the model's page at ${origin}, use another token, or forget it.`,
  );
}
