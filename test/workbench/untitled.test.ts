import assert from 'node:assert/strict';
import path from 'node:path';
import { describe, it } from 'mocha';
import { inRoot } from '../../scripts/lib/paths.mjs';
import { until } from '../support/until.ts';
import { openWorkbench } from '../support/workbench.ts';
import { openPanel } from './panel.ts';

describe('a text that has no file yet', () => {
  it('is saved on request when it is first corrected, and the correction is made', async () => {
    const workbench = await openWorkbench({
      workspace: inRoot('samples'),
      settings: { 'entityLens.annotatorName': 'Grace' },
    });
    try {
      await workbench.runCommand('File: New Untitled Text File');
      await workbench.page.keyboard.type('Ada Lovelace lived in London.');
      const panel = await openPanel(workbench);
      await panel.press('Home');
      await panel.press('p');
      await until('the offer to save', async () =>
        (await workbench.notifications()).some((text) => text.includes('has no file yet')),
      );
      await workbench.page.locator('.notification-toast').getByRole('button', { name: 'Save…' }).click();
      await workbench.answer(path.join(workbench.workspace, 'ada.txt'));
      const gold = await until('the gold file', async () => {
        const text = await workbench.readFile('ada.txt.iob2');
        return text.includes('B-PER') ? text : undefined;
      });
      assert.match(gold, /\n1\tAda\tB-PER\t-\tGrace\n2\tLovelace\tO\t-\tGrace\n/);
      assert.equal(await workbench.readFile('ada.txt'), 'Ada Lovelace lived in London.');
      await panel.rowIs(1, ['B-PER', 'O', 'O', 'O', 'O', 'O']);
      assert.deepEqual(await workbench.errors(), []);
    } finally {
      await workbench.close();
    }
  });
});
