// How long a head takes to follow: node scripts/bench.mjs learning [--json]. Learns from scratch, then one sentence more, in its own thread.
import { existsSync, readFileSync } from 'node:fs';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { inRoot } from '../../scripts/lib/paths.mjs';
import { parseColumns } from '../../src/core/columns/columns.ts';
import { HEAD_DEFAULTS, LIVE_HEAD } from '../../src/core/learning/headTraining.ts';
import { labelOfTag } from '../../src/core/learning/seenLabels.ts';
import { TrainingThread } from '../../src/node/learning/trainingThread.ts';
import { Predictor } from '../../src/node/models/predictor.ts';

/** Corpora by name, with how many sentences are learnt: many labels, and many sentences. */
const CASES = [
  ['crossner-science', 199],
  ['ncbi-disease', 999],
] as const;

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
const say = (line: string): void => {
  if (!values.json) process.stdout.write(`${line}\n`);
};
const predictor = new Predictor({
  modelsRoot: inRoot('models'),
  processEntry: inRoot('dist', 'inference.mjs'),
  log: () => undefined,
});
/** Seconds by corpus: by the clock, and of this process's processors. */
const figures: Record<string, unknown> = {};
try {
  for (const [name, count] of CASES) {
    const file = inRoot('..', 'shared', 'data', 'labels', `${name}.train.iob2`);
    if (!existsSync(file)) {
      say(`${name}: ${file} is not there`);
      continue;
    }
    const sentences = parseColumns(readFileSync(file, 'utf8'))
      .sentences.filter(({ gold, tokens }) => gold !== null && tokens.length > 0)
      .slice(0, count + 1);
    const words = sentences.map(({ tokens }) => tokens.map(({ form }) => form));
    const evidence = await predictor.evidence(words, new AbortController().signal);
    const lessons = sentences.flatMap(({ tags }, index) => {
      const one = evidence[index];
      return one === undefined
        ? []
        : [{ key: String(index), lesson: { words: words[index] ?? [], tags, evidence: one } }];
    });
    const labels = [...new Set(sentences.flatMap(({ tags }) => tags.flatMap((tag) => labelOfTag(tag) ?? [])))];
    const thread = new TrainingThread(inRoot('dist', 'learning.mjs'));
    const train = async (warm: boolean): Promise<Record<string, number>> => {
      const before = process.cpuUsage();
      const { milliseconds, iterations } = await thread.train({ ...(warm ? LIVE_HEAD : HEAD_DEFAULTS), labels }, warm);
      const { user, system } = process.cpuUsage(before);
      return { byClock: milliseconds / 1000, byProcessor: (user + system) / 1e6, iterations };
    };
    thread.teach(lessons.slice(0, count));
    const scratch = await train(false);
    thread.teach(lessons.slice(count));
    const more = await train(true);
    thread.dispose();
    figures[name] = { sentences: lessons.length, labels: labels.length, scratch, more };
    const shown = (one: Record<string, number>): string =>
      `${one['byClock']?.toFixed(2)} s (${one['byProcessor']?.toFixed(2)} s of processors, ${one['iterations']} iterations)`;
    say(
      `${name}, ${lessons.length} sentences, ${labels.length} labels: from scratch ${shown(scratch)}, one sentence more ${shown(more)}`,
    );
  }
} finally {
  predictor.dispose();
}
if (values.json) process.stdout.write(`${JSON.stringify(figures)}\n`);
