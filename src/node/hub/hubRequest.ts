import { fail } from '../../core/result.ts';
import type { Result } from '../../core/result.ts';
import { askOrigin, isSafe } from '../originRequest.ts';
import type { OriginAnswer, OriginRequest, OriginToken } from '../originRequest.ts';

export { isSafe };

/** A person's token for a hub: it opens what the person's account may read. */
export type HubToken = OriginToken;

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

/** What is asked of a hub, which is only read from. */
export type HubRequest = Omit<OriginRequest, 'method' | 'body' | 'stay' | 'plain'> & {
  readonly method: 'GET' | 'HEAD';
};

/** The last answer, and who gave it. */
export interface HubAnswer extends Omit<OriginAnswer, 'atOrigin'> {
  /** False where redirects led away from the origin that was asked first. */
  readonly atHub: boolean;
}

/** Asks a hub and follows its redirects, to other origins too, where its files may lie; the token stays at the hub. */
export async function askHub(address: string, request: HubRequest): Promise<HubAnswer> {
  const { response, atOrigin, withToken } = await askOrigin(address, request);
  return { response, atHub: atOrigin, withToken };
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
