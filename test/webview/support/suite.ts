import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../support/chromium.ts';
import { openPanelPage } from './panelPage.ts';
import type { PanelPage, PanelPageOptions } from './panelPage.ts';
import { full } from './states.ts';
import { themes } from './themes.ts';

/** Gives the tests of one suite their pages, and fails each test whose page broke its policy or threw. */
export function usePanelPages(): (options?: Partial<PanelPageOptions>) => Promise<PanelPage> {
  let browser: Browser;
  let open: PanelPage[] = [];
  before(async () => {
    browser = await launchBrowser();
  });
  after(async () => {
    await browser.close();
  });
  afterEach(async () => {
    const pages = open;
    open = [];
    for (const page of pages) await page.close();
    assert.deepEqual(
      pages.flatMap(({ problems }) => problems),
      [],
    );
  });
  return async (options = {}) => {
    const page = await openPanelPage(browser, { theme: themes.darkModern, state: full, ...options });
    open.push(page);
    return page;
  };
}
