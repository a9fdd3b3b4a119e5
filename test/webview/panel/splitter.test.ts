import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { usePanelPages } from '../support/suite.ts';

const height = (page: Page): Promise<number> =>
  page.locator('.sentence-area').evaluate((area) => Math.round(area.getBoundingClientRect().height));

describe('the border between sentence and figures', () => {
  const open = usePanelPages();

  it('is moved by the arrow keys, no further than one row, and put back by Home', async () => {
    const { page, kept } = await open();
    const border = page.getByRole('separator', { name: 'Height of the sentence’s area' });
    const before = await height(page);
    assert.equal(await border.getAttribute('aria-valuenow'), String(before));
    await border.press('ArrowDown');
    assert.equal(await height(page), before + 24);
    assert.equal(await border.getAttribute('aria-valuenow'), String(before + 24));
    for (let times = 0; times < 20; times++) await border.press('ArrowUp');
    assert.equal(await height(page), 72);
    assert.equal(((await kept()) as { sentenceHeight: number }).sentenceHeight, 72);
    await border.press('Home');
    assert.equal(await height(page), before);
  });

  it('is dragged with the mouse, is remembered, and a double click puts it back', async () => {
    const { page, kept } = await open();
    const before = await height(page);
    const { x, y, width } = (await page.locator('.splitter').boundingBox())!;
    await page.mouse.move(x + width / 2, y + 2);
    await page.mouse.down();
    await page.mouse.move(x + width / 2, y + 20);
    await page.mouse.move(x + width / 2, y + 62);
    await page.mouse.up();
    await page.mouse.move(x + width / 2, y + 200);
    assert.equal(await height(page), before + 60);
    const second = await open({ kept: await kept() });
    assert.equal(await height(second.page), before + 60);
    await second.page.locator('.splitter').dblclick();
    assert.equal(await height(second.page), before);
  });
});
