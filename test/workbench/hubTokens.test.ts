import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import type { Locator } from 'playwright-core';
import { inRoot } from '../../scripts/lib/paths.mjs';
import { startHub } from '../inference/support/hub.ts';
import type { Hub } from '../inference/support/hub.ts';
import { labelledWords, writeTinyClassifier } from '../support/tinyClassifier.ts';
import { openWorkbench } from '../support/workbench.ts';
import type { Workbench } from '../support/workbench.ts';
import { annotate, annotated } from './drive.ts';
import { dialogIn, nameOnHub, quickInput, toastIn } from './hubDrive.ts';
import { openPanel } from './panel.ts';

const RIGHT = 'hf_opens-the-private-model';
const WRONG = 'hf_opens-nothing';

describe('a private model of a hub', () => {
  let folder = '';
  let hub: Hub;
  let elsewhere: Hub;
  let workbench: Workbench;

  before('a hub with a private model, whose large files lie on another server', async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'entity-lens-'));
    const tiny = path.join(folder, 'tiny');
    await writeTinyClassifier(tiny, labelledWords(['PER', 'LOC'], { Angela: 'B-PER', Merkel: 'I-PER' }));
    hub = await startHub({ 'someone/private': tiny });
    hub.tokens.set('someone/private', RIGHT);
    elsewhere = await startHub({ 'someone/private': tiny });
    hub.elsewhere = elsewhere.host;
    // A model that comes in no time would bring more notifications at once than VS Code shows.
    elsewhere.troubles.set('onnx/model_quantized.onnx', { kind: 'slow', bytesPerSecond: 300 });
    workbench = await openWorkbench({
      workspace: inRoot('test', 'fixtures', 'mainJob'),
      files: ['news.txt'],
      settings: { 'entityLens.inference.hub': hub.host },
    });
    await workbench.openFile('news.txt');
    await annotate(workbench);
  });
  after('close', async () => {
    await workbench.close();
    await hub.close();
    await elsewhere.close();
    await rm(folder, { recursive: true, force: true });
  });

  const input = (): Locator => quickInput(workbench);
  const toast = (text: string): Locator => toastIn(workbench, text);

  async function giveToken(value: string): Promise<void> {
    const asked = workbench.page.locator('.quick-input-widget:visible', { hasText: 'access token' });
    await asked.waitFor({ timeout: 30_000 });
    assert.equal(await input().getAttribute('type'), 'password');
    const said = await asked.innerText();
    assert.ok(said.includes(`Token for ${hub.host}`), said);
    assert.ok(said.includes(`secret storage and sent to ${hub.host} alone`), said);
    await input().fill(value);
    // A fourth notification within 0.8 s is not shown by VS Code; nobody but a test answers so fast.
    await workbench.page.waitForTimeout(1_000);
    await input().press('Enter');
  }

  it('asks for a token, for another where the hub does not accept it, and then works', async () => {
    const { page } = workbench;
    await nameOnHub(workbench, 'someone/private');
    const refused = toast('is not open to everybody');
    await refused.waitFor({ timeout: 30_000 });
    await refused.getByRole('button', { name: 'Use a Token…' }).click();
    await giveToken(WRONG);
    const wrong = toast('did not accept your token');
    await wrong.waitFor({ timeout: 30_000 });
    await workbench.screenshot('a token that the hub does not accept');
    await page.waitForTimeout(1_000);
    await wrong.getByRole('button', { name: 'Forget Token' }).click();
    await refused.waitFor({ timeout: 30_000 });
    assert.equal(hub.requests.at(-1)?.authorization, undefined);
    await refused.getByRole('button', { name: 'Use a Token…' }).click();
    await giveToken(WRONG);
    await wrong.getByRole('button', { name: 'Use Another Token…' }).click({ timeout: 30_000 });
    await giveToken(RIGHT);
    const dialog = dialogIn(workbench);
    await dialog.waitFor({ timeout: 30_000 });
    assert.ok((await dialog.innerText()).includes(`come from ${hub.host}, which gets your token`));
    await dialog.getByRole('button', { name: 'Download' }).click();
    await toast('BERT is now someone/private').waitFor({ timeout: 60_000 });
    await annotated(workbench);
    const panel = await openPanel(workbench);
    await panel.rowIs(2, 'B-PER I-PER O O O O O O'.split(' '));
  });

  it('leaves the token on no other server, in no log and in no file of the extension', async () => {
    const sent = hub.requests.map(({ authorization }) => authorization);
    assert.deepEqual(new Set(sent), new Set([undefined, `Bearer ${WRONG}`, `Bearer ${RIGHT}`]));
    assert.equal(elsewhere.gets.length, 1);
    assert.ok(elsewhere.requests.every(({ authorization }) => authorization === undefined));
    const said = (await workbench.hostLog()).map(({ text }) => text).join('\n');
    assert.ok(said.includes('Downloaded someone/private'), said);
    assert.ok(!said.includes(RIGHT) && !said.includes(WRONG));
    // Settings, logs and what extensions store; the secret storage of this workbench is the browser's.
    const server = path.join(path.dirname(workbench.workspace), 'server');
    const files = await readdir(server, { recursive: true, withFileTypes: true });
    const plain = files.filter((entry) => entry.isFile() && /\.(?:json|log|txt)$/.test(entry.name));
    assert.ok(plain.some(({ name }) => name === 'entity-lens.bert.q8.json'));
    for (const file of plain) {
      const text = await readFile(path.join(file.parentPath, file.name), 'utf8');
      assert.ok(!text.includes(RIGHT) && !text.includes(WRONG), file.name);
    }
  });

  it('needs a token again once it is forgotten by the command', async () => {
    await workbench.runCommand('Entity Lens: Forget Hub Token…');
    await toast(`The token for ${hub.host} is forgotten`).waitFor({ timeout: 30_000 });
    await workbench.runCommand('Entity Lens: Forget Hub Token…');
    await toast('No token for a hub is stored').waitFor({ timeout: 30_000 });
    assert.deepEqual(await workbench.errors(), []);
  });
});
