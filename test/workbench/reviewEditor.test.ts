import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseColumns } from '../../src/core/columns/columns.ts';
import { until } from '../support/until.ts';
import { openWorkbench } from '../support/workbench.ts';
import type { Workbench } from '../support/workbench.ts';
import { annotate, reload } from './drive.ts';
import { openPanel } from './panel.ts';

const TEXT = 'Yesterday Ada Lovelace met Grace. Then it rained in Berlin.\n';

describe('a review by keyboard in the editor', () => {
  let workbench: Workbench;
  let folder: string;

  before('open a text', async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'entity-lens-mode-'));
    await writeFile(path.join(folder, 'diary.txt'), TEXT);
    workbench = await openWorkbench({ workspace: folder, files: ['diary.txt'] });
    await workbench.openFile('diary.txt');
  });
  after('close', async () => {
    await workbench.close();
    await rm(folder, { recursive: true, force: true });
  });

  const statusBar = (text: string): ReturnType<Workbench['page']['locator']> =>
    workbench.page.locator('.statusbar-item', { hasText: text });
  /** Gold as `label:words` a sentence, from the file beside the text. */
  const gold = async (): Promise<readonly string[]> => {
    const { sentences } = parseColumns(await workbench.readFile('diary.txt.iob2'));
    return sentences.flatMap(({ gold: layer, tokens }) =>
      (layer ?? []).map(
        ({ first, end, label }) =>
          `${label}:${tokens
            .slice(first, end)
            .map(({ form }) => form)
            .join(' ')}`,
      ),
    );
  };
  const goldIs = (wanted: readonly string[]): Promise<true> =>
    until(`gold to be ${wanted.join(', ')}`, async () => {
      const now = await gold();
      if (now.join(', ') === wanted.join(', ')) return true;
      throw new Error(now.join(', '));
    });
  /** Puts the cursor to the beginning of the text and goes right from there, by keyboard. */
  const goTo = async (characters: number): Promise<void> => {
    await workbench.page.keyboard.press('Control+Home');
    for (let step = 0; step < characters; step++) await workbench.page.keyboard.press('ArrowRight');
  };

  it('shows how a selection snaps, labels it with one key, and types nothing', async () => {
    const { page } = workbench;
    await until('the mode', async () => {
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+k');
      await page.keyboard.press('i');
      await statusBar('Annotation mode').waitFor({ timeout: 5000 });
      return true;
    });
    await goTo(TEXT.indexOf('da Love'));
    for (let step = 0; step < 'da Love'.length; step++) await page.keyboard.press('Shift+ArrowRight');
    await statusBar('A|da Love|lace → Ada Lovelace').waitFor();
    await page.keyboard.press('p');
    await goldIs(['PER:Ada Lovelace']);
    // Neither a letter without a meaning nor a deletion changes the text.
    await page.keyboard.press('w');
    await statusBar('no key of annotation mode').waitFor();
    await page.keyboard.press('Delete');
    await goldIs([]);
    await page.keyboard.press('Control+z');
    await goldIs(['PER:Ada Lovelace']);
    assert.equal(await workbench.readFile('diary.txt'), TEXT);
  });

  it('moves borders, splits, and goes on with capital letters', async () => {
    const { page } = workbench;
    await goTo(TEXT.indexOf('Lovelace'));
    await page.keyboard.press('Alt+ArrowRight');
    await goldIs(['PER:Ada Lovelace met']);
    await page.keyboard.press('Alt+ArrowLeft');
    await goldIs(['PER:Ada Lovelace']);
    await goTo(TEXT.indexOf('Lovelace'));
    await page.keyboard.press('Shift+S');
    await goldIs(['PER:Ada', 'PER:Lovelace']);
    await page.keyboard.press('Shift+M');
    await goldIs(['PER:Ada Lovelace']);
    await goTo(TEXT.indexOf('Grace'));
    await page.keyboard.press('Shift+P');
    await goldIs(['PER:Ada Lovelace', 'PER:Grace']);
    // The next sentence is the one that nobody annotated.
    await until('the second sentence', async () => {
      const place = await page.locator('.statusbar-item', { hasText: /Ln \d+, Col \d+/ }).innerText();
      return place.includes(`Col ${String(TEXT.indexOf('Then') + 1)}`);
    });
    await page.keyboard.press('Escape');
    await statusBar('Annotation mode').waitFor({ state: 'detached' });
    await page.keyboard.press('w');
    await workbench.page.keyboard.press('Control+z');
  });

  it('logged no error until the window is loaded anew', async () => {
    assert.deepEqual(await workbench.errors(), []);
  });

  it('takes a key that a person chose, in the panel and in its list of keys', async () => {
    const own = [
      { key: 'b', command: '-entityLens.acceptBert' },
      { key: 'a', command: 'entityLens.acceptBert', when: "activeWebviewPanelId == 'entityLens.panel'" },
    ];
    // Where VS Code keeps what a person changes in Keyboard Shortcuts.
    const file = path.join(workbench.workspace, '..', 'server', 'data', 'User', 'keybindings.json');
    await writeFile(file, `// mine\n${JSON.stringify(own)}`);
    await reload(workbench);
    await workbench.openFile('diary.txt');
    await annotate(workbench);
    const panel = await openPanel(workbench);
    await until('the second sentence', async () => {
      await panel.press('End');
      if ((await panel.row(0))[0] === 'Then') return true;
      await panel.press('j');
      await delay(500);
      return false;
    });
    const button = panel.frame.locator('vscode-button', { hasText: 'Accept BERT' });
    await button.locator('kbd', { hasText: /^a$/ }).waitFor();
    const said = await panel.row(2);
    await until('the new key', async () => {
      await panel.press('a');
      await delay(500);
      return (await panel.row(1)).join(' ') === said.join(' ');
    });
    await panel.press('?');
    const dialog = panel.frame.getByRole('dialog', { name: 'Keys' });
    assert.match(await dialog.innerText(), /\nA\s+Accept BERT for the sentence/);
  });
});
