import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { inRoot } from '../../scripts/lib/paths.mjs';
import { until } from '../support/until.ts';
import { openWorkbench } from '../support/workbench.ts';
import type { Workbench } from '../support/workbench.ts';
import { exportTo } from './drive.ts';
import { openPanel } from './panel.ts';

/** What programs that count code points find at offsets of a text. */
const cut = (text: string, start: number, end: number): string => Array.from(text).slice(start, end).join('');

const corrected = ['PER Ada', 'ORG Bob', 'LOC Zürich', 'PER Grace'];

describe('a corpus in and out', () => {
  let workbench: Workbench;
  let original: string;

  before('open a folder', async () => {
    workbench = await openWorkbench({
      workspace: inRoot('test', 'fixtures', 'exchange'),
      settings: { 'entityLens.annotatorName': 'Grace' },
    });
    original = await workbench.readFile('chat.jsonl');
  });
  after('close', () => workbench.close());

  it('imports a doccano file with emoji beside the original, and opens it', async () => {
    await workbench.runCommand('Entity Lens: Import Corpus…');
    await workbench.answer(path.join(workbench.workspace, 'chat.jsonl'));
    await workbench.pick('Beside the Original');
    await workbench.page.locator('.tab.active[data-resource-name="chat.iob2"]').waitFor();
    const told = await until('what was imported', async () =>
      (await workbench.notifications()).find((text) => text.includes('chat.iob2')),
    );
    assert.match(told, /Imported 2 sentences \(2 annotated, 4 entities\) to chat\.iob2/);
    assert.equal(await workbench.readFile('chat.jsonl'), original);
  });

  it('corrects a span', async () => {
    await workbench.clickText('# text = 🎉');
    const panel = await openPanel(workbench);
    await panel.rowIs(1, ['O', 'O', 'B-PER', 'O', 'B-PER', 'O', 'O', 'B-LOC', 'O']);
    await panel.press('Home');
    for (let step = 0; step < 4; step++) await panel.press('ArrowRight');
    await panel.press('g');
    await panel.rowIs(1, ['O', 'O', 'B-PER', 'O', 'B-ORG', 'O', 'O', 'B-LOC', 'O']);
  });

  it('exports to doccano, whose offsets are code points', async () => {
    const written = await exportTo(workbench, 'doccano JSON Lines', 'Gold only', 'out.jsonl');
    const rows = written
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { text: string; label: [number, number, string][] });
    assert.deepEqual(
      rows.flatMap(({ text, label }) => label.map(([start, end, name]) => `${name} ${cut(text, start, end)}`)),
      corrected,
    );
  });

  it('exports to Label Studio, whose offsets are code points', async () => {
    const written = await exportTo(workbench, 'Label Studio JSON', 'Gold only', 'tasks.json');
    const tasks = JSON.parse(written) as {
      data: { text: string };
      annotations: { result: { value: { start: number; end: number; text: string; labels: string[] } }[] }[];
    }[];
    assert.deepEqual(
      tasks.flatMap(({ data, annotations }) =>
        annotations.flatMap(({ result }) =>
          result.map(({ value }) => {
            assert.equal(cut(data.text, value.start, value.end), value.text);
            return `${value.labels.join()} ${value.text}`;
          }),
        ),
      ),
      corrected,
    );
  });

  it('exports to Hugging Face’s rows, whose words and spans agree, with a manifest beside', async () => {
    const written = await exportTo(workbench, 'JSON Lines (tokens and ner_tags)', 'Gold only', 'rows.jsonl');
    const rows = written
      .trim()
      .split('\n')
      .map(
        (line) =>
          JSON.parse(line) as {
            text: string;
            tokens: string[];
            ner_tags: string[];
            spans: { start: number; end: number; label: string }[];
          },
      );
    assert.deepEqual(
      rows.flatMap(({ text, spans }) => spans.map(({ start, end, label }) => `${label} ${cut(text, start, end)}`)),
      corrected,
    );
    assert.deepEqual(
      rows.flatMap(({ tokens, ner_tags: tags }) =>
        tags.flatMap((tag, index) => (tag === 'O' ? [] : [`${tag.slice(2)} ${tokens[index] ?? ''}`])),
      ),
      corrected,
    );
    const manifest = JSON.parse(await workbench.readFile('rows.jsonl.manifest.json')) as { inputs: { path: string }[] };
    assert.deepEqual(
      manifest.inputs.map((input) => input.path),
      ['chat.iob2'],
    );
  });

  it('says where one is, goes back a step, and writes nothing where one gives up', async () => {
    const { page } = workbench;
    const before = await readdir(workbench.workspace);
    const asks = (question: string): Promise<void> =>
      page.locator(`.quick-input-widget:visible input[placeholder^="${question}"]`).waitFor();
    await workbench.runCommand('Entity Lens: Export Corpus…');
    await workbench.pick('Current Document');
    await asks('Which sentences?');
    await page.locator('.quick-input-title', { hasText: 'Export Corpus (2/8)' }).waitFor();
    await workbench.pick('Reviewed only');
    await asks('Which labels?');
    await page.locator('.quick-input-titlebar .codicon-quick-input-back').click();
    await asks('Which sentences?');
    await workbench.pick('Gold only');
    await asks('Which labels?');
    await page.keyboard.press('Escape');
    await page.locator('.quick-input-widget:visible').waitFor({ state: 'hidden' });
    assert.deepEqual(await readdir(workbench.workspace), before);
  });

  it('logged no error', async () => {
    assert.deepEqual(await workbench.errors(), []);
  });
});
