import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { descendantsOf, endTree, isAlive, listProcesses, parentOfStat } from '../../scripts/lib/processes.mjs';
import { run } from '../../scripts/lib/run.mjs';
import { checkNode, isInstalled } from '../../scripts/setup.mjs';
import { atomicFolder } from '../../scripts/workbench/atomicFolder.mjs';
import { parseLog } from '../support/hostLog.ts';
import { until } from '../support/until.ts';

describe('the check of installed packages', () => {
  const lit = { version: '3.3.3', integrity: 'sha512-a' };
  const wanted = {
    packages: { '': {}, 'node_modules/lit': lit, 'node_modules/mac': { version: '1', optional: true } },
  };

  it('is satisfied by the same versions, without those of other platforms', () => {
    assert.equal(isInstalled(wanted, { packages: { 'node_modules/lit': lit } }), true);
  });

  it('notices a missing, another or a changed package', () => {
    assert.equal(isInstalled(wanted, { packages: {} }), false);
    assert.equal(isInstalled(wanted, { packages: { 'node_modules/lit': { ...lit, version: '3.3.2' } } }), false);
    assert.equal(isInstalled(wanted, { packages: { 'node_modules/lit': { ...lit, integrity: 'sha512-b' } } }), false);
  });

  it('refuses a Node that is too old, in one sentence', () => {
    assert.throws(() => checkNode('18.20.4'), /needs Node 20 or newer; this is 18\.20\.4/);
    assert.doesNotThrow(() => checkNode('26.0.0'));
  });
});

describe('a folder that is complete or absent', () => {
  let parent = '';
  beforeEach(async () => {
    parent = await mkdtemp(path.join(os.tmpdir(), 'entity-lens-atomic-'));
  });
  afterEach(() => rm(parent, { recursive: true, force: true }));
  const put = (text: string) => (folder: string) => writeFile(path.join(folder, 'file'), text);

  it('appears under its name when it is filled, and is not filled twice', async () => {
    const folder = path.join(parent, 'deep', 'thing');
    await atomicFolder(folder, put('first'));
    await atomicFolder(folder, put('second'));
    assert.equal(await readFile(path.join(folder, 'file'), 'utf8'), 'first');
  });

  it('leaves nothing behind when filling fails, and works the next time', async () => {
    const folder = path.join(parent, 'thing');
    await assert.rejects(
      atomicFolder(folder, () => Promise.reject(new Error('the network is down'))),
      /the network is down/,
    );
    assert.deepEqual(await readdir(parent), []);
    await atomicFolder(folder, put('text'));
    assert.deepEqual(await readdir(parent), ['thing']);
  });

  it('sweeps away what an interrupted run left and spares a run that still goes on', async () => {
    const { code, output } = await run(process.execPath, ['-p', 'process.pid'], { quiet: true });
    assert.equal(code, 0);
    const ended = `partial-${output.trim()}-thing`;
    const running = `partial-${process.ppid}-thing`;
    await mkdir(path.join(parent, ended));
    await mkdir(path.join(parent, running));
    await atomicFolder(path.join(parent, 'thing'), put('text'));
    assert.deepEqual((await readdir(parent)).sort(), [running, 'thing'].sort());
  });

  it('keeps the folder of whoever was first', async () => {
    const folder = path.join(parent, 'thing');
    await atomicFolder(folder, async (temporary) => {
      await put('slow')(temporary);
      await mkdir(folder);
      await put('fast')(folder);
    });
    assert.equal(await readFile(path.join(folder, 'file'), 'utf8'), 'fast');
    assert.deepEqual(await readdir(parent), ['thing']);
  });
});

describe('processes', () => {
  it('reads the parent of a process whose name holds brackets and blanks', () => {
    assert.equal(parentOfStat('12 (a b) c) S 7 12 12 0'), 7);
  });

  it('finds children and grandchildren', () => {
    const entry = (pid: number, parent: number) => ({ pid, parent, command: '' });
    const entries = [entry(1, 0), entry(2, 1), entry(3, 2), entry(4, 1), entry(5, 9)];
    assert.deepEqual(
      descendantsOf(entries, 1).map(({ pid }) => pid),
      [2, 4, 3],
    );
  });

  it('gives 127 and the reason for a program that does not exist', async () => {
    const { code, output } = await run('/nonexistent/program', [], { quiet: true });
    assert.equal(code, 127);
    assert.match(output, /ENOENT/);
  });

  it('ends a program at its time limit together with the children that ignore polite requests', async () => {
    const stubborn = `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000);`;
    const parent = `
      const child = require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(stubborn)}]);
      console.log(child.pid);
      ${stubborn}`;
    const { timedOut, output } = await run(process.execPath, ['-e', parent], { quiet: true, timeoutMs: 1500 });
    assert.equal(timedOut, true);
    const child = Number(output.trim());
    assert.ok(child > 0);
    await until('the end of the grandchild', () => !isAlive(child), 5000);
  });

  it('lists this process and takes the end of one that has already ended', async () => {
    assert.ok((await listProcesses()).some(({ pid, command }) => pid === process.pid && command.includes('node')));
    const { output } = await run(process.execPath, ['-p', 'process.pid'], { quiet: true });
    await endTree(Number(output.trim()));
  });
});

describe('the reading of logs', () => {
  it('joins the lines of an entry and leaves out what stands before the first', () => {
    const text = 'rest\n2026-11-23 08:53:00.123 [error] Error: a\n\tat b\n2026-11-23 08:53:00.124 [info] c\n';
    assert.deepEqual(parseLog('x.log', text), [
      { file: 'x.log', level: 'error', text: 'Error: a\n\tat b' },
      { file: 'x.log', level: 'info', text: 'c' },
    ]);
  });
});
