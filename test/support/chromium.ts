import type { Browser } from 'playwright-core';
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
