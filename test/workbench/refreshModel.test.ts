import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import type { Locator } from 'playwright-core';
import { inRoot } from '../../scripts/lib/paths.mjs';
import { startHub } from '../inference/support/hub.ts';
import type { Hub } from '../inference/support/hub.ts';
import { labelledWords, writeTinyClassifier } from '../support/tinyClassifier.ts';
import { until } from '../support/until.ts';
import { openWorkbench } from '../support/workbench.ts';
import type { Workbench } from '../support/workbench.ts';
import { annotate, annotated } from './drive.ts';
import { dialogIn, nameOnHub, selectModel, toastIn } from './hubDrive.ts';
import { openPanel } from './panel.ts';
import type { Panel } from './panel.ts';

const GRAPH = 'onnx/model_quantized.onnx';
const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const OLD = 'B-PER I-PER O O O O O O'.split(' ');
const NEW = 'B-LOC I-LOC O O O O O O'.split(' ');

describe('a downloaded model whose revision moves on', () => {
  let folder = '';
  let hub: Hub;
  let workbench: Workbench;
  let panel: Panel;

  before('a hub on this machine, and prose', async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'entity-lens-'));
    await publish({ Angela: 'B-PER', Merkel: 'I-PER' });
    hub = await startHub({ 'someone/moving': path.join(folder, 'tiny') });
    workbench = await openWorkbench({
      workspace: inRoot('test', 'fixtures', 'mainJob'),
      files: ['news.txt'],
      settings: { 'entityLens.inference.hub': hub.host },
    });
    await workbench.openFile('news.txt');
    await annotate(workbench);
    panel = await openPanel(workbench);
  });
  after('close', async () => {
    await workbench.close();
    await hub.close();
    await rm(folder, { recursive: true, force: true });
  });

  const dialog = (): Locator => dialogIn(workbench);
  const toast = (text: string): Locator => toastIn(workbench, text);

  async function publish(words: Readonly<Record<string, string>>): Promise<void> {
    await writeTinyClassifier(path.join(folder, 'tiny'), labelledWords(['PER', 'LOC'], words));
  }

  async function download(id: string): Promise<void> {
    // What an earlier choice said is no answer to this one.
    await workbench.runCommand('Notifications: Clear All Notifications');
    await nameOnHub(workbench, id);
    await dialog().getByRole('button', { name: 'Download' }).click();
    await toast('BERT is now someone/moving').waitFor({ timeout: 60_000 });
  }

  async function check(text: string): Promise<void> {
    await workbench.runCommand('Notifications: Clear All Notifications');
    await selectModel(workbench, 'BERT');
    const row = workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: text });
    await row.hover({ timeout: 30_000 });
    await workbench.screenshot('buttons of a downloaded model');
    await row.getByRole('button', { name: 'Check for a Newer Version' }).click();
  }

  /** How often a process loaded the model. */
  async function loads(): Promise<number> {
    return (await workbench.hostLog()).filter(({ text }) => text.includes('someone/moving was loaded')).length;
  }

  it('is up to date until it does, and no content is fetched to know', async () => {
    await download('someone/moving');
    await annotated(workbench);
    await panel.rowIs(2, OLD);
    const gets = hub.gets.length;
    await check('someone/moving');
    await toast('someone/moving (main) is up to date').waitFor({ timeout: 30_000 });
    assert.equal(hub.gets.length, gets);
  });

  it('stays while the newer one comes and is stopped, and gives way to it when it is whole', async () => {
    await publish({ Angela: 'B-LOC', Merkel: 'I-LOC' });
    hub.troubles.set(GRAPH, { kind: 'silent', after: 20 });
    await check('someone/moving');
    await dialog().waitFor({ timeout: 30_000 });
    const asked = await dialog().innerText();
    assert.match(asked, /Download the newer version of someone\/moving \(q8, 1 kB\)\?/);
    assert.ok(asked.includes(`${GRAPH} of revision main from ${hub.host}. The version that you have works`), asked);
    await workbench.screenshot('consent to a newer version');
    await dialog().getByRole('button', { name: 'Download' }).click();
    await toast('Downloading someone/moving').getByRole('button', { name: 'Cancel' }).click({ timeout: 30_000 });
    await toast('The download was cancelled').waitFor({ timeout: 30_000 });
    // The model that is here is still whole: it is verified and loaded anew in a trial, and what it said stays.
    const before = await loads();
    await selectModel(workbench, 'BERT');
    await workbench.pick('someone/moving');
    await until('the model to be tried out', async () => (await loads()) > before);
    await annotated(workbench);
    await panel.rowIs(2, OLD);
    hub.troubles.delete(GRAPH);
    await check('someone/moving');
    await dialog().getByRole('button', { name: 'Download' }).click();
    await toast('someone/moving is the newer version now, and was loaded anew').waitFor({ timeout: 60_000 });
    await annotated(workbench);
    await panel.rowIs(2, NEW);
  });

  it('stays where the newer one is whole but does not work', async () => {
    await writeFile(path.join(folder, 'tiny', ...GRAPH.split('/')), 'no graph at all, though whole. '.repeat(20));
    await check('someone/moving');
    await dialog().getByRole('button', { name: 'Download' }).click();
    const told = toast('The newer version of someone/moving was not taken');
    await told.waitFor({ timeout: 60_000 });
    assert.match(await told.innerText(), /The version that you have stays/);
    await told.getByRole('button', { name: 'Delete What Came' }).click();
    const before = await loads();
    await selectModel(workbench, 'BERT');
    await workbench.pick('someone/moving');
    await until('the model to be tried out', async () => (await loads()) > before);
    await annotated(workbench);
    await panel.rowIs(2, NEW);
    await publish({ Angela: 'B-LOC', Merkel: 'I-LOC' });
  });

  it('never changes where it is a commit', async () => {
    await download(`someone/moving@${COMMIT}`);
    const asked = hub.requests.length;
    await check(COMMIT.slice(0, 12));
    await toast('which never changes').waitFor({ timeout: 30_000 });
    assert.equal(hub.requests.length, asked);
    assert.deepEqual(await workbench.errors(), []);
  });
});
