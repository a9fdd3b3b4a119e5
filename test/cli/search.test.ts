import { strict as assert } from 'node:assert';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { search } from '../../src/cli/search.ts';
import { npmCli, repository } from './support/command.ts';
import { runVerb } from './support/verb.ts';

const sample = path.join(repository, 'samples', 'ewt-sample.iob2');
const columns = [
  '# text = Rome won against Paris',
  '1\tRome\tB-ORG\t-\tg',
  '2\twon\tO\t-\t-',
  '3\tagainst\tO\t-\t-',
  '4\tParis\tB-LOC\t-\tg',
  '',
  '# text = In Rome',
  '1\tIn\tO\t-\t-',
  '2\tRome\tB-LOC\t-\tg',
  '',
  '# text = To Rome',
  '1\tTo\t_\t-\t-',
  '2\tRome\t_\t-\t-',
  '',
].join('\n');

describe('search', () => {
  let folder = '';
  let file = '';
  const made = async (name: string, text: string): Promise<string> => {
    await writeFile(path.join(folder, name), text);
    return path.join(folder, name);
  };
  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'entity-lens-search-'));
    file = await made('corpus.iob2', columns);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('tells file and line of each place, with what gold says', async () => {
    const { code, text, warnings } = await runVerb(search, ['--corpus', file, 'rome']);
    assert.equal(code, 0);
    assert.deepEqual(text.split('\n'), [
      `${file}:2: [Rome] won against Paris  gold:ORG`,
      `${file}:9: In [Rome]  gold:LOC`,
      `${file}:13: To [Rome]  gold:unknown`,
      '',
    ]);
    assert.deepEqual(warnings, ['3 places in 1 files, of 3 sentences.']);
  });

  it('finds each place on the line that it names', async () => {
    const { text } = await runVerb(search, ['--corpus', sample, '/^[A-Z]/ label:ORG', '--json']);
    const { places, found } = JSON.parse(text) as { places: { line: number; words: string }[]; found: number };
    const lines = (await readFile(sample, 'utf8')).split('\n');
    assert.ok(places.length > 10 && places.length === found);
    for (const { line, words } of places) assert.match(lines[line - 1] ?? '', new RegExp(`\\t${words}\\t[BI]-ORG\\t`));
  });

  it('judges by what models said, where they were asked', async () => {
    const query = 'gold:any -bert:LOC';
    const alone = await runVerb(search, ['--corpus', file, query]);
    assert.equal(alone.text, '');
    assert.deepEqual(alone.warnings, [
      '0 places in 0 files, of 3 sentences.',
      '3 sentences could not be judged: the answer of BERT is not known there (--bert FILE).',
      '1 sentences could not be judged: nobody annotated them.',
    ]);
    const bert = await made('bert.iob2', columns.replace('B-ORG', 'B-LOC').replace('4\tParis\tB-LOC', '4\tParis\tO'));
    const asked = await runVerb(search, ['--corpus', file, query, '--bert', bert]);
    assert.equal(asked.text, `${file}:5: Rome won against [Paris]  gold:LOC bert:none\n`);
    const other = await runVerb(search, ['--corpus', file, query, '--bert', sample]);
    assert.equal(other.code, 1);
    assert.match(other.warnings.join('\n'), /does not hold the words of sentence 1/u);
  });

  it('lists strings with several labels, and where', async () => {
    const { text } = await runVerb(search, ['--corpus', file, '--inconsistent']);
    assert.deepEqual(text.split('\n').slice(0, 3), [
      '“Rome”: LOC 1, ORG 1',
      `${file}:2: [Rome] won against Paris  gold:ORG`,
      `${file}:9: In [Rome]  gold:LOC`,
    ]);
  });

  it('knows the lines of other formats', async () => {
    const jsonl = await made(
      'rows.jsonl',
      ['Ada ran', 'Rome won']
        .map((text) => JSON.stringify({ tokens: text.split(' '), ner_tags: ['B-PER', 'O'] }))
        .join('\n'),
    );
    assert.match(
      (await runVerb(search, ['--corpus', jsonl, 'rome'])).text,
      /rows\.jsonl:2: \[Rome\] won {2}gold:PER\n/u,
    );
    const prose = await made('prose.txt', 'Ada ran.\n\nThen Rome won.\n');
    assert.match((await runVerb(search, ['--corpus', prose, 'rome'])).text, /prose\.txt:3: Then \[Rome\] won\./u);
  });

  it('prints as many as it may, and counts all', async () => {
    const { text, warnings } = await runVerb(search, ['--corpus', file, 'rome', '--limit', '1']);
    assert.equal(text.split('\n').length, 2);
    assert.equal(warnings[0], '1 of 3 places were printed (--limit).');
  });

  it('says which part of a query is wrong', async () => {
    const wrong = await runVerb(search, ['--corpus', file, 'rome lable:LOC']);
    assert.equal(wrong.code, 2);
    assert.match(wrong.warnings.join('\n'), /no condition “lable:”.*at character 6/u);
    assert.equal((await runVerb(search, ['--corpus', file])).code, 2);
    assert.equal((await runVerb(search, ['rome'])).code, 2);
    assert.equal((await runVerb(search, ['--corpus', path.join(folder, 'absent'), 'rome'])).code, 1);
  });

  it('works as the documentation says', async () => {
    const { code, stdout } = await npmCli('search', '--corpus', sample, 'label:LOC /^New/', '--json');
    assert.equal(code, 0);
    const { query, places } = JSON.parse(stdout) as { query: string; places: { words: string }[] };
    assert.equal(query, 'label:LOC /^New/');
    assert.deepEqual(
      places.map(({ words }) => words),
      ['New'],
    );
  });
});
