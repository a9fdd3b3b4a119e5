import { strict as assert } from 'node:assert';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Context } from 'mocha';
import { after, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { parseQuery } from '../../src/core/search/parseQuery.ts';
import { Corpus } from '../../src/extension/corpus/corpus.ts';
import { driftText, driftsOf } from '../../src/extension/corpus/corpusText.ts';
import { CorpusSearch } from '../../src/extension/search/corpusSearch.ts';
import type { PlacedHit } from '../../src/extension/search/corpusSearch.ts';
import { goToHit } from '../../src/extension/search/goToHit.ts';
import { memory } from './corpusSupport.ts';
import { closeAll, inWorkspace, running, write } from './support.ts';

const uner = path.resolve(__dirname, '../../../../shared/data/uner');
const TIMES = 5;

/** The text of a corpus file beside the project; without it the test is skipped and its title says so. */
function textOf(context: Context, name: string): string {
  const file = path.join(uner, name);
  if (existsSync(file)) return readFileSync(file, 'utf8');
  tell(context, '../shared/data is not here');
  return context.skip();
}

/** Puts a figure behind the title of the running test, where the report shows it. */
function tell({ test }: Context, figure: string): void {
  if (test !== undefined) test.title += ` (${figure})`;
}

/** Collects what nobody needs any more, so that only what is kept is measured. */
function collected(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  return process.memoryUsage().heapUsed;
}

/**
 * Does something and tells the seconds that it took, the longest time in which nobody else had a turn, and the megabytes
 * that it keeps (and took from the system).
 */
async function measured(work: () => Promise<unknown>): Promise<{ figure: string; pause: number; kept: number }> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const before = collected();
  const taken = process.memoryUsage.rss();
  const start = performance.now();
  delay.enable();
  const result = await work();
  delay.disable();
  const seconds = (performance.now() - start) / 1000;
  const growth = (process.memoryUsage.rss() - taken) / 1e6;
  const kept = collected() - before;
  // What was made lives until here.
  assert.notEqual(result, undefined);
  const pause = delay.max / 1e6;
  const waits = `longest pause ${pause.toFixed(0)} ms, 99 % below ${(delay.percentile(99) / 1e6).toFixed(0)} ms`;
  const figure = `${seconds.toFixed(1)} s, ${waits}, ${(kept / 1e6).toFixed(1)} MB kept, ${growth.toFixed(0)} MB taken`;
  return { figure, pause, kept };
}

async function corpusOf(folder: vscode.Uri): Promise<Corpus> {
  const corpus = new Corpus(await running(), memory());
  await corpus.choose(folder);
  return corpus;
}

async function searched(corpus: Corpus, typed: string): Promise<CorpusSearch> {
  const parsed = parseQuery(typed);
  assert.ok(parsed.ok);
  const search = new CorpusSearch(await running(), corpus);
  await search.run({ kind: 'query', typed, matchCase: false, query: parsed.value });
  return search;
}

describe('large corpora in the editor', () => {
  const folder = inWorkspace('million');
  after(async () => {
    await vscode.workspace.fs.delete(folder, { recursive: true }).then(undefined, () => undefined);
  });

  it('are counted as is known of them, with the drift of their labels', async function () {
    textOf(this, 'uner_en_ewt.test.iob2');
    const corpus = await corpusOf(vscode.Uri.file(uner));
    const { figure } = await measured(async () => {
      await corpus.refresh();
      return corpus;
    });
    const counts = corpus.entries.map(({ path: name, counts: own }) => [name, own?.sentences, own?.tokens, own?.gold]);
    assert.deepEqual(
      counts.filter(([name]) => String(name) !== 'uner_en_ewt.train.iob2'),
      [
        ['uner_en_ewt.dev.iob2', 2001, 25149, 2001],
        ['uner_en_ewt.test.iob2', 2077, 25097, 2077],
        ['uner_en_pud.test.iob2', 1000, 21176, 1000],
      ],
    );
    const [drift] = driftsOf(corpus.entries);
    assert.equal(drift?.corpus, 'uner_en_ewt');
    assert.deepEqual(drift.drifts.map(driftText), [
      'divergence 0.002 · PER −5.4',
      'divergence 0.011 · LOC −9.5, ORG +9.1',
      'divergence 0.012 · LOC −12.2, ORG +6.4, PER +5.8',
    ]);
    tell(this, figure);
    corpus.dispose();
  });

  it('are searched for a pattern with a label', async function () {
    const lines = ['dev', 'test', 'train'].map((part) => textOf(this, `uner_en_ewt.${part}.iob2`)).join('');
    const pud = textOf(this, 'uner_en_pud.test.iob2');
    const corpus = await corpusOf(vscode.Uri.file(uner));
    const search = await searched(corpus, '/^[A-Z]+$/ gold:ORG');
    const expected = (lines + pud).match(/^\d+\t[A-Z]+\t[BI]-ORG\t/gm)?.length;
    assert.equal(search.state?.found, expected);
    search.dispose();
    corpus.dispose();
  });

  it('of a million tokens are counted and searched without holding anyone up', async function () {
    this.timeout(180_000);
    await write(vscode.Uri.joinPath(folder, 'million.iob2'), textOf(this, 'uner_en_ewt.train.iob2').repeat(TIMES));
    const corpus = await corpusOf(folder);
    const counting = await measured(async () => {
      await corpus.refresh();
      return corpus;
    });
    assert.equal(corpus.entries[0]?.counts?.tokens, 204_579 * TIMES);
    let searchedHits: readonly PlacedHit[] = [];
    const searching = await measured(async () => {
      const search = await searched(corpus, '/^[A-Z]/ gold:any');
      searchedHits = search.groups[0]?.hits ?? [];
      assert.ok((search.state?.found ?? 0) > 40_000 && search.state?.listed === 10_000);
      return search;
    });
    const inconsistent = await measured(async () => {
      const search = new CorpusSearch(await running(), corpus);
      await search.run({ kind: 'inconsistent' });
      assert.equal(search.groups.length, 22);
      return search;
    });
    const last = searchedHits.at(-1);
    assert.ok(last);
    const going = await measured(async () => {
      await goToHit(await running(), last);
      return null;
    });
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document.getText(editor.selection).split('\t')[0], last.text.slice(...last.highlight));
    await closeAll();
    tell(this, `went to a place: ${going.figure}`);
    tell(this, `counted: ${counting.figure}; searched: ${searching.figure}; inconsistent: ${inconsistent.figure}`);
    // The file has 23.6 MB.
    for (const { pause, kept } of [counting, searching, inconsistent])
      assert.ok(pause < 1000 && kept < 23.6e6, `${String(pause)} ms, ${String(kept)} bytes`);
    corpus.dispose();
  });
});
