import { strict as assert } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { appendFile, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { after, before, describe, it } from 'mocha';
import { report } from '../core/corpora.ts';
import { repository } from './support/command.ts';

const corpus = path.resolve(repository, '..', 'shared', 'data', 'uner', 'uner_en_ewt.train.iob2');
/** The file has then 1.2 million tokens; a bare Node takes as much memory as half of what is allowed. */
const TIMES = 6;
/** Prints the most memory that a process ever had, in kilobytes, as the last line of its stderr. */
const peakPrinter =
  'data:text/javascript,process.on("exit",()=>process.stderr.write("peak "+process.resourceUsage().maxRSS))';

/** The V8 flags with which `npm run cli` starts node. */
function flagsOfCli(): readonly string[] {
  const { scripts } = JSON.parse(readFileSync(path.join(repository, 'package.json'), 'utf8')) as {
    scripts: { cli: string };
  };
  return scripts.cli.split(' ').filter((word) => word.startsWith('--'));
}

describe('more than a million tokens', () => {
  let folder = '';
  let file = '';
  before(async function () {
    if (!existsSync(corpus)) {
      report('../shared/data is not here: not measured');
      this.skip();
    }
    folder = await mkdtemp(path.join(os.tmpdir(), 'entity-lens-size-'));
    file = path.join(folder, 'million.iob2');
    const text = await readFile(corpus);
    for (let time = 0; time < TIMES; time++) await appendFile(file, text);
  });
  after(async () => {
    if (folder !== '') await rm(folder, { recursive: true, force: true });
  });

  /**
   * Runs a command as the documentation does and insists on the memory that it may take. V8 sometimes collects late, above
   * all on a busy machine: the memory that a command needs is the least of two runs.
   */
  const measured = async (what: string, ...args: readonly string[]): Promise<string> => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [...flagsOfCli(), '--import', peakPrinter, path.join(repository, 'dist', 'cli.mjs'), ...args],
      { encoding: 'utf8', maxBuffer: 1 << 26 },
    );
    assert.equal(status, 0, stderr);
    const peak = Number(/peak (\d+)$/.exec(stderr)?.[1]) * 1024;
    const { size } = await stat(file);
    report(
      `${what}: ${(peak / 1e6).toFixed(1)} MB for ${(size / 1e6).toFixed(1)} MB, ${(peak / size).toFixed(2)} times`,
    );
    assert.ok(peak > 0 && peak <= 3 * size, `${String(peak)} bytes for ${String(size)}`);
    return stdout;
  };

  for (const format of ['iob2', 'jsonl', 'doccano'])
    it(`are written as ${format} in at most three times the memory of their file`, async () => {
      const out = path.join(folder, `out.${format}`);
      const convert = (): Promise<string> => measured(format, 'convert', '--from', file, '--to', format, '--out', out);
      await convert().catch(convert);
    });

  it('are searched in at most three times the memory of their file', async () => {
    const search = (): Promise<string> => measured('search', 'search', '--corpus', file, '/^[A-Z]/ gold:ORG');
    const places = await search().catch(search);
    assert.equal(places.split('\n').length - 1, 2328 * TIMES);
    const inconsistent = (): Promise<string> =>
      measured('search --inconsistent', 'search', '--corpus', file, '--inconsistent', '--json');
    const strings = await inconsistent().catch(inconsistent);
    assert.equal((JSON.parse(strings) as { strings: unknown[] }).strings.length, 22);
  });
});
