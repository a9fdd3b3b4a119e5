import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { inRoot } from '../../scripts/lib/paths.mjs';
import { until } from '../support/until.ts';
import { openWorkbench } from '../support/workbench.ts';
import type { Workbench } from '../support/workbench.ts';
import { reload } from './drive.ts';
import { openPanel } from './panel.ts';
import type { Panel } from './panel.ts';

const settings = { 'entityLens.annotatorName': 'Grace', 'files.autoSave': 'off', 'editor.wordWrap': 'on' };
const DECIDED = 'B-PER I-PER O B-PER I-PER O B-ORG O'.split(' ');

/** Labels the seventh word of the first sentence ORG, which leaves the file unsaved. */
async function decide(workbench: Workbench): Promise<Panel> {
  await workbench.openFile('corpus.iob2');
  await workbench.clickText('# sent_id = one');
  const panel = await openPanel(workbench);
  await panel.press('End');
  await panel.press('ArrowLeft');
  await panel.press('g');
  await panel.rowIs(1, DECIDED);
  return panel;
}

/** Saves the corpus in its editor and gives what is on disk then. */
async function save(workbench: Workbench): Promise<string> {
  await workbench.clickText('# sent_id = one');
  await workbench.page.keyboard.press('Control+s');
  return until('the saved file', async () => {
    const text = await workbench.readFile('corpus.iob2');
    return text.includes('Berlin\tB-ORG') ? text : undefined;
  });
}

/** Waits until VS Code has put a copy of what is unsaved aside, which it does a little after each change. */
async function backedUp({ workspace }: Workbench): Promise<void> {
  const folder = path.join(workspace, '..', 'server', 'data', 'User', 'Backups');
  await until('a copy of what is unsaved', async () => {
    const names = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = names.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
    const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
    return texts.some((text) => text.includes('Berlin\tB-ORG'));
  });
}

describe('unsaved corrections', () => {
  let workbench: Workbench;
  let original: string;
  beforeEach(async () => {
    workbench = await openWorkbench({
      workspace: inRoot('test', 'fixtures', 'mainJob'),
      files: ['corpus.iob2'],
      settings,
    });
    original = await workbench.readFile('corpus.iob2');
  });
  afterEach(() => workbench.close());

  it('are there again, still unsaved, after the window is loaded anew', async () => {
    await decide(workbench);
    const dirty = workbench.page.locator('.tab.dirty[data-resource-name="corpus.iob2"]');
    await dirty.waitFor();
    await backedUp(workbench);
    await reload(workbench);
    await dirty.waitFor({ timeout: 60_000 });
    assert.equal(await workbench.readFile('corpus.iob2'), original);
    await workbench.clickText('# sent_id = one');
    const panel = await openPanel(workbench);
    await panel.rowIs(1, DECIDED);
    assert.equal(await save(workbench), original.replace('Berlin\tB-LOC\t-\tada', 'Berlin\tB-ORG\t-\tGrace'));
  });

  it('survive the end of the extension host, and the next one goes on with them', async () => {
    await decide(workbench);
    const host = (await workbench.processes()).find(({ command }) => command.includes('--type=extensionHost'));
    assert.ok(host, 'there is no extension host');
    process.kill(host.pid, 'SIGKILL');
    await until(
      'the end of the extension host',
      async () => !(await workbench.processes()).some(({ pid }) => pid === host.pid),
    );
    await backedUp(workbench);
    // VS Code starts the host of an extension under development again with the window.
    await reload(workbench);
    await workbench.page.locator('.tab.dirty[data-resource-name="corpus.iob2"]').waitFor({ timeout: 60_000 });
    assert.equal(await workbench.readFile('corpus.iob2'), original);
    await workbench.clickText('# sent_id = one');
    const panel = await openPanel(workbench);
    await panel.rowIs(1, DECIDED);
    await panel.press('Home');
    await panel.press('l');
    await panel.rowIs(1, 'B-LOC O O B-PER I-PER O B-ORG O'.split(' '));
    assert.match(await save(workbench), /\n1\tAngela\tB-LOC\t-\tGrace\n/);
  });
});
