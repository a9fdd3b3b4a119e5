import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { initialUi } from '../../../../webview/panel/state.ts';
import { detailed, details, everythingOpen } from '../../support/details.ts';
import { openTab } from '../../support/panelPage.ts';
import { full, spanMatrix } from '../../support/states.ts';
import { usePanelPages } from '../../support/suite.ts';

const spoken = async (page: Page, selector: string): Promise<string> =>
  (await page.locator(selector).innerText()).replace(/\s+/g, ' ');

describe('the figures', () => {
  const open = usePanelPages();

  it('say what becomes of illegal tags, and let it be chosen', async () => {
    const { page, send, askedFor } = await open();
    await openTab(page, 'scores');
    assert.match(await spoken(page, '.certainty'), /BERT, labelled F1 \(repair\)/);
    assert.match(await spoken(page, 'table.scores'), /Labelled micro · repair .* Strict IOB2 micro · strict/);
    await page.getByRole('radio', { name: 'Discard (strict)' }).click();
    assert.deepEqual(await askedFor('setPolicy'), { policy: 'strict' });
    await send({ ...full, revision: 8, policy: 'strict' });
    assert.match(await spoken(page, '.certainty'), /BERT, labelled F1 \(strict\)/);
    assert.match(await spoken(page, 'table.scores'), /Labelled micro · strict/);
    assert.equal(await page.locator('.figures-line .f1').first().getAttribute('title'), 'Labelled span F1 (strict)');
    await openTab(page, 'failures');
    assert.match(await spoken(page, 'table.failure-modes'), /Against gold · strict/);
  });

  it('hold micro, macro, partial, type, labels and tags, and accuracy beside that of tagging all O', async () => {
    const { page, kept } = await open();
    await openTab(page, 'scores');
    const rows = (): Promise<string[]> =>
      page
        .locator('table.scores')
        .first()
        .locator('tbody th')
        .allInnerTexts()
        .then((all) => all.map((text) => text.replace(/\s+/g, ' ').trim()));
    assert.deepEqual(await rows(), [
      'Labelled micro · repair',
      'Labelled, macro mean of 3 labels · repair',
      'Labelled, weighted mean of 3 labels · repair',
      'Unlabelled exact borders · repair',
      'Partial overlap is half · repair',
      'Type any overlap · repair',
      'Strict IOB2 micro · strict',
      'Strict, macro mean of 3 labels · strict',
      'Strict, weighted mean of 3 labels · strict',
      '▾ By label · repair (4)',
      ...['PER', 'LOC', 'ORG', 'MISC'],
      '▸ By label · strict (4)',
      '▸ Tokens by tag (7)',
      'Token macro F1 7 tags, O included',
      'Accuracy all O: 0.876',
    ]);
    await page.getByRole('button', { name: 'Tokens by tag (7)' }).press('Enter');
    assert.equal((await rows()).filter((name) => name === 'B-ORG').length, 1);
    await page.getByRole('button', { name: 'By label · repair (4)' }).click();
    assert.equal((await rows()).includes('PER'), false);
    assert.deepEqual(((await kept()) as { groups: string[] }).groups, ['tokenTags']);
    assert.match(await page.getByText('is 0/0 and undefined').innerText(), /In a mean it counts 0/);
  });

  it('of T5 against BERT are one press away', async () => {
    const { page } = await open({ kept: { ...initialUi, tab: 'scores', closed: [] } });
    await page.getByRole('button', { name: 'All figures of T5 with BERT' }).click();
    const table = page.getByRole('region', { name: 'T5 against BERT' });
    assert.match((await table.innerText()).replace(/\s+/g, ' '), /Labelled micro · repair 0\.828 0\.767 0\.796/);
  });

  it('are asked of the host only while their tab and section are open', async () => {
    const { page, asked, askedFor } = await open();
    const told = (times: number): Promise<unknown> => askedFor('show', times);
    assert.deepEqual(await told(1), { sections: [], dimension: 'label' });
    await openTab(page, 'failures');
    assert.deepEqual(await told(2), { sections: ['failures'], dimension: 'label' });
    await openTab(page, 'scores');
    assert.deepEqual(await told(3), { sections: [], dimension: 'label' });
    assert.equal(await page.locator('.breakdown, .chart').count(), 0);
    await page.locator('summary', { hasText: 'Breakdowns' }).press('Enter');
    assert.deepEqual(await told(4), { sections: ['breakdowns'], dimension: 'label' });
    await page.locator('summary', { hasText: 'Agreement' }).press('Enter');
    await page.locator('summary', { hasText: 'Breakdowns' }).press('Enter');
    assert.deepEqual(await told(5), { sections: [], dimension: 'label' });
    assert.equal(asked.filter(({ method }) => method === 'show').length, 5);
  });

  it('show breakdowns by the group that is chosen', async () => {
    const { page, send, askedFor } = await open({ state: detailed, kept: everythingOpen });
    const table = page.locator('table.breakdown');
    assert.match((await table.innerText()).replace(/\s+/g, ' '), /LOC 55 0\.804 45 \/ 57 \/ 55 0\.771/);
    await page.getByRole('combobox', { name: 'Group spans by' }).click();
    await page.getByRole('option', { name: 'Seen in training' }).click();
    assert.deepEqual(await askedFor('show', 2), {
      sections: ['breakdowns', 'calibration', 'cost', 'schemes'],
      dimension: 'seen',
    });
    const row = details.breakdown!.groups[0]!;
    const breakdown = { ...details.breakdown!, dimension: 'seen' as const, groups: [{ ...row, name: 'unknown' }] };
    await send({ ...full, revision: 8, details: { ...details, breakdown } });
    assert.match(await table.innerText(), /no training corpus/);
    await page.getByRole('button', { name: 'Choose training corpus…' }).click();
    await askedFor('chooseTrainingCorpus');
    const training = {
      state: 'failed' as const,
      name: 'x',
      strings: 0,
      message: 'The training corpus x cannot be read',
    };
    await send({ ...full, revision: 9, details: { ...details, breakdown: { ...breakdown, training } } });
    await page.locator('.problem', { hasText: 'x cannot be read' }).waitFor();
  });

  it('show calibration as a diagram with its numbers', async () => {
    const { page } = await open({ state: detailed, kept: everythingOpen });
    await page.getByRole('img', { name: 'Reliability of BERT and T5' }).waitFor();
    assert.match(await page.getByText('T5, expected calibration error').locator('..').innerText(), /0\.152 231 tokens/);
    await page.getByText('The diagram’s numbers').click();
    const table = page.getByRole('region', { name: 'The reliability diagram’s numbers' });
    assert.match((await table.innerText()).replace(/\s+/g, ' '), /0\.0–0\.1 0 – – 0 – – .* 0\.9–1\.0 81 0\.950 0\.850/);
  });

  it('show what each model costs, and F1 against it', async () => {
    const { page, send } = await open({ state: detailed, kept: everythingOpen });
    const text = await spoken(page, '.cost-table');
    assert.match(text, /Labelled F1 \(repair\) 0\.815 \[0\.761, 0\.861\] 0\.771 \[0\.710, 0\.830\]/);
    assert.match(text, /Milliseconds a sentence 1\.05 17\.5 Pieces read a sentence 24\.2 34\.2/);
    assert.match(text, /Tokens generated a sentence none 44\.2 Memory for the model 61 MB 118 MB/);
    await page.getByText('holds 412 MB of memory').waitFor();
    await page.getByRole('img', { name: 'Labelled F1 (repair) and cost' }).waitFor();
    const models = details.cost!.models.map((model) => ({ ...model, sentences: 0, milliseconds: 0 }));
    await send({ ...full, revision: 8, details: { ...details, cost: { processBytes: null, models } } });
    await page.getByText('Nothing was predicted in this scheme').waitFor();
  });

  it('show no difference of the schemes without its p-value, and predict what is missing', async () => {
    const { page, send, askedFor } = await open({ state: detailed, kept: everythingOpen });
    const text = await spoken(page, '.schemes-table');
    assert.match(text, /\+0\.015, p = 0\.310 \[−0\.011, 0\.041\] not enough sentences/);
    await page.getByText('B-PER I-LOC is two spans').waitFor();
    await page.getByRole('button', { name: 'Predict in the simplified scheme too' }).click();
    assert.deepEqual(await askedFor('predictOtherScheme'), { on: true });
    const schemes = { ...details.schemes!, predicting: { done: 3, total: 114 } };
    await send({ ...full, revision: 8, details: { ...details, schemes } });
    await page.getByRole('button', { name: 'Cancel' }).click();
    assert.deepEqual(await askedFor('predictOtherScheme', 2), { on: false });
  });

  it('tell how each fails with an example that leads to its place, and what never happened on request', async () => {
    const { page, askedFor } = await open({ state: detailed });
    await openTab(page, 'failures');
    const table = page.locator('table.failure-modes');
    const example = table.getByRole('button', { name: 'PER <i>Tim</i> Cook → nothing' });
    assert.match((await example.getAttribute('title')) ?? '', /Sentence 42: chief ⟦<i>Tim<\/i> Cook⟧ in New York/);
    await example.click();
    assert.deepEqual(await askedFor('reveal'), { sentence: 41, first: 6, end: 8 });
    assert.equal(await table.getByText('illegal transition').count(), 0);
    await page.getByRole('button', { name: 'Show 1 failure that never happened' }).click();
    await table.getByText('illegal transition').waitFor();
  });
});

describe('a matrix', () => {
  const open = usePanelPages();
  const names = (page: Page): Promise<string[]> =>
    page.locator('table.heat').first().locator('[role="rowheader"]:not(.total)').allInnerTexts();

  it('is sorted by count or by name, what has no partner last', async () => {
    const state = { ...full, matrixLevel: 'span' as const, matrices: [spanMatrix('gold', 'bert')] };
    const { page } = await open({ state });
    await page.getByRole('button', { name: 'View' }).click();
    const choose = async (name: string): Promise<void> => {
      await page.getByRole('combobox', { name: 'Order of the matrices' }).click();
      await page.getByRole('option', { name }).click();
    };
    assert.deepEqual(await names(page), ['PER', 'LOC', 'ORG', 'spurious']);
    await choose('By name');
    assert.deepEqual(await names(page), ['LOC', 'ORG', 'PER', 'spurious']);
    await choose('Most frequent first');
    assert.deepEqual(await names(page), ['PER', 'LOC', 'ORG', 'spurious']);
  });

  it('is copied as it is shown, by keyboard alone', async () => {
    const state = { ...full, matrixLevel: 'span' as const, matrices: [spanMatrix('gold', 'bert')] };
    const { page, askedFor, asked } = await open({ state, kept: { ...initialUi, order: 'name' } });
    const opener = page.getByRole('button', { name: 'Copy: Gold × BERT' });
    const copied = async (presses: readonly string[], times: number): Promise<{ text: string; what: string }> => {
      await opener.focus();
      for (const key of presses) await page.keyboard.press(key);
      return (await askedFor('copy', times)) as { text: string; what: string };
    };
    const markdown = await copied(['Enter', 'Enter'], 1);
    assert.match(markdown.text, /^\| Gold \\\\ BERT \| LOC \| ORG \| PER \| missed \| total \|\n/);
    await page.locator('.said', { hasText: 'Copied: the matrix Gold × BERT as Markdown' }).waitFor();
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('aria-haspopup')), 'menu');
    const csv = await copied(['ArrowDown', 'ArrowDown', 'Enter'], 2);
    assert.match(csv.text, /\r\nLOC,45,4,1,5\r\n/);
    const svg = await copied(['Enter', 'End', 'Enter'], 3);
    assert.match(svg.text, /^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"><style>/);
    assert.doesNotMatch(svg.text, /(?:href|src)=/);
    // Letters in the menu label nothing, and Escape leaves it.
    await opener.press('Enter');
    await page.keyboard.press('p');
    await page.keyboard.press('Escape');
    assert.equal(await page.getByRole('menu').count(), 0);
    assert.equal(asked.filter(({ method }) => method === 'setSpan').length, 0);
  });

  it('leads by keyboard from a cell to its cases, through them and back', async () => {
    const found = {
      total: 2,
      cases: [
        { sentence: 2, first: 4, end: 5, before: 'met ', text: 'Apple', after: ' chief' },
        { sentence: 41, first: 6, end: 8, before: 'chief ', text: 'Tim Cook', after: ' in' },
      ],
    };
    const { page, askedFor } = await open({ answers: { cases: () => Promise.resolve(found) } });
    const cell = page.locator('table.heat').first().locator('td[data-row="0"][data-column="0"]');
    await cell.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.locator('.case').first().waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    assert.deepEqual(await askedFor('reveal'), { sentence: 41, first: 6, end: 8 });
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('.cases').count(), 0);
    assert.match(
      await page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? ''),
      /Gold O, BERT B-PER/,
    );
  });
});
