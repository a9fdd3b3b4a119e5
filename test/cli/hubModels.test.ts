import { strict as assert } from 'node:assert';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { defaultStorage } from '../../src/cli/ownModels.ts';
import { startHub } from '../inference/support/hub.ts';
import type { Hub } from '../inference/support/hub.ts';
import { labelledWords, writeTinyClassifier } from '../support/tinyClassifier.ts';
import { cliIn } from './support/command.ts';
import type { Outcome } from './support/command.ts';

const ID = 'someone/tiny-ner';
const GRAPH = 'onnx/model_quantized.onnx';
const RIGHT = 'hf_right-one';

const corpus = `# sent_id = one
# text = Ada left Oslo
1	Ada	B-PER	-	carol
2	left	O	-	-
3	Oslo	B-LOC	-	dave

`;

describe('a hub model on the command line', function () {
  this.timeout(120_000);
  let folder = '';
  let hub: Hub;
  const inFolder = (...parts: readonly string[]): string => path.join(folder, ...parts);

  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'entity-lens-cli-'));
    await writeTinyClassifier(inFolder('tiny'), labelledWords(['PER', 'LOC'], { Ada: 'B-PER', Oslo: 'B-LOC' }));
    await writeTinyClassifier(inFolder('second'), labelledWords(['PER', 'LOC'], { Ada: 'B-LOC' }));
    await writeFile(inFolder('corpus.iob2'), corpus);
    hub = await startHub({ [ID]: inFolder('tiny'), [`${ID}@v2`]: inFolder('second') });
  });
  afterEach(async () => {
    await hub.close();
    await rm(folder, { recursive: true, force: true });
  });

  const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Outcome> =>
    cliIn(
      { cwd: folder, env: { HF_ENDPOINT: hub.host, XDG_CACHE_HOME: inFolder('cache'), HF_TOKEN: '', ...env } },
      ...args,
    );

  const annotate = (args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Outcome> =>
    run(['annotate', 'corpus.iob2', '--system', 'bert', '--out', '-', ...args], env);

  /** The tags of the corpus's words in what was written. */
  const tagsIn = (text: string): string =>
    text
      .split('\n')
      .filter((line) => /^\d/u.test(line))
      .map((line) => line.split('\t')[2])
      .join(' ');

  it('is not asked about without --download, which the message names', async () => {
    const { code, stdout, stderr } = await annotate(['--model', ID]);
    assert.deepEqual([code, stdout], [1, '']);
    assert.match(
      stderr,
      /^someone\/tiny-ner is not downloaded in .*entity-lens.models.* Add --download to fetch it from/u,
    );
    assert.ok(stderr.includes(inFolder('cache', 'entity-lens', 'models')) && stderr.includes(hub.host), stderr);
    assert.deepEqual(hub.requests, []);
  });

  it('is fetched with its bytes on stderr, and then works for every command without the hub', async () => {
    const storage = ['--storage', 'here'];
    const first = await annotate(['--model', ID, '--download', '--progress', ...storage]);
    assert.equal(first.code, 0, first.stderr);
    assert.equal(tagsIn(first.stdout), 'B-PER O B-LOC');
    assert.match(first.stderr, /Downloading someone\/tiny-ner \(main, q8, 2 kB\) from http:\/\/127\.0\.0\.1/u);
    assert.match(first.stderr, /tiny-ner \[#+\.*\] \d+ kB\/2 kB\n/u);
    assert.match(first.stderr, /Downloaded someone\/tiny-ner: 2 kB, verified/u);
    assert.ok((await readdir(inFolder('here', 'someone--tiny-ner@main'))).includes('entity-lens.bert.q8.json'));
    const asked = hub.requests.length;
    const again = await annotate(['--model', ID, '--download', ...storage]);
    assert.equal(again.code, 0, again.stderr);
    assert.equal(hub.requests.length, asked);
    const evaluated = await run([
      ...['evaluate', '--corpus', 'corpus.iob2', '--system', 'bert', '--json', '--model', ID, ...storage],
    ]);
    assert.equal(evaluated.code, 0, evaluated.stderr);
    assert.equal((JSON.parse(evaluated.stdout) as { labelledSpan: { f1: number } }).labelledSpan.f1, 1);
    const reported = await run([
      ...['report', '--corpus', 'corpus.iob2', '--system', 'bert', '--system', 't5', '--out', 'report.json'],
      ...['--draws', '10', '--rounds', '10', '--model', `bert=${ID}`, ...storage],
    ]);
    assert.equal(reported.code, 0, reported.stderr);
    const { models } = JSON.parse(await readFile(inFolder('report.json'), 'utf8')) as {
      models: readonly { name: string; files: readonly { path: string; sha256: string }[] }[];
    };
    assert.deepEqual(
      models.map(({ name }) => name),
      [ID, 'Entity Lens T5'],
    );
    assert.deepEqual(
      models[0]?.files.map((file) => file.path),
      ['config.json', 'tokenizer.json', 'tokenizer_config.json', GRAPH],
    );
    assert.equal(hub.requests.length, asked);
  });

  it('may be of another revision and hub, each revision for itself', async () => {
    const other = await startHub({ [ID]: inFolder('second') });
    try {
      const main = await annotate(['--model', ID, '--download']);
      const second = await annotate(['--model', `${ID}@v2`, '--download']);
      assert.deepEqual([main.stdout, second.stdout].map(tagsIn), ['B-PER O B-LOC', 'B-LOC O O']);
      const elsewhere = await annotate(['--model', ID, '--download', '--hub', `${other.host}/`, '--storage', 'other']);
      assert.equal(tagsIn(elsewhere.stdout), 'B-LOC O O', elsewhere.stderr);
      assert.deepEqual((await readdir(inFolder('cache', 'entity-lens', 'models'))).toSorted(), [
        'someone--tiny-ner@main',
        'someone--tiny-ner@v2',
      ]);
    } finally {
      await other.close();
    }
  });

  it('gives way to a folder of its name', async () => {
    await mkdir(inFolder('someone'));
    await cp(inFolder('second'), inFolder(ID), { recursive: true });
    const { code, stdout, stderr } = await annotate(['--model', ID]);
    assert.equal(code, 0, stderr);
    assert.equal(tagsIn(stdout), 'B-LOC O O');
    assert.equal((await annotate(['--model', ID, '--download'])).code, 2);
    assert.deepEqual(hub.requests, []);
  });

  it('opens with HF_TOKEN, which is sent to the hub alone and printed nowhere', async () => {
    hub.tokens.set(ID, RIGHT);
    const elsewhere = await startHub({ [ID]: inFolder('tiny') });
    hub.elsewhere = elsewhere.host;
    try {
      const closed = await annotate(['--model', ID, '--download']);
      assert.equal(closed.code, 1);
      assert.match(closed.stderr, /not open to everybody.*HF_TOKEN takes a token/u);
      const wrong = await annotate(['--model', ID, '--download'], { HF_TOKEN: 'hf_wrong-one' });
      assert.equal(wrong.code, 1);
      assert.match(wrong.stderr, /did not accept your token.*HF_TOKEN/u);
      const broken = await annotate(['--model', ID, '--download'], { HF_TOKEN: 'hf_wrong one' });
      assert.equal(broken.code, 1);
      assert.match(broken.stderr, /^HF_TOKEN is no token/u);
      const unasked = await annotate(['--model', ID], { HF_TOKEN: RIGHT });
      assert.equal(unasked.code, 1);
      assert.ok(!hub.requests.some(({ authorization }) => authorization === `Bearer ${RIGHT}`));
      const open = await annotate(['--model', ID, '--download', '--progress'], { HF_TOKEN: RIGHT });
      assert.equal(open.code, 0, open.stderr);
      assert.equal(tagsIn(open.stdout), 'B-PER O B-LOC');
      for (const { stdout, stderr } of [wrong, broken, open]) assert.doesNotMatch(stdout + stderr, /hf_/u);
      assert.equal(elsewhere.gets.length, 1);
      assert.ok(elsewhere.requests.every(({ authorization }) => authorization === undefined));
    } finally {
      await elsewhere.close();
    }
  });

  it('is told to be cut off, and is gone on with', async () => {
    hub.troubles.set(GRAPH, { kind: 'cutOffOnce', after: 100 });
    const broken = await annotate(['--model', ID, '--download']);
    assert.equal(broken.code, 1);
    assert.match(broken.stderr, /Try again: it goes on from there/u);
    assert.equal((await annotate(['--model', ID])).code, 1);
    const whole = await annotate(['--model', ID, '--download']);
    assert.equal(whole.code, 0, whole.stderr);
    assert.equal(hub.gets.at(-1)?.from, 100);
    const missing = await annotate(['--model', 'someone/nothing', '--download']);
    assert.equal(missing.code, 1);
    assert.match(missing.stderr, /There is no model someone\/nothing/u);
    const format = await annotate(['--model', ID, '--download', '--dtype', 'fp16']);
    assert.equal(format.code, 1);
    assert.match(format.stderr, /onnx\/model_fp16\.onnx/u);
  });

  it('is a wrong call where it is unclear what it is for', async () => {
    const report = ['report', '--corpus', 'corpus.iob2', '--out', 'report.json', '--system', 'bert'];
    for (const [args, told] of [
      [['annotate', 'corpus.iob2', '--system', 'bert', '--out', '-', '--download'], /--download goes with/u],
      [['annotate', 'corpus.iob2', '--system', 'bert', '--out', '-', '--model', `t5=${ID}`], /for t5/u],
      [[...report, '--system', 't5', '--model', ID], /bert=MODEL or t5=MODEL/u],
      [[...report, '--model', ID, '--model', 'someone/other'], /two models for bert/u],
      [
        [
          'annotate',
          'corpus.iob2',
          '--system',
          'bert',
          '--out',
          '-',
          '--model',
          ID,
          '--download',
          '--hub',
          'http://example.org',
        ],
        /not https/u,
      ],
    ] as const) {
      const { code, stderr } = await run(args);
      assert.equal(code, 2, args.join(' '));
      assert.match(stderr, told);
    }
    for (const verb of ['annotate', 'evaluate', 'report']) {
      const { stdout } = await run([verb, '--help']);
      for (const word of ['--storage DIR', '--download', '--hub URL', 'HF_TOKEN', 'HF_ENDPOINT', 'XDG_CACHE_HOME'])
        assert.ok(stdout.includes(word), `${verb} ${word}`);
    }
    assert.deepEqual(hub.requests, []);
  });

  it('lies in the user’s cache folder by default', () => {
    const home = path.resolve('/home/ada');
    const cache = path.resolve('/var/cache/ada');
    assert.equal(defaultStorage({}, home), path.join(home, '.cache', 'entity-lens', 'models'));
    assert.equal(
      defaultStorage({ XDG_CACHE_HOME: 'relative' }, home),
      path.join(home, '.cache', 'entity-lens', 'models'),
    );
    assert.equal(defaultStorage({ XDG_CACHE_HOME: cache }, home), path.join(cache, 'entity-lens', 'models'));
  });
});
