import { strict as assert } from 'node:assert';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import type { FormatId } from '../../../src/core/formats/format.ts';
import { formatOf } from '../../../src/core/formats/registry.ts';
import { importSummary } from '../../../src/extension/exchange/importText.ts';
import { importFile } from '../../../src/node/corpus/importRun.ts';
import type { ImportReport } from '../../../src/node/corpus/importRun.ts';

describe('an import', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'entity-lens-import-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));
  const at = (name: string): string => path.join(folder, name);
  const run = (
    text: string,
    format: FormatId,
    name: string,
    { replace = false, signal = new AbortController().signal, options = {} } = {},
  ): Promise<ImportReport> => {
    const source = { file: 'in', name: 'in.txt', size: text.length };
    return importFile(
      { source, format: formatOf(format)!, options: { name: 'in', ...options }, target: at(name) },
      replace,
      '-',
      async function* () {
        await Promise.resolve();
        const bytes = new TextEncoder().encode(text);
        for (let start = 0; start < bytes.length; start += 3) yield bytes.subarray(start, start + 3);
      },
      signal,
    );
  };

  it('writes UNER’s columns, whatever columns the file has, and says what they do not hold', async () => {
    const report = await run(
      '\uFEFFAda NNP B-NP I-PER\r\nleft VBD B-VP O\r\n\r\n😀 X Y O\r\n',
      'conll2003',
      'columns.iob2',
    );
    assert.equal(
      await readFile(at('columns.iob2'), 'utf8'),
      '# text = Ada left\n1\tAda\tB-PER\t-\t-\n2\tleft\tO\t-\t-\n\n# text = 😀\n1\t😀\tO\t-\t-\n\n',
    );
    assert.deepEqual([report.sentences, report.annotated, report.entities], [2, 2, 1]);
    assert.deepEqual(
      report.losses.map(({ kind, count }) => [kind, count]),
      [['otherColumns', 2]],
    );
    assert.equal(
      importSummary([report], ['columns.iob2'], []),
      'Imported 2 sentences (2 annotated, 1 entity) to columns.iob2. Other columns (parts of speech and the like) of 2 sentences are not written.',
    );
  });

  it('keeps every byte of a file that is in UNER’s columns already', async () => {
    const text = '# newdoc id = d\n# strange\n1\tAda\tB-PER\tx\tme\nbroken\n2\tleft\tO\t-\t-';
    const report = await run(text, 'iob2', 'same.iob2');
    assert.equal(await readFile(at('same.iob2'), 'utf8'), text);
    assert.deepEqual(
      report.issues.map(({ line, reason }) => [line, reason]),
      [[4, 'cellCount']],
    );
  });

  it('tells a thousand problems one by one and sums up the rest', async () => {
    const report = await run('{"text":\n'.repeat(1200) + '{"text":"a"}\n', 'doccano', 'many.iob2');
    assert.deepEqual([report.issues.length, [...report.more]], [1000, [['json', 200]]]);
    assert.match(
      importSummary([report], ['many.iob2'], ['x: no']),
      /1,200 problems in the Problems view\. 1 file could not be read: x: no$/,
    );
  });

  it('leaves everything as it was where nothing can be read, something is in the way, or the user stops it', async () => {
    await writeFile(at('mine.iob2'), 'mine');
    await assert.rejects(
      run('{"a": 1}\n', 'doccano', 'none.iob2'),
      /in\.txt holds no sentence that can be read as doccano JSON Lines: line 1: This row has no “text”/,
    );
    await assert.rejects(run('{"text": "a"}\n', 'doccano', 'mine.iob2'), /mine\.iob2 is there already/);
    const stopped = new AbortController();
    stopped.abort();
    await assert.rejects(run('{"text": "a"}\n', 'doccano', 'stopped.iob2', { signal: stopped.signal }));
    assert.equal(await readFile(at('mine.iob2'), 'utf8'), 'mine');
    assert.deepEqual(
      (await readdir(folder)).filter((name) => /none|stopped|tmp/.test(name)),
      [],
    );
    await run('{"text": "a"}\n', 'doccano', 'mine.iob2', { replace: true });
    assert.match(await readFile(at('mine.iob2'), 'utf8'), /\n1\ta\t_\t-\t-\n/);
  });
});
