import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { shiftSentence } from '../../../src/core/domains.ts';
import { launchBrowser } from '../../support/chromium.ts';
import { violations } from '../support/axe.ts';
import { openEvaluationPage } from '../support/evaluationPage.ts';
import type { EvaluationPageInTest, EvaluationPageOptions } from '../support/evaluationPage.ts';
import { madeEvaluation } from '../support/evaluations.ts';
import { themes } from '../support/themes.ts';

const [two, one] = [madeEvaluation(2), madeEvaluation(1, 1)];

describe('the page of evaluations', () => {
  let browser: Browser;
  let opened: EvaluationPageInTest[] = [];

  const open = async (options: Partial<EvaluationPageOptions> = {}): Promise<EvaluationPageInTest> => {
    const page = await openEvaluationPage(browser, { theme: themes.darkModern, evaluations: [two, one], ...options });
    opened.push(page);
    return page;
  };
  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser.close());
  afterEach(async () => {
    const pages = opened;
    opened = [];
    for (const page of pages) await page.close();
    assert.deepEqual(
      pages.flatMap(({ problems }) => problems),
      [],
    );
  });

  it('says what a change of corpus does to each system, with figures and intervals of the report', async () => {
    const { page } = await open();
    const { shifts, corpora } = two.report.views[0]!;
    assert.deepEqual(await page.locator('.shifts li').allInnerTexts(), shifts.map(shiftSentence));
    const row = page.getByRole('region', { name: 'Corpora side by side' }).getByRole('row', { name: 'BERT' });
    const [ewt, pud] = corpora.map(({ systems }) => systems[0]!);
    const text = await row.innerText();
    assert.ok(
      text.includes(ewt!.figures.labelledSpan.f1!.toFixed(3)) &&
        text.includes(pud!.figures.labelledSpan.f1!.toFixed(3)),
    );
    assert.ok(text.includes(ewt!.intervals.labelled!.low.toFixed(3)));
    await page.getByText('pud.iob2 has unsaved changes').waitFor();
  });

  it('holds simplified models against full ones in the simplified scheme, each difference with its p-value', async () => {
    const { page } = await open();
    await page.getByRole('radio', { name: 'Simplified' }).click();
    const versus = page.getByRole('region', { name: 'Systems against each other' });
    await versus.getByRole('rowheader', { name: 'BERT, full model simplified − BERT', exact: true }).waitFor();
    const comparisons = two.report.views[1]!.corpora[0]!.comparisons;
    assert.equal(await versus.locator('tbody tr').count(), comparisons.length);
    assert.match(await versus.locator('tbody tr').first().innerText(), /\s(?:< )?[01]\.\d{3}$/);
  });

  it('lists the places behind a failure with file and line, and asks the editor to show one', async () => {
    const { page, asked } = await open();
    const button = page.getByRole('button', { name: /^BERT on pud, missed: / });
    const { failures } = two.report.views[0]!.corpora[1]!.systems[0]!;
    assert.equal(await button.innerText(), String(failures['missed']));
    await button.click();
    const list = page.getByRole('region', { name: 'BERT on pud: missed' });
    await list.getByText(`${failures['missed'] ?? 0} places`).waitFor();
    assert.match(await list.locator('.where').first().innerText(), /^pud\.iob2:\d+$/);
    assert.match(await list.locator('.note').first().innerText(), /^gold (?:PER|LOC|ORG): /);
    await list.locator('li button').nth(1).click();
    assert.deepEqual(asked.at(-1), {
      method: 'openPlace',
      params: {
        ...{ evaluation: 2, scheme: 'full', corpus: 'pud', system: 'BERT', index: 1 },
        of: { kind: 'failure', mode: 'missed' },
      },
    });
    await list.getByRole('button', { name: 'Close the list' }).click();
    assert.equal(await list.count(), 0);
    assert.equal(await button.evaluate((element) => element === document.activeElement), true);
  });

  it('opens cells of the matrix of any corpus and system by keyboard', async () => {
    const { page, asked } = await open();
    await page.getByRole('combobox', { name: 'System', exact: true }).click();
    await page.getByRole('option', { name: 'T5' }).click();
    const matrix = page.locator('entity-lens-matrix');
    const counts = two.report.views[0]!.corpora[0]!.systems[1]!.spanMatrix.counts;
    await matrix.locator('td[tabindex="0"]').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    const list = page.getByRole('region', { name: /^T5 on ewt: gold PER × / });
    await list.waitFor();
    assert.deepEqual(asked.at(-1), {
      method: 'places',
      params: {
        ...{ evaluation: 2, scheme: 'full', corpus: 'ewt', system: 'T5' },
        of: { kind: 'cell', level: 'span', row: 0, column: 1 },
      },
    });
    await list.getByText(new RegExp(`^${counts[0]![1]!} places?$`)).waitFor();
    await page.getByRole('radio', { name: 'Tokens' }).click();
    assert.equal(await list.count(), 0);
    await matrix.locator('td[data-row="0"][data-column="0"]').click();
    await page.getByText('are counted, but not kept').waitFor();
  });

  it('copies the matrix that is shown', async () => {
    const { page, asked } = await open();
    await page.getByRole('button', { name: 'Copy: Gold × BERT' }).click();
    await page.getByRole('menuitem', { name: 'as CSV' }).click();
    const { counts } = two.report.views[0]!.corpora[0]!.systems[0]!.spanMatrix;
    const { method, params } = asked.at(-1)!;
    assert.equal(method, 'copy');
    const { text, what } = params as { text: string; what: string };
    assert.equal(what, 'the matrix Gold × BERT as CSV');
    assert.ok(text.includes(`\r\nPER,${counts[0]!.join(',')}\r\n`), text);
    await page.locator('p[role="status"]', { hasText: 'Copied: the matrix' }).waitFor({ state: 'attached' });
  });

  it('shows other evaluations of the session, exports, and says what to do where there is none', async () => {
    const { page, asked, show } = await open();
    await page.getByRole('button', { name: 'Export Report…' }).click();
    await page.getByRole('button', { name: 'Evaluate Corpus…' }).click();
    await page.getByRole('combobox', { name: 'Evaluations of this session' }).click();
    await page.getByRole('option', { name: '1: ewt' }).click();
    assert.deepEqual(asked, [
      { method: 'exportReport', params: { id: 2 } },
      { method: 'evaluate', params: {} },
      { method: 'show', params: { id: 1 } },
    ]);
    await show(one);
    assert.equal(await page.locator('.shifts').count(), 0);
    await show(undefined);
    await page.getByText('Nothing evaluated yet').waitFor();
  });

  it('remembers what was looked at while it is hidden', async () => {
    const kept = {
      ...{
        scheme: 'simplified',
        corpus: 'pud',
        system: 'T5',
        level: 'token',
        normalisation: 'row',
        order: 'name',
        closed: ['domains'],
      },
      opened: { kind: 'failure', corpus: 'pud', system: 'T5', mode: 'missed' },
    };
    const { page } = await open({ kept });
    await page.getByRole('region', { name: 'T5 on pud: missed' }).locator('li').first().waitFor();
    assert.equal(await page.locator('.shifts').isVisible(), false);
  });

  for (const [name, theme] of Object.entries(themes))
    it(`axe finds nothing in ${name}`, async () => {
      const { page } = await open({ theme });
      await page.getByRole('button', { name: /^BERT on pud, missed: / }).click();
      await page.locator('.cases li').first().waitFor();
      assert.deepEqual(await violations(page), []);
    });

  it('fits a page 320 wide', async () => {
    const { page } = await open({ width: 320 });
    await page.getByRole('button', { name: /^BERT on pud, missed: / }).click();
    await page.locator('.cases li').first().waitFor();
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 320);
    assert.deepEqual(await violations(page), []);
  });
});
