import assert from 'node:assert/strict';
import type { PanelState } from '../../../src/protocol/panel.ts';
import { full, merkel, withoutGold } from '../support/states.ts';
import { openTab } from '../support/panelPage.ts';
import { usePanelPages } from '../support/suite.ts';

type Done = Extract<NonNullable<PanelState['certainty']>, { state: 'done' }>;

describe('the certainty of the scores', () => {
  const open = usePanelPages();
  const done = full.certainty as Done;

  it('stands beside each F1, and a difference beside its p-value', async () => {
    const { page } = await open();
    await openTab(page, 'scores');
    const text = (await page.locator('.certainty').innerText()).replace(/\s+/g, ' ');
    assert.match(text, /BERT, labelled F1 \(repair\) 0\.815 \[0\.761, 0\.861\]/);
    assert.match(text, /T5, labelled F1 \(repair\) 0\.771 \[0\.710, 0\.830\]/);
    assert.match(text, /BERT − T5 \+0\.045, p = 0\.123 \[−0\.012, 0\.096\]/);
    assert.match(text, /Right alone \(McNemar\) BERT 10, T5 2, p = 0\.039/);
    const title = await page.locator('.certainty > div').nth(2).getAttribute('title');
    assert.match(title ?? '', /57 sentences with gold and both models, in 12 documents.*10,000 random exchanges/);
  });

  it('is pending first, and then shows no difference', async () => {
    const { page, send } = await open({ state: { ...full, certainty: { state: 'pending' } } });
    await openTab(page, 'scores');
    const figures = page.locator('.certainty');
    assert.match(await figures.innerText(), /0\.815\s+interval pending….*BERT − T5\s+pending…/s);
    assert.doesNotMatch(await figures.innerText(), /[+−]0\.\d/);
    await send({ ...full, revision: 8 });
    assert.match(await figures.innerText(), /p = 0\.123/);
  });

  it('says that there are not enough sentences', async () => {
    const models = done.models.map((model) => ({ ...model, units: 1, sentences: 1, interval: null }));
    const { page } = await open({ state: { ...full, certainty: { ...done, models, difference: null } } });
    await openTab(page, 'scores');
    const text = await page.locator('.certainty').innerText();
    assert.match(text, /0\.815\s+not enough sentences for an interval/);
    assert.match(text, /BERT − T5\s+not enough sentences\s/);
  });

  it('gives small p-values as a bound, and is absent without gold', async () => {
    const difference = { ...done.difference!, p: 0.0001 };
    const { page, send } = await open({ state: { ...full, certainty: { ...done, difference } } });
    await openTab(page, 'scores');
    assert.match(await page.locator('.certainty').innerText(), /p < 0\.001/);
    await send(withoutGold);
    assert.equal(await page.locator('.certainty').count(), 0);
  });
});

describe('how each model fails', () => {
  const open = usePanelPages();

  it('stands side by side, and a count leads to its cases and on to a sentence', async () => {
    const found = {
      total: 18,
      cases: [{ sentence: 41, first: 6, end: 8, before: 'chief', text: '<i>Tim</i> Cook', after: 'in New York' }],
    };
    const { page, askedFor } = await open({ answers: { failureCases: () => Promise.resolve(found) } });
    await openTab(page, 'failures');
    const table = page.locator('table.failure-modes');
    const rows = (await table.locator('tbody tr').allInnerTexts()).map((text) => text.trim().split(/\s*\t\s*/));
    assert.deepEqual(rows, [
      ['Against gold · repair'],
      ['wrong left border', '4', '6'],
      ['missed', '18', '0'],
      ['In the raw output'],
      ['split across pieces', '3', '–'],
      ['repetition', '–', '2'],
    ]);
    await table.getByRole('button', { name: 'BERT, missed: 18 cases' }).click();
    assert.deepEqual(await askedFor('failureCases'), { source: 'bert', mode: 'missed', limit: 200 });
    const list = page.getByRole('region', { name: 'BERT: missed' });
    await list.getByRole('button', { name: '<i>Tim</i> Cook' }).click();
    assert.deepEqual(await askedFor('reveal'), { sentence: 41, first: 6, end: 8 });
    await list.getByRole('button', { name: 'Close the list' }).click();
    assert.equal(await page.locator('.cases').count(), 0);
    assert.equal(await page.evaluate(() => document.activeElement?.textContent.trim()), '18');
  });

  it('asks again when the counts have changed, and stays open while the page is hidden', async () => {
    const { page, send, askedFor, kept } = await open();
    await openTab(page, 'failures');
    await page.getByRole('button', { name: 'T5, repetition: 2 cases' }).click();
    await askedFor('failureCases');
    const failures = full.failures.map((one) => ({
      ...one,
      modes: one.modes.map(({ mode, count }) => ({ mode, count: mode === 'repetition' ? 1 : count })),
    }));
    await send({ ...full, revision: 8, failures });
    await askedFor('failureCases', 2);
    const again = await open({ kept: await kept() });
    assert.deepEqual(await again.askedFor('failureCases'), { source: 't5', mode: 'repetition', limit: 200 });
  });

  it('shows the prompt and the answer of T5 as text', async () => {
    const raw = { prompt: 'tag: <b>Chancellor</b> Angela', answer: 'Angela B-PER\nMerkel I-PER' };
    const rows = merkel.rows.map((one) => (one.source === 't5' ? { ...one, raw } : one));
    const { page } = await open({ state: { ...full, sentence: { ...merkel, rows } } });
    const answer = page.locator('.raw dd').last();
    assert.equal(await answer.isVisible(), false);
    await page.getByText('T5’s prompt and answer').click();
    assert.equal(await answer.innerText(), raw.answer);
    assert.equal(await page.locator('.raw dd').first().innerText(), raw.prompt);
  });
});
