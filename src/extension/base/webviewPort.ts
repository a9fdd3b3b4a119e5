import type * as vscode from 'vscode';
import type { Port } from '../../protocol/channel.ts';

/** The host's end of a webview's message pipe. A message to a page that is gone is lost: the next page asks for a new state. */
export function webviewPort(webview: vscode.Webview): Port {
  return {
    post(message) {
      webview.postMessage(message).then(undefined, () => undefined);
    },
    onMessage: (listener) => webview.onDidReceiveMessage(listener),
  };
}
