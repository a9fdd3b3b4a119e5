import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { ensureWorkbench } from '../../scripts/workbench/install.mjs';
import { freePort } from '../../scripts/workbench/port.mjs';
import type { WorkbenchServer } from '../../scripts/workbench/server.mjs';
import { quietSettings, startServer, writeSettings } from '../../scripts/workbench/server.mjs';
import { workbenchUrl } from '../../scripts/workbench/url.mjs';
import { launchBrowser, openPage } from './chromium.ts';

/** What a real VS Code is to be started with. */
export interface SessionOptions {
  /** Folder whose contents become the workspace: they are copied, so a test may write there. */
  readonly workspace: string;
  /** Files of the workspace to open at once. */
  readonly files?: readonly string[];
  /** User settings on top of those that keep the workbench quiet. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Environment of the server and of the extension host. */
  readonly env?: Readonly<Record<string, string>>;
  /** Whether the workspace is untrusted until a person trusts it. */
  readonly untrusted?: boolean;
  /** Module whose `run` the extension host is to call. */
  readonly tests?: string;
  /** Folder of the extension under development: the repository's root when left out. */
  readonly extension?: string;
  readonly viewport?: { readonly width: number; readonly height: number };
}

/** A running VS Code server and a browser that shows nothing yet. */
export interface Session {
  readonly workspace: string;
  readonly logFolder: string;
  readonly url: string;
  readonly server: WorkbenchServer;
  readonly page: Page;
  readonly end: () => Promise<void>;
}

/** Folders are not trusted, and nobody asks about it at the start. */
const untrustedSettings = {
  'security.workspace.trust.enabled': true,
  'security.workspace.trust.startupPrompt': 'never',
};

/** Starts a server of its own with data of its own, so that sessions cannot disturb each other. */
export const startSession = async (options: SessionOptions): Promise<Session> => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'entity-lens-'));
  const workspace = path.join(folder, 'workspace');
  const dataFolder = path.join(folder, 'server');
  let server: WorkbenchServer | undefined;
  let browser: Browser | undefined;
  const end = async (): Promise<void> => {
    await browser?.close();
    await server?.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const installation = await ensureWorkbench();
    await mkdir(workspace);
    await cp(options.workspace, workspace, { recursive: true });
    await writeSettings(dataFolder, {
      ...quietSettings,
      ...(options.untrusted === true ? untrustedSettings : {}),
      'workbench.reduceMotion': 'on',
      // Most runs annotate from nothing; those about drafts choose another start.
      'entityLens.correction.start': 'noEntity',
      ...options.settings,
    });
    const port = await freePort();
    server = await startServer({
      ...{ installation, port, dataFolder, env: options.env ?? {} },
      trust: options.untrusted ?? false,
    });
    browser = await launchBrowser();
    const page = await openPage(browser, options.viewport);
    const url = workbenchUrl({
      port,
      folder: workspace,
      extension: options.extension ?? installation.extension,
      files: (options.files ?? []).map((name) => path.join(workspace, name)),
      ...(options.tests === undefined ? {} : { tests: options.tests }),
    });
    return { workspace, logFolder: path.join(dataFolder, 'data', 'logs'), url, server, page, end };
  } catch (error) {
    await end();
    throw error;
  }
};
