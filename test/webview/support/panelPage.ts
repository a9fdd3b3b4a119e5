import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import * as v from 'valibot';
import { inRoot } from '../../../scripts/lib/paths.mjs';
import { newNonce, pageHtml } from '../../../src/extension/base/webviewHtml.ts';
import { Channel } from '../../../src/protocol/channel.ts';
import type { Handlers } from '../../../src/protocol/channel.ts';
import { panelHostContract, panelPageContract } from '../../../src/protocol/panel.ts';
import { PANEL_COMMANDS } from '../../../src/protocol/panelCommands.ts';
import type { PanelState } from '../../../src/protocol/panel.ts';
import type { PanelQueue } from '../../../src/protocol/panelQueue.ts';
import { keybindings } from './keys.ts';
import type { Theme } from './themes.ts';
import { undefinedElements } from './undefinedElements.ts';

type HostHandlers = Handlers<typeof panelHostContract>;

/** Something that the page asked for: the name of the request or notification, and its parameters. */
export interface Asked {
  readonly method: string;
  readonly params: unknown;
}

export interface PanelPageOptions {
  readonly theme: Theme;
  readonly state?: PanelState;
  readonly width?: number;
  readonly height?: number;
  /** What VS Code had kept for the page. */
  readonly kept?: unknown;
  /** Answers that differ from "accepted" and no cases. */
  readonly answers?: Partial<HostHandlers['requests']>;
}

/** The real page in a browser, with the test in the place of the extension. */
export interface PanelPage {
  readonly page: Page;
  readonly asked: readonly Asked[];
  /** Violations of the content security policy, errors of scripts and of the console, and at the end elements that are not defined. */
  readonly problems: readonly string[];
  readonly send: (state: PanelState) => Promise<void>;
  readonly sendQueue: (queue: PanelQueue) => Promise<void>;
  /** Waits until the page has asked for this, and gives the parameters of the last time. */
  readonly askedFor: (method: string, times?: number) => Promise<unknown>;
  readonly kept: () => Promise<unknown>;
  readonly close: () => Promise<void>;
}

export const origin = 'https://panel.test';
const accepted = (): Promise<{ accepted: boolean; message: null }> =>
  Promise.resolve({ accepted: true, message: null });

/** Opens the page as VS Code does: the extension's own HTML with its policy, the built script and style, the theme's variables. */
export async function openPanelPage(browser: Browser, options: PanelPageOptions): Promise<PanelPage> {
  const { theme, state, width = 900, height = 800, kept, answers } = options;
  const context = await browser.newContext({ viewport: { width, height } });
  const page = await context.newPage();
  const problems: string[] = [];
  const asked: Asked[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text());
  });
  await serve(page, 'panel');

  let receive: (message: unknown) => void = () => undefined;
  await page.exposeFunction('postToHost', (message: unknown) => {
    receive(message);
  });
  await page.exposeFunction('keyOfEditor', (key: string) => {
    const found = keybindings.find((one) => one.key === key && one.when?.includes('entityLens.panel') === true);
    const command = PANEL_COMMANDS.find((one) => found?.command === `entityLens.${one}`);
    if (command !== undefined) channel.notify('run', { command });
  });
  await page.exposeFunction('reportProblem', (problem: string) => problems.push(problem));
  // The loader that runs the tests wraps each named function in a helper which the page does not have.
  await page.addInitScript('globalThis.__name = (value) => value;');
  await page.addInitScript(prepareWindow, { kept, theme: await withOwnColors(theme) });
  let posted: Promise<unknown> = Promise.resolve();
  let closed = false;
  const port = {
    post: (message: unknown): void => {
      if (closed) return;
      posted = page
        .evaluate((data) => {
          window.postMessage(data, '*');
        }, message)
        .catch((error: unknown) => problems.push(`post: ${String(error)}`));
    },
    onMessage: (listener: (message: unknown) => void) => {
      receive = listener;
      return { dispose: () => undefined };
    },
  };
  let ready: () => void = () => undefined;
  const isReady = new Promise<void>((resolve) => {
    ready = resolve;
  });
  const handlers = recording({ asked, answers, ready });
  const channel = new Channel(port, panelHostContract, panelPageContract, handlers, (problem) => {
    problems.push(`invalid message from the page: ${problem}`);
  });
  const sendQueue = async (queue: PanelQueue): Promise<void> => {
    channel.notify('queue', queue);
    await posted;
  };
  const send = async (next: PanelState): Promise<void> => {
    channel.notify('state', next);
    await posted;
    await page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          setTimeout(() => requestAnimationFrame(() => setTimeout(resolve)));
        }),
    );
  };
  await page.goto(`${origin}/`);
  await Promise.race([
    isReady,
    new Promise<never>((_, reject) => {
      setTimeout(() => {
        reject(new Error(`the page did not become ready: ${problems.join('; ')}`));
      }, 10_000).unref();
    }),
  ]);
  if (state !== undefined) await send(state);
  return {
    page,
    asked,
    problems,
    send,
    sendQueue,
    askedFor: async (method, times = 1) => {
      const deadline = Date.now() + 5000;
      for (;;) {
        const found = asked.filter((one) => one.method === method);
        if (found.length >= times) return found.at(-1)!.params;
        if (Date.now() > deadline) throw new Error(`the page never asked for ${method} (${String(times)} times)`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
    kept: () => page.evaluate(() => JSON.parse(sessionStorage.getItem('kept') ?? 'null') as unknown),
    close: async () => {
      await posted;
      problems.push(...(await undefinedElements(page)));
      channel.dispose();
      closed = true;
      await context.close();
    },
  };
}

const kinds = {
  'vscode-dark': 'dark',
  'vscode-light': 'light',
  'vscode-high-contrast': 'highContrast',
  'vscode-high-contrast vscode-high-contrast-light': 'highContrastLight',
} as const;

const manifestSchema = v.object({
  contributes: v.object({
    colors: v.array(v.object({ id: v.string(), defaults: v.record(v.string(), v.string()) })),
  }),
});

/** The theme with the colours that the extension contributes to it. */
export async function withOwnColors(theme: Theme): Promise<Theme> {
  const manifest = v.parse(manifestSchema, JSON.parse(await readFile(inRoot('package.json'), 'utf8')));
  const own = manifest.contributes.colors.map(({ id, defaults }) => [
    id.replaceAll('.', '-'),
    defaults[kinds[theme.bodyClass]] ?? '',
  ]);
  return { ...theme, variables: { ...theme.variables, ...(Object.fromEntries(own) as Record<string, string>) } };
}

/** Answers with the extension's own HTML and the built script and style of a page. */
export async function serve(page: Page, name: 'panel' | 'evaluation'): Promise<void> {
  const addresses = { cspSource: origin, script: `${origin}/${name}.js`, style: `${origin}/${name}.css` };
  const file = (part: string): Promise<string> => readFile(inRoot('dist', 'webview', part), 'utf8');
  await page.route(`${origin}/**`, async (route) => {
    switch (new URL(route.request().url()).pathname) {
      case '/':
        return route.fulfill({ contentType: 'text/html', body: pageHtml(addresses, newNonce()) });
      case `/${name}.js`:
        return route.fulfill({ contentType: 'text/javascript', body: await file(`${name}.js`) });
      case `/${name}.css`:
        return route.fulfill({ contentType: 'text/css', body: await file(`${name}.css`) });
      default:
        return route.fulfill({ status: 404 });
    }
  });
}

/** Runs in the page before its script: VS Code's API and theme, and a watch on the policy. */
export function prepareWindow({ kept, theme }: { kept: unknown; theme: Theme }): void {
  const target = window as unknown as {
    postToHost(message: unknown): Promise<void>;
    reportProblem(problem: string): Promise<void>;
    keyOfEditor(key: string): Promise<void>;
    acquireVsCodeApi(): unknown;
  };
  document.addEventListener('securitypolicyviolation', (event) => {
    void target.reportProblem(`policy: ${event.violatedDirective} blocked ${event.blockedURI} ${event.sample}`);
  });
  if (kept !== undefined && kept !== null) sessionStorage.setItem('kept', JSON.stringify(kept));
  // As VS Code does: what reaches the window is looked up among the keybindings, whatever element had it.
  window.addEventListener('keydown', ({ key, ctrlKey, shiftKey, altKey }) => {
    const named = key === ' ' ? 'space' : key.replace(/^Arrow/, '').toLowerCase();
    const pressed = [ctrlKey && 'ctrl', altKey && 'alt', shiftKey && 'shift', named].filter((part) => part !== false);
    void target.keyOfEditor(pressed.join('+'));
  });
  target.acquireVsCodeApi = () => ({
    postMessage: (message: unknown) => void target.postToHost(message),
    getState: () => JSON.parse(sessionStorage.getItem('kept') ?? 'null') as unknown,
    setState: (state: unknown) => {
      sessionStorage.setItem('kept', JSON.stringify(state));
    },
  });
  document.addEventListener('DOMContentLoaded', () => {
    document.body.className = theme.bodyClass;
    for (const [name, value] of Object.entries(theme.variables)) {
      document.documentElement.style.setProperty(`--vscode-${name}`, value);
    }
  });
}

function recording(test: {
  asked: Asked[];
  answers: Partial<HostHandlers['requests']> | undefined;
  ready: () => void;
}): HostHandlers {
  const record = (method: string, params: unknown): void => {
    // What the page tells by itself is nothing that a person asked for.
    if (method === 'focus' || method === 'watchQueue') return;
    test.asked.push({ method, params });
    if (method === 'ready') test.ready();
  };
  const requests: HostHandlers['requests'] = {
    setSpan: accepted,
    clear: accepted,
    accept: accepted,
    complete: accepted,
    reshape: ({ first, end }) => Promise.resolve({ accepted: true, message: null, first, end }),
    markReviewed: accepted,
    nextInQueue: accepted,
    setQueueFilter: accepted,
    setEmpty: accepted,
    undo: accepted,
    redo: accepted,
    cases: () => Promise.resolve({ total: 0, cases: [] }),
    copy: ({ what }) => Promise.resolve({ accepted: true, message: `Copied: ${what}` }),
    failureCases: () => Promise.resolve({ total: 0, cases: [] }),
    ...test.answers,
  };
  const recorded = Object.fromEntries(
    Object.entries(requests).map(([method, handler]) => [
      method,
      (params: never, signal: never) => {
        record(method, params);
        return handler(params, signal);
      },
    ]),
  ) as unknown as HostHandlers['requests'];
  const notifications = Object.fromEntries(
    Object.keys(panelHostContract.notifications).map((method) => [
      method,
      (params: unknown) => {
        record(method, params);
      },
    ]),
  ) as unknown as HostHandlers['notifications'];
  return { requests: recorded, notifications };
}
