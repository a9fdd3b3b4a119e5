import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

/** How the hub treats one file; each `once` trouble happens at the first request for its content only. */
export type Trouble =
  | { readonly kind: 'cutOffOnce'; readonly after: number }
  | { readonly kind: 'silent'; readonly after: number }
  | { readonly kind: 'slow'; readonly bytesPerSecond: number }
  | { readonly kind: 'damaged' }
  | { readonly kind: 'longer' }
  | { readonly kind: 'noRanges' }
  | { readonly kind: 'wrongRange' }
  | { readonly kind: 'untagged' }
  | { readonly kind: 'status'; readonly status: number };

/** A server on 127.0.0.1 that gives model folders in the hub's URL layout, large files behind a redirect. */
export interface Hub {
  readonly host: string;
  readonly troubles: Map<string, Trouble>;
  /** Every request for content: the file and the first byte that was asked for. */
  readonly gets: { readonly file: string; readonly from: number }[];
  /** Every request, with the token that came with it. */
  readonly requests: { readonly path: string; readonly authorization: string | undefined }[];
  /** Folders by hub id, or by id and revision as `owner/name@revision`. */
  readonly models: Map<string, string>;
  /** What the branches of hub ids stand for: a commit, which the hub tells with every answer. */
  readonly commits: Map<string, string>;
  /** Hub ids that only this token opens. */
  readonly tokens: Map<string, string>;
  /** Another server that large files are redirected to. */
  elsewhere: string | undefined;
  close(): Promise<void>;
}

/** `folders` maps hub ids to folders. */
export async function startHub(folders: Readonly<Record<string, string>>): Promise<Hub> {
  const models = new Map(Object.entries(folders));
  const tokens = new Map<string, string>();
  const commits = new Map<string, string>();
  const requests: { path: string; authorization: string | undefined }[] = [];
  const troubles = new Map<string, Trouble>();
  const gets: { file: string; from: number }[] = [];
  const happened = new Set<string>();
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : new Error(String(error)));
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts = (request.url ?? '').split('/').slice(1).map(decodeURIComponent);
    const direct = parts[0] === 'cdn';
    const [owner = '', name = '', , revision = '', ...rest] = direct ? parts.slice(1) : parts;
    const id = `${owner}/${name}`;
    const folder = models.get(`${id}@${revision}`) ?? models.get(id);
    const { authorization } = request.headers;
    requests.push({ path: request.url ?? '', authorization });
    const wanted = tokens.get(id);
    if (!direct && wanted !== undefined && authorization !== `Bearer ${wanted}`) {
      response.writeHead(401).end();
      return;
    }
    const file = rest.join('/');
    const trouble = troubles.get(file);
    const content =
      folder === undefined ? undefined : await readFile(path.join(folder, ...rest)).catch(() => undefined);
    if (trouble?.kind === 'status') {
      response.writeHead(trouble.status).end();
      return;
    }
    if (content === undefined) {
      response.writeHead(404).end();
      return;
    }
    const commit = commits.get(id);
    if (commit !== undefined) response.setHeader('x-repo-commit', revision === 'main' ? commit : revision);
    const large = file.startsWith('onnx/');
    const blob = createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
    const tag = large ? createHash('sha256').update(content).digest('hex') : blob;
    if (large && !direct) {
      response.setHeader('location', `${hub.elsewhere ?? ''}/cdn/${parts.map(encodeURIComponent).join('/')}`);
      response.setHeader('x-linked-size', content.length).setHeader('x-linked-etag', `"${tag}"`);
      response.writeHead(302).end();
      return;
    }
    if (direct && request.method === 'HEAD') {
      // As storage does whose addresses are signed for GET.
      response.writeHead(403).end();
      return;
    }
    if (trouble?.kind !== 'untagged') response.setHeader('etag', `W/"${tag}"`);
    if (request.method === 'HEAD') {
      response.writeHead(200, { 'content-length': content.length }).end();
      return;
    }
    send(request, response, file, content, trouble);
  }

  function send(
    request: IncomingMessage,
    response: ServerResponse,
    file: string,
    content: Buffer,
    trouble: Trouble | undefined,
  ): void {
    const asked = Number(/^bytes=(\d+)-$/u.exec(request.headers.range ?? '')?.[1] ?? '0');
    const from = trouble?.kind === 'noRanges' ? 0 : asked;
    gets.push({ file, from: asked });
    let body = content.subarray(from);
    if (trouble?.kind === 'damaged') {
      body = Buffer.from(body);
      body[body.length - 1] = (body[body.length - 1] ?? 0) ^ 1;
    }
    if (trouble?.kind === 'longer') body = Buffer.concat([body, Buffer.from('more')]);
    const range = `bytes ${from + (trouble?.kind === 'wrongRange' ? 1 : 0)}-${content.length - 1}/${content.length}`;
    response.writeHead(from > 0 ? 206 : 200, {
      'content-length': body.length,
      ...(from > 0 ? { 'content-range': range } : {}),
    });
    if (trouble?.kind === 'silent') {
      response.write(body.subarray(0, trouble.after));
      return;
    }
    if (trouble?.kind === 'slow') {
      let sent = 0;
      const timer = setInterval(() => {
        const next = sent + Math.ceil(trouble.bytesPerSecond / 20);
        response.write(body.subarray(sent, next));
        sent = next;
        if (sent >= body.length) response.end();
      }, 50);
      response.on('close', () => {
        clearInterval(timer);
      });
      return;
    }
    if (trouble?.kind === 'cutOffOnce' && !happened.has(file)) {
      happened.add(file);
      response.write(body.subarray(0, trouble.after), () => {
        setTimeout(() => response.destroy(), 50);
      });
      return;
    }
    response.end(body);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const hub: Hub = {
    host: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ troubles, gets, requests, models, commits, tokens },
    elsewhere: undefined,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
  return hub;
}
