import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { cli, cliIn, repository } from './support/command.ts';

const PREFIX = 'npm run --silent cli -- ';

const page = await readFile(path.join(repository, 'docs', 'command-line.md'), 'utf8');

/** The commands of a page in their order, as words: blanks part them, but within quotes. */
const commands = [...page.matchAll(/^```sh\n([\s\S]*?)^```$/gm)]
  .flatMap(([, block = '']) => block.split('\n'))
  .filter((line) => line.startsWith(PREFIX))
  .map((line) =>
    [...line.slice(PREFIX.length).matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? ''),
  );

describe('docs/command-line.md', () => {
  it('has every command and every option that --help tells', async () => {
    const { stdout: overview } = await cli('--help');
    const names = [...overview.matchAll(/^ {2}(\w+) /gm)].map(([, name = '']) => name);
    assert.ok(names.length >= 8, overview);
    for (const name of names) {
      assert.match(page, new RegExp(`^\\| \`${name}\``, 'm'));
      const { stdout } = await cli(name, '--help');
      const options = [...new Set(stdout.match(/(?<![\w-])--[a-z][\w-]*/g) ?? [])];
      assert.deepEqual(
        options.filter((option) => !new RegExp(`${option}(?![\\w-])`).test(page)),
        [],
        name,
      );
    }
  });

  it('shows commands that run as they stand, one after the other', async function () {
    this.timeout(180_000);
    const folder = await mkdtemp(path.join(os.tmpdir(), 'entity-lens-docs-'));
    try {
      await cp(path.join(repository, 'samples'), path.join(folder, 'samples'), { recursive: true });
      const local = commands.filter((words) => !words.includes('--download'));
      assert.ok(local.length >= 12);
      for (const words of local) {
        const { code, stdout, stderr } = await cliIn({ cwd: folder }, ...words);
        assert.equal(code, 0, `${words.join(' ')}\n${stderr}`);
        const out = words[words.indexOf('--out') + 1];
        if (!words.includes('--out')) assert.notEqual(stdout + stderr, '', words.join(' '));
        else
          await readFile(path.join(folder, out ?? '')).catch((error: unknown) => {
            // A folder is there too.
            if ((error as { code?: string }).code !== 'EISDIR') throw error;
          });
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
