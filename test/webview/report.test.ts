import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { reportHtml } from '../../src/core/report/reportText.ts';
import { launchBrowser } from '../support/chromium.ts';
import { violations } from './support/axe.ts';
import { madeEvaluation } from './support/evaluations.ts';

const address = 'https://report.test/report.html';
const html = reportHtml(madeEvaluation(1).report);

describe('the HTML report', () => {
  let browser: Browser;
  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser.close());

  /** The page as a file that was sent to somebody: whatever else it asks for is a fault. */
  const opened = async (
    colorScheme: 'light' | 'dark',
    use: (page: Page) => Promise<void>,
  ): Promise<readonly string[]> => {
    const context = await browser.newContext({ colorScheme, viewport: { width: 1100, height: 900 } });
    // The page's own policy keeps scripts out, also those of a test.
    const page = await context.newPage();
    const problems: string[] = [];
    page.on('console', (message) => problems.push(`console: ${message.text()}`));
    page.on('pageerror', (error) => problems.push(String(error)));
    await page.route('**', (route) => {
      if (route.request().url() === address) return route.fulfill({ contentType: 'text/html', body: html });
      problems.push(`asked for ${route.request().url()}`);
      return route.abort();
    });
    await page.goto(address);
    await use(page);
    await context.close();
    return problems;
  };

  for (const scheme of ['light', 'dark'] as const)
    it(`shows figures, charts and domains on ${scheme}, loads nothing and leaves nothing for a reader of screens to guess`, async () => {
      const problems = await opened(scheme, async (page) => {
        const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
        assert.equal(paper, scheme === 'light' ? 'rgb(255, 255, 255)' : 'rgb(20, 24, 29)');
        assert.ok((await page.locator('svg.chart').count()) > 10);
        await page.getByRole('heading', { name: 'From one corpus to another' }).first().waitFor();
        await page
          .getByText(/^ewt → pud: BERT (?:loses|gains|stays)/)
          .first()
          .waitFor();
        const missed = page.locator('details', { has: page.getByText('BERT: missed', { exact: true }) }).first();
        await missed.locator('summary').click();
        await missed
          .getByText(/^ewt\.iob2:\d+, s\d+$/)
          .first()
          .waitFor();
        assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 1100);
        assert.deepEqual(await violations(page), []);
      });
      assert.deepEqual(problems, []);
    });

  it('prints with all examples open, dark on white', async () => {
    await opened('dark', async (page) => {
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
      assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(255, 255, 255)');
      const pdf = await page.pdf({ format: 'A4' });
      assert.ok(pdf.length > 20_000);
    });
  });
});
