import { strict as assert } from 'node:assert';
import { chmod, copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { after, before, describe, it } from 'mocha';
import { cli, npmCli, repository } from './support/command.ts';

const sample = path.join(repository, 'samples', 'ewt-sample.iob2');
const chain = ['bioes', 'doccano', 'spacy', 'iob2'];

describe('convert and validate', () => {
  let folder = '';
  const inFolder = (...names: string[]): string => path.join(folder, ...names);
  const made = async (name: string, content: string | Uint8Array): Promise<string> => {
    await writeFile(inFolder(name), content);
    return inFolder(name);
  };
  const rows = (text: string): string[] =>
    text
      .split('\n')
      .filter((line) => !line.startsWith('#'))
      .map((line) => line.split('\t').slice(1, 3).join(' '));
  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'entity-lens-convert-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('writes a sample from format to format and gets its words and tags back in the end', async () => {
    const text = await readFile(sample, 'utf8');
    let from = sample;
    for (const format of chain) {
      const out = inFolder(`there.${format}`);
      const { code, stdout, stderr } = await cli('convert', '--from', from, '--to', format, '--out', out);
      assert.deepEqual([code, stdout], [0, ''], stderr);
      from = out;
    }
    assert.deepEqual(rows(await readFile(from, 'utf8')).filter(Boolean), rows(text).filter(Boolean));
  });

  it('tells what the new format cannot hold, and writes nothing then with --strict', async () => {
    const out = inFolder('loss.conll');
    const strict = await cli('convert', '--from', sample, '--to', 'conll2003', '--out', out, '--strict');
    assert.equal(strict.code, 1);
    assert.match(strict.stderr, /61 ids of sentences are not written/u);
    assert.match(strict.stderr, /--strict/u);
    assert.ok(!(await readdir(folder)).some((name) => name.includes('loss')));
    const loose = await cli('convert', '--from', sample, '--to', 'conll2003', '--out', out);
    assert.equal(loose.code, 0);
    assert.match(await readFile(out, 'utf8'), /^-DOCSTART- -X- -X- O\n\n/u);
  });

  it('writes any label into columns, and tells of words that no cell holds', async () => {
    const labels = path.join(repository, 'test', 'fixtures', 'attack', 'label-with-tab.doccano.jsonl');
    const words = path.join(repository, 'test', 'fixtures', 'attack', 'word-with-newline.jsonl');
    for (const format of ['iob2', 'conll2003', 'bioes', 'bilou', 'conllu', 'conllup']) {
      const out = inFolder(`labels.${format}`);
      assert.equal((await cli('convert', '--from', labels, '--to', format, '--out', out)).code, 0);
      const back = await cli('convert', '--from', out, '--input-format', format, '--to', 'jsonl', '--out', '-');
      const { spans } = JSON.parse(back.stdout) as { spans: { label: string }[] };
      assert.deepEqual(
        spans.map(({ label }) => label),
        ['Job Title', 'Medical\tRole'],
        format,
      );
      const strict = await cli('convert', '--from', words, '--to', format, '--out', inFolder('words'), '--strict');
      assert.equal(strict.code, 1, format);
      assert.match(
        strict.stderr,
        /Word 4 of this row is empty[^]*\n.*: 2 words with a tab or a line end, of white space alone/u,
      );
      assert.ok(!(await readdir(folder)).includes('words'));
    }
  });

  it('writes and reads a folder of brat, and does not replace one unasked', async () => {
    const out = inFolder('brat');
    assert.equal((await cli('convert', '--from', sample, '--to', 'brat', '--out', out)).code, 0);
    const names = await readdir(out);
    assert.equal(names.length % 2, 0);
    for (const name of names.filter((one) => one.endsWith('.ann'))) {
      const text = Array.from(await readFile(path.join(out, name.replace('.ann', '.txt')), 'utf8'));
      const lines = (await readFile(path.join(out, name), 'utf8')).split('\n').filter(Boolean);
      for (const line of lines) {
        const [, where = '', quoted = ''] = line.split('\t');
        const [, start, end] = where.split(' ').map(Number);
        assert.equal(text.slice(start, end).join(''), quoted);
      }
    }
    const again = await cli('convert', '--from', sample, '--to', 'brat', '--out', out);
    assert.equal(again.code, 1);
    assert.match(again.stderr, /--force/u);
    const back = inFolder('from-brat.jsonl');
    assert.equal((await cli('convert', '--from', out, '--to', 'jsonl', '--out', back)).code, 0);
    const entities = (await readFile(back, 'utf8'))
      .split('\n')
      .filter(Boolean)
      .flatMap((line) => (JSON.parse(line) as { spans: unknown[] }).spans);
    const gold = (await readFile(sample, 'utf8')).match(/\tB-/gu) ?? [];
    assert.equal(entities.length, gold.length);
  });

  it('writes a dataset folder with a card', async () => {
    const out = inFolder('dataset');
    const call = [
      'convert',
      '--from',
      sample,
      '--to',
      'hf',
      '--out',
      out,
      '--licence',
      'cc-by-sa-4.0',
      '--language',
      'en',
    ];
    assert.equal((await cli(...call)).code, 0);
    assert.deepEqual((await readdir(out)).sort(), ['README.md', 'data']);
    const parts = inFolder('parts');
    assert.equal((await cli(...call.with(6, parts), '--split', '50,25,25')).code, 0);
    assert.deepEqual((await readdir(path.join(parts, 'data'))).sort(), [
      'test.jsonl',
      'train.jsonl',
      'validation.jsonl',
    ]);
    const documents = new Map<string, string>();
    for (const name of await readdir(path.join(parts, 'data')))
      for (const line of (await readFile(path.join(parts, 'data', name), 'utf8')).split('\n').filter(Boolean)) {
        const { doc } = JSON.parse(line) as { doc: string };
        assert.equal(documents.get(doc) ?? name, name);
        documents.set(doc, name);
      }
    assert.match(await readFile(path.join(out, 'README.md'), 'utf8'), /license: cc-by-sa-4\.0/u);
  });

  it('counts code points in files of other tools, whatever the emoji', async () => {
    const text = '🎉 Ada Lovelace came to Zürich.';
    const points = Array.from(text);
    const start = points.indexOf('A');
    const from = await made('emoji.jsonl', `${JSON.stringify({ text, label: [[start, start + 12, 'PER']] })}\n`);
    const { code, stdout, stderr } = await cli('convert', '--from', from, '--to', 'label-studio', '--out', '-');
    assert.equal(code, 0, stderr);
    const tasks = JSON.parse(stdout) as { annotations: { result: { value: unknown }[] }[] }[];
    assert.deepEqual(tasks[0]?.annotations[0]?.result[0]?.value, {
      start,
      end: start + 12,
      text: 'Ada Lovelace',
      labels: ['PER'],
    });
  });

  it('gives a file with CRLF, a byte order mark and lines that nobody understands back byte for byte', async () => {
    const text = '\uFEFF# newdoc id = d\r\n# strange\r\n1\tAda\tB-PER\t-\tme\r\nbroken line\r\n2\tleft\tO\t-\t-';
    const from = await made('strange.iob2', text);
    const { code, stdout, stderr } = await cli('convert', '--from', from, '--to', 'iob2', '--out', '-');
    assert.deepEqual([code, stdout], [0, text]);
    assert.match(stderr, /strange\.iob2:4: error: .*\[cellCount\]/u);
  });

  it('validates: 0 without a problem, 1 with each one told by file and line', async () => {
    const good = await cli('validate', sample);
    assert.deepEqual([good.code, good.stdout], [0, '']);
    assert.match(good.stderr, /61 sentences \(61 annotated\)/u);
    const bad = await made('bad.iob2', '# text = Ada left\n1\tAda\tI-PER\t-\t-\n2\tleft\n\n1\tx\tQ\t-\t-\n');
    const { code, stdout } = await cli('validate', bad);
    assert.equal(code, 1);
    assert.deepEqual(
      stdout
        .split('\n')
        .map((line) => /^.*bad\.iob2:(\d+): (\w+): .*\[(\w+)\]$/u.exec(line)?.slice(1).join(' ') ?? line),
      ['2 warning orphanTag', '3 error cellCount', '5 warning unknownTag', ''],
    );
    const json = await made('bad.jsonl', '{"text":"a","label":[]}\n{"text":\n');
    const broken = await cli('validate', json);
    assert.equal(broken.code, 1);
    assert.match(broken.stdout, /bad\.jsonl:2: error: /u);
  });

  it('sums up more than a thousand problems', async () => {
    const { code, stdout } = await cli('validate', await made('many.iob2', '1\tx\tI-PER\t-\t-\n\n'.repeat(1500)));
    assert.equal(code, 1);
    const lines = stdout.trimEnd().split('\n');
    assert.deepEqual([lines.length, lines.at(-1)], [1001, '500 more [orphanTag]']);
  });

  it('explains what it cannot use, changes nothing, and leaves no half file', async () => {
    const binary = await made('binary.iob2', new Uint8Array([49, 9, 255, 254, 10]));
    const same = await made('same.iob2', '1\tx\tO\t-\t-\n');
    const calls: readonly (readonly [RegExp, readonly string[]])[] = [
      [/binary\.iob2:1 is no UTF-8 text/u, ['--from', binary, '--to', 'jsonl', '--out', inFolder('o1')]],
      [/no such file or folder/u, ['--from', inFolder('absent'), '--to', 'jsonl', '--out', inFolder('o2')]],
      [/never changed/u, ['--from', same, '--to', 'jsonl', '--out', same]],
      [/no sentences/u, ['--from', await made('void.jsonl', '{}\n'), '--to', 'iob2', '--out', inFolder('o3')]],
    ];
    const before = (await readdir(folder)).sort();
    for (const [message, args] of calls) {
      const { code, stderr, stdout } = await cli('convert', ...args);
      assert.deepEqual([code, stdout], [1, '']);
      assert.match(stderr, message);
      assert.doesNotMatch(stderr, /\n\s+at /u);
    }
    const wrong = await cli('convert', '--from', same, '--to', 'klingon', '--out', 'y');
    assert.equal(wrong.code, 2);
    assert.match(wrong.stderr, /label-studio/u);
    assert.deepEqual((await readdir(folder)).sort(), before);
  });

  it('leaves what was there where the target cannot be written', async function () {
    if (process.platform === 'win32' || process.getuid?.() === 0) {
      // Nobody is refused here; a folder in the place of the file is.
      await mkdir(inFolder('taken.jsonl', 'inside'), { recursive: true });
      const { code, stderr } = await cli(
        'convert',
        '--from',
        sample,
        '--to',
        'jsonl',
        '--out',
        inFolder('taken.jsonl'),
      );
      assert.equal(code, 1);
      assert.match(stderr, /taken\.jsonl/u);
      assert.deepEqual(await readdir(inFolder('taken.jsonl')), ['inside']);
    } else {
      await mkdir(inFolder('closed'));
      await copyFile(sample, inFolder('closed', 'a.jsonl'));
      await chmod(inFolder('closed'), 0o500);
      const { code, stderr } = await cli(
        'convert',
        '--from',
        sample,
        '--to',
        'jsonl',
        '--out',
        inFolder('closed', 'a.jsonl'),
      );
      assert.equal(code, 1);
      assert.match(stderr, /no permission/u);
      await chmod(inFolder('closed'), 0o700);
    }
    assert.ok(!(await readdir(folder)).some((name) => name.endsWith('.tmp')));
  });

  it('runs as the documentation says', async () => {
    const out = inFolder('readme.jsonl');
    const { code, stdout } = await npmCli('convert', '--from', sample, '--to', 'jsonl', '--out', out);
    assert.deepEqual([code, stdout], [0, '']);
    assert.equal((await readFile(out, 'utf8')).split('\n').length, 62);
  });
});
