import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { row, sentence } from '../../support/sentences.ts';
import { full } from '../../support/states.ts';
import { usePanelPages } from '../../support/suite.ts';

const cell = (page: Page, rowIndex: number, token: number) =>
  page.locator(`entity-lens-grid [data-row="${String(rowIndex)}"][data-token="${String(token)}"]`);
const selectedForms = (page: Page): Promise<string[]> => page.locator('[data-row="0"].selected bdi').allInnerTexts();
const pixels = async (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

describe('the grid', () => {
  const open = usePanelPages();

  it('selects a token with a click and a range with shift and a click', async () => {
    const { page } = await open();
    await cell(page, 1, 6).click();
    assert.deepEqual(await selectedForms(page), ['Tim']);
    await cell(page, 3, 7).click({ modifiers: ['Shift'] });
    assert.deepEqual(await selectedForms(page), ['Tim', 'Cook']);
    assert.equal(await page.locator('entity-lens-grid td[aria-selected="true"]').count(), 8);
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('data-token')), '7');
  });

  it('selects by dragging, in either direction, and ends where the button is let go', async () => {
    const { page, askedFor } = await open();
    await cell(page, 0, 9).hover();
    await page.mouse.down();
    await cell(page, 0, 10).hover();
    await cell(page, 0, 11).hover();
    await page.mouse.up();
    await cell(page, 0, 2).hover();
    assert.deepEqual(await selectedForms(page), ['New', 'York', 'City']);
    await page.keyboard.press('l');
    assert.deepEqual(await askedFor('setSpan'), {
      sentence: 2,
      revision: 7,
      first: 9,
      end: 12,
      label: 'LOC',
      next: false,
    });
    await cell(page, 1, 4).hover();
    await page.mouse.down();
    await cell(page, 1, 3).hover();
    await page.mouse.up();
    assert.deepEqual(await selectedForms(page), ['met', 'Apple']);
  });

  it('says what each source thinks of the selected token', async () => {
    const { page } = await open();
    await cell(page, 1, 11).click();
    assert.match(
      await page.locator('.detail').innerText(),
      /City\s+12 of 15\s+Gold I-LOC\s+BERT O\s+82%\s+T5 I-LOC\s+70%/,
    );
    assert.equal(await cell(page, 2, 11).getAttribute('title'), 'BERT, O, 82%, differs');
  });

  it('breaks a long sentence over lines that fit, and again when the page changes its width', async () => {
    const { page } = await open({ width: 900 });
    const lines = page.locator('entity-lens-grid table');
    const wide = await lines.count();
    await page.setViewportSize({ width: 320, height: 800 });
    await page.waitForFunction((count) => document.querySelectorAll('entity-lens-grid table').length > count, wide);
    assert.ok((await pixels(page)) <= 0, 'the page must not scroll sideways');
    for (const table of await lines.all()) assert.ok((await table.boundingBox())!.width <= 320);
    const tokens = await page.locator('entity-lens-grid [data-row="0"] bdi').allInnerTexts();
    assert.equal(tokens.join(' '), full.sentence!.tokens.join(' '));
    // Down leads out of the last row of a line into the next line.
    await cell(page, 3, 0).click();
    await page.keyboard.press('ArrowDown');
    const focused = await page.evaluate(() => (document.activeElement as HTMLElement).dataset);
    assert.equal(focused['row'], '0');
    assert.ok(Number(focused['token']) > 0);
  });

  it('fits at twice the size', async () => {
    // 200 % zoom of a page 640 wide is a page 320 wide with two device pixels to each.
    const { page } = await open({ width: 320, height: 400 });
    assert.ok((await pixels(page)) <= 0);
    await cell(page, 1, 3).click();
    await page.keyboard.press('ArrowRight');
    assert.deepEqual(await selectedForms(page), ['Apple']);
  });

  it('runs from right to left where the sentence does, with the arrows as they look', async () => {
    const rows = [row('gold', 'O O B-LOC O'), row('bert', 'O O B-LOC O'), row('t5', 'O O B-LOC O')];
    const { page } = await open({ state: { ...full, sentence: sentence(5, 'הוא נסע לירושלים .', rows) } });
    const first = (await cell(page, 0, 0).boundingBox())!;
    const second = (await cell(page, 0, 1).boundingBox())!;
    assert.ok(second.x < first.x);
    await cell(page, 0, 0).click();
    await page.keyboard.press('ArrowLeft');
    assert.deepEqual(await selectedForms(page), ['נסע']);
    await page.keyboard.press('ArrowRight');
    assert.deepEqual(await selectedForms(page), ['הוא']);
  });

  it('takes emoji, combining marks and a token wider than the page', async () => {
    const text = `👩‍👩‍👧‍👦 é ${'x'.repeat(300)} end`;
    const tags = 'O B-PER O O';
    const { page } = await open({
      state: { ...full, sentence: sentence(6, text, [row('gold', tags), row('bert', tags)]) },
    });
    assert.deepEqual(await page.locator('[data-row="0"] bdi').allInnerTexts(), text.split(' '));
    assert.ok((await pixels(page)) <= 0, 'only the grid may scroll');
  });

  it('stays usable with 500 tokens and 40 labels', async () => {
    const names = Array.from({ length: 40 }, (_, index) => `LABEL${String(index)}`);
    const tokens = Array.from({ length: 500 }, (_, index) => `token${String(index)}`);
    const tags = tokens.map((_, index) => (index % 7 === 0 ? `B-${names[index % 40]!}` : 'O')).join(' ');
    const all = ['O', ...names.flatMap((name) => [`B-${name}`, `I-${name}`])];
    const matrix = {
      ...full.matrices[0]!,
      rows: all,
      columns: all,
      counts: all.map((_, rowIndex) => all.map((__, column) => (rowIndex === column && rowIndex < 20 ? 3 : 0))),
    };
    const big = {
      ...full,
      labels: names.map((name, index) => ({ name, key: '', color: (index % 9) + 1, description: '' })),
      sentence: sentence(8, tokens.join(' '), [row('gold', tags), row('bert', tags), row('t5', tags)]),
      matrices: [matrix],
    };
    const { page, askedFor } = await open({ state: big });
    await cell(page, 1, 499).click();
    await page.keyboard.press('Shift+ArrowLeft');
    await page.keyboard.press('9');
    assert.deepEqual(await askedFor('setSpan'), {
      sentence: 8,
      revision: 7,
      first: 498,
      end: 500,
      label: 'LABEL8',
      next: false,
    });
    await page.getByRole('button', { name: 'LABEL39' }).click();
    assert.deepEqual(await askedFor('setSpan', 2), {
      sentence: 8,
      revision: 7,
      first: 498,
      end: 500,
      label: 'LABEL39',
      next: false,
    });
    assert.ok((await pixels(page)) <= 0);
    // Only what was counted is drawn until all is asked for.
    assert.equal(await page.locator('table.heat th[role="rowheader"]').count(), 21);
    await page.getByRole('button', { name: 'Show all' }).click();
    assert.equal(await page.locator('table.heat th[role="rowheader"]').count(), 82);
  });
});
