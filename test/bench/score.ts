// How many tokens a second `score` compares on one core: node scripts/bench.mjs score [--tokens N] [--json]
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { score } from '../../src/cli/score.ts';
import { seededRandom } from '../../src/core/random.ts';
import { inRoot } from '../../scripts/lib/paths.mjs';

const ROUNDS = 5;
/** The share of predicted tags that are other than gold's, without a care for what may follow what. */
const NOISE = 0.1;
const TAGS = ['O', 'B-PER', 'I-PER', 'B-ORG', 'I-ORG', 'B-LOC', 'I-LOC'];

const { values } = parseArgs({
  options: { tokens: { type: 'string', default: '1000000' }, json: { type: 'boolean', default: false } },
});
const say = (line: string): void => {
  if (!values.json) process.stdout.write(`${line}\n`);
};
/** Tokens a second by format. */
const figures: Record<string, { readonly byClock: number; readonly byProcessor: number }> = {};
const wanted = Number(values.tokens);
const sample = readFileSync(inRoot('samples', 'ewt-sample.iob2'), 'utf8').trim().split('\n\n');
const random = seededRandom(1);
const folder = mkdtempSync(path.join(tmpdir(), 'score-bench-'));
try {
  const gold: string[] = [];
  const predicted: string[] = [];
  let tokens = 0;
  for (let block = 0; tokens < wanted; block++) {
    const lines = (sample[block % sample.length] ?? '').split('\n');
    tokens += lines.filter((line) => /^\d+\t/.test(line)).length;
    gold.push(lines.join('\n'));
    const noisy = lines.map((line) =>
      /^\d+\t/.test(line) && random() < NOISE
        ? line
            .split('\t')
            .with(2, TAGS[Math.floor(random() * TAGS.length)] ?? 'O')
            .join('\t')
        : line,
    );
    predicted.push(noisy.join('\n'));
  }
  const files = { gold: path.join(folder, 'gold.iob2'), pred: path.join(folder, 'pred.iob2') };
  writeFileSync(files.gold, `${gold.join('\n\n')}\n`);
  writeFileSync(files.pred, `${predicted.join('\n\n')}\n`);
  say(`${tokens} tokens, ${100 * NOISE} % noise, best of ${ROUNDS} rounds on one thread`);
  for (const format of ['json', 'conlleval']) {
    let best = Infinity;
    let busy = Infinity;
    for (let round = 0; round < ROUNDS; round++) {
      const [started, before] = [performance.now(), process.cpuUsage()];
      await score.run(['--gold', files.gold, '--pred', files.pred, '--format', format], {
        ...{ modelsRoot: '', processEntry: '', signal: new AbortController().signal },
        ...{ write: () => undefined, warn: () => undefined, progress: () => undefined, clearProgress: () => undefined },
      });
      best = Math.min(best, performance.now() - started);
      const { user, system } = process.cpuUsage(before);
      busy = Math.min(busy, (user + system) / 1000);
    }
    const speed = (milliseconds: number): string => `${(tokens / milliseconds / 1000).toFixed(2)} million tokens/s`;
    figures[format] = { byClock: (tokens / best) * 1000, byProcessor: (tokens / busy) * 1000 };
    say(`score --format ${format}: ${speed(best)} by the clock, ${speed(busy)} of processor time`);
  }
  if (values.json) process.stdout.write(`${JSON.stringify({ tokens, ...figures })}\n`);
} finally {
  rmSync(folder, { recursive: true });
}
