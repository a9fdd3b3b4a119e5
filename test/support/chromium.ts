import type { Browser, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { ensureBrowser } from '../../scripts/browser.mjs';

/** Starts the machine's Chromium, Chrome or Edge without a window. */
export const launchBrowser = async (): Promise<Browser> =>
  chromium.launch({
    executablePath: await ensureBrowser(),
    // The machines that run tests have no graphics card, and root has no sandbox; nothing may phone home.
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });

/** Opens a page in which the tests' functions can be evaluated. */
export const openPage = async (browser: Browser, viewport = { width: 1400, height: 900 }): Promise<Page> => {
  const context = await browser.newContext({ viewport });
  // The loader of the tests names every function through this helper, which a page does not have.
  await context.addInitScript('globalThis.__name ??= (value) => value;');
  return context.newPage();
};
