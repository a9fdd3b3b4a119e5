import { strict as assert } from 'node:assert';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { after, before, describe, it } from 'mocha';
import { report } from '../core/corpora.ts';
import { until } from '../support/until.ts';
import { cli, repository } from './support/command.ts';

const train = path.resolve(repository, '..', 'shared', 'data', 'uner', 'uner_en_ewt.train.iob2');
const sample = path.join(repository, 'samples', 'ewt-sample.iob2');
const SHARDS = 7;

/** Writes each document of a corpus as a file of its own, in folders of their first letters. */
async function cutByDocument(corpus: string, folder: string): Promise<number> {
  const documents = (await readFile(corpus, 'utf8')).split(/^(?=# newdoc)/mu).filter((text) => text.trim() !== '');
  for (const [index, text] of documents.entries()) {
    const part = path.join(folder, `part${String(index % 3)}`);
    await mkdir(part, { recursive: true });
    await writeFile(path.join(part, `${String(index).padStart(4, '0')}.iob2`), text);
  }
  return documents.length;
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .filter((name) => !name.includes('shard-'))
    .sort();
}

/** The content of a folder but for the times that the records tell. */
async function contentOf(folder: string): Promise<readonly string[]> {
  const names = await filesBelow(folder);
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(path.join(folder, name), 'utf8');
      return `${name}\n${text.replace(/"seconds":[\d.e-]+/u, '"seconds":0')}`;
    }),
  );
}

/** Starts a command and kills it with everything it started once its folder holds some results. */
async function killedMidway(args: readonly string[], out: string): Promise<number> {
  const child = spawn(process.execPath, [path.join(repository, 'dist', 'cli.mjs'), ...args], { stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  let files = 0;
  await until(
    'the first result',
    async () => {
      files = existsSync(out) ? (await filesBelow(out)).length : 0;
      return files > 0 || child.exitCode !== null;
    },
    120_000,
  );
  child.kill('SIGKILL');
  await ended;
  return files;
}

const withoutSpeed = (json: string): string => json.replace(/"sentencesPerSecond": [\d.]+/u, '');

describe('a folder in shards', function () {
  this.timeout(900_000);
  let folder = '';
  let documents = 0;
  const inFolder = (...parts: readonly string[]): string => path.join(folder, ...parts);

  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'entity-lens-shards-'));
    const corpus = existsSync(train) ? train : sample;
    if (corpus === sample) report('../shared/data is not here: the sample in place of EWT train');
    documents = await cutByDocument(corpus, inFolder('corpus'));
  });
  after(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  const annotate = (out: string, ...more: readonly string[]): readonly string[] => [
    ...['annotate', inFolder('corpus'), '--system', 'bert', '--out', out, ...more],
  ];
  const evaluate = (out: string, ...more: readonly string[]): readonly string[] => [
    ...['evaluate', '--corpus', inFolder('corpus'), '--system', 'bert', '--json', '--out', out, ...more],
  ];

  for (const [verb, command] of Object.entries({ annotate, evaluate })) {
    it(`${verb}: seven shards, two of them killed and resumed, are one run to the byte`, async () => {
      const whole = inFolder(`${verb}-whole`);
      const once = await cli(...command(whole));
      assert.equal(once.code, 0, once.stderr);
      const out = inFolder(`${verb}-shards`);
      for (let index = 1; index <= SHARDS; index++) {
        const shard = ['--shard', `${String(index)}/${String(SHARDS)}`];
        if (index === 2 || index === 5) {
          // Killed in a folder of its own, so that its own results are seen to begin.
          const alone = inFolder(`${verb}-killed-${String(index)}`);
          const files = await killedMidway(command(alone, ...shard), alone);
          const finished = existsSync(
            path.join(alone, verb === 'annotate' ? '.entity-lens' : '', `shard-${String(index)}-of-7.json`),
          );
          if (documents > 100) assert.equal(finished, false);
          if (documents > 100) assert.ok(files > 0, 'it was killed before its first result');
          await cp(alone, out, { recursive: true });
          const unfinished = await cli('merge', out);
          assert.equal(unfinished.code, 1);
          assert.match(unfinished.stderr, /^Shards? [\d, ]+ of 7 (is|are) not finished\. Run .* --resume\./u);
        }
        const { code, stderr } = await cli(
          ...command(out, ...shard, ...(index === 2 || index === 5 ? ['--resume'] : [])),
        );
        assert.equal(code, 0, stderr);
        if ((index === 2 || index === 5) && documents > 100) assert.match(stderr, /\([1-9]\d* were done before\)/u);
      }
      assert.deepEqual(await contentOf(out), await contentOf(whole));
      const merged = await cli('merge', out, '--json');
      assert.equal(merged.code, 0, merged.stderr);
      const one = verb === 'evaluate' ? once.stdout : (await cli('merge', whole, '--json')).stdout;
      assert.equal(withoutSpeed(merged.stdout), withoutSpeed(one));
    });
  }
});
