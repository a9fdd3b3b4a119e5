// What a large corpus costs in the extension host of a real VS Code: node scripts/bench.mjs editor [--seconds N] [--json]
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { inRoot } from '../../scripts/lib/paths.mjs';
import { run } from '../../scripts/lib/run.mjs';
import { parseColumns } from '../../src/core/columns/columns.ts';
import type { ActionCost, EditorFigures } from './editor/figures.ts';
import type { Pauses } from './editor/pauses.ts';

const SMALL = 100;
const LARGE = 12_543;

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '60' }, json: { type: 'boolean', default: false } },
});

/** The blocks of UNER EWT train; where it is not there, of the sample again and again. */
async function corpusBlocks(): Promise<readonly string[]> {
  const train = inRoot('..', 'shared', 'data', 'uner', 'uner_en_ewt.train.iob2');
  const file = existsSync(train) ? train : inRoot('samples', 'ewt-sample.iob2');
  const blocks = (await readFile(file, 'utf8')).split(/\n{2,}/).filter((block) => /^\d/m.test(block));
  return Array.from({ length: LARGE }, (_, index) => blocks[index % blocks.length] ?? '');
}

async function writeCorpus(folder: string, name: string, blocks: readonly string[]): Promise<void> {
  const columns = `${blocks.join('\n\n')}\n\n`;
  const prose = parseColumns(columns).sentences.map(({ text }) => text);
  await writeFile(path.join(folder, `${name}.iob2`), columns);
  await writeFile(path.join(folder, `${name}.txt`), `${prose.join('\n\n')}\n`);
  await writeFile(path.join(folder, `${name}.txt.iob2`), columns);
}

const folder = await mkdtemp(path.join(os.tmpdir(), 'entity-lens-bench-'));
let figures: EditorFigures;
try {
  const workspace = path.join(folder, 'workspace');
  const results = path.join(folder, 'results.json');
  const blocks = await corpusBlocks();
  // VS Code's own extension for merge conflicts reads the whole text after each change; it is not what is measured here.
  const settings = { 'merge-conflict.codeLens.enabled': false, 'merge-conflict.decorators.enabled': false };
  await mkdir(path.join(workspace, '.vscode'), { recursive: true });
  await writeFile(path.join(workspace, '.vscode', 'settings.json'), JSON.stringify(settings));
  await writeCorpus(workspace, 'large', blocks);
  await writeCorpus(workspace, 'small', blocks.slice(0, SMALL));
  process.env['ENTITY_LENS_BENCH_SECONDS'] = values.seconds;
  const tests = inRoot('dist', 'bench', 'index.cjs');
  const options = ['--results', results, '--tests', tests, '--workspace', workspace, '--seconds', '900'];
  const host = inRoot('test', 'extension-host', 'run.ts');
  const { code, output } = await run(process.execPath, ['--import', 'tsx', host, ...options], { quiet: true });
  const text = await readFile(results, 'utf8').catch(() => undefined);
  if (code !== 0 || text === undefined) throw new Error(`The extension host measured nothing:\n${output}`);
  ({ figures } = JSON.parse(text) as { figures: EditorFigures });
} finally {
  await rm(folder, { recursive: true, force: true });
}

const ms = (value: number): string => `${value.toFixed(1)} ms`;
function costLine(what: string, { small, large, ratio, later }: ActionCost): string {
  const after = `${ms(later.small)} and ${ms(later.large)} after a while`;
  return `${what}: ${ms(small)} at ${String(SMALL)} sentences, ${ms(large)} at ${String(LARGE)}, ratio ${ratio.toFixed(2)} (target at most 1.5); ${after}`;
}
function pauseLine(what: string, pauses: Pauses): string {
  const own = `of its own processor time ${ms(pauses.ownLongest)} (99 %: ${ms(pauses.ownPercentile99)})`;
  return `${what}: longest pause ${ms(pauses.longest)} (99 %: ${ms(pauses.percentile99)}), ${own}`;
}

const { correction, keystroke, pauses, predicted, firstPredictions } = figures;
if (values.json)
  process.stdout.write(`${JSON.stringify({ cores: os.availableParallelism(), load: os.loadavg(), ...figures })}\n`);
else
  process.stdout.write(
    [
      costLine('Correction', correction),
      costLine('Keystroke in prose', keystroke),
      pauseLine('Idle', pauses.idle),
      pauseLine('Opening the corpus', pauses.opening),
      pauseLine('Corpus, panel and queue shown', pauses.shown),
      `${pauseLine('Both models at work', pauses.annotating)} (target at most 20 ms)`,
      `Answers of BERT ${String(predicted.bert)}, T5 ${String(predicted.t5)}; the first visible ones after ${ms(firstPredictions)}`,
      '',
    ].join('\n'),
  );
