import assert from 'node:assert/strict';
import { queue } from '../support/queue.ts';
import { openTab } from '../support/panelPage.ts';
import { full } from '../support/states.ts';
import { usePanelPages } from '../support/suite.ts';

const cases = {
  total: 2,
  cases: [
    { sentence: 2, first: 4, end: 5, before: 'met ', text: 'Apple', after: ' chief' },
    { sentence: 41, first: 6, end: 8, before: 'chief ', text: 'Tim Cook', after: ' in' },
  ],
};

describe('the tabs below the sentence', () => {
  const open = usePanelPages();

  it('draw only what is open, one stop for the keyboard, the arrows choose', async () => {
    const { page, sendQueue } = await open();
    await sendQueue(queue);
    const tabs = page.getByRole('tab');
    assert.deepEqual(await tabs.allInnerTexts(), ['Matrices', 'Scores', 'Failures', 'Queue 142']);
    const drawn = async (): Promise<readonly string[]> => {
      const found: string[] = [];
      for (const name of ['table.heat', 'table.scores', 'table.failure-modes', '.queue'])
        if ((await page.locator(name).count()) > 0) found.push(name);
      return found;
    };
    assert.deepEqual(await drawn(), ['table.heat']);
    await tabs.first().focus();
    for (const [key, shown] of [
      ['ArrowRight', 'table.scores'],
      ['ArrowRight', 'table.failure-modes'],
      ['ArrowRight', '.queue'],
      ['ArrowRight', 'table.heat'],
      ['ArrowLeft', '.queue'],
    ] as const) {
      await page.keyboard.press(key);
      assert.deepEqual(await drawn(), [shown]);
      const selected = page.locator('[role="tab"][aria-selected="true"]');
      assert.equal(await selected.evaluate((tab) => tab === document.activeElement), true);
      assert.equal(await page.locator('[role="tab"][tabindex="0"]').count(), 1);
    }
    assert.equal(await page.getByRole('tabpanel', { name: 'Queue' }).isVisible(), true);
  });

  it('open the queue at its text field by the key of the filter', async () => {
    const { page, sendQueue } = await open();
    await sendQueue(queue);
    await page.keyboard.press('Shift+F');
    assert.equal(await page.locator('#tab-queue').getAttribute('aria-selected'), 'true');
    assert.equal(await page.evaluate(() => document.activeElement?.className), 'queue-text');
  });

  it('show one matrix on a narrow page, the others by a choice, and all side by side on a wide one', async () => {
    const { page } = await open({ width: 520 });
    const titles = (): Promise<string[]> => page.locator('entity-lens-matrix:visible figcaption h3').allInnerTexts();
    assert.deepEqual(await titles(), ['Gold × BERT']);
    await page.getByRole('radio', { name: 'BERT × T5' }).click();
    assert.deepEqual(await titles(), ['BERT × T5']);
    await page.keyboard.press('ArrowLeft');
    assert.deepEqual(await titles(), ['Gold × T5']);
    await page.setViewportSize({ width: 1400, height: 800 });
    assert.deepEqual(await titles(), ['Gold × BERT', 'Gold × T5', 'BERT × T5']);
  });

  it('put the cases of a cell over the matrix where there is no room beside it, with the keyboard in the list', async () => {
    const { page, askedFor } = await open({ width: 520, answers: { cases: () => Promise.resolve(cases) } });
    const cell = page.locator('entity-lens-matrix:visible td[data-row="0"][data-column="0"]');
    await cell.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.locator('.case:focus').waitFor();
    assert.equal(await page.locator('entity-lens-matrix:visible').count(), 0);
    const { top, bottom } = await page
      .locator('.case')
      .last()
      .evaluate((entry) => entry.getBoundingClientRect());
    assert.ok(top > 0 && bottom <= 800, 'the cases are below the fold');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    assert.deepEqual(await askedFor('reveal'), { sentence: 41, first: 6, end: 8 });
    await page.keyboard.press('Escape');
    assert.match(
      await page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? ''),
      /Gold O, BERT B-PER/,
    );
  });

  it('list the cases of a failure in its tab', async () => {
    const { page } = await open({ answers: { failureCases: () => Promise.resolve(cases) } });
    await openTab(page, 'failures');
    const { modes } = full.failures[0]!;
    await page.getByRole('button', { name: `BERT, missed: ${String(modes[1]!.count)} cases` }).click();
    await page.getByRole('region', { name: 'BERT: missed' }).getByRole('button', { name: 'Apple' }).waitFor();
    await openTab(page, 'matrices');
    assert.equal(await page.locator('.cases').count(), 0);
  });
});
