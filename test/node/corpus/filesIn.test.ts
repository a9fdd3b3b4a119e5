import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { describe, it } from 'mocha';
import { corpusFiles } from '../../../src/node/corpus/corpusInput.ts';
import { columnFiles } from '../../../src/node/corpus/diskCorpus.ts';
import { filesIn } from '../../../src/node/corpus/filesIn.ts';

describe('the files of a corpus folder', () => {
  it('are each real file inside it once: no loops, nothing outside, no hidden folder, no pipe', async function () {
    if (process.platform === 'win32') this.skip();
    const folder = mkdtempSync(path.join(os.tmpdir(), 'entity-lens-files-'));
    try {
      const root = path.join(folder, 'corpus');
      const made = (...names: readonly string[]): void => {
        const file = path.join(folder, ...names);
        mkdirSync(path.dirname(file), { recursive: true });
        writeFileSync(file, '1\tAda\tO\t-\t-\n');
      };
      made('outside', 'secret.iob2');
      made('corpus', 'a.iob2');
      made('corpus', 'deep', 'b.iob2');
      for (const hidden of ['.git', '.vscode', 'node_modules']) made('corpus', hidden, 'x.iob2');
      symlinkSync(root, path.join(root, 'deep', 'loop'));
      symlinkSync(path.join(folder, 'outside'), path.join(root, 'out'));
      symlinkSync(path.join(root, 'a.iob2'), path.join(root, 'again.iob2'));
      symlinkSync('/dev/zero', path.join(root, 'zero.iob2'));
      execFileSync('mkfifo', [path.join(root, 'pipe.iob2')]);
      const expected = ['a.iob2', path.join('deep', 'b.iob2')];
      assert.deepEqual(filesIn(root), expected);
      assert.deepEqual(
        corpusFiles(root),
        expected.map((name) => path.join(root, name)),
      );
      assert.deepEqual(
        (await columnFiles(root)).map(({ path: file }) => file),
        expected.map((name) => path.join(root, name)),
      );
      // A folder that is named is taken, hidden or not, and a link to one too.
      linkSync(path.join(root, 'a.iob2'), path.join(root, '.git', 'y.iob2'));
      assert.equal(corpusFiles(path.join(root, '.git')).length, 2);
      assert.equal(corpusFiles(path.join(root, 'out')).length, 1);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
