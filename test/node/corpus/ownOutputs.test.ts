import { strict as assert } from 'node:assert';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { CURATED_FILES } from '../../../src/core/annotatorComparison.ts';
import { corpusFiles } from '../../../src/node/corpus/corpusInput.ts';
import { columnFiles } from '../../../src/node/corpus/diskCorpus.ts';

const manifest = '{\n  "kind": "entity-lens-export",\n  "version": 1\n}\n';
const files: Readonly<Record<string, string>> = {
  'a.iob2': '',
  'a.export.iob2': '',
  'a.export.iob2.manifest.json': manifest,
  'a.curated.iob2': '',
  'a.curated-2.iob2': '',
  'dataset/train.iob2': '',
  'dataset/manifest.json': manifest,
  'site/manifest.json': '{"name": "a page"}',
  'site/b.iob2': '',
};

describe('what the product wrote', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'entity-lens-own-'));
    for (const [name, text] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
      await writeFile(path.join(folder, name), text);
    }
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('is no document beside its source, in folders that are evaluated, converted and imported', async () => {
    const names = (found: readonly string[]): readonly string[] =>
      found.map((file) => path.relative(folder, file).replaceAll(path.sep, '/')).sort();
    assert.deepEqual(
      (await columnFiles(folder)).map(({ name }) => name),
      ['a.iob2', 'site/b.iob2'],
    );
    assert.deepEqual(names(corpusFiles(folder)), ['a.iob2', 'site/b.iob2', 'site/manifest.json']);
  });

  it('is read where it is named itself', async () => {
    const dataset = path.join(folder, 'dataset');
    assert.deepEqual(corpusFiles(dataset), [path.join(dataset, 'train.iob2')]);
    assert.equal((await columnFiles(path.join(folder, 'a.curated.iob2'))).length, 1);
  });

  it('is left out of the Corpus view by default under the names that Compare Annotators gives', async () => {
    const { contributes } = JSON.parse(await readFile('package.json', 'utf8')) as {
      contributes: { configuration: readonly { properties: Record<string, { default: unknown }> }[] };
    };
    const settings = contributes.configuration.map(({ properties }) => properties['entityLens.corpus.exclude']);
    assert.deepEqual(settings.find((one) => one !== undefined)?.default, [...CURATED_FILES]);
  });
});
