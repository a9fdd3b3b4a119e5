import * as vscode from 'vscode';
import type { ServerAccess } from '../../node/serving/servedRunner.ts';
import { ChannelError } from '../../protocol/channel.ts';
import type { HubTokens } from './hubTokens.ts';

const KEY = 'entityLens.agreedServers';

/** To which servers the person agreed that sentences are sent: asked once for each, before the first of them leaves the machine. */
export class ServerConsent {
  readonly #memory: vscode.Memento;
  readonly #tokens: HubTokens;
  /** The questions that are open, or were answered with no since the models were last loaded. */
  readonly #asked = new Map<string, Promise<boolean>>();

  constructor(memory: vscode.Memento, tokens: HubTokens) {
    this.#memory = memory;
    this.#tokens = tokens;
  }

  /** What a predictor may do with servers. */
  get access(): ServerAccess {
    return {
      token: async (origin) => (await this.#tokens.for(origin))?.value,
      agreed: async (origin) => {
        if (await this.#agrees(origin)) return;
        throw new ChannelError(
          'notAgreed',
          `You did not agree that sentences are sent to ${origin}. Select another model, or annotate again to be asked again.`,
        );
      },
    };
  }

  /** Lets whoever was answered with no ask again. */
  askAgain(): void {
    this.#asked.clear();
  }

  /** Takes an agreement back. */
  async forget(origin: string): Promise<void> {
    await this.#memory.update(
      KEY,
      this.#origins.filter((one) => one !== origin),
    );
  }

  async #agrees(origin: string): Promise<boolean> {
    if (this.#origins.includes(origin)) return true;
    const open = this.#asked.get(origin) ?? ask(origin);
    this.#asked.set(origin, open);
    const yes = await open;
    if (yes && !this.#origins.includes(origin)) await this.#memory.update(KEY, [...this.#origins, origin]);
    return yes;
  }

  get #origins(): readonly string[] {
    const value: unknown = this.#memory.get(KEY);
    return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
  }
}

async function ask(origin: string): Promise<boolean> {
  const send = 'Send';
  const detail = `A model in your settings runs on that server. Every sentence of the documents that it annotates or evaluates is sent there${new URL(origin).protocol === 'https:' ? '' : ', over a line that is not encrypted'}. You are asked once for this server.`;
  return (
    (await vscode.window.showWarningMessage(`Send sentences to ${origin}?`, { modal: true, detail }, send)) === send
  );
}
