import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { until } from '../support/until.ts';
import { openWorkbench } from '../support/workbench.ts';
import { chord } from './drive.ts';

const ZOE = [
  '# sent_id = one\n# text = Ada slept\n1\tAda\tB-PER\t-\tzoe\n2\tslept\tO\t-\t-\n',
  '# sent_id = two\n# text = Rome won\n1\tRome\tB-LOC\t-\tzoe\n2\twon\tO\t-\t-\n',
  '',
].join('\n');
const BEN = ZOE.replaceAll('zoe', 'ben').replace('Rome\tB-LOC', 'Rome\tB-ORG');

describe('conflicts of two annotators', () => {
  it('are decided by keys alone', async () => {
    const workspace = await mkdtemp(path.join(os.tmpdir(), 'entity-lens-annotators-'));
    await writeFile(path.join(workspace, 'zoe.iob2'), ZOE);
    await writeFile(path.join(workspace, 'ben.iob2'), BEN);
    const settings = { 'entityLens.annotatorName': 'Grace', 'files.autoSave': 'off' };
    const workbench = await openWorkbench({ workspace, files: ['zoe.iob2'], settings });
    try {
      const { page } = workbench;
      await workbench.openFile('zoe.iob2');
      await workbench.runCommand('Entity Lens: Compare Annotators…');
      await workbench.pick('Another File…');
      await workbench.pick('ben.iob2');
      await page.locator('.tab.active[data-resource-name="zoe.curated.iob2"]').waitFor({ timeout: 30_000 });
      const tree = page.locator('.pane', { hasText: 'Annotators' });
      const line = tree.locator('.monaco-list-row', { hasText: 'Rome won' });
      await line.waitFor();
      assert.match(await line.innerText(), /zoe: LOC Rome · ben: ORG Rome/);
      const decided = tree.locator('.monaco-list-row', { hasText: 'Decided' });
      await chord(workbench, 'Control+k', '4', decided);
      await page.keyboard.press('Control+s');
      await until('the curated file', async () =>
        (await workbench.readFile('zoe.curated.iob2')).includes('1\tRome\tB-ORG\t-\tzoe+ben>Grace\n'),
      );
      assert.equal(await workbench.readFile('zoe.iob2'), ZOE);
      assert.equal(await workbench.readFile('ben.iob2'), BEN);
      assert.deepEqual(await workbench.errors(), []);
    } finally {
      await workbench.close();
      await rm(workspace, { recursive: true, force: true });
    }
  });
});
