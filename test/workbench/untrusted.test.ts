import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, it } from 'mocha';
import { startHub } from '../inference/support/hub.ts';
import { labelledWords, writeTinyClassifier } from '../support/tinyClassifier.ts';
import { until } from '../support/until.ts';
import { openWorkbench } from '../support/workbench.ts';
import type { Workbench } from '../support/workbench.ts';
import { annotate } from './drive.ts';
import { nameOnHub, selectModel, toastIn } from './hubDrive.ts';
import { openPanel } from './panel.ts';

/** Names a model that the hub does not have. */
async function askTheHub(workbench: Workbench, host: string): Promise<void> {
  await selectModel(workbench, 'BERT');
  const { page } = workbench;
  await page.locator('.quick-input-list .monaco-list-row', { hasText: `from ${host}` }).waitFor({ timeout: 30_000 });
  await workbench.page.keyboard.press('Escape');
  await nameOnHub(workbench, 'someone/nothing');
  const told = toastIn(workbench, 'There is no model someone/nothing');
  await told.waitFor({ timeout: 30_000 });
  await workbench.runCommand('Notifications: Clear All Notifications');
  await told.waitFor({ state: 'hidden' });
}

describe('a workspace that nobody trusts', () => {
  it('cannot name models, until somebody trusts it', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'entity-lens-'));
    const workspace = path.join(folder, 'workspace');
    await writeTinyClassifier(path.join(folder, 'tiny'), labelledWords(['PER'], { Berlin: 'B-PER' }));
    await mkdir(path.join(workspace, '.vscode'), { recursive: true });
    await writeFile(path.join(workspace, 'news.txt'), 'Angela Merkel lives in Berlin.\n');
    const hub = await startHub({});
    const other = await startHub({});
    const settings = {
      'entityLens.models': { bert: { model: path.join(folder, 'tiny') } },
      'entityLens.inference.modelsFolder': path.join(folder, 'nowhere'),
      'entityLens.inference.hub': other.host,
    };
    await writeFile(path.join(workspace, '.vscode', 'settings.json'), JSON.stringify(settings));
    const workbench = await openWorkbench({
      workspace,
      files: ['news.txt'],
      untrusted: true,
      settings: { 'entityLens.inference.hub': hub.host },
    });
    try {
      const { page } = workbench;
      await page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor({ timeout: 60_000 });
      await workbench.openFile('news.txt');
      await annotate(workbench);
      const panel = await openPanel(workbench);
      const names = panel.frame.locator('.figures-line .name');
      await panel.rowIs(2, 'B-PER I-PER O O B-LOC O'.split(' '));
      assert.equal(await names.count(), 0);
      // Nor can it name the hub, which might get the user's token, trusted or not.
      await askTheHub(workbench, hub.host);
      await workbench.runCommand('Workspaces: Manage Workspace Trust');
      await page.getByRole('button', { name: 'Trust', exact: true }).click();
      await page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor({ state: 'hidden' });
      await openPanel(workbench);
      // The setting of the folder of the bundled models is heeded now, too, and that folder does not exist.
      await until('the model that the workspace names', async () => (await names.allInnerTexts()).join() === 'tiny');
      await panel.rowIs(2, 'O O O O B-PER O'.split(' '));
      await askTheHub(workbench, hub.host);
      assert.equal(hub.requests.length, 2);
      assert.deepEqual(other.requests, []);
    } catch (error) {
      await workbench.screenshot('a workspace that nobody trusts');
      throw error;
    } finally {
      await workbench.close();
      await hub.close();
      await other.close();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
