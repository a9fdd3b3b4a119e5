import assert from 'node:assert/strict';
import { inRoot } from '../../scripts/lib/paths.mjs';
import { until } from '../support/until.ts';
import { openWorkbench } from '../support/workbench.ts';
import type { Workbench } from '../support/workbench.ts';

describe('the corpus, by keyboard', () => {
  let workbench: Workbench;

  /** The lines of a view as a screen reader has them, with the line above them. */
  const view = (name: string) => {
    const pane = workbench.page.locator('.pane', { has: workbench.page.locator('.pane-header', { hasText: name }) });
    return {
      lines: async (): Promise<readonly string[]> => {
        const rows = pane.locator('.monaco-list-row');
        return rows.evaluateAll((found) => found.map((row) => row.getAttribute('aria-label') ?? ''));
      },
      message: () => pane.locator('.message').innerText(),
    };
  };
  const search = async (query: string): Promise<void> => {
    const { page } = workbench;
    const input = page.locator('.quick-input-widget:visible .quick-input-box input');
    await until(`the search box with ${query}`, async () => {
      await workbench.runCommand('Entity Lens: Search Corpus…');
      await page
        .locator('.quick-input-widget:visible .quick-input-title', { hasText: 'Search Corpus' })
        .waitFor({ timeout: 8_000 });
      await input.fill(query, { timeout: 5_000 });
      return true;
    });
  };
  /** Where the cursor is, as the status bar says it. */
  const place = (...parts: readonly string[]): Promise<true> =>
    until(`${parts.join(' ')} in the status bar`, async () => {
      const said = await workbench.page.locator('.statusbar-item', { hasText: /^Ln / }).first().innerText();
      if (parts.every((part) => said.includes(part))) return true;
      throw new Error(said);
    });

  before('open a corpus', async () => {
    workbench = await openWorkbench({ workspace: inRoot('test', 'fixtures', 'corpus') });
  });
  after('close', () => workbench.close());

  it('is counted in the Corpus view', async () => {
    await workbench.runCommand('Entity Lens: Focus on Corpus View');
    await until('the documents', async () => {
      const lines = await view('Corpus').lines();
      const told = [...lines, await view('Corpus').message()].join('\n');
      return [
        'Whole corpus: LOC 7 · ORG 6 · PER 6',
        '4 documents · 13 sentences · 104 tokens',
        'Label drift: no label drifts',
        'letters: 1 document · 2 sentences · 1 untouched, 1 complete',
        'town.dev.iob2: 3 sentences · 1 untouched, 2 complete',
        'town.train.iob2: 6 sentences · 4 complete, 2 reviewed',
      ].every((line) => told.includes(line));
    });
  });

  it('tells while a query is typed what is wrong with it', async () => {
    await search('rome lable:PER');
    const message = workbench.page.locator('.quick-input-widget:visible .quick-input-message');
    await message.filter({ hasText: 'There is no condition “lable:”' }).waitFor({ timeout: 15_000 });
    await workbench.page.keyboard.press('Escape');
  });

  it('finds a pattern with a label, and goes to a place by keyboard', async () => {
    await search('/^[A-Z]+$/ gold:ORG');
    await workbench.page.keyboard.press('Enter');
    await until('the results', async () => (await view('Corpus Search').message()) === '5 places in 3 documents');
    const { page } = workbench;
    const open = page.locator('.tab.active[data-resource-name="town.dev.iob2"]');
    await until('the first place', async () => {
      await workbench.runCommand('Entity Lens: Focus on Corpus Search View');
      await page.keyboard.press('Home');
      await page.keyboard.press('ArrowDown');
      await page.locator('.monaco-list-row.focused', { hasText: 'Gold ORG' }).first().waitFor({ timeout: 4_000 });
      await page.keyboard.press('Enter');
      await open.waitFor({ timeout: 8_000 });
      return true;
    });
    await place('Ln 12,', '(3 selected)');
    await until('the next place', async () => {
      await page.keyboard.press('F4');
      await page.locator('.tab.active[data-resource-name="town.test.iob2"]').waitFor({ timeout: 10_000 });
      return true;
    });
    await place('Ln 3,', '(3 selected)');
  });

  it('lists strings that are labelled in several ways', async () => {
    await workbench.runCommand('Entity Lens: Find Inconsistent Labels');
    await until('the list', async () => {
      const lines = (await view('Corpus Search').lines()).join('\n');
      return lines.includes('Jordan: LOC 1, PER 1') && lines.includes('Jordan: Gold PER · town.dev.iob2, sentence 1');
    });
  });

  it('logged no error', async () => {
    assert.deepEqual(await workbench.errors(), []);
  });
});
