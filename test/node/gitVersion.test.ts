import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { gitVersion } from '../../src/node/gitVersion.ts';

const TEXT = '1\tRome\tB-LOC\t-\tzoe\n';

describe('gitVersion', () => {
  let folder: string;
  let marker: string;

  const git = (cwd: string, ...args: readonly string[]): void => {
    const identity = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', '-c', 'protocol.file.allow=always'];
    execFileSync('git', [...identity, ...args], { cwd, stdio: 'pipe' });
  };
  const repository = (): string => {
    const root = path.join(folder, 'origin');
    mkdirSync(root);
    git(root, 'init', '--quiet', '--initial-branch=main');
    git(root, 'config', 'uploadpack.allowFilter', 'true');
    writeFileSync(path.join(root, 'a.iob2'), TEXT);
    git(root, 'add', '.');
    git(root, 'commit', '--quiet', '-m', 'one');
    writeFileSync(path.join(root, 'a.iob2'), TEXT.replace('LOC', 'ORG'));
    git(root, 'commit', '--quiet', '-am', 'two');
    return root;
  };
  /** A program that leaves a mark and then does what it stands for. */
  const program = (name: string): string => {
    const file = path.join(folder, name);
    writeFileSync(file, `#!/bin/sh\necho ${name} >> '${marker}'\nexit 1\n`);
    chmodSync(file, 0o755);
    return file;
  };
  const ran = (): boolean => existsSync(marker);

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'git-version-'));
    marker = path.join(folder, 'ran');
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('gives the bytes of a revision, whatever an attribute says of how to show them', async () => {
    const root = repository();
    git(root, 'config', 'diff.shown.textconv', program('textconv'));
    git(root, 'config', 'filter.shown.smudge', program('smudge'));
    writeFileSync(path.join(root, '.gitattributes'), '*.iob2 diff=shown filter=shown working-tree-encoding=UTF-16\n');
    assert.equal(await gitVersion(path.join(root, 'a.iob2'), 'HEAD~1'), TEXT);
    assert.equal(ran(), false);
  });

  it('says what git says of a revision that there is not, and takes none for an option', async () => {
    const file = path.join(repository(), 'a.iob2');
    await assert.rejects(gitVersion(file, 'nowhere'), /no version nowhere of a\.iob2 here: .*nowhere/);
    await assert.rejects(gitVersion(file, '--textconv'), /no version --textconv/);
  });

  for (const [key, name] of [
    ['core.sshCommand', 'ssh'],
    ['remote.origin.uploadpack', 'uploadpack'],
    ['core.fsmonitor', 'fsmonitor'],
    ['core.pager', 'pager'],
    ['core.gitProxy', 'proxy'],
    ['credential.helper', 'helper'],
  ] as const)
    it(`runs nothing that ${key} of a partial clone names`, async () => {
      const root = repository();
      const clone = path.join(folder, 'clone');
      git(folder, 'clone', '--quiet', '--filter=blob:none', `file://${root}`, clone);
      git(clone, 'config', key, program(name));
      if (key === 'core.sshCommand') git(clone, 'config', 'remote.origin.url', 'ssh://localhost/nowhere');
      if (key === 'core.gitProxy') git(clone, 'config', 'remote.origin.url', 'git://localhost/nowhere');
      const file = path.join(clone, 'a.iob2');
      await assert.rejects(gitVersion(file, 'HEAD~1'), /partial clone does not hold it/);
      assert.equal(ran(), false);
      assert.equal(await gitVersion(file, 'HEAD'), TEXT.replace('LOC', 'ORG'));
      assert.equal(ran(), false);
    });

  it('runs no remote helper of a partial clone', async () => {
    const root = repository();
    const clone = path.join(folder, 'clone');
    git(folder, 'clone', '--quiet', '--filter=blob:none', `file://${root}`, clone);
    git(clone, 'config', 'protocol.ext.allow', 'always');
    git(clone, 'config', 'remote.origin.url', `ext::${program('ext')}`);
    await assert.rejects(gitVersion(path.join(clone, 'a.iob2'), 'HEAD~1'));
    assert.equal(ran(), false);
  });

  it('takes no folder of the work tree for a repository', async () => {
    const root = repository();
    const bare = path.join(root, 'data');
    git(folder, 'clone', '--quiet', '--bare', `file://${root}`, bare);
    await assert.rejects(gitVersion(path.join(bare, 'a.iob2'), 'HEAD'));
  });
});
