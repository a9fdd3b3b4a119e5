import * as vscode from 'vscode';
import type { Port } from '../../protocol/channel.ts';
import { newNonce, pageHtml } from './webviewHtml.ts';

/** The pages that are built, by the names of their script and style. */
export type PageName = 'panel' | 'evaluation';

function assetsOf(extension: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extension, 'dist', 'webview');
}

/** What a page of ours may do: run scripts, and load what is built for it. `extension` is the extension's folder. */
export function pageOptions(extension: vscode.Uri): vscode.WebviewOptions {
  return { enableScripts: true, localResourceRoots: [assetsOf(extension)] };
}

/** Puts one of our pages into a webview panel. What it sends is heard only where its port was made before. */
export function showPage(panel: vscode.WebviewPanel, extension: vscode.Uri, name: PageName): void {
  const { webview } = panel;
  webview.options = pageOptions(extension);
  panel.iconPath = vscode.Uri.joinPath(extension, 'media', 'icon.png');
  const address = (file: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(assetsOf(extension), file)).toString();
  const { cspSource } = webview;
  webview.html = pageHtml({ cspSource, script: address(`${name}.js`), style: address(`${name}.css`) }, newNonce());
}

/** The host's end of a webview's message pipe. A message to a page that is gone is lost: the next page asks for a new state. */
export function webviewPort(webview: vscode.Webview): Port {
  return {
    post(message) {
      webview.postMessage(message).then(undefined, () => undefined);
    },
    onMessage: (listener) => webview.onDidReceiveMessage(listener),
  };
}
