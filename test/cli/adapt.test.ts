import { strict as assert } from 'node:assert';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { adapt } from '../../src/cli/adapt.ts';
import type { Adaptation } from '../../src/core/learning/adaptation.ts';
import { runVerb } from './support/verb.ts';

/** Sentences with gadgets, which no bundled model knows, in columns. */
function gadgets(names: readonly string[]): string {
  return names
    .map((name, index) => {
      const [person, verb] = [['Maria', 'Tom', 'Nadia'][index % 3] ?? '', ['sells', 'mends'][index % 2] ?? ''];
      return `${person}\tB-person\n${verb}\tO\nthe\tO\n${name}\tB-gadget\nin\tO\nLeeds\tB-location\n.\tO\n`;
    })
    .join('\n');
}

describe('adapt', function () {
  this.timeout(120_000);
  let folder = '';
  const file = (name: string): string => path.join(folder, name);
  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'entity-lens-adapt-'));
    await writeFile(file('train.tsv'), gadgets(Array.from({ length: 12 }, (_, index) => `widget${index}`)));
    await writeFile(file('test.tsv'), gadgets(['widget33', 'widget3', 'widget77']));
    await writeFile(file('plain.txt'), 'no\tO\n');
  });
  after(async () => {
    await rm(folder, { recursive: true, force: true });
  });
  const run = (...args: readonly string[]) =>
    runVerb(adapt, ['--train', file('train.tsv'), '--test', file('test.tsv'), '--threads', '1', ...args]);

  it('learns a label that the model does not know, and prints each figure with its counts', async () => {
    const { code, text, warnings } = await run(
      '--sizes',
      '0,12,99',
      '--seeds',
      '2',
      '--systems',
      'memory,bert,bert-base',
      '--json',
    );
    assert.equal(code, 0, warnings.join('\n'));
    assert.match(warnings.join('\n'), /has 12 sentences with gold: sizes 99 are left out/u);
    const result = JSON.parse(text) as Adaptation;
    assert.deepEqual(result.labels, ['gadget', 'location', 'person']);
    const of = (system: string, size: number) =>
      result.curves.filter((one) => one.system === system && one.size === size);
    assert.deepEqual(
      [of('bert', 0), of('bert', 12), of('bert-base', 0), of('memory', 12)].map((found) => found.length),
      [1, 2, 1, 2],
    );
    // Without a lesson the head says what the model says, whose PER and LOC are called person and location here.
    assert.deepEqual(of('bert', 0)[0]?.labelledSpan, of('bert-base', 0)[0]?.labelledSpan);
    assert.ok((of('bert', 0)[0]?.labelledSpan.correct ?? 0) >= 2);
    for (const { labelledSpan, seconds } of of('bert', 12)) {
      assert.deepEqual([labelledSpan.f1, labelledSpan.correct, labelledSpan.gold], [1, 9, 9]);
      assert.ok(seconds > 0);
    }
    // Memory knows the strings that it has seen: widget3 and the people and places.
    for (const { labelledSpan } of of('memory', 12))
      assert.deepEqual([labelledSpan.correct, labelledSpan.predicted], [7, 7]);
  });

  it('shows T5 the nearest sentences', async () => {
    const { code, text, warnings } = await run(
      '--sizes',
      '0,12',
      '--seeds',
      '1',
      '--systems',
      't5',
      '--k',
      '2',
      '--limit',
      '2',
      '--json',
    );
    assert.equal(code, 0, warnings.join('\n'));
    const { curves } = JSON.parse(text) as Adaptation;
    assert.deepEqual(
      curves.map(({ system, size, labelledSpan: { gold } }) => [system, size, gold]),
      [
        ['t5', 0, 6],
        ['t5', 12, 6],
      ],
    );
  });

  it('prints a table, says who is ahead from where on, and writes a page with a chart', async () => {
    const { code, text } = await run(
      '--sizes',
      '0,12',
      '--seeds',
      '1',
      '--systems',
      'bert,memory',
      '--out',
      file('page.html'),
    );
    assert.equal(code, 0);
    assert.match(text, /^BERT, adapted +12 +1\.000/mu);
    assert.match(text, /BERT, adapted is ahead of memory of strings from 0 sentences on\./u);
    const page = await readFile(file('page.html'), 'utf8');
    assert.match(page, /<svg class="chart curves"[\s\S]*<polyline class="line series0"/u);
    assert.match(page, /BERT, adapted, 12: 1\.000/u);
  });

  it('refuses what it cannot use', async () => {
    const cases: readonly (readonly [readonly string[], number, RegExp])[] = [
      [['--systems', 'gpt'], 2, /--systems names bert, bert-base, t5, memory, not “gpt”/u],
      [['--sizes', '5,x'], 2, /--sizes is a number from 0, not “x”/u],
      [['--exponent', '2'], 2, /--exponent is a number from 0 to 1/u],
      [['--out', 'x.pdf'], 2, /--out ends in \.html, not “\.pdf”/u],
      [['--test', file('missing.tsv')], 1, /missing\.tsv: there is no such file/u],
      [['--train', file('plain.txt'), '--test', file('plain.txt')], 1, /have no labels/u],
    ];
    for (const [args, expected, message] of cases) {
      const { code, warnings } = await run(...args);
      assert.equal(code, expected, warnings.join('\n'));
      assert.match(warnings.join('\n'), message);
    }
    assert.match((await runVerb(adapt, [])).warnings.join('\n'), /--train FILE is missing/u);
  });
});
