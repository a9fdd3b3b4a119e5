import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { inRoot } from '../../scripts/lib/paths.mjs';
import { parseColumns } from '../../src/core/columns/columns.ts';
import { encode } from '../../src/core/scheme.ts';
import { sameLayer } from '../../src/core/span.ts';
import type { Layer, Span } from '../../src/core/span.ts';
import { until } from '../support/until.ts';
import { openWorkbench } from '../support/workbench.ts';
import type { Workbench } from '../support/workbench.ts';
import { annotate } from './drive.ts';
import { keyPlan } from './keyPlan.ts';
import type { Seen } from './keyPlan.ts';
import { openPanel } from './panel.ts';
import type { Panel } from './panel.ts';

const SENTENCES = 20;
const NAME = 'pud.iob2';

/** The sample without its gold, and its gold. */
async function sample(): Promise<{ folder: string; truth: readonly Layer[]; words: readonly (readonly string[])[] }> {
  const text = await readFile(inRoot('samples', 'pud-sample.iob2'), 'utf8');
  const { sentences } = parseColumns(text);
  const truth = sentences.map(({ gold }) => gold ?? []);
  const words = sentences.map(({ tokens }) => tokens.map(({ form }) => form));
  const folder = await mkdtemp(path.join(os.tmpdir(), 'entity-lens-review-'));
  const hidden = text.replaceAll(/^(\d+\t[^\t\n]+)\t[^\t\n]+\t[^\t\n]+\t[^\t\n]+$/gm, '$1\t_\t-\t-');
  await writeFile(path.join(folder, NAME), hidden);
  return { folder, truth, words };
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

describe('a review by keyboard alone', () => {
  let workbench: Workbench;
  let panel: Panel;
  let folder: string;
  let truth: readonly Layer[];
  let words: readonly (readonly string[])[];

  before('open the sample without gold', async () => {
    ({ folder, truth, words } = await sample());
    workbench = await openWorkbench({ workspace: folder, files: [NAME], settings: { 'editor.wordWrap': 'on' } });
    await workbench.openFile(NAME);
    await annotate(workbench);
    panel = await openPanel(workbench);
    // The panel has the keyboard as soon as it opens.
    await until('the focus in the panel', () => panel.frame.locator('body').evaluate(() => document.hasFocus()));
  });
  after('close', async () => {
    await workbench.close();
    await rm(folder, { recursive: true, force: true });
  });

  const index = async (): Promise<number> => {
    const number = await panel.frame.getByRole('spinbutton', { name: 'Sentence number' }).inputValue();
    return Number(number) - 1;
  };
  const said = (): Promise<string> => panel.frame.getByRole('status').innerText();

  /** The spans that a row shows, told by their borders: a model's raw tags need not be the tags of its spans. */
  const layerOf = async (row: number): Promise<Layer | null> => {
    const cells = panel.frame.locator(`entity-lens-grid [data-row="${String(row)}"]`);
    const shown = await cells.evaluateAll((all) =>
      all.map((cell) => ({ tag: cell.querySelector('.text')?.textContent.trim() ?? '', classes: [...cell.classList] })),
    );
    if (shown.some(({ tag }) => tag === '–')) return null;
    const spans: Span[] = [];
    for (const [token, { tag, classes }] of shown.entries()) {
      if (!classes.includes('inside')) continue;
      const last = spans.at(-1);
      if (classes.includes('first') || last?.end !== token)
        spans.push({ first: token, end: token + 1, label: tag.slice(2) });
      else spans[spans.length - 1] = { ...last, end: token + 1 };
    }
    return spans;
  };
  /** The sentence as it is shown: one state, or undefined where it changed while it was read. */
  const see = async (): Promise<{ index: number; seen: Seen } | undefined> => {
    const place = await index();
    const cells = panel.frame.locator('entity-lens-grid [data-row="0"]');
    const chosen = await cells.evaluateAll((all) =>
      all.map((cell) => Number(cell.getAttribute('aria-selected') === 'true')),
    );
    const [gold = null, bert = null, t5 = null] = await Promise.all([1, 2, 3].map(layerOf));
    if ((await index()) !== place) return undefined;
    const selection = { sentence: place, anchor: chosen.indexOf(1), focus: chosen.lastIndexOf(1), row: 0 };
    return { index: place, seen: { tokens: words[place] ?? [], bert: bert ?? [], t5: t5 ?? [], gold, selection } };
  };
  const steady = (): Promise<{ index: number; seen: Seen }> =>
    until('a sentence that stays', async () => {
      const first = await see();
      const second = await see();
      return JSON.stringify(first) === JSON.stringify(second) && first !== undefined && first;
    });

  /** Presses a key and waits for what it leads to; a stroke that a busy machine lost is made again. */
  const press = async (key: string, done: () => Promise<boolean>): Promise<void> => {
    await until(`the effect of ${key}`, async () => {
      if (await done()) return true;
      await workbench.page.keyboard.press(key);
      const end = Date.now() + 6000;
      while (Date.now() < end) if (await done()) return true;
      throw new Error(`${await said()}; ${JSON.stringify(await see())}`);
    });
  };
  const looksLike = async (wanted: Seen): Promise<boolean> => {
    const now = (await see())?.seen;
    if (now === undefined || now.selection.anchor < 0) return false;
    const [first, end] = [wanted.selection.anchor, wanted.selection.focus].sort((a, b) => a - b);
    const gold =
      wanted.gold === null || now.gold === null ? wanted.gold === now.gold : sameLayer(wanted.gold, now.gold);
    return gold && now.selection.anchor === first && now.selection.focus === end;
  };

  it('takes one key where a model is right, and few where none is', async function () {
    this.timeout(240_000);
    await panel.frame.locator('.queue-place', { hasText: /to review|\d of \d/ }).waitFor();
    const counts: { sentence: number; keys: string[]; right: boolean }[] = [];
    const start = await index();
    await press(' ', async () => (await index()) !== start || (await said()) !== '');
    while (counts.length < SENTENCES) {
      const { index: place, seen } = await steady();
      const gold = truth[place] ?? [];
      const leave = async (): Promise<boolean> => (await index()) !== place;
      const right = sameLayer(seen.bert, gold) ? 'Shift+B' : sameLayer(seen.t5, gold) ? 'Shift+T' : undefined;
      const keys: string[] = [];
      const plan = right === undefined ? keyPlan(seen, gold) : [{ key: right, after: seen }];
      for (const [step, { key, after }] of plan.entries()) {
        keys.push(key);
        await press(key, step === plan.length - 1 ? leave : () => looksLike(after)).catch((error: unknown) => {
          throw new Error(`expected ${JSON.stringify(after)} after ${keys.join(' ')}`, { cause: error });
        });
      }
      counts.push({ sentence: place, keys, right: right !== undefined });
    }
    const size = ({ keys }: { keys: string[] }): number => keys.length;
    const total = counts.reduce((sum, one) => sum + size(one), 1);
    const wrong = counts.filter(({ right }) => !right).sort((a, b) => size(a) - size(b));
    const median = wrong.length === 0 ? 0 : size(wrong[Math.floor(wrong.length / 2)] ?? { keys: [] });
    print(
      `      ${String(SENTENCES)} sentences of PUD by ${String(total)} keys: one for each of the ${String(counts.length - wrong.length)} ` +
        `that a model had right; for the others ${wrong.map(size).join(', ')} (median ${String(median)})`,
    );
    for (const { sentence, keys } of wrong)
      print(`        sentence ${String(sentence + 1)}: ${keys.map((key) => (key === ' ' ? 'Space' : key)).join(' ')}`);
    assert.equal(new Set(counts.map(({ sentence }) => sentence)).size, SENTENCES, 'a sentence came twice');
    assert.ok(median <= 3, `half of the sentences that no model had right took more than three keys`);

    // What was decided is the gold of the corpus.
    await workbench.runCommand('File: Save All');
    const decided = counts.map(({ sentence }) => sentence);
    await until('the saved gold', async () => {
      const { sentences } = parseColumns(await workbench.readFile(NAME));
      const differing = decided.filter((place) => {
        const gold = sentences[place]?.gold;
        return gold === undefined || gold === null || !sameLayer(gold, truth[place] ?? []);
      });
      if (differing.length === 0) return true;
      const [first = 0] = differing;
      throw new Error(
        `sentence ${String(first + 1)}: ${encode(sentences[first]?.gold ?? [], sentences[first]?.tokens.length ?? 0, 'full').join(' ')}`,
      );
    });
  });

  it('logged no error', async () => {
    assert.deepEqual(await workbench.errors(), []);
  });
});
