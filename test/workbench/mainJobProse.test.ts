import assert from 'node:assert/strict';
import { inRoot } from '../../scripts/lib/paths.mjs';
import { parseColumns } from '../../src/core/columns/columns.ts';
import { until } from '../support/until.ts';
import { openWorkbench } from '../support/workbench.ts';
import type { Workbench } from '../support/workbench.ts';
import { annotate, chord, exportTo, formsIn, reload } from './drive.ts';
import { openPanel, panelOf, rowTotal } from './panel.ts';
import type { Cells, Panel } from './panel.ts';

const workspace = inRoot('test', 'fixtures', 'mainJob');
const settings = { 'entityLens.annotatorName': 'Grace', 'editor.wordWrap': 'on' };

describe('the main job on prose', () => {
  let workbench: Workbench;
  let panel: Panel;
  let corrected: Cells;

  before('open prose', async () => {
    workbench = await openWorkbench({ workspace, files: ['news.txt'], settings });
    await workbench.openFile('news.txt');
  });
  after('close', () => workbench.close());

  it('shows what both models found, each in its own form', async () => {
    await annotate(workbench);
    await until('both forms in the text', async () => {
      const forms = await formsIn(workbench);
      if (forms.has('bert') && forms.has('t5')) return true;
      throw new Error([...forms].join(', '));
    });
    assert.deepEqual(await workbench.statusBar().then(([item]) => item?.trim()), '0/3 complete');
  });

  it('explains a span on hover', async () => {
    const text = await workbench.hover('Merkel');
    assert.match(text, /Source\s+Span\s+Label\s+Probability/);
    assert.match(text, /BERT[\s\S]*T5[\s\S]*Accept BERT · Accept T5 · Open in Panel/);
    await workbench.page.keyboard.press('Escape');
  });

  it('shows the sentence in the panel, and agreement in place of scores while there is no gold', async () => {
    panel = await openPanel(workbench);
    await panel.rowIs(0, 'Angela Merkel met Barack Obama in Berlin .'.split(' '));
    await panel.rowIs(1, Array<string>(8).fill('–'));
    assert.equal(await panel.matrix('Gold × BERT'), undefined);
    assert.notEqual(await panel.matrix('BERT × T5'), undefined);
  });

  it('takes a correction by keyboard and shows it everywhere at once', async () => {
    await panel.press('Home');
    await panel.press('Shift+ArrowRight');
    await panel.press('p');
    await panel.rowIs(1, 'B-PER I-PER O O O O O O'.split(' '));
    const first = await panel.matrixIs('Gold × BERT', (cells) => rowTotal(cells, 'B-PER') === 1);
    assert.equal(rowTotal(first, 'O'), 6);
    await panel.press('End');
    await panel.press('ArrowLeft');
    await panel.press('l');
    await panel.rowIs(1, 'B-PER I-PER O O O O B-LOC O'.split(' '));
    corrected = await panel.matrixIs('Gold × BERT', (cells) => rowTotal(cells, 'B-LOC') === 1);
    assert.equal(rowTotal(corrected, 'O'), 5);
    assert.notEqual(await panel.matrix('Gold × T5'), undefined);
    await until('gold in the text', async () => (await formsIn(workbench)).has('gold'));
    assert.equal(await workbench.statusBar().then(([item]) => item?.trim()), '1/3 complete');
  });

  it('keeps gold in a file beside the text, with the name of who decided', async () => {
    const gold = await until('the gold file', async () => {
      const text = await workbench.readFile('news.txt.iob2');
      return text.includes('B-LOC') ? text : undefined;
    });
    const { sentences, issues } = parseColumns(gold);
    assert.deepEqual(issues, []);
    assert.deepEqual(
      sentences.map(({ text }) => text),
      ['Angela Merkel met Barack Obama in Berlin.'],
    );
    assert.deepEqual(sentences[0]?.tags, 'B-PER I-PER O O O O B-LOC O'.split(' '));
    assert.deepEqual(new Set(sentences[0].annotators), new Set(['Grace']));
  });

  it('switches the scheme there and back and loses nothing', async () => {
    await panel.frame.getByText('Simplified', { exact: true }).click();
    await panel.rowIs(1, 'B I O O O O B O'.split(' '));
    const simplified = await panel.matrixIs('Gold × BERT', (cells) => 'B × I' in cells);
    assert.deepEqual([rowTotal(simplified, 'B'), rowTotal(simplified, 'I'), rowTotal(simplified, 'O')], [2, 1, 5]);
    await panel.frame.getByText('Full', { exact: true }).click();
    await panel.rowIs(1, 'B-PER I-PER O O O O B-LOC O'.split(' '));
    assert.deepEqual(await panel.matrixIs('Gold × BERT', (cells) => 'B-PER × I-PER' in cells), corrected);
  });

  it('undoes and redoes in the panel', async () => {
    await panel.press('Control+z');
    await panel.rowIs(1, 'B-PER I-PER O O O O O O'.split(' '));
    await panel.matrixIs('Gold × BERT', (cells) => rowTotal(cells, 'B-LOC') === 0 && rowTotal(cells, 'O') === 6);
    await panel.press('Control+y');
    await panel.rowIs(1, 'B-PER I-PER O O O O B-LOC O'.split(' '));
    assert.deepEqual(await panel.matrixIs('Gold × BERT', (cells) => rowTotal(cells, 'B-LOC') === 1), corrected);
  });

  it('follows the editor’s cursor, and leads it', async () => {
    await workbench.clickText('Smith');
    await panel.rowIs(0, 'It rained all day 🌧 in London , and Peter Smith stayed at home .'.split(' '));
    await panel.press('k');
    await panel.rowIs(0, 'Microsoft opened an office in Paris on Monday .'.split(' '));
    await until('the sentence to be marked in the editor', async () => {
      const marked = await workbench.editorDecorations();
      return marked.some(
        ({ text, kind, style }) =>
          kind === 'overlay' && style.borderBottomWidth === '0px' && text.includes('opened an office'),
      );
    });
  });

  it('takes a label from the editor, and undoes it in the editor of the gold file', async () => {
    await workbench.clickText('Smith');
    const question = workbench.page.locator('.quick-input-widget:visible .quick-input-box input');
    await chord(workbench, 'Control+k', 'l', question);
    // Typing filters: no letter picks another label on the way, and none reaches the text.
    await question.pressSequentially('per', { delay: 60 });
    await question.press('Enter');
    await panel.rowIs(0, 'It rained all day 🌧 in London , and Peter Smith stayed at home .'.split(' '));
    const labelled = (): Promise<boolean> => panel.row(1).then((tags) => tags.includes('B-PER'));
    await until('the label in the panel', labelled);
    await workbench.openFile('news.txt.iob2');
    await workbench.clickText('Grace');
    await workbench.page.keyboard.press('Control+z');
    await workbench.openFile('news.txt');
    await until('the label to be gone', async () => !(await labelled()));
    await workbench.clickText('Smith');
    await workbench.runCommand('Entity Lens: Label Selection As…');
    await workbench.pick('PER');
    await until('the label in the panel', labelled);
  });

  it('exports gold to JSON Lines with spans in code points', async () => {
    const written = await exportTo(workbench, 'JSON Lines (tokens and ner_tags)', 'Gold only', 'out.jsonl');
    const rows = written
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    assert.equal(rows.length, 2);
    assert.deepEqual(rows[0]?.['ner_tags'], 'B-PER I-PER O O O O B-LOC O'.split(' '));
    assert.deepEqual(rows[0]['spans'], [
      { start: 0, end: 13, label: 'PER' },
      { start: 34, end: 40, label: 'LOC' },
    ]);
    const { text, spans } = rows[1] as { text: string; spans: { start: number; end: number; label: string }[] };
    const cut = spans.map(({ start, end }) => Array.from(text).slice(start, end).join(''));
    assert.ok(
      cut.some((words) => words.includes('Smith')),
      cut.join(' | '),
    );
  });

  it('exports gold filled from a model to IOB2', async () => {
    const { sentences, issues } = parseColumns(
      await exportTo(workbench, 'IOB2 columns (UNER)', 'Gold, the rest from BERT', 'out.iob2'),
    );
    assert.deepEqual(issues, []);
    assert.equal(sentences.length, 3);
    assert.deepEqual(sentences[0]?.tags, 'B-PER I-PER O O O O B-LOC O'.split(' '));
    assert.deepEqual(new Set(sentences[0].annotators), new Set(['Grace']));
    assert.ok(sentences.every(({ gold }) => gold !== null));
  });

  it('is all there again after the window is loaded anew', async () => {
    await reload(workbench);
    panel = await panelOf(workbench);
    // VS Code keeps which editor is in front only now and then.
    await workbench.openFile('news.txt');
    await panel.frame.getByRole('heading', { name: 'news.txt', exact: true }).waitFor();
    await workbench.clickText('Angela');
    await panel.rowIs(1, 'B-PER I-PER O O O O B-LOC O'.split(' '));
    await panel.matrixIs('Gold × BERT', (cells) => rowTotal(cells, 'B-LOC') === 1);
  });

  it('logged no error', async () => {
    assert.deepEqual(await workbench.errors(), []);
  });
});
