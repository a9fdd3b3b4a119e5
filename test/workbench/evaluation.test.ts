import assert from 'node:assert/strict';
import path from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { inRoot } from '../../scripts/lib/paths.mjs';
import { launchBrowser } from '../support/chromium.ts';
import { until } from '../support/until.ts';
import { openWorkbench } from '../support/workbench.ts';
import type { Workbench } from '../support/workbench.ts';

describe('evaluation of two corpora', () => {
  let workbench: Workbench;
  let frame: FrameLocator;

  before('open the samples', async () => {
    workbench = await openWorkbench({ workspace: inRoot('samples'), files: [] });
  });
  after('close', () => workbench.close());

  it('asks which files, models and schemes, and shows what a change of corpus does', async () => {
    const { page } = workbench;
    const input = page.locator('.quick-input-widget:visible');
    await workbench.runCommand('Entity Lens: Evaluate Corpus…');
    for (const name of ['ewt-sample.iob2', 'pud-sample.iob2']) {
      const row = input.locator('.monaco-list-row', { hasText: name });
      await row.waitFor();
      await row.click();
      await row.locator('.monaco-checkbox.checked, input:checked').first().waitFor();
    }
    await workbench.page.keyboard.press('Enter');
    await input.getByText('Full scheme', { exact: true }).waitFor();
    await workbench.page.keyboard.press('Enter');
    frame = await workbench.panelFrame();
    await frame.getByText(/^ewt-sample → pud-sample: BERT (?:loses|gains|stays)/).waitFor({ timeout: 120_000 });
    await frame.getByText(/^ewt-sample → pud-sample: T5 (?:loses|gains|stays)/).waitFor();
  });

  it('is offered for files and folders in the explorer', async () => {
    const { page } = workbench;
    const choice = page.locator('.quick-input-widget:visible').getByText('Full scheme', { exact: true });
    await until('the choices', async () => {
      await page.keyboard.press('Escape');
      await page
        .locator('.explorer-folders-view .monaco-list-row', { hasText: 'ewt-sample.iob2' })
        .click({ button: 'right', timeout: 5_000 });
      const item = page.locator('.monaco-menu .action-menu-item', { hasText: 'Evaluate Corpus…' });
      // A menu takes no click before it has followed the pointer.
      await item.hover({ timeout: 5_000 });
      await page
        .locator('.monaco-menu .action-item.focused', { hasText: 'Evaluate Corpus…' })
        .waitFor({ timeout: 5_000 });
      await page.keyboard.press('Enter');
      await choice.waitFor({ timeout: 8_000 });
      return true;
    });
    await page.keyboard.press('Escape');
    await choice.waitFor({ state: 'hidden' });
  });

  it('leads from a count to the line of its place', async () => {
    await frame.getByRole('button', { name: /^BERT on pud-sample, missed: / }).click();
    const place = frame.getByRole('region', { name: 'BERT on pud-sample: missed' }).locator('li').nth(1);
    const where = await place.locator('.where').innerText();
    const words = await place.locator('mark').innerText();
    const line = Number(/^pud-sample\.iob2:(\d+)$/.exec(where)?.[1]);
    await place.click();
    await workbench.page.locator('.tab.active[data-resource-name="pud-sample.iob2"]').waitFor();
    const text = (await workbench.readFile('pud-sample.iob2')).split('\n')[line - 1];
    assert.equal(text?.split('\t')[1], words.split(' ')[0]);
    // The status bar says where the cursor is, at the end of what is selected.
    const status = workbench.page.locator('.statusbar-item', { hasText: /^Ln \d+, Col \d+/ });
    await until('the place is selected', async () => {
      const [, at] = /^Ln (\d+), Col \d+ \(\d+ selected\)/.exec(await status.innerText()) ?? [];
      const end = line + words.split(' ').length - 1;
      if (Number(at) === end) return true;
      throw new Error(`${await status.innerText()} instead of line ${String(end)}`);
    });
  });

  it('exports a page that shows the same in a browser, light and dark, and asks for nothing else', async () => {
    const sentence = await frame.locator('.shifts li').first().innerText();
    await workbench.runCommand('Entity Lens: Export Report…');
    // The file that the place led to could be reported on too.
    await workbench.pick('Evaluation 1');
    await workbench.answer(path.join(workbench.workspace, 'report.html'));
    await until('the message', async () =>
      (await workbench.notifications()).some((text) => text.includes('to report.html')),
    );
    const html = await workbench.readFile('report.html');
    const browser = await launchBrowser();
    try {
      for (const colorScheme of ['light', 'dark'] as const) {
        const context = await browser.newContext({ colorScheme, offline: true });
        const page = await context.newPage();
        const problems: string[] = [];
        page.on('console', (message) => problems.push(message.text()));
        page.on('pageerror', (error) => problems.push(String(error)));
        page.on('requestfailed', (request) => problems.push(request.url()));
        await page.setContent(html);
        await page.getByText(sentence, { exact: true }).waitFor();
        assert.deepEqual(problems, []);
        await context.close();
      }
    } finally {
      await browser.close();
    }
  });

  it('logged no error', async () => {
    assert.deepEqual(await workbench.errors(), []);
  });
});
