import { strict as assert } from 'node:assert';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { after, before, describe, it } from 'mocha';
import { cli, repository } from './support/command.ts';

const sample = path.join(repository, 'samples', 'ewt-sample.iob2');
const reviewed = [
  '# newdoc id = one\n# text = Ada left\n# reviewed = Grace 2026-01-02\n1\tAda\tB-PER\t-\tGrace\n2\tleft\tO\t-\t-\n\n',
  '# text = Turin sleeps\n1\tTurin\tB-GPE\t-\tGrace\n2\tsleeps\tO\t-\t-\n\n',
  '# newdoc id = two\n# text = Who\n1\tWho\t_\t-\t-\n\n',
].join('');

describe('what of a corpus is converted', () => {
  let folder = '';
  const at = (...names: string[]): string => path.join(folder, ...names);
  const convert = (...args: string[]): ReturnType<typeof cli> => cli('convert', ...args);
  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'entity-lens-choices-'));
    await writeFile(at('small.iob2'), reviewed);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('is all of it, what somebody annotated, or what somebody looked through', async () => {
    const texts = async (take: string): Promise<readonly string[]> => {
      const { code, stdout, stderr } = await convert(
        '--from',
        at('small.iob2'),
        '--to',
        'jsonl',
        '--out',
        '-',
        '--take',
        take,
      );
      assert.equal(code, 0, stderr);
      return stdout
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { text: string }).text);
    };
    assert.deepEqual(await texts('all'), ['Ada left', 'Turin sleeps', 'Who']);
    assert.deepEqual(await texts('gold'), ['Ada left', 'Turin sleeps']);
    assert.deepEqual(await texts('reviewed'), ['Ada left']);
    const none = await convert('--from', sample, '--to', 'jsonl', '--out', at('none.jsonl'), '--take', 'reviewed');
    assert.equal(none.code, 1);
    assert.match(none.stderr, /None of the 61 sentences is reviewed/u);
  });

  it('is the gold beside a text, and nothing of the text around it', async () => {
    const text = 'Ada left. Bob stayed on.\n\nIt rained in Rome. Who knows?\n';
    await mkdir(at('prose'));
    await writeFile(at('prose', 'p.txt'), text);
    await writeFile(
      at('prose', 'p.txt.iob2'),
      '# text = Ada left.\n1\tAda\tB-PER\t-\tg\n2\tleft\tO\t-\t-\n3\t.\tO\t-\t-\n\n' +
        '# text = It rained in Rome.\n1\tIt\tO\t-\t-\n2\trained\tO\t-\t-\n3\tin\tO\t-\t-\n4\tRome\tB-LOC\t-\tg\n5\t.\tO\t-\t-\n\n' +
        '# text = Who knows?\n1\tWho\tO\t-\t-\n2\tknows\tO\t-\t-\n3\t?\tO\t-\t-\n\n',
    );
    const rows = async (from: string, ...more: string[]): Promise<readonly unknown[]> => {
      const args = ['--from', from, '--to', 'doccano', '--out', '-', '--take', 'gold', ...more];
      const { code, stdout, stderr } = await convert(...args);
      assert.equal(code, 0, stderr);
      assert.match(stderr, /3 sentences, 2 spans, 1 sentences left out/u);
      return stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { text: string; label: unknown })
        .map((row) => [row.text, row.label]);
    };
    const runs = [
      ['Ada left.', [[0, 3, 'PER']]],
      ['It rained in Rome. Who knows?', [[13, 17, 'LOC']]],
    ];
    assert.deepEqual(await rows(at('prose', 'p.txt')), runs);
    assert.deepEqual(await rows(at('prose')), runs);
    assert.deepEqual(await rows(at('prose', 'p.txt'), '--records', 'sentence'), [
      ['Ada left.', [[0, 3, 'PER']]],
      ['It rained in Rome.', [[13, 17, 'LOC']]],
      ['Who knows?', []],
    ]);
    const wrong = await convert('--from', sample, '--to', 'brat', '--out', at('x'), '--records', 'line');
    assert.match(wrong.stderr, /--records is run or sentence/u);
  });

  it('gets other labels, or none, and keeps everything else of its lines', async () => {
    const tags = async (...args: string[]): Promise<string> => {
      const { stdout } = await convert('--from', at('small.iob2'), '--to', 'iob2', '--out', '-', ...args);
      assert.equal(stdout.replace(/\t[BI_O](?:-\w+)?\t/g, '\t?\t'), reviewed.replace(/\t[BI_O](?:-\w+)?\t/g, '\t?\t'));
      return (stdout.match(/(?<=\t)[BI_O](?:-\w+)?(?=\t)/g) ?? []).join(' ');
    };
    assert.equal(await tags('--label-map', 'GPE=LOC, PER=O'), 'O O B-LOC O _');
    assert.equal(await tags('--label-map', '{"GPE": "LOC"}', '--scheme', 'simplified'), 'B O B O _');
    const wrong = await convert('--from', sample, '--to', 'iob2', '--out', '-', '--label-map', 'GPE');
    assert.equal(wrong.code, 2);
    assert.match(wrong.stderr, /GPE=LOC/u);
  });

  it('is split by document in every format, the same way for the same seed', async () => {
    const names = async (format: string): Promise<readonly string[]> => {
      const out = at(`split-${format}`);
      const { code, stderr } = await convert(
        '--from',
        sample,
        '--to',
        format,
        '--out',
        out,
        '--split',
        '60,20,20',
        '--manifest',
      );
      assert.equal(code, 0, stderr);
      assert.match(stderr, /^train: \d+ documents, \d+ sentences$/mu);
      return (await readdir(out)).sort();
    };
    assert.deepEqual(await names('iob2'), ['dev.iob2', 'manifest.json', 'test.iob2', 'train.iob2']);
    assert.deepEqual(await names('brat'), ['dev', 'manifest.json', 'test', 'train']);
    const parts = await Promise.all(
      ['train', 'dev', 'test'].map((part) => readFile(at('split-iob2', `${part}.iob2`), 'utf8')),
    );
    const blocks = (text: string): readonly string[] => text.split('\n\n').filter((block) => block.includes('sent_id'));
    const whole = blocks(await readFile(sample, 'utf8'));
    assert.deepEqual(parts.flatMap(blocks).length, whole.length);
    const documents = parts.map((text) => new Set(text.match(/(?<=# newdoc id = ).*/g)));
    for (const id of documents[0] ?? []) assert.ok(documents[1]?.has(id) !== true && documents[2]?.has(id) !== true);
    const again = at('again');
    await convert('--from', sample, '--to', 'iob2', '--out', again, '--split', '60,20,20', '--manifest');
    for (const name of await readdir(again))
      assert.deepEqual(await readFile(path.join(again, name)), await readFile(at('split-iob2', name)), name);
  });

  it('is described by a manifest whose hashes are those of the files', async () => {
    const out = at('described.jsonl');
    assert.equal((await convert('--from', at('small.iob2'), '--to', 'jsonl', '--out', out, '--manifest')).code, 0);
    const manifest = JSON.parse(await readFile(`${out}.manifest.json`, 'utf8')) as {
      inputs: { path: string; bytes: number; sha256: string }[];
      outputs: { path: string; bytes: number; sha256: string }[];
      counts: unknown;
      losses: { kind: string }[];
    };
    const sum = async (file: string): Promise<string> =>
      createHash('sha256')
        .update(await readFile(file))
        .digest('hex');
    assert.deepEqual(manifest.inputs, [
      { path: 'small.iob2', bytes: reviewed.length, sha256: await sum(at('small.iob2')) },
    ]);
    assert.deepEqual(
      manifest.outputs.map(({ path: name, sha256 }) => [name, sha256]),
      [['described.jsonl', await sum(out)]],
    );
    assert.deepEqual(manifest.counts, {
      sentences: 3,
      tokens: 5,
      entities: 2,
      labels: { GPE: 1, PER: 1 },
      reviewed: 1,
      filled: 0,
      left: 0,
      inProgress: 0,
    });
    assert.deepEqual(
      manifest.losses.map(({ kind }) => kind),
      ['annotators', 'comments'],
    );
  });

  it('is a dataset in Parquet, whose card names its files and whose rows are those of JSON Lines', async () => {
    const [lines, parquet] = [at('hf-lines'), at('hf-parquet')];
    const call = ['--from', sample, '--to', 'hf', '--split', '60,20,20', '--manifest'];
    assert.equal((await convert(...call, '--out', lines)).code, 0);
    const { code, stderr } = await convert(...call, '--out', parquet, '--parquet');
    assert.equal(code, 0, stderr);
    assert.deepEqual((await readdir(path.join(parquet, 'data'))).sort(), [
      'test.parquet',
      'train.parquet',
      'validation.parquet',
    ]);
    assert.match(await readFile(path.join(parquet, 'README.md'), 'utf8'), /path: data\/train\.parquet/u);
    const file = await asyncBufferFromFile(path.join(parquet, 'data', 'train.parquet'));
    const rows = await parquetReadObjects({ file });
    const expected = (await readFile(path.join(lines, 'data', 'train.jsonl'), 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    const plain: unknown = JSON.parse(
      JSON.stringify(rows, (_, value: unknown) => (typeof value === 'bigint' ? Number(value) : value)),
    );
    assert.deepEqual(plain, expected);
    const manifest = JSON.parse(await readFile(path.join(parquet, 'manifest.json'), 'utf8')) as {
      outputs: { path: string; sha256: string }[];
    };
    const train = manifest.outputs.find(({ path: name }) => name === 'data/train.parquet');
    const content = await readFile(path.join(parquet, 'data', 'train.parquet'));
    assert.equal(train?.sha256, createHash('sha256').update(content).digest('hex'));
    assert.equal((await convert('--from', sample, '--to', 'jsonl', '--out', '-', '--parquet')).code, 2);
  });

  it('asks which columns hold words and tags where they cannot be told', async () => {
    const rows = 'B-NP B-PER Ada\nB-VP O left\nB-NP B-LOC Turin\n\nB-NP B-PER Bob\n';
    await writeFile(at('odd.tsv'), rows.replaceAll(' ', '\t'));
    const asked = await convert('--from', at('odd.tsv'), '--to', 'jsonl', '--out', at('odd.jsonl'));
    assert.equal(asked.code, 1);
    assert.match(asked.stderr, /--columns form=N,tag=N/u);
    assert.match(asked.stderr, /column 3: Ada {2}left/u);
    const told = await convert('--from', at('odd.tsv'), '--to', 'jsonl', '--out', '-', '--columns', 'form=3,tag=2');
    assert.equal(told.code, 0, told.stderr);
    const row = JSON.parse(told.stdout.split('\n')[0] ?? '') as { tokens: unknown; ner_tags: unknown };
    assert.deepEqual(
      [row.tokens, row.ner_tags],
      [
        ['Ada', 'left', 'Turin'],
        ['B-PER', 'O', 'B-LOC'],
      ],
    );
    assert.equal((await cli('validate', at('odd.tsv'), '--columns', 'form=3,tag=2')).code, 0);
    const wrong = await convert('--from', at('odd.tsv'), '--to', 'jsonl', '--out', '-', '--columns', 'form=9,tag=1');
    assert.equal(wrong.code, 1);
    assert.match(wrong.stderr, /from 1 to 3/u);
  });
});
