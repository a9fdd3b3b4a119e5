import { strict as assert } from 'node:assert';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { formatOf } from '../../../src/core/formats/registry.ts';
import { exportSummary, previewLines } from '../../../src/extension/exchange/exportText.ts';
import { prepareExport, writeExport } from '../../../src/node/corpus/exportPasses.ts';
import type { ExportPlan } from '../../../src/node/corpus/exportPasses.ts';
import { fileSource, proseSource } from '../../../src/node/corpus/exportSources.ts';
import type { ExportSource, ReadBytes } from '../../../src/node/corpus/exportSources.ts';

const columns =
  '# newdoc id = d\n# text = Ada left\n# note = hm\n1\tAda\tB-PER\t-\tme\n2\tleft\tO\t-\t-\n\n# text = in Rome\n1\tin\t_\t-\t-\n2\tRome\t_\t-\t-\n\n# text = today\n1\ttoday\t_\t-\t-\n\n';
const signal = new AbortController().signal;
const silent = (): void => undefined;

describe('an export', () => {
  let folder = '';
  const files = new Map<string, string>();
  const read: ReadBytes = async function* (file) {
    await Promise.resolve();
    const bytes = new TextEncoder().encode(files.get(file));
    for (let start = 0; start < bytes.length; start += 5) yield bytes.subarray(start, start + 5);
  };
  const source = (name: string, text: string): ExportSource => {
    files.set(name, text);
    return fileSource({ file: name, name, size: text.length }, formatOf('iob2')!, { name }, read);
  };
  const plan = (sources: readonly ExportSource[], more: Partial<ExportPlan> = {}): ExportPlan => ({
    sources,
    choice: { take: 'gold', labelMap: {}, scheme: 'full' },
    format: formatOf('iob2')!,
    split: undefined,
    records: 'run',
    filler: undefined,
    name: 'x',
    annotator: 'me',
    card: {},
    version: '1.2.3',
    ...more,
  });
  const filler: ExportPlan['filler'] = {
    name: 'BERT',
    model: { id: 'b', name: 'BERT', files: [] },
    fill: (sentences) =>
      Promise.resolve(
        sentences.map(({ text }) => (text === 'in Rome' ? [{ first: 1, end: 2, label: 'LOC' }] : undefined)),
      ),
  };
  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'entity-lens-export-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));
  const at = (name: string): string => path.join(folder, name);

  it('holds gold only, or gold and what a model says of the rest, under its name', async () => {
    const gold = await prepareExport(plan([source('a', columns)]), signal, silent);
    assert.deepEqual([gold.counts.sentences, gold.counts.filled, gold.counts.left], [1, 0, 2]);
    const filled = await prepareExport(plan([source('a', columns)], { filler }), signal, silent);
    assert.deepEqual([filled.counts.sentences, filled.counts.filled, filled.counts.left], [2, 1, 1]);
    assert.equal(
      exportSummary(filled, 'x.iob2'),
      'Wrote 2 sentences with 2 entities to x.iob2: 1 gold, 1 filled from BERT. 1 sentence that is not complete was left out.',
    );
    await writeExport(filled, { path: at('filled.iob2'), replace: false }, signal, silent);
    const text = await readFile(at('filled.iob2'), 'utf8');
    assert.ok(text.startsWith(columns.slice(0, columns.indexOf('# text = in'))));
    assert.ok(text.endsWith('1\tin\tO\t-\t-\n2\tRome\tB-LOC\t-\tBERT\n\n'), text);
  });

  it('says before it is written what will be lost, replaced and where everything goes', async () => {
    const prepared = await prepareExport(
      plan([source('a', columns), source('b', columns.replace('id = d', 'id = e'))], {
        format: formatOf('conll2003')!,
        split: { shares: [1, 1, 0], seed: 3 },
      }),
      signal,
      silent,
    );
    const told = previewLines(prepared, 'out', ['old.txt']).map(({ label, description, detail = '' }) =>
      `${label} ${description} ${detail}`.trim(),
    );
    assert.ok(told[0]?.includes('Replace 1 file'), told[0]);
    assert.deepEqual(
      told.filter((line) => line.startsWith('train') || line.startsWith('dev')),
      ['train 1 document, 1 sentence: PER 1', 'dev 1 document, 1 sentence: PER 1'],
    );
    assert.ok(told.some((line) => line.includes('2 comments and notes are not written')));
    assert.ok(told.includes('old.txt'));
  });

  it('is the same to the byte every time, and its manifest says what it was made from', async () => {
    const whole = plan([source('one.iob2', columns), source('two.iob2', columns.replaceAll('Ada', 'Bob'))], {
      format: formatOf('jsonl')!,
      split: { shares: [1, 1, 1], seed: 7 },
      filler,
    });
    for (const name of ['first', 'second'])
      await writeExport(await prepareExport(whole, signal, silent), { path: at(name), replace: false }, signal, silent);
    const names = (await readdir(at('first'))).sort();
    assert.ok(names.includes('manifest.json') && names.includes('train.jsonl'), names.join());
    for (const name of names)
      assert.deepEqual(
        await readFile(path.join(at('first'), name)),
        await readFile(path.join(at('second'), name)),
        name,
      );
    const manifest = JSON.parse(await readFile(path.join(at('first'), 'manifest.json'), 'utf8')) as {
      inputs: { path: string; sha256: string }[];
      models: { id: string }[];
      tool: unknown;
      counts: { filled: number };
    };
    assert.deepEqual(
      manifest.inputs.map(({ path: name }) => name),
      ['one.iob2', 'two.iob2'],
    );
    assert.equal(manifest.inputs[0]?.sha256, createHash('sha256').update(columns).digest('hex'));
    assert.deepEqual(
      [manifest.models.map(({ id }) => id), manifest.tool, manifest.counts.filled],
      [['b'], { name: 'Entity Lens', version: '1.2.3' }, 2],
    );
  });

  it('writes nothing where a file is in the way, the input changes meanwhile, or the user stops it', async () => {
    await writeFile(at('there.iob2'), 'mine');
    const prepared = await prepareExport(plan([source('a', columns)]), signal, silent);
    await assert.rejects(
      writeExport(prepared, { path: at('there.iob2'), replace: false }, signal, silent),
      /there already/,
    );
    assert.equal(await readFile(at('there.iob2'), 'utf8'), 'mine');
    const stopped = new AbortController();
    stopped.abort();
    await assert.rejects(writeExport(prepared, { path: at('stopped.iob2'), replace: false }, stopped.signal, silent));
    files.set('a', columns.replace('left', 'came'));
    await assert.rejects(
      writeExport(prepared, { path: at('changed.iob2'), replace: false }, signal, silent),
      /a changed while/,
    );
    assert.deepEqual(
      (await readdir(folder)).filter((name) => /tmp|stopped|changed/.test(name)),
      [],
    );
  });

  it('takes prose with the gold beside it, and its running text where the format holds it', async () => {
    const text = '😀 Ada left.\r\n\r\nIt rained.\n';
    const gold =
      '# newdoc id = p.txt\n# text = 😀 Ada left.\n# reviewed = me 2026-01-01\n1\t😀\tO\t-\t-\n2\tAda\tB-PER\t-\tme\n3\tleft\tO\t-\t-\n4\t.\tO\t-\t-\n\n';
    files.set('p.txt', text);
    files.set('p.txt.iob2', gold);
    const prose = proseSource(
      { file: 'p.txt', name: 'p.txt', size: 1 },
      { file: 'p.txt.iob2', name: 'p.txt.iob2', size: 1 },
      read,
    );
    const reviewed = plan([prose], {
      format: formatOf('doccano')!,
      choice: { take: 'reviewed', labelMap: {}, scheme: 'full' },
    });
    const prepared = await prepareExport(reviewed, signal, silent);
    assert.deepEqual([prepared.counts.reviewed, prepared.counts.left], [1, 1]);
    await writeExport(prepared, { path: at('prose.jsonl'), replace: false }, signal, silent);
    const row = JSON.parse(await readFile(at('prose.jsonl'), 'utf8')) as { text: string; label: unknown };
    assert.deepEqual([row.text, row.label], ['😀 Ada left.', [[2, 5, 'PER']]]);
  });
});
