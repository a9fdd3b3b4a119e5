import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** What a server may do instead of answering well. */
export type Fault =
  | 'slow'
  | 'cutOff'
  | 'halfBody'
  | 'tooOften'
  | 'unavailable'
  | 'broken'
  | 'noJson'
  | 'wrongShape'
  | 'otherLabels'
  | 'notANumber'
  | 'here'
  | 'away';

/** One request as the server saw it. */
export interface Seen {
  readonly path: string;
  readonly token: string | undefined;
  /** The ids of the pieces, or the prompt. */
  readonly asked: string;
  /** How it was answered; undefined for a whole and right answer that its client took, as its line that stayed open tells. */
  fault: Fault | 'left' | 'unsure' | undefined;
}

/** How a server behaves. */
export interface Behaviour {
  /** What is wrong with the next answer; undefined for nothing. */
  readonly next: (path: string) => Fault | undefined;
  readonly labels: number;
  readonly binary: boolean;
  /** Milliseconds before each answer. */
  readonly delay?: number;
  /** The address of another server, for redirects. */
  readonly elsewhere?: string;
  /** What a prompt is answered with. */
  readonly answer?: (prompt: string) => string;
}

/** A server of ours on this machine that speaks OIP v2 and OpenAI's API, and fails as it is told. */
export class FaultServer {
  readonly seen: Seen[] = [];
  mostAtOnce = 0;
  #atOnce = 0;
  #server: Server | undefined;
  #port = 0;
  readonly #sockets = new Set<Socket>();
  /** By line: what settles the answer before, since its client asked again. */
  readonly #lasts = new WeakMap<Socket, () => void>();

  behaviour: Behaviour;

  constructor(behaviour: Behaviour) {
    this.behaviour = behaviour;
  }

  /** How many lines are open on which an answer is waited for. */
  get open(): number {
    return this.#atOnce;
  }

  get address(): string {
    return `http://127.0.0.1:${String(this.#port)}`;
  }

  /** Listens, on the same port as before where it has listened. */
  async start(): Promise<void> {
    const server = createServer((request, response) => {
      void this.#handle(request, response);
    });
    server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.#port, '127.0.0.1', resolve);
    });
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  /** Ends at once, with every line that is open. */
  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    for (const socket of this.#sockets) socket.destroy();
    if (server !== undefined) await new Promise((resolve) => server.close(resolve));
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.mostAtOnce = Math.max(this.mostAtOnce, ++this.#atOnce);
    response.once('close', () => this.#atOnce--);
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer);
    } catch {
      return;
    }
    const path = request.url ?? '';
    const body = Buffer.concat(chunks);
    const ids = path.endsWith('/infer') ? idsOf(request, body) : [];
    const prompt = path.endsWith('completions') ? promptOf(body) : '';
    const seen: Seen = { path, token: request.headers.authorization, asked: prompt || ids.join(' '), fault: 'left' };
    this.seen.push(seen);
    const fault = this.behaviour.next(path);
    const { delay = 0 } = this.behaviour;
    await new Promise((resolve) => setTimeout(resolve, fault === 'slow' ? 60_000 : delay).unref());
    if (response.destroyed) return;
    seen.fault = fault ?? 'left';
    const { socket } = request;
    const leave = (): void => {
      // A client that no longer waits closes the line, and so does a restart: whether the answer was read is not known.
      seen.fault = 'unsure';
    };
    response.once('finish', () => {
      if (fault !== undefined) return;
      seen.fault = undefined;
      this.#lasts.get(socket)?.();
      socket.once('close', leave);
      this.#lasts.set(socket, () => socket.off('close', leave));
    });
    this.#answer(response, path, ids, prompt, fault, request.headers['inference-header-content-length'] !== undefined);
  }

  #answer(
    response: ServerResponse,
    path: string,
    ids: readonly number[],
    prompt: string,
    fault: Fault | undefined,
    binary: boolean,
  ): void {
    const json = (value: unknown, status = 200, headers: Record<string, string> = {}): void => {
      send(
        response,
        Buffer.from(JSON.stringify(value)),
        status,
        { 'content-type': 'application/json', ...headers },
        fault,
      );
    };
    switch (fault) {
      case 'cutOff':
        response.destroy();
        return;
      case 'tooOften':
        json({ error: 'too often' }, 429, { 'retry-after': '0' });
        return;
      case 'unavailable':
        json({ error: 'not now' }, 503);
        return;
      case 'broken':
        json({ error: { message: 'it broke' } }, 500);
        return;
      case 'noJson':
        send(response, Buffer.from('<html>'), 200, {}, fault);
        return;
      case 'here':
        response.writeHead(307, { location: path }).end();
        return;
      case 'away':
        response.writeHead(307, { location: `${this.behaviour.elsewhere ?? ''}${path}` }).end();
        return;
      default:
        break;
    }
    const { labels, answer = () => '-' } = this.behaviour;
    if (path === '/v1/models') json({ data: [{ id: 'm' }] });
    else if (path.endsWith('completions')) {
      const text = answer(prompt);
      const usage = { prompt_tokens: prompt.split(' ').length, completion_tokens: text.split(' ').length };
      const said = path.includes('chat') ? { message: { role: 'assistant', content: text } } : { text };
      const logprobs = { content: [{ token: text, logprob: -0.1 }], token_logprobs: [-0.1] };
      const choices = fault === 'wrongShape' ? [] : [{ index: 0, finish_reason: 'stop', logprobs, ...said }];
      json({ choices, usage });
    } else if (path.endsWith('/ready')) json({ ready: true });
    else if (path === '/v2') json({ name: 'ours', extensions: this.behaviour.binary ? ['binary_tensor_data'] : [] });
    else if (path.endsWith('/infer')) {
      const { head, data } = tensorOf(ids, labels, fault, binary);
      const headers = binary ? { 'inference-header-content-length': String(head.length) } : {};
      send(response, Buffer.concat([head, data]), 200, headers, fault);
    } else {
      const tensor = (name: string, datatype: string, shape: readonly number[]): object => ({ name, datatype, shape });
      json({
        inputs: [tensor('input_ids', 'INT64', [-1, -1]), tensor('attention_mask', 'INT64', [-1, -1])],
        outputs: [tensor('logits', 'FP32', [-1, -1, labels])],
      });
    }
  }
}

function send(
  response: ServerResponse,
  body: Buffer,
  status: number,
  headers: Record<string, string>,
  fault: Fault | undefined,
): void {
  response.writeHead(status, { ...headers, 'content-length': String(body.length) });
  if (fault !== 'halfBody') response.end(body);
  else
    response.write(body.subarray(0, Math.floor(body.length / 2)), () => {
      response.destroy();
    });
}

/** Logits that the id alone decides: its place among the labels, so that every server of ours says the same. */
function tensorOf(
  ids: readonly number[],
  labels: number,
  fault: Fault | undefined,
  binary: boolean,
): { readonly head: Buffer; readonly data: Buffer } {
  const width = fault === 'otherLabels' ? labels + 1 : labels;
  const values = Float32Array.from({ length: ids.length * width }, (_, place) =>
    (ids[Math.floor(place / width)] ?? 0) % labels === place % width ? 6 : 0,
  );
  if (fault === 'notANumber') values[0] = NaN;
  const shape = [1, ids.length + (fault === 'wrongShape' ? 1 : 0), width];
  const output = { name: 'logits', datatype: 'FP32', shape };
  const parameters = { binary_data_size: values.byteLength };
  const value = { outputs: [binary ? { ...output, parameters } : { ...output, data: [...values] }] };
  return { head: Buffer.from(JSON.stringify(value)), data: binary ? Buffer.from(values.buffer) : Buffer.alloc(0) };
}

function idsOf(request: IncomingMessage, body: Buffer): readonly number[] {
  const told = request.headers['inference-header-content-length'];
  const length = told === undefined ? body.length : Number(told);
  const { inputs } = JSON.parse(body.subarray(0, length).toString()) as {
    inputs: { name: string; shape: number[]; data?: number[] }[];
  };
  const [first] = inputs;
  if (first?.data !== undefined) return first.data;
  const pieces = first?.shape[1] ?? 0;
  return Array.from({ length: pieces }, (_, index) => Number(body.readBigInt64LE(length + index * 8)));
}

function promptOf(body: Buffer): string {
  const { prompt, messages } = JSON.parse(body.toString()) as { prompt?: string; messages?: { content: string }[] };
  return prompt ?? messages?.[0]?.content ?? '';
}
