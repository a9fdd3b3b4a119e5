import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { inRoot } from '../../scripts/lib/paths.mjs';
import { until } from '../support/until.ts';
import { openWorkbench } from '../support/workbench.ts';

describe('the walkthrough', () => {
  it('opens a sample, shows a picture with each step, and ticks off what was done', async () => {
    const workbench = await openWorkbench({ workspace: inRoot('test', 'fixtures', 'mainJob') });
    try {
      const { page } = workbench;
      const open = async (): Promise<void> => {
        await workbench.runCommand('Welcome: Open Walkthrough...');
        await workbench.pick('Get Started with Entity Lens');
        await page.locator('.gettingStartedContainer .getting-started-step').first().waitFor({ timeout: 30_000 });
      };
      await open();
      const steps = page.locator('.gettingStartedContainer .getting-started-step');
      assert.equal(await steps.count(), 5);
      for (const [index, title] of ['Open a text', 'Let both', 'Decide', 'Take your', 'Use a model'].entries()) {
        await steps.nth(index).locator('.step-title').click();
        await until(`the picture of step ${String(index + 1)}`, async () => {
          const shown = await steps.nth(index).innerText();
          const pictures = page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame').locator('svg');
          return shown.startsWith(title) && (await pictures.count()) === 1;
        });
      }
      await steps.nth(0).locator('.step-title').click();
      await page.getByRole('button', { name: 'Open Sample Text' }).click();
      await until('the sample', async () => (await page.locator('.view-lines').innerText()).length > 200);
      await open();
      await until(
        'the first step to be done',
        async () => (await steps.nth(0).locator('.codicon-getting-started-step-checked.complete').count()) > 0,
      );
      assert.deepEqual(await workbench.errors(), []);
    } finally {
      await workbench.close();
    }
  });
});
