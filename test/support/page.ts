import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { inRoot } from '../../scripts/lib/paths.mjs';
import { newNonce, panelHtml } from '../../src/extension/panel/html.ts';
import type { Port } from '../../src/protocol/channel.ts';
import { launchBrowser, openPage } from './chromium.ts';
import type { ThemeName, WebviewTheme } from './themes.ts';
import { webviewTheme } from './themes.ts';

export interface PanelPageOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  /** What the page kept with `setState` before it was hidden. */
  readonly state?: unknown;
}

/** The built page of the panel in a browser; the test plays the extension's side through the real channel. */
export interface PanelPage {
  readonly page: Page;
  /** The host's end of the pipe, for `createChannel` with the panel's contract. */
  readonly port: Port;
  /** What the page has kept with `setState`. */
  savedState(): Promise<unknown>;
  /** Exceptions, messages of the console at level error, and breaches of the content security policy. */
  readonly errors: readonly string[];
  close(): Promise<void>;
}

const origin = 'https://panel.test';

/** The page as a webview would hold it: VS Code's styles and attributes around the extension's own HTML. */
const dressed = (theme: WebviewTheme): string => {
  const html = panelHtml(
    { cspSource: origin, script: `${origin}/dist/webview/panel.js`, style: `${origin}/dist/webview/panel.css` },
    newNonce(),
  );
  const quoted = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  const style = Object.entries(theme.variables).map(([name, value]) => `${name}: ${value};`);
  const data = Object.entries(theme.data).map(
    ([name, value]) => ` data-${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}="${quoted(value)}"`,
  );
  const background = 'html { background-color: var(--vscode-editor-background); }';
  return html
    .replace('<html', `<html style="${quoted(style.join(' '))}"`)
    .replace('<head>', `<head><style id="_defaultStyles">${background}${theme.defaultStyles}</style>`)
    .replace('<body', `<body class="${quoted(theme.bodyClass)}"${data.join('')}`);
};

/** VS Code's side of `acquireVsCodeApi`: it hands messages to the test and keeps the state. */
const transport = (state: string): string => `{
  let state = ${state};
  let taken = false;
  globalThis.acquireVsCodeApi = () => {
    if (taken) throw new Error('An instance of the VS Code API has already been acquired');
    taken = true;
    return {
      postMessage: (message) => void globalThis.entityLensPosted(message),
      getState: () => state,
      setState: (next) => (state = next),
    };
  };
  globalThis.entityLensState = () => state;
}`;

const serve = async (page: Page, theme: WebviewTheme): Promise<void> => {
  await page.route(`${origin}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/') {
      await route.fulfill({ contentType: 'text/html; charset=utf-8', body: dressed(theme) });
      return;
    }
    if (!pathname.startsWith('/dist/webview/') || pathname.includes('..')) {
      await route.fulfill({ status: 404 });
      return;
    }
    const contentType = pathname.endsWith('.css') ? 'text/css; charset=utf-8' : 'text/javascript; charset=utf-8';
    await route.fulfill({ contentType, body: await readFile(inRoot(pathname.slice(1))) });
  });
};

/** Opens the panel's page; the browser is started here unless one is given. */
export const openPanelPage = async (options: PanelPageOptions = {}, shared?: Browser): Promise<PanelPage> => {
  const browser = shared ?? (await launchBrowser());
  const page = await openPage(browser, { width: options.width ?? 700, height: options.height ?? 900 });
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.stack ?? error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  const listeners = new Set<(message: unknown) => void>();
  // The page may speak before the test listens, and nothing that it says may be lost.
  const early: unknown[] = [];
  await page.exposeFunction('entityLensPosted', (message: unknown) => {
    if (listeners.size === 0) early.push(message);
    for (const listener of listeners) listener(message);
  });
  await page.addInitScript(transport(options.state === undefined ? 'undefined' : JSON.stringify(options.state)));
  await serve(page, await webviewTheme(options.theme ?? 'dark'));
  let delivery: Promise<unknown> = page.goto(`${origin}/`);
  const port: Port = {
    post: (message) => {
      delivery = delivery
        .then(() =>
          page.evaluate((data) => {
            window.postMessage(data, '*');
          }, message),
        )
        .catch((error: unknown) => errors.push(`A message could not be delivered: ${String(error)}`));
    },
    onMessage: (listener) => {
      listeners.add(listener);
      for (const message of early.splice(0)) listener(message);
      return {
        dispose: () => {
          listeners.delete(listener);
        },
      };
    },
  };
  await delivery;
  return {
    page,
    port,
    errors,
    savedState: () => page.evaluate<unknown>('entityLensState()'),
    close: async () => {
      await page.context().close();
      if (shared === undefined) await browser.close();
    },
  };
};
