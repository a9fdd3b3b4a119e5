import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/result.ts';
import type { CancelSignal } from '../../protocol/channel.ts';
import { askHub, refusal } from './hubRequest.ts';
import type { HubToken, RefusalReason } from './hubRequest.ts';
import { messageOf } from '../../core/errorMessage.ts';

/** Why a file did not come; `modelHidden`: the hub does not have the model, or not for the account of the token that was sent. */
export type FetchReason =
  | RefusalReason
  | 'modelHidden'
  | 'cancelled'
  | 'unreachable'
  | 'stalled'
  | 'cutOff'
  | 'downloadCorrupt'
  | 'writeFailed';

/** A file on a hub: its size and its tag, as far as the hub tells them. A tag of 64 hex digits is a SHA-256, one of 40 git's id of the content. */
export interface HubFile {
  readonly path: string;
  readonly url: string;
  readonly bytes: number | undefined;
  readonly tag: string | undefined;
  /** The commit that the revision stood for when it was asked about; undefined where the hub does not tell. */
  readonly commit?: string | undefined;
}

/** How a question to a hub is watched, and in whose name it is asked. */
export interface Watching {
  readonly signal: CancelSignal;
  /** How long the hub may be silent, in milliseconds; 30,000 where undefined. */
  readonly stallMs?: number;
  /** The person's token for the hub; nothing is sent without one. */
  readonly token?: HubToken | undefined;
}

const STALL_MS = 30_000;

/** A packed body would have another length than the file. */
const PLAIN = { 'accept-encoding': 'identity' };

/** Asks for a file's size and tag without its content. */
export async function headOf(url: string, file: string, options: Watching): Promise<Result<HubFile, FetchReason>> {
  const watch = new Watch(options);
  try {
    // The hub tells the size and digest of a large file in the redirect to where it lies. The address behind it may be
    // signed for fetching alone and refuse to be asked.
    const knows = (response: Response): boolean => response.headers.has('x-linked-size');
    const answer = await askHub(url, {
      ...{ method: 'HEAD', headers: PLAIN, signal: watch.signal, token: options.token },
      enough: knows,
    });
    const { response } = answer;
    if (!response.ok && !knows(response)) return refusal(answer, url);
    const size = response.headers.get('x-linked-size') ?? response.headers.get('content-length');
    const tag = response.headers.get('x-linked-etag') ?? response.headers.get('etag');
    const commit = response.headers.get('x-repo-commit');
    return ok({
      path: file,
      url,
      commit: commit !== null && /^[0-9a-f]{40}$/u.test(commit) ? commit : undefined,
      bytes: size === null || !/^\d+$/u.test(size) ? undefined : Number(size),
      tag: tag === null ? undefined : tag.replace(/^W\//u, '').replaceAll('"', ''),
    });
  } catch (error) {
    return watch.reasonOf(error, url);
  } finally {
    watch.end();
  }
}

/** Fetches a file to `target`, going on behind what an earlier try left in `target`.part, and verifies it. */
export async function fetchFile(
  file: HubFile,
  target: string,
  options: Watching & { readonly onBytes: (bytes: number) => void },
): Promise<Result<{ readonly bytes: number; readonly sha256: string }, FetchReason>> {
  const there = await checkedFile(target, file);
  if (there !== undefined) {
    options.onBytes(there.bytes);
    return ok(there);
  }
  const part = `${target}.part`;
  const fetched = await fetchPart(file, part, options);
  if (!fetched.ok) return fetched;
  const checked = await checkedFile(part, file, true);
  if (checked === undefined) {
    // Keeping a wrong part would make every later try wrong too.
    await removePart(part);
    return fail(
      'downloadCorrupt',
      `${file.path} came damaged (its size or digest is not the hub's). Download it again.`,
    );
  }
  try {
    await rename(part, target);
    await rm(`${part}.tag`, { force: true });
  } catch (error) {
    return fail('writeFailed', `${target} cannot be written: ${messageOf(error)}`);
  }
  return ok(checked);
}

async function fetchPart(
  file: HubFile,
  part: string,
  options: Watching & { readonly onBytes: (bytes: number) => void },
): Promise<Result<void, FetchReason>> {
  const watch = new Watch(options);
  try {
    const have = await usablePart(part, file);
    if (have > 0 && have === file.bytes) return ok(undefined);
    const headers = have > 0 ? { ...PLAIN, range: `bytes=${String(have)}-` } : PLAIN;
    const answer = await askHub(file.url, { method: 'GET', headers, signal: watch.signal, token: options.token });
    const { response } = answer;
    if (!response.ok || response.body === null) {
      if (response.status === 416) await removePart(part);
      return refusal(answer, file.url);
    }
    const from = response.status === 206 ? have : 0;
    const range = response.headers.get('content-range') ?? '';
    if (response.status === 206 && !range.startsWith(`bytes ${String(have)}-`)) {
      await removePart(part);
      return fail(
        'refused',
        `${file.url} answered with another part than it was asked for. Try again: it starts anew.`,
      );
    }
    if (file.tag !== undefined) await writeFile(`${part}.tag`, file.tag);
    let bytes = from;
    const handle = await open(part, from > 0 ? 'a' : 'w');
    try {
      options.onBytes(bytes);
      for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
        watch.alive();
        await handle.write(chunk);
        bytes += chunk.length;
        options.onBytes(bytes);
        if (file.bytes !== undefined && bytes > file.bytes) break;
      }
    } finally {
      await handle.close();
    }
    if (file.bytes === undefined || bytes >= file.bytes) return ok(undefined);
    return fail(
      'cutOff',
      `${file.path} was cut off after ${String(bytes)} of ${String(file.bytes)} bytes. Try again: it goes on from there.`,
    );
  } catch (error) {
    return watch.reasonOf(error, file.url);
  } finally {
    watch.end();
  }
}

/** The bytes of an earlier try that belong to the same content; 0 where there are none. */
async function usablePart(part: string, file: HubFile): Promise<number> {
  try {
    const { size } = await stat(part);
    const tag = await readFile(`${part}.tag`, 'utf8');
    if (tag === file.tag && (file.bytes === undefined || size <= file.bytes)) return size;
  } catch {
    // Nothing to go on from.
  }
  await removePart(part);
  return 0;
}

async function removePart(part: string): Promise<void> {
  await rm(part, { force: true });
  await rm(`${part}.tag`, { force: true });
}

/** Size and digest of a file that is what the hub said; undefined where it is not there or another. Without a tag, `trusting` takes the size as enough. */
async function checkedFile(
  target: string,
  file: HubFile,
  trusting = false,
): Promise<{ readonly bytes: number; readonly sha256: string } | undefined> {
  const size = await stat(target).then(
    (found) => found.size,
    () => undefined,
  );
  if (size === undefined || (file.bytes !== undefined && size !== file.bytes)) return undefined;
  const sha256 = await digest(target, createHash('sha256'));
  const result = { bytes: size, sha256 };
  const same = await hasContent(target, result, file.tag);
  return (same ?? trusting) ? result : undefined;
}

/** Whether a file of this size and SHA-256 has the content that a hub's tag stands for; undefined where the tag does not tell. */
export async function hasContent(
  target: string,
  { bytes, sha256 }: { readonly bytes: number; readonly sha256: string },
  tag: string | undefined,
): Promise<boolean | undefined> {
  if (tag !== undefined && /^[0-9a-f]{64}$/u.test(tag)) return sha256 === tag;
  if (tag === undefined || !/^[0-9a-f]{40}$/u.test(tag)) return undefined;
  return (await digest(target, createHash('sha1').update(`blob ${String(bytes)}\0`))) === tag;
}

async function digest(file: string, hash: Hash): Promise<string> {
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** Ends a fetch when the caller cancels or the hub falls silent, and tells which it was. */
class Watch {
  readonly signal: AbortSignal;
  readonly #controller = new AbortController();
  readonly #limit: number;
  #timer: NodeJS.Timeout;
  #stalled = false;
  readonly #onAbort = (): void => {
    this.#controller.abort();
  };

  readonly #options: Watching;

  constructor(options: Watching) {
    this.#options = options;
    this.signal = this.#controller.signal;
    this.#limit = options.stallMs ?? STALL_MS;
    this.#timer = this.#start();
    options.signal.addEventListener('abort', this.#onAbort);
    if (options.signal.aborted) this.#controller.abort();
  }

  alive(): void {
    clearTimeout(this.#timer);
    this.#timer = this.#start();
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#options.signal.removeEventListener('abort', this.#onAbort);
  }

  reasonOf(error: unknown, url: string): Result<never, FetchReason> {
    if (this.#options.signal.aborted)
      return fail('cancelled', 'The download was cancelled. It goes on from there next time.');
    if (this.#stalled) {
      return fail(
        'stalled',
        `${url} sent nothing for ${String(this.#limit / 1000)} s. Try again: it goes on from there.`,
      );
    }
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    const message = messageOf(cause);
    if (/^E(?:NOSPC|ACCES|PERM|ROFS|DQUOT|IO|ISDIR)$/u.test(code)) {
      return fail('writeFailed', `The download cannot be written: ${message}`);
    }
    // undici's name for a body that ended before its length.
    if (/terminated|other side closed|aborted/u.test(message) || code === 'UND_ERR_SOCKET' || code === 'ECONNRESET') {
      return fail('cutOff', `The line to ${url} broke. Try again: it goes on from there.`);
    }
    return fail('unreachable', `${url} cannot be reached: ${message}`);
  }

  #start(): NodeJS.Timeout {
    return setTimeout(() => {
      this.#stalled = true;
      this.#controller.abort();
    }, this.#limit);
  }
}
