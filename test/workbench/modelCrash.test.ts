import assert from 'node:assert/strict';
import { inRoot } from '../../scripts/lib/paths.mjs';
import { until } from '../support/until.ts';
import { openWorkbench } from '../support/workbench.ts';
import { openPanel } from './panel.ts';

const settings = { 'entityLens.annotatorName': 'Grace' };

describe('a model process that dies', () => {
  it('costs nothing but time', async () => {
    const workbench = await openWorkbench({ workspace: inRoot('samples'), files: ['ewt-sample.iob2'], settings });
    try {
      await workbench.openFile('ewt-sample.iob2');
      await workbench.runCommand('Entity Lens: Annotate Document');
      await until(
        'some predictions',
        async () => / [1-9]\d*\/\d+ · /.test((await workbench.statusBar())[0] ?? ''),
        60_000,
      );
      const model = (await workbench.processes()).find(({ command }) => command.includes('inference.mjs'));
      assert.ok(model, 'there is no model process');
      process.kill(model.pid, 'SIGKILL');
      const panel = await openPanel(workbench);
      await workbench.clickText('# newdoc');
      await panel.press('n');
      await panel.press('e');
      await until('a correction while the models start again', async () =>
        (await panel.row(1)).every((tag) => tag === 'O'),
      );
      await until('the rest', async () => /^\s*\d+\/\d+ complete/.test((await workbench.statusBar())[0] ?? ''), 90_000);
      // What a model has seen is told until it is all.
      const t5 = panel.frame.locator('.figures-line .model.ready', { hasText: 'T5' });
      await until('T5 for all sentences', async () =>
        /: ready, 61 sentences predicted$/.test((await t5.getAttribute('title', { timeout: 5_000 })) ?? ''),
      );
      assert.equal(await t5.locator('.done').count(), 0);
      const again = (await workbench.processes()).find(({ command }) => command.includes('inference.mjs'));
      assert.ok(again !== undefined && again.pid !== model.pid, 'no other model process runs');
      const errors = await workbench.errors();
      assert.deepEqual(
        errors.filter((line) => !line.includes('model process')),
        [],
      );
    } finally {
      await workbench.close();
    }
  });
});
