import { strict as assert } from 'node:assert';
import { execFileSync, spawn } from 'node:child_process';
import {
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { outputPlace } from '../../src/node/outputPlace.ts';
import { cli, repository } from './support/command.ts';

const GOLD = '# text = Ada\n1\tAda\tB-PER\t-\tzoe\n\n';
const JSONL = '{"text":"Ada ran","label":[[0,3,"Job Title"]]}\n';
const built = path.join(repository, 'dist', 'cli.mjs');

describe('what a command may write to', () => {
  let folder = '';
  const at = (...names: readonly string[]): string => path.join(folder, ...names);
  const made = (name: string, content: string): string => {
    mkdirSync(path.dirname(at(name)), { recursive: true });
    writeFileSync(at(name), content);
    return at(name);
  };
  const leftovers = (where = folder): readonly string[] =>
    readdirSync(where).filter((name) => /\.(?:tmp|old)$/.test(name));

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'entity-lens-target-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  /** Runs a command that has to refuse to write, and shows that nothing changed. */
  async function refused(file: string, ...args: readonly string[]): Promise<void> {
    const before = readFileSync(file, 'utf8');
    const { code, stderr } = await cli(...args);
    assert.equal(code, 1, stderr);
    assert.match(stderr, /is an input, which is never changed: choose another --out/);
    assert.ok(stderr.includes(path.basename(file)), stderr);
    assert.equal(readFileSync(file, 'utf8'), before);
    assert.deepEqual(leftovers(), []);
  }

  it('no file of a folder that is converted', async () => {
    const file = made('in/a.iob2', GOLD);
    await refused(file, 'convert', '--from', at('in'), '--to', 'iob2', '--out', file);
    symlinkSync(at('in'), at('link'));
    await refused(file, 'convert', '--from', at('in'), '--to', 'iob2', '--out', at('link', 'a.iob2'));
    linkSync(file, at('b.iob2'));
    await refused(at('b.iob2'), 'convert', '--from', at('in'), '--to', 'iob2', '--out', at('b.iob2'));
  });

  it('neither half of a pair of brat, and no file of a folder by a folder', async () => {
    made('d.txt', 'Ada ran');
    const annotations = made('d.ann', 'T1\tPER 0 3\tAda\n');
    await refused(at('d.txt'), 'convert', '--from', annotations, '--to', 'jsonl', '--out', at('d.txt'));
    await refused(annotations, 'convert', '--from', at('d.txt'), '--to', 'jsonl', '--out', annotations);
    made('brat/d.txt', 'Ada ran');
    const inFolder = made('brat/d.ann', 'T1\tPER 0 3\tAda\n');
    const gold = made('gold.iob2', '# newdoc id = d\n' + GOLD);
    symlinkSync(at('brat'), at('same'));
    assert.match(
      (await cli('convert', '--from', at('brat'), '--to', 'brat', '--out', at('same'), '--force')).stderr,
      /same is an input/,
    );
    await refused(at('brat', 'd.txt'), 'convert', '--from', inFolder, '--to', 'brat', '--out', at('brat'), '--force');
    assert.equal((await cli('convert', '--from', gold, '--to', 'brat', '--out', at('brat'), '--force')).code, 0);
  });

  it('no text that is annotated', async () => {
    const file = made('t.txt', 'Ada ran.');
    await refused(file, 'annotate', file, '--system', 'bert', '--out', file);
  });

  it('no manifest that is none of ours', async () => {
    const file = made('a.iob2', GOLD);
    const other = made('o.jsonl.manifest.json', '{"name":"mine"}');
    const args = ['convert', '--from', file, '--to', 'jsonl', '--out', at('o.jsonl'), '--manifest'];
    const { code, stderr } = await cli(...args);
    assert.equal(code, 1);
    assert.match(stderr, /o\.jsonl\.manifest\.json is there already/);
    assert.equal(readFileSync(other, 'utf8'), '{"name":"mine"}');
    assert.equal((await cli(...args, '--force')).code, 0);
    assert.equal((await cli(...args)).code, 0);
  });

  it('a pipe, which gets the text and stays one; a link, which stays one', async function () {
    if (process.platform === 'win32') this.skip();
    const file = made('a.doccano.jsonl', JSONL);
    execFileSync('mkfifo', [at('pipe')]);
    const reader = spawn('cat', [at('pipe')]);
    let text = '';
    reader.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    const closed = new Promise((resolve) => reader.on('close', resolve));
    const args = ['convert', '--from', file, '--to', 'iob2', '--out'];
    assert.equal((await cli(...args, at('pipe'))).code, 0);
    await closed;
    assert.match(text, /1\tAda\tB-Job Title/);
    assert.ok(lstatSync(at('pipe')).isFIFO());
    symlinkSync(made('target.iob2', ''), at('link.iob2'));
    assert.equal((await cli(...args, at('link.iob2'))).code, 0);
    assert.ok(lstatSync(at('link.iob2')).isSymbolicLink());
    assert.equal(readFileSync(at('target.iob2'), 'utf8'), text);
    assert.deepEqual(leftovers(), []);
  });

  it('a folder, which is replaced as one and keeps what else it holds', async () => {
    const file = made('a.iob2', GOLD.repeat(20));
    const args = ['convert', '--from', file, '--to', 'iob2', '--split', '80,10,10', '--out', at('out')];
    assert.equal((await cli(...args)).code, 0);
    made('out/notes/mine.txt', 'mine');
    const seen = new Set<string>();
    assert.equal((await cli(...args, '--force', '--seed', '2')).code, 0);
    for (const name of readdirSync(at('out'))) seen.add(name);
    assert.ok(seen.has('train.iob2') && seen.has('notes'));
    assert.equal(readFileSync(at('out', 'notes', 'mine.txt'), 'utf8'), 'mine');
    assert.deepEqual(leftovers(), []);
  });

  it('takes away what a killed command left, and puts back the folder that it had moved aside', async () => {
    const file = made('a.iob2', GOLD);
    const killed = spawn(process.execPath, ['-e', '']);
    await new Promise((resolve) => killed.on('close', resolve));
    const of = (name: string): string => name.replace(`-${String(process.pid)}-`, `-${String(killed.pid)}-`);
    const own = outputPlace(at('o.jsonl')).staging;
    writeFileSync(own, 'of a command that runs');
    writeFileSync(of(outputPlace(at('o.jsonl')).staging), 'half');
    const aside = of(outputPlace(at('out')).aside);
    mkdirSync(aside);
    writeFileSync(path.join(aside, 'mine.txt'), 'mine');
    assert.equal((await cli('convert', '--from', file, '--to', 'jsonl', '--out', at('o.jsonl'))).code, 0);
    assert.deepEqual(
      leftovers().filter((name) => name.endsWith('.tmp')),
      [path.basename(own)],
    );
    const split = ['convert', '--from', file, '--to', 'iob2', '--split', '80,10,10', '--out', at('out')];
    assert.equal((await cli(...split)).code, 1);
    assert.equal((await cli(...split, '--force')).code, 0);
    assert.equal(readFileSync(at('out', 'mine.txt'), 'utf8'), 'mine');
    rmSync(own);
    assert.deepEqual(leftovers(), []);
  });

  it('nothing after Ctrl+C, within a second', async function () {
    if (process.platform === 'win32') this.skip();
    const file = made('a.iob2', GOLD.repeat(400_000));
    const out = made('o.jsonl', 'old');
    const child = spawn(process.execPath, [built, 'convert', '--from', file, '--to', 'jsonl', '--out', out]);
    const begun = new Promise<void>((resolve) => {
      const timer = setInterval(() => {
        if (leftovers().length === 0) return;
        clearInterval(timer);
        resolve();
      }, 20);
    });
    await begun;
    const sent = performance.now();
    child.kill('SIGINT');
    const code = await new Promise((resolve) => child.on('close', resolve));
    assert.equal(code, 1);
    assert.ok(performance.now() - sent < 1500, 'it went on');
    assert.equal(readFileSync(out, 'utf8'), 'old');
    assert.deepEqual(leftovers(), []);
  });

  it('ends without a trace where nobody reads its output, and says so where the disk is full', async function () {
    if (process.platform === 'win32') this.skip();
    const file = made('a.iob2', GOLD.repeat(4000));
    const run = (command: string): Promise<{ code: number | null; stderr: string }> => {
      const child = spawn('sh', ['-c', command]);
      let stderr = '';
      child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
      return new Promise((resolve) =>
        child.on('close', (code) => {
          resolve({ code, stderr });
        }),
      );
    };
    const command = `'${process.execPath}' '${built}' search Ada --corpus '${file}'`;
    assert.doesNotMatch((await run(`${command} | head -1`)).stderr, /at |EPIPE/);
    const full = await run(`${command} > /dev/full`);
    assert.equal(full.code, 1);
    assert.match(full.stderr, /The output cannot be written: the disk is full\./);
    assert.doesNotMatch(full.stderr, /\n\s+at /);
  });

  it('a terminal, which no word or name of a file commands', async () => {
    const file = made('a.iob2', '1\tA\u001b]0;x\u0007\tB-\u001b[31mPER\t-\n');
    const { stderr } = await cli(
      'annotate',
      file,
      '--system',
      'bert',
      '--out',
      file.replace('a.iob2', '\u001b[2Jno/x'),
    );

    assert.doesNotMatch(stderr, /[\u0000-\u0009\u000B-\u001F]/);
    assert.match(stderr, /\\u001b/);
  });
});
