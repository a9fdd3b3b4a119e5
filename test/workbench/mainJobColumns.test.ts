import assert from 'node:assert/strict';
import { inRoot } from '../../scripts/lib/paths.mjs';
import { parseColumns } from '../../src/core/columns/columns.ts';
import { until } from '../support/until.ts';
import { openWorkbench } from '../support/workbench.ts';
import type { Workbench } from '../support/workbench.ts';
import { annotate, exportTo, formsIn } from './drive.ts';
import { openPanel, openTab, rowTotal } from './panel.ts';
import type { Panel } from './panel.ts';

const workspace = inRoot('test', 'fixtures', 'mainJob');
const settings = { 'entityLens.annotatorName': 'Grace', 'editor.wordWrap': 'on' };

describe('the main job on columns', () => {
  let workbench: Workbench;
  let panel: Panel;
  let original: string;

  before('open columns', async () => {
    workbench = await openWorkbench({ workspace, files: ['corpus.iob2'], settings });
    original = await workbench.readFile('corpus.iob2');
    await workbench.openFile('corpus.iob2');
  });
  after('close', () => workbench.close());

  it('shows gold and both models', async () => {
    await annotate(workbench);
    await until('three forms in the text', async () => {
      const forms = await formsIn(workbench);
      if (forms.has('gold') && forms.has('bert') && forms.has('t5')) return true;
      throw new Error([...forms].join(', '));
    });
  });

  it('scores the sentences that have gold', async () => {
    panel = await openPanel(workbench);
    assert.equal(await workbench.statusBar().then(([item]) => item?.trim()), '2/3 complete');
    await panel.frame.locator('.figures-line .counted', { hasText: /^2 complete$/ }).waitFor();
    assert.equal(await panel.frame.locator('.figures-line .f1', { hasText: /^\.\d{3}$|^1\.00$/ }).count(), 2);
    await openTab(panel, 'Scores');
    await panel.frame.getByText('2 complete of 3 sentences').waitFor();
    await openTab(panel, 'Matrices');
  });

  it('changes only the cells that a correction is about', async () => {
    await panel.rowIs(1, 'B-PER I-PER O B-PER I-PER O B-LOC O'.split(' '));
    const before = await panel.matrixIs('Gold × T5', (cells) => rowTotal(cells, 'B-LOC') === 2);
    await panel.press('End');
    await panel.press('ArrowLeft');
    await panel.press('g');
    await panel.rowIs(1, 'B-PER I-PER O B-PER I-PER O B-ORG O'.split(' '));
    const after = await panel.matrixIs('Gold × T5', (cells) => rowTotal(cells, 'B-LOC') === 1);
    assert.equal(rowTotal(after, 'B-ORG'), rowTotal(before, 'B-ORG') + 1);
    await panel.press('Control+z');
    await panel.rowIs(1, 'B-PER I-PER O B-PER I-PER O B-LOC O'.split(' '));
    assert.deepEqual(await panel.matrixIs('Gold × T5', (cells) => rowTotal(cells, 'B-LOC') === 2), before);
    await panel.press('Control+y');
    await panel.rowIs(1, 'B-PER I-PER O B-PER I-PER O B-ORG O'.split(' '));
    await workbench.clickText('# sent_id = one');
    await workbench.page.keyboard.press('Control+s');
    const line = '7\tBerlin\tB-LOC\t-\tada\n';
    assert.ok(original.includes(line));
    const expected = original.replace(line, '7\tBerlin\tB-ORG\t-\tGrace\n');
    await until('the saved file', async () => (await workbench.readFile('corpus.iob2')) === expected);
  });

  it('undoes in the editor', async () => {
    await workbench.clickText('# sent_id = one');
    await workbench.page.keyboard.press('Control+z');
    await panel.rowIs(1, 'B-PER I-PER O B-PER I-PER O B-LOC O'.split(' '));
    await panel.matrixIs('Gold × T5', (cells) => rowTotal(cells, 'B-LOC') === 2);
  });

  it('switches the scheme by command', async () => {
    await workbench.runCommand('Entity Lens: Switch Scheme');
    await panel.rowIs(1, 'B I O B I O B O'.split(' '));
    await workbench.runCommand('Entity Lens: Switch Scheme');
    await panel.rowIs(1, 'B-PER I-PER O B-PER I-PER O B-LOC O'.split(' '));
  });

  it('accepts a model for a sentence without gold', async () => {
    await workbench.clickText('# text = It rained');
    await panel.rowIs(1, ['–', '–', '–', '–', '–']);
    const bert = await panel.row(2);
    await panel.press('b');
    await panel.rowIs(1, bert);
    // The item follows a little after the panel.
    await until('the status', async () => (await workbench.statusBar())[0]?.trim() === '3/3 complete');
  });

  it('exports what is read back the same', async () => {
    const { sentences } = parseColumns(await exportTo(workbench, 'IOB2 columns (UNER)', 'Gold only', 'out.iob2'));
    const now = parseColumns(original).sentences;
    assert.deepEqual(
      sentences.map(({ id, text }) => [id, text]),
      now.map(({ id, text }) => [id, text]),
    );
    assert.deepEqual(sentences[0]?.tags, now[0]?.tags);
    assert.deepEqual(sentences[1]?.annotators, now[1]?.annotators);
  });

  it('logged no error', async () => {
    assert.deepEqual(await workbench.errors(), []);
  });
});
