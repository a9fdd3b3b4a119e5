import assert from 'node:assert/strict';
import { inRoot } from '../../scripts/lib/paths.mjs';
import { until } from '../support/until.ts';
import { openWorkbench } from '../support/workbench.ts';
import type { Workbench } from '../support/workbench.ts';
import { annotate } from './drive.ts';
import { openPanel, openTab } from './panel.ts';
import type { Cells, Panel } from './panel.ts';

const workspace = inRoot('test', 'fixtures', 'mainJob');
const settings = { 'entityLens.annotatorName': 'Grace', 'entityLens.evaluation.trainingCorpus': 'corpus.iob2' };

describe('the figures of the panel', () => {
  let workbench: Workbench;
  let panel: Panel;
  const textIs = (selector: string, pattern: RegExp): Promise<string> =>
    until(`${selector} like ${String(pattern)}`, async () => {
      const text = (await panel.frame.locator(selector).first().innerText({ timeout: 5_000 })).replace(/\s+/g, ' ');
      if (pattern.test(text)) return text;
      throw new Error(text);
    });
  /** BERT's F1 and its interval in the line that is always there. */
  const figureIs = (holds: (f1: string, interval: string) => boolean): Promise<readonly [string, string]> =>
    until('a figure of BERT', async () => {
      const text = await textIs('.figures-line .model', /^BERT \S+ \[\S+\]/);
      const [, f1 = '', interval = ''] = /^BERT (\S+) (\[\S+\])/.exec(text) ?? [];
      if (holds(f1, interval)) return [f1, interval] as const;
      throw new Error(text);
    });
  /** Opens a section where it is closed. */
  const openSection = async (title: string): Promise<void> => {
    const section = panel.frame
      .locator('details.section')
      .filter({ has: panel.frame.getByRole('heading', { name: title }) });
    await until(`the section ${title}`, async () => {
      if ((await section.getAttribute('open')) !== null) return true;
      await section.locator('summary').first().press('Enter');
      return false;
    });
  };

  before('open columns', async () => {
    workbench = await openWorkbench({ workspace, files: ['corpus.iob2'], settings });
    await workbench.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await workbench.openFile('corpus.iob2');
    await annotate(workbench);
    panel = await openPanel(workbench);
  });
  after('close', () => workbench.close());

  it('lead by keyboard from a span-level cell over its list to the text, and follow the correction', async () => {
    const { frame } = panel;
    await frame.getByRole('radio', { name: 'Spans' }).click();
    const isSpans = (cells: Cells): boolean => cells['LOC × LOC'] !== undefined;
    const before = await panel.matrixIs('Gold × BERT', isSpans);
    assert.ok((before['LOC × LOC'] ?? 0) > 0, JSON.stringify(before));
    const [f1, interval] = await figureIs(() => true);

    const focused = frame.locator('entity-lens-matrix').first().locator('td[tabindex="0"]');
    for (const key of ['Home', 'ArrowDown', 'ArrowRight']) await focused.press(key);
    await until('the cell LOC × LOC', async () =>
      /^Gold LOC, BERT LOC: /.test((await focused.getAttribute('aria-label')) ?? ''),
    );
    await focused.press('Enter');
    const list = frame.getByRole('region', { name: 'Gold LOC × BERT LOC' });
    const first = list.locator('.case').first();
    await first.waitFor();
    assert.match(await list.innerText(), new RegExp(`${String(before['LOC × LOC'])} spans?`));
    const text = await first.locator('mark').innerText();
    await first.press('ArrowDown');
    await first.press('Enter');
    const selected = frame.locator('entity-lens-grid [data-row="0"].selected bdi');
    await until('the case in the grid', async () => (await selected.allInnerTexts()).join(' ') === text);
    await until('the case in the editor', () =>
      workbench.page
        .locator('.monaco-editor .selected-text')
        .count()
        .then((count) => count > 0),
    );

    await panel.press('g');
    const expected = { 'LOC × LOC': (before['LOC × LOC'] ?? 0) - 1, 'ORG × LOC': (before['ORG × LOC'] ?? 0) + 1 };
    await panel.matrixIs('Gold × BERT', (cells) =>
      Object.entries(expected).every(([name, count]) => cells[name] === count),
    );
    await figureIs((now, around) => now !== f1 && around !== interval);
    const changed = frame.locator('.figures-line .model').first().locator('.change');
    assert.match(await changed.innerText(), /^−\.\d{3}$/);
    await panel.press('Control+z');
    await panel.matrixIs('Gold × BERT', (cells) => cells['LOC × LOC'] === before['LOC × LOC']);
    await figureIs((now, around) => now === f1 && around === interval);
    assert.match(await changed.innerText(), /^\+\.\d{3}$/);
    await panel.press('Escape');
    await list.waitFor({ state: 'detached' });
  });

  it('name what becomes of illegal tags', async () => {
    await openTab(panel, 'Scores');
    await panel.frame.getByRole('radio', { name: 'Discard (strict)' }).click();
    await textIs('.certainty', /BERT, labelled F1 \(strict\)/);
    await panel.frame.getByRole('radio', { name: 'Repair (conlleval)' }).click();
    await textIs('.certainty', /BERT, labelled F1 \(repair\)/);
  });

  it('copy a matrix into the clipboard', async () => {
    const { frame } = panel;
    await openTab(panel, 'Matrices');
    const text = await until('the matrix in the clipboard', async () => {
      await frame.getByRole('button', { name: 'Copy: Gold × BERT' }).click();
      await frame.getByRole('menuitem', { name: 'as Markdown' }).click();
      await frame.locator('.said', { hasText: 'Copied: the matrix Gold × BERT as Markdown' }).waitFor();
      const copied = await workbench.page.evaluate(() => navigator.clipboard.readText());
      return copied.startsWith('| Gold') && copied;
    });
    assert.match(text, /^\| Gold \\\\ BERT \| PER \| LOC \| ORG \| missed \| total \|\n/);
    assert.match(text, /\n\| total \| /);
  });

  it('are worked out in sections that are opened: seen strings, calibration and cost', async () => {
    const { frame } = panel;
    await openTab(panel, 'Scores');
    await openSection('Breakdowns');
    await until('spans by what was seen', async () => {
      await frame.getByRole('combobox', { name: 'Group spans by' }).click();
      await frame.getByRole('option', { name: 'Seen in training' }).click();
      await frame.locator('table.breakdown', { hasText: 'seen string' }).waitFor({ timeout: 5000 });
      return true;
    });
    await frame.getByText(/one of the \d+ of corpus\.iob2/).waitFor();
    await openSection('Calibration');
    await frame.getByRole('img', { name: /^Reliability of BERT/ }).waitFor();
    await openSection('Cost');
    const cost = await until('what predicting cost', async () => {
      const said = (await frame.locator('.cost-table').innerText()).replace(/\s+/g, ' ');
      return /Milliseconds a sentence [\d.]+ [\d.]+ .*Memory for the model \d+ MB/.test(said) && said;
    });
    assert.match(cost, /Sentences measured 3 3/);
    await frame.getByText(/The model process, which runs both, holds \d+ MB/).waitFor();
  });

  it('compare the full model with the simplified one, predicted on request', async () => {
    const { frame } = panel;
    await openSection('Full and simplified model');
    await frame.getByRole('button', { name: 'Predict in the simplified scheme too' }).click();
    const text = await until('both schemes', async () => {
      const said = (await frame.locator('.schemes-table').innerText({ timeout: 5000 })).replace(/\s+/g, ' ');
      return /Sentences with gold and both schemes 2 2/.test(said) && said;
    });
    assert.match(text, /Simplified − full, simplified with p and 95 % interval [+−][\d.]+, p [=<] [\d.]+ /);
  });

  it('log no error', async () => {
    assert.deepEqual(await workbench.errors(), []);
  });
});
