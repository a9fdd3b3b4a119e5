import * as vscode from 'vscode';
import type { DownloadReason } from '../../node/hub/hubDownload.ts';
import { hubOrigin, hubToken } from '../../node/hub/hubRequest.ts';
import type { WithServices } from '../prediction/services.ts';
import type { HubTokens } from '../prediction/hubTokens.ts';

const USE = 'Use a Token…';
const USE_ANOTHER = 'Use Another Token…';
const FORGET = 'Forget Token';

/** What a user can do about a refusal with a token; nothing where it is about something else. */
export function tokenActions(reason: DownloadReason): readonly string[] {
  if (reason === 'notOpen') return [USE];
  return reason === 'tokenRefused' || reason === 'modelHidden' ? [USE_ANOTHER, FORGET] : [];
}

/** Does what was chosen of `tokenActions`; true where asking the hub again makes sense. */
export async function takeTokenAction(tokens: HubTokens, choice: string | undefined, host: string): Promise<boolean> {
  if (choice === USE || choice === USE_ANOTHER) return askToken(tokens, host);
  const origin = choice === FORGET ? hubOrigin(host) : undefined;
  if (origin === undefined) return false;
  await tokens.forget(origin);
  return true;
}

/** Asks for a token for a hub and keeps it; false where the user gave up. */
async function askToken(tokens: HubTokens, host: string): Promise<boolean> {
  const origin = hubOrigin(host) ?? host;
  const text = await vscode.window.showInputBox({
    title: `Entity Lens: Token for ${origin}`,
    prompt: `Paste an access token of your account at ${origin}; one that may only read is enough. It is kept in VS Code's secret storage and sent to ${origin} alone.`,
    password: true,
    ignoreFocusOut: true,
    validateInput: (value) =>
      value.trim() === '' || hubToken(host, value) !== undefined
        ? undefined
        : 'A token has letters, digits and signs without blanks between them.',
  });
  const token = text === undefined ? undefined : hubToken(host, text);
  if (token === undefined) return false;
  await tokens.keep(token);
  return true;
}

/** Takes a stored token away, the one that the user chooses where there are several. */
export async function forgetHubToken({ services: { hubTokens } }: WithServices): Promise<void> {
  const origins = await hubTokens.origins();
  if (origins.length === 0) {
    void vscode.window.showInformationMessage('No token for a hub is stored.');
    return;
  }
  const placeHolder = 'Which hub’s token is to be forgotten?';
  const title = 'Entity Lens: Forget Hub Token';
  const origin = origins.length === 1 ? origins[0] : await vscode.window.showQuickPick(origins, { title, placeHolder });
  if (origin === undefined) return;
  await hubTokens.forget(origin);
  void vscode.window.showInformationMessage(
    `The token for ${origin} is forgotten here. To make it useless elsewhere, withdraw it in your account there.`,
  );
}
