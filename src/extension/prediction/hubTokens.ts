import * as v from 'valibot';
import type * as vscode from 'vscode';
import { hubOrigin, hubToken } from '../../node/hub/hubRequest.ts';
import type { HubToken } from '../../node/hub/hubRequest.ts';

const KEY = 'entityLens.hubTokens';

const storedSchema = v.record(v.string(), v.string());

/** The user's tokens for hubs, each kept in VS Code's secret storage for the origin that it is for, and nowhere else. */
export class HubTokens {
  readonly #secrets: Pick<vscode.SecretStorage, 'get' | 'store' | 'delete'>;

  constructor(secrets: Pick<vscode.SecretStorage, 'get' | 'store' | 'delete'>) {
    this.#secrets = secrets;
  }

  /** The token for the hub at an address; undefined where none is kept for it. */
  async for(host: string): Promise<HubToken | undefined> {
    const origin = hubOrigin(host);
    const value = origin === undefined ? undefined : (await this.#read()).get(origin);
    return value === undefined ? undefined : hubToken(host, value);
  }

  /** The origins of the hubs that a token is kept for. */
  async origins(): Promise<readonly string[]> {
    return [...(await this.#read()).keys()].toSorted();
  }

  /** Keeps a token in place of the one that was kept for its hub. */
  async keep({ origin, value }: HubToken): Promise<void> {
    await this.#write((await this.#read()).set(origin, value));
  }

  /** Forgets the token for a hub. */
  async forget(origin: string): Promise<void> {
    const tokens = await this.#read();
    tokens.delete(origin);
    await this.#write(tokens);
  }

  async #read(): Promise<Map<string, string>> {
    const text = await this.#secrets.get(KEY);
    try {
      const parsed = v.safeParse(storedSchema, JSON.parse(text ?? '{}'));
      return new Map(parsed.success ? Object.entries(parsed.output) : []);
    } catch {
      // What cannot be read is no token.
      return new Map();
    }
  }

  async #write(tokens: ReadonlyMap<string, string>): Promise<void> {
    if (tokens.size === 0) await this.#secrets.delete(KEY);
    else await this.#secrets.store(KEY, JSON.stringify(Object.fromEntries(tokens)));
  }
}
