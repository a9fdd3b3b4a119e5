import { strict as assert } from 'node:assert';
import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { taggedOfTags } from '../../../src/core/compare.ts';
import { countSentence, sumCounts } from '../../../src/core/counts.ts';
import { evaluationJson } from '../../../src/core/report/evaluationJson.ts';
import { countsOfRecord, countsSchema, recordOfCounts } from '../../../src/node/shards/countsRecord.ts';
import { mergeShards } from '../../../src/node/shards/mergeShards.ts';
import type { Run } from '../../../src/node/shards/records.ts';
import { isIn, readShard } from '../../../src/node/shards/shard.ts';
import { runShard } from '../../../src/node/shards/shardRun.ts';
import type { ShardWork } from '../../../src/node/shards/shardRun.ts';
import * as v from 'valibot';

const run: Run = {
  ...({ command: 'evaluate', system: 'bert', scheme: 'full' } as const),
  ...{ tool: '1', labels: ['PER'], choices: '{}' },
  model: { name: 'tiny', files: [] },
};

describe('a shard', () => {
  it('is I/N with I from 1 to N', () => {
    assert.deepEqual(readShard('3/7'), { index: 3, of: 7 });
    for (const text of ['0/7', '8/7', '1/0', '1', '1/2/3', '-1/2', 'a/b', '1.5/2', ' 1/2'])
      assert.equal(readShard(text), undefined, text);
  });

  it('has each file once, whatever its name', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 50 }), (text, of) => {
        const sha256 = createHash('sha256').update(text).digest('hex');
        const places = Array.from({ length: of }, (_, place) => isIn({ index: place + 1, of }, sha256));
        assert.equal(places.filter(Boolean).length, 1);
      }),
    );
  });
});

describe('counts in a record', () => {
  const tag = fc.constantFrom('O', 'B-PER', 'I-PER', 'B-LOC', 'B-__proto__', 'I-constructor', '_', 'X');
  const sentence = fc.array(fc.tuple(tag, tag), { minLength: 1, maxLength: 8 });

  it('add up to the same figures, to the digit, however they are parted', () => {
    fc.assert(
      fc.property(fc.array(sentence, { maxLength: 20 }), fc.integer({ min: 1, max: 5 }), (sentences, parts) => {
        const all = sentences.map((tokens) => {
          const [gold, predicted] = [0, 1].map((side) => taggedOfTags(tokens.map((pair) => pair[side] ?? 'O')));
          return countSentence(gold ?? taggedOfTags([]), predicted ?? taggedOfTags([]), 'full');
        });
        const records = Array.from({ length: parts }, (_, part) =>
          recordOfCounts(sumCounts(all.filter((__, index) => index % parts === part))),
        );
        const read = records.map((record) => v.parse(countsSchema, JSON.parse(JSON.stringify(record))));
        const figures = (counts: Parameters<typeof evaluationJson>[0]): string =>
          JSON.stringify(evaluationJson(counts, 'full', ['PER']));
        assert.equal(figures(sumCounts(read.map(countsOfRecord))), figures(sumCounts(all)));
      }),
    );
  });
});

describe('a run over a folder', () => {
  let folder = '';
  const inFolder = (...parts: readonly string[]): string => path.join(folder, ...parts);
  const asked: string[] = [];
  const signal = new AbortController().signal;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'entity-lens-shard-run-'));
    asked.length = 0;
    for (const name of ['a', 'b', 'c']) await writeFile(inFolder(name), `text of ${name}`);
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  const work = (change: Partial<ShardWork<string>> = {}): ShardWork<string> => ({
    ...{ run, signal, corpus: folder, shard: { index: 1, of: 1 }, resume: true },
    files: ['a', 'b', 'c'].map((name) => ({ name, path: inFolder(name) })),
    ...{ root: inFolder('out'), written: inFolder('out') },
    progress: () => undefined,
    read: async ({ path: file }) => {
      const content = await readFile(file, 'utf8');
      return content === 'broken' ? `${file} is broken.` : { content, sentences: 1 };
    },
    finish: (open) => {
      asked.push(...open.map(({ file }) => file.name));
      return Promise.resolve(open.map(() => ({ seconds: 1, failures: [], counts: null })));
    },
    ...change,
  });

  it('asks again about what changed, was asked otherwise or has a damaged record, and about nothing else', async () => {
    await runShard(work());
    assert.deepEqual(asked.splice(0), ['a', 'b', 'c']);
    assert.equal((await runShard(work())).resumed, 3);
    await writeFile(inFolder('b'), 'another text');
    await writeFile(inFolder('out', 'files', 'c.json'), '{"version":1');
    await runShard(work());
    assert.deepEqual(asked.splice(0), ['b', 'c']);
    await runShard(work({ run: { ...run, scheme: 'simplified' } }));
    assert.deepEqual(asked.splice(0), ['a', 'b', 'c']);
    await runShard(work({ resume: false, run: { ...run, scheme: 'simplified' } }));
    assert.deepEqual(asked.splice(0), ['a', 'b', 'c']);
  });

  it('goes on behind a file that cannot be read, and says so in the merge', async () => {
    await writeFile(inFolder('b'), 'broken');
    const { shard } = await runShard(work());
    assert.deepEqual(shard.unread, [['b', `${inFolder('b')} is broken.`]]);
    const merged = await mergeShards([inFolder('out')]);
    assert.ok(merged.ok);
    assert.deepEqual([merged.value.total.files, merged.value.unread.length], [2, 1]);
  });

  it('is merged from folders of their own, each shard once, and from nothing that differs', async () => {
    for (const index of [1, 2])
      await runShard(work({ shard: { index, of: 2 }, root: inFolder(`out${String(index)}`) }));
    await cp(inFolder('out1'), inFolder('again'), { recursive: true });
    const roots = ['out1', 'out2', 'again'].map((name) => inFolder(name));
    const merged = await mergeShards(roots);
    assert.ok(merged.ok);
    assert.equal(merged.value.total.files, 3);
    const reasonOf = async (...names: readonly string[]): Promise<string | undefined> => {
      const result = await mergeShards(names.map((name) => inFolder(name)));
      return result.ok ? undefined : result.reason;
    };
    assert.equal(await reasonOf('none'), 'nothing');
    assert.equal(await reasonOf('out1'), 'shardMissing');
    await runShard(work({ root: inFolder('whole') }));
    assert.equal(await reasonOf('out1', 'whole'), 'differentCuts');
    await runShard(work({ root: inFolder('other'), run: { ...run, tool: '2' } }));
    assert.equal(await reasonOf('whole', 'other'), 'differentRuns');
    await rm(inFolder('whole', 'files', 'b.json'));
    assert.equal(await reasonOf('whole'), 'fileMissing');
  });
});
