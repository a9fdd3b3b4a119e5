import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { detectFormat, formats } from '../../src/core/formats/registry.ts';
import type { Format } from '../../src/core/formats/format.ts';
import { seededRandom } from '../../src/core/random.ts';
import type { Random } from '../../src/core/random.ts';
import { matchQuery } from '../../src/core/search/matchQuery.ts';
import { parseQuery } from '../../src/core/search/parseQuery.ts';
import { textPattern } from '../../src/core/reviewEntries.ts';
import { globPattern } from '../../src/core/globPattern.ts';
import { Channel } from '../../src/protocol/channel.ts';
import { panelHostContract, panelPageContract } from '../../src/protocol/panel.ts';
import { readAll, writeAll } from '../core/formats/convert.ts';
import { correctAndUndo } from './edits.ts';
import { madeText, mutated, pick } from './mutations.ts';

/** What one input did that it must not do. */
export interface Failure {
  readonly target: Target;
  readonly seed: number;
  readonly input: string;
  readonly problem: string;
}

/** What a run found. */
export interface FuzzResult {
  readonly inputs: number;
  readonly failures: readonly Failure[];
}

const TARGETS = ['readers', 'edits', 'queries', 'messages'] as const;

/** What is tried. */
export type Target = (typeof TARGETS)[number];

const here = path.dirname(fileURLToPath(import.meta.url));
const fixtures = path.join(here, '..', 'fixtures');
/** Milliseconds of processor time that an input of a few kilobytes may take. */
const MOST_MS = 2000;
const columnFormats = ['iob2', 'conll2003', 'bioes', 'bilou', 'conllu', 'conllup'];

interface Seed {
  readonly name: string;
  readonly text: string;
}

function seedsIn(folder: string): readonly Seed[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isFile()
      ? [{ name: entry.name, text: readFileSync(path.join(folder, entry.name), 'utf8').slice(0, 6000) }]
      : [],
  );
}

const seeds = [...seedsIn(path.join(fixtures, 'formats')), ...seedsIn(path.join(fixtures, 'attack'))];

function readable(format: Format): boolean {
  return format.read !== undefined;
}

function tryReader(random: Random, input: string, name: string): void {
  const id = random() < 0.5 ? detectFormat(name, input) : pick(random, formats.filter(readable)).id;
  const format = formats.find((one) => one.id === id);
  if (format?.read === undefined) return;
  const items = readAll(format, input, 1 + Math.floor(random() * 5000), { name: 'fuzz', annotations: input });
  if (columnFormats.includes(format.id)) assert.equal(writeAll(format, items).get('') ?? '', input, 'bytes were lost');
  const other = pick(
    random,
    formats.filter((one) => one.write !== undefined),
  );
  const files = writeAll(other, items);
  for (const text of files.values()) if (other.read !== undefined) readAll(other, text);
}

function tryQuery(input: string): void {
  const query = parseQuery(input);
  if (query.ok) matchQuery(query.value, { forms: ['Ada', 'a'.repeat(500), 'é', '', 'b b'], layerOf: () => [] });
  textPattern(input)?.pattern.test('a'.repeat(500));
  globPattern(input).test('a/'.repeat(200));
}

function tryMessage(input: unknown): void {
  let receive: (message: unknown) => void = () => undefined;
  const port = {
    post: () => undefined,
    onMessage: (listener: (message: unknown) => void) => {
      receive = listener;
      return { dispose: () => undefined };
    },
  };
  const channel = new Channel(port, panelHostContract, panelPageContract, acting, () => undefined);
  receive(input);
  channel.dispose();
}

/** Handlers of everything: what reaches them was valid. */
const acting = {
  requests: new Proxy({}, { get: () => () => Promise.reject(new Error('not here')) }),
  events: new Proxy({}, { get: () => () => undefined }),
} as unknown as ConstructorParameters<typeof Channel<typeof panelHostContract, typeof panelPageContract>>[3];

const queryParts = [
  'a',
  '*',
  '/',
  '"',
  'label:',
  'PER',
  ',',
  '-',
  'gold:',
  'any',
  'tag:B',
  '(',
  ')',
  '+',
  '\\',
  '[',
  ']',
  '{',
  '}',
  ' ',
  '?',
  '|',
  '(?i)',
];
const messageParts = [
  '{',
  '}',
  '"type":',
  '"event"',
  '"request"',
  '"id":',
  '1',
  ',',
  '"method":',
  '"show"',
  '"intent"',
  '"params":',
  '[',
  ']',
  'null',
  '"__proto__":',
];

function madeMessage(random: Random): unknown {
  const text = madeText(random, messageParts, 12);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return pick<unknown>(random, [
      text,
      { type: text },
      { type: 'event', name: text, params: [text] },
      { type: 'request', id: random(), method: text, params: {} },
      [],
      null,
      random(),
    ]);
  }
}

/** Tries one input, made from a seed alone; the failure, or undefined. */
export function tryOne(target: Target, seed: number): Failure | undefined {
  const random = seededRandom(seed);
  const from = pick(random, target === 'edits' ? seeds.filter(({ name }) => /iob2|conll|tsv|txt/.test(name)) : seeds);
  const message = target === 'messages' ? madeMessage(random) : undefined;
  const input =
    target === 'queries'
      ? madeText(random, queryParts, 12)
      : target === 'messages'
        ? JSON.stringify(message)
        : mutated(random, from.text);
  const before = process.cpuUsage();
  try {
    if (target === 'readers') tryReader(random, input, from.name);
    else if (target === 'edits') correctAndUndo(random, input);
    else if (target === 'queries') tryQuery(input);
    else tryMessage(message);
    const { user, system } = process.cpuUsage(before);
    assert.ok((user + system) / 1000 < MOST_MS, `it took ${String((user + system) / 1000)} ms`);
    return undefined;
  } catch (error) {
    const problem = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { target, seed, input, problem };
  }
}

/** Tries inputs from a seed on until `goesOn` says no. */
export function fuzz(seed: number, goesOn: (inputs: number) => boolean): FuzzResult {
  const failures: Failure[] = [];
  let inputs = 0;
  for (; goesOn(inputs); inputs++) {
    const failure = tryOne(TARGETS[inputs % TARGETS.length] ?? 'readers', seed + inputs);
    if (failure !== undefined) failures.push(failure);
  }
  return { inputs, failures };
}
