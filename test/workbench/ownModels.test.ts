import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import type { Locator } from 'playwright-core';
import { inRoot } from '../../scripts/lib/paths.mjs';
import { startHub } from '../inference/support/hub.ts';
import type { Hub } from '../inference/support/hub.ts';
import { labelledWords, ontoNotes, writeTinyClassifier } from '../support/tinyClassifier.ts';
import { until } from '../support/until.ts';
import { openWorkbench } from '../support/workbench.ts';
import type { Workbench } from '../support/workbench.ts';
import { annotate, annotated } from './drive.ts';
import { dialogIn, nameOnHub, quickInput, selectModel, toastIn } from './hubDrive.ts';
import { openPanel } from './panel.ts';
import type { Panel } from './panel.ts';

const GRAPH = 'onnx/model_quantized.onnx';
const KNOWN = { Angela: 'B-PERSON', Merkel: 'I-PERSON', Berlin: 'B-GPE', met: 'B-EVENT', '.': 'B-CARDINAL' };

describe('a model of the user’s own', () => {
  let folder = '';
  let hub: Hub;
  let workbench: Workbench;
  let panel: Panel;

  before('a hub on this machine, and prose', async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'entity-lens-'));
    await writeTinyClassifier(path.join(folder, 'tiny'), labelledWords(ontoNotes, KNOWN));
    await writeTinyClassifier(path.join(folder, 'nameless'), {
      tags: ['LABEL_0', 'LABEL_1', 'LABEL_2', 'LABEL_3'],
      words: { Angela: 'LABEL_1', Merkel: 'LABEL_2', Berlin: 'LABEL_3' },
    });
    hub = await startHub({
      'someone/ner': inRoot('models', 'bert-full'),
      'someone/tiny-ontonotes': path.join(folder, 'tiny'),
      'someone/nameless': path.join(folder, 'nameless'),
      'someone/tiny-again': path.join(folder, 'tiny'),
    });
    workbench = await openWorkbench({
      workspace: inRoot('test', 'fixtures', 'mainJob'),
      files: ['news.txt'],
      settings: { 'entityLens.annotatorName': 'Grace', 'entityLens.inference.hub': hub.host },
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

  const input = (): Locator => quickInput(workbench);
  const dialog = (): Locator => dialogIn(workbench);
  const toast = (text: string): Locator => toastIn(workbench, text);
  const names = (): Promise<readonly string[]> => panel.frame.locator('.figures-line .name').allInnerTexts();

  /** The dialog reads folders while one types, and takes nothing before it is done. */
  async function chooseFolder(name: string): Promise<void> {
    const button = workbench.page.locator('.quick-input-widget:visible').getByRole('button', { name: 'Use Model' });
    await until('the dialog to take the folder', async () => {
      // The dialog writes a proposal of its own late, over what was typed before.
      const written = await input().inputValue({ timeout: 3_000 });
      if (written !== name && written !== `${name}/`) await input().fill(name, { timeout: 3_000 });
      await workbench.page.waitForTimeout(700);
      if (!(await input().inputValue({ timeout: 3_000 })).startsWith(name)) return false;
      await button.click({ timeout: 3_000 });
      await button.waitFor({ state: 'hidden', timeout: 3_000 });
      return true;
    });
  }

  it('is told to be missing, with the way back, where the hub does not have it', async () => {
    await nameOnHub(workbench, 'someone/nothing');
    const told = toast('There is no model someone/nothing');
    await told.waitFor({ timeout: 30_000 });
    await told.getByRole('button', { name: 'Select Model…' }).click();
    await workbench.page.getByPlaceholder('Where does the model come from?').waitFor({ timeout: 30_000 });
    await workbench.page.keyboard.press('Escape');
    assert.deepEqual(hub.gets, []);
  });

  it('is downloaded only after size, source and place were shown and agreed to', async () => {
    await nameOnHub(workbench, 'someone/ner');
    await dialog().waitFor({ timeout: 30_000 });
    const asked = await dialog().innerText();
    assert.match(asked, /Download someone\/ner \(q8, 2\d MB\)\?/);
    assert.ok(asked.includes(hub.host) && asked.includes('globalStorage'), asked);
    await dialog().getByRole('button', { name: 'Cancel' }).click();
    await dialog().waitFor({ state: 'hidden' });
    assert.deepEqual(hub.gets, []);
  });

  it('tells its bytes as they come, can be stopped, and goes on from there', async () => {
    hub.troubles.set(GRAPH, { kind: 'slow', bytesPerSecond: 1_500_000 });
    await nameOnHub(workbench, 'someone/ner');
    await dialog().getByRole('button', { name: 'Download' }).click();
    const progress = toast('Downloading someone/ner');
    await until('megabytes in the notification', async () =>
      /: (?:[3-9](?:\.\d)?|1\d) MB of 2\d MB/.test(await progress.innerText({ timeout: 5_000 })),
    );
    await progress.getByRole('button', { name: 'Cancel' }).click();
    const stopped = toast('The download was cancelled');
    await stopped.waitFor({ timeout: 30_000 });
    hub.troubles.clear();
    await stopped.getByRole('button', { name: 'Try Again' }).click();
    await toast('BERT is now someone/ner').waitFor({ timeout: 60_000 });
    const asked = hub.gets.filter(({ file }) => file === GRAPH).map(({ from }) => from);
    assert.equal(asked.length, 2);
    assert.ok(asked[1]! > 1_000_000, asked.join());
    await until('its name in the panel', async () => (await names()).join() === 'someone/ner');
    await annotated(workbench);
  });

  it('may bring labels of its own, which are translated or kept, and can be used by key', async () => {
    await nameOnHub(workbench, 'someone/tiny-ontonotes');
    await dialog().getByRole('button', { name: 'Download' }).click();
    await workbench.pick('Translate the Usual Names');
    await until('its name in the panel', async () => (await names()).join() === 'someone/tiny-ontonotes');
    await annotated(workbench);
    await panel.rowIs(2, 'B-PER I-PER B-EVENT O O O B-LOC B-CARDINAL'.split(' '));
    const buttons = panel.frame.getByRole('group', { name: 'Label the selected tokens' }).getByRole('button');
    // PERSON and GPE became PER and LOC; Clear is the last button.
    await until('a button a label', async () => (await buttons.count()) === 17 + 1);
    const key = await panel.frame
      .locator('vscode-button.label', { hasText: /^EVENT/ })
      .locator('kbd')
      .innerText();
    assert.match(key, /^[a-z]$/);
    await panel.press('Home');
    await panel.press('ArrowRight');
    await panel.press('ArrowRight');
    await panel.press(key);
    await panel.rowIs(1, 'O O B-EVENT O O O O O'.split(' '));
    await workbench.screenshot('own model with seventeen labels');
  });

  it('may have tags without names and labels of others: each is asked about', async () => {
    await nameOnHub(workbench, 'someone/nameless');
    await dialog().getByRole('button', { name: 'Download' }).click();
    for (const [tag, meaning] of [
      ['LABEL_0', 'O'],
      ['LABEL_1', 'B-PER'],
      ['LABEL_2', 'I-PER'],
      ['LABEL_3', 'Another Tag…'],
    ] as const) {
      await workbench.page.getByPlaceholder(`the model's tag ${tag} mean`).waitFor({ timeout: 30_000 });
      await workbench.pick(meaning);
    }
    await workbench.page.locator('.quick-input-widget:visible', { hasText: 'The tag that LABEL_3' }).waitFor();
    await input().fill('B-GPE');
    await input().press('Enter');
    await workbench.pick('Decide for Each…');
    await workbench.page.getByPlaceholder("What is the model's GPE for you?").waitFor({ timeout: 30_000 });
    await workbench.pick('LOC');
    await toast('BERT is now someone/nameless. Its labels are PER, LOC.').waitFor({ timeout: 60_000 });
    await annotated(workbench);
    await panel.rowIs(2, 'B-PER I-PER O O O O B-LOC O'.split(' '));
  });

  it('may be a T5 in a folder, asked in general words', async () => {
    await selectModel(workbench, 'T5');
    await workbench.pick('Folder…');
    await chooseFolder(inRoot('models', 't5'));
    const labels = workbench.page.locator('.quick-input-widget:visible', {
      hasText: 'The labels to ask the model for',
    });
    await labels.waitFor({ timeout: 30_000 });
    await input().fill('PER LOC');
    await input().press('Enter');
    await workbench.pick('General Prompt');
    await toast('T5 is now t5').waitFor({ timeout: 90_000 });
    await until('both names in the panel', async () => (await names()).join() === 'someone/nameless,t5');
    await annotated(workbench);
  });

  it('is offered again without the hub, and gives way to the bundled one', async () => {
    const gets = hub.gets.length;
    // An earlier notification says the same.
    await workbench.runCommand('Notifications: Clear All Notifications');
    await selectModel(workbench, 'BERT');
    await workbench.pick('someone/ner');
    await toast('BERT is now someone/ner').waitFor({ timeout: 60_000 });
    assert.equal(hub.gets.length, gets);
    for (const family of ['BERT', 'T5'] as const) {
      await selectModel(workbench, family);
      await workbench.pick('Bundled Model');
      await toast(`${family} is the bundled model again`).waitFor({ timeout: 30_000 });
    }
    await until('no name of another model in the panel', async () => (await names()).length === 0);
    await annotated(workbench);
  });

  it('that only the settings name is offered for download, and can be deleted again', async () => {
    const file = path.join(workbench.workspace, '.vscode', 'settings.json');
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, JSON.stringify({ 'entityLens.models': { bert: { model: 'someone/tiny-again' } } }));
    const told = toast('someone/tiny-again is not downloaded');
    await told.waitFor({ timeout: 30_000 });
    await panel.frame.getByRole('button', { name: 'Select Model…' }).waitFor({ timeout: 30_000 });
    await told.getByRole('button', { name: 'Download…' }).click();
    await dialog().getByRole('button', { name: 'Download' }).click();
    await panel.rowIs(2, 'B-PERSON I-PERSON B-EVENT O O O B-GPE B-CARDINAL'.split(' '));
    await selectModel(workbench, 'BERT');
    const row = workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'someone/tiny-again' });
    await row.hover();
    await row.getByRole('button', { name: 'Delete the Downloaded Files…' }).click();
    await dialog().getByRole('button', { name: 'Delete' }).click();
    await panel.frame.getByText('someone/tiny-again is not downloaded').waitFor({ timeout: 30_000 });
    assert.deepEqual(await workbench.errors(), []);
  });
});
