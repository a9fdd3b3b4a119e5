import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { chooseMore } from '../support/panelPage.ts';
import { row, sentence } from '../support/sentences.ts';
import { full, merkel } from '../support/states.ts';
import { usePanelPages } from '../support/suite.ts';

const boxes = (page: Page): Promise<string[]> =>
  page.locator('.actions vscode-button, .actions .menu-opener').evaluateAll((all) =>
    all.map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return [x, y, width, height].join(' ');
    }),
  );
const long = Array.from({ length: 90 }, (_, index) => `word${String(index)}`).join(' ');
const tags = (count: number, tag = 'O'): string => Array<string>(count).fill(tag).join(' ');

describe('the buttons', () => {
  const open = usePanelPages();

  for (const width of [520, 900])
    it(`stand where they stand whatever the sentence, on a page ${String(width)} wide`, async () => {
      const { page, send } = await open({ width, height: 840 });
      const before = await boxes(page);
      assert.equal(before.length, 3 + 1 + 1 + 3);
      const others = [
        sentence(3, 'Rain', [row('gold', null), row('bert', 'O'), row('t5', null)]),
        sentence(4, long, [row('gold', tags(90, '_')), row('bert', tags(90)), row('t5', tags(90))]),
        { ...merkel, index: 5, note: 'title or name?', reviewed: 'Ada 2026-11-25', state: 'reviewed' as const },
      ];
      for (const [at, next] of others.entries()) {
        await send({ ...full, revision: 8 + at, sentence: next });
        assert.deepEqual(await boxes(page), before, `sentence ${String(next.index)}`);
        const inside = await page
          .locator('.actions')
          .evaluate((bar) => bar.getBoundingClientRect().bottom <= innerHeight);
        assert.ok(inside, 'the buttons left the page');
      }
    });

  it('give the keyboard back to the sentence', async () => {
    const { page, askedFor } = await open();
    const inGrid = page.locator('entity-lens-grid :focus');
    await page.getByRole('button', { name: 'LOC', exact: false }).first().click();
    await askedFor('setSpan');
    await inGrid.waitFor();
    await page.getByRole('button', { name: 'Accept BERT' }).press('Enter');
    await askedFor('accept');
    await inGrid.waitFor();
    await chooseMore(page, 'Mark as reviewed');
    await askedFor('markReviewed');
    await inGrid.waitFor();
    await page.keyboard.press('ArrowRight');
    assert.deepEqual(await page.locator('[data-row="0"].selected bdi').allInnerTexts(), ['Angela']);
  });

  it('accept no model that has said nothing, and say what the others would change', async () => {
    const rows = [row('gold', 'O _ _'), row('bert', 'O B-PER O'), row('t5', null)];
    const { page } = await open({ state: { ...full, sentence: sentence(1, 'Then Ada slept', rows) } });
    const names = await page.locator('.decide-buttons vscode-button .text').allInnerTexts();
    assert.deepEqual(names, ['Accept BERT: 2 words', 'Accept T5', 'Rest: none: 2 words']);
    assert.equal(await page.getByRole('button', { name: 'Accept T5' }).isEnabled(), false);
  });
});
