import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { full, spanMatrix } from '../support/states.ts';
import { usePanelPages } from '../support/suite.ts';

const cellOf = (page: Page, matrix: number, row: number, column: number) =>
  page
    .locator('table.heat')
    .nth(matrix)
    .locator(`td[data-row="${String(row)}"][data-column="${String(column)}"]`);

const found = {
  total: 230,
  cases: [
    { sentence: 2, first: 4, end: 5, before: 'Chancellor Angela Merkel met', text: 'Apple', after: 'chief Tim Cook' },
    { sentence: 41, first: 6, end: 8, before: 'chief', text: '<b>Tim Cook</b>', after: 'in New York' },
  ],
};

describe('the confusion matrices', () => {
  const open = usePanelPages();

  it('list the cases of a cell, and lead from a case to its sentence', async () => {
    const { page, askedFor } = await open({ answers: { cases: () => Promise.resolve(found) } });
    await cellOf(page, 0, 5, 3).click();
    assert.deepEqual(await askedFor('cases'), {
      rowSource: 'gold',
      columnSource: 'bert',
      level: 'token',
      row: 5,
      column: 3,
      limit: 200,
    });
    const list = page.getByRole('region', { name: 'Gold B-ORG × BERT B-LOC' });
    await list.getByRole('button', { name: 'Apple' }).waitFor();
    assert.match(await list.innerText(), /230 tokens.*3\s+Chancellor Angela Merkel met Apple chief Tim Cook/s);
    assert.equal(await page.getByRole('status').innerText(), '230 tokens: Gold B-ORG × BERT B-LOC');
    assert.match(await list.innerText(), /<b>Tim Cook<\/b>.*The first 2 of 230/s);
    await list.getByRole('button', { name: '<b>Tim' }).click();
    assert.deepEqual(await askedFor('selectSentence'), { sentence: 41 });
    assert.deepEqual(await askedFor('reveal'), { sentence: 41, first: 6, end: 8 });
  });

  it('select the tokens of a case once its sentence is there', async () => {
    const { page, send } = await open({ answers: { cases: () => Promise.resolve(found) } });
    await cellOf(page, 0, 5, 3).click();
    await page.getByRole('button', { name: '<b>Tim' }).click();
    await send({ ...full, revision: 8, sentence: { ...full.sentence!, index: 41 } });
    assert.deepEqual(await page.locator('[data-row="0"].selected bdi').allInnerTexts(), ['Tim', 'Cook']);
    assert.equal(await page.locator('.cases').count(), 1);
  });

  it('are walked through and opened by keyboard, each cell with words of its own', async () => {
    const { page, askedFor } = await open();
    await page.getByRole('radio', { name: 'Gold × T5' }).click();
    await cellOf(page, 1, 0, 0).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    const label = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
    assert.equal(await label(), 'Gold B-PER, T5 B-PER: 61 tokens, 87% of row, 88% of column');
    await page.keyboard.press('End');
    assert.equal(await label(), 'Gold B-PER, T5 I-ORG: 0 tokens');
    await page.keyboard.press('Home');
    assert.equal(await page.locator('table.heat').nth(1).locator('td[tabindex="0"]').count(), 1);
    await page.keyboard.press('Enter');
    assert.deepEqual(await askedFor('cases'), {
      rowSource: 'gold',
      columnSource: 't5',
      level: 'token',
      row: 1,
      column: 0,
      limit: 200,
    });
    await page.locator('.cases').getByRole('button', { name: 'Close the list' }).click();
    assert.equal(await page.locator('.cases').count(), 0);
    assert.equal(await label(), 'Gold B-PER, T5 O: 4 tokens, 5.7% of row, 0.2% of column');
  });

  it('show shares of the row and of the column', async () => {
    const { page } = await open();
    await page.getByRole('button', { name: 'View' }).click();
    const choose = async (name: string): Promise<void> => {
      await page.getByRole('combobox', { name: 'Numbers in the matrices' }).click();
      await page.getByRole('option', { name }).click();
    };
    await choose('Share of row');
    assert.equal(await cellOf(page, 0, 1, 1).innerText(), '87%');
    await choose('Share of column');
    assert.equal(await cellOf(page, 0, 1, 1).innerText(), '88%');
    await choose('Counts');
    assert.equal(await cellOf(page, 0, 1, 1).innerText(), '61');
  });

  it('ask for the cases again when the counts have changed, and only then', async () => {
    const { page, send, asked, askedFor } = await open({ answers: { cases: () => Promise.resolve(found) } });
    await cellOf(page, 0, 5, 3).click();
    await askedFor('cases');
    await send({ ...full, revision: 8 });
    assert.equal(asked.filter(({ method }) => method === 'cases').length, 1);
    const [first, ...others] = full.matrices;
    const counts = first!.counts.map((row, index) =>
      row.map((count, column) => (index === 5 && column === 3 ? count - 1 : count)),
    );
    await send({ ...full, revision: 9, matrices: [{ ...first!, counts }, ...others] });
    await askedFor('cases', 2);
    assert.equal(await cellOf(page, 0, 5, 3).innerText(), '5');
  });

  it('close the list when its matrix is gone, and say when it cannot be read', async () => {
    const { page, send } = await open({ answers: { cases: () => Promise.reject(new Error('the file was closed')) } });
    await cellOf(page, 0, 5, 3).click();
    await page.locator('.problem', { hasText: 'the file was closed' }).waitFor();
    await send({ ...full, revision: 8, matrixLevel: 'span', matrices: [spanMatrix('gold', 'bert')] });
    assert.equal(await page.locator('.cases').count(), 0);
    assert.match(await page.locator('table.heat').innerText(), /spurious/);
  });

  it('change at once with a state, and keep the keyboard where it is', async () => {
    const { page, send } = await open();
    await cellOf(page, 0, 1, 1).focus();
    const [first, ...others] = full.matrices;
    const counts = first!.counts.map((row, index) =>
      row.map((count, column) => (index === 1 && column === 1 ? 62 : count)),
    );
    await send({ ...full, revision: 8, matrices: [{ ...first!, counts }, ...others] });
    assert.equal(await cellOf(page, 0, 1, 1).innerText(), '62');
    assert.equal(await page.evaluate(() => document.activeElement?.textContent.trim()), '62');
  });
});
