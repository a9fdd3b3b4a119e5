import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { packageFolder, writeLicences } from '../../scripts/licences.mjs';

describe('licences of what is bundled', () => {
  it('finds the package of a file, scoped and nested ones too', () => {
    assert.equal(packageFolder('node_modules/lit/index.js'), 'node_modules/lit');
    assert.equal(packageFolder('node_modules/@a/b/lib/x.js'), 'node_modules/@a/b');
    assert.equal(packageFolder('node_modules/lit/node_modules/c/x.js'), 'node_modules/lit/node_modules/c');
    assert.equal(packageFolder('src/core/token.ts'), undefined);
  });

  it('writes each package once with its whole text', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'entity-lens-licences-'));
    const file = path.join(folder, 'licences.txt');
    try {
      const sources = ['node_modules/valibot/dist/index.mjs', 'node_modules/valibot/package.json', 'src/core/token.ts'];
      assert.deepEqual(await writeLicences(sources, file), ['valibot']);
      assert.match(await readFile(file, 'utf8'), /^valibot [\d.]+ \(MIT\)\n[\s\S]*Permission is hereby granted/);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
