import { strict as assert } from 'node:assert';
import { cpSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { convert } from '../../src/cli/convert.ts';
import { score } from '../../src/cli/score.ts';
import { search } from '../../src/cli/search.ts';
import { validate } from '../../src/cli/validate.ts';
import { at, closeScratch, figures, folder, openScratch, readAs } from './support/outside.ts';
import { runVerb } from './support/verb.ts';

describe('files of other tools, as they went wrong: texts, words and bytes', () => {
  before(openScratch);
  after(closeScratch);

  it('11: labels with spaces come back from columns; where they cannot, they are counted', async () => {
    const file = at('11-label-with-space.jsonl');
    for (const format of ['conll2003', 'conllu', 'iob2']) {
      const { text } = await runVerb(convert, ['--from', file, '--to', format, '--out', '-', '--strict']);
      assert.deepEqual(
        (await readAs(at(`spaced.${format}`, text))).entities,
        [['First Name Ada', 'Place Ulm']],
        format,
      );
    }
    const brat = await runVerb(convert, [
      '--from',
      file,
      '--to',
      'brat',
      '--out',
      path.join(folder, 'brat'),
      '--force',
    ]);
    assert.match(brat.warnings.join('\n'), /1 spans whose label has a space/);
  });

  it('12: an empty word is an error at its row', async () => {
    const file = at('12-empty-token.jsonl');
    assert.deepEqual(await readAs(file), { entities: [['PER Ada']], told: ['1 [emptyForm]'], code: 0 });
    assert.equal((await runVerb(convert, ['--from', file, '--to', 'iob2', '--out', '-', '--strict'])).code, 1);
  });

  it('13: labels without prefixes, and columns that somebody names in a .txt', async () => {
    const file = at('13-io-tags.txt');
    const expected = [['person-artist/author Ada Lovelace', 'location-GPE Ulm']];
    assert.deepEqual(await readAs(file), { entities: expected, told: ['1 [bareLabels]'], code: 0 });
    assert.deepEqual((await readAs(file, '--columns', 'form=1,tag=2')).entities, expected);
    assert.deepEqual((await figures(file, file)).slice(0, 3), [2, 2, 2]);
    const useless = await readAs(at('03-prodigy-spans-only.jsonl'), '--columns', 'form=1,tag=2');
    assert.deepEqual([useless.code, useless.entities], [1, []]);
  });

  it('14: what is in no known format is no plain text', async () => {
    assert.deepEqual((await readAs(at('14-ontonotes.gold_conll'))).entities, [['ORG The U.N.', 'GPE Ulm']]);
    assert.deepEqual((await readAs(at('14-kaggle.csv'))).entities, [['per Ada']]);
    const asked = await runVerb(validate, [at('x.csv', 'a;b;c\nAda;x;B-PER\nsaw;y;O\n')]);
    assert.deepEqual([asked.code, /--columns form=N,tag=N[^]*column 3: c/.test(asked.warnings.join())], [1, true]);
    assert.deepEqual(
      (await readAs(at('x.csv'.replace('x', 'y'), 'a;b;c\nAda;x;B-PER\n'), '--columns', 'form=1,tag=3')).entities,
      [['PER Ada']],
    );
    for (const [name, text] of [
      ['x.pos', 'Ada\tNNP\nsaw\tVBD\n'],
      ['x.xml', '<doc><s>Ada</s></doc>'],
      ['x.txt', 'Ada\tNNP\tx\nsaw\tVBD\tx\nUlm\tNNP\tx\n'],
    ] as const) {
      const { code, text: problems } = await runVerb(validate, [at(name, text)]);
      assert.deepEqual([code, /\[unknownFormat\]/.test(problems)], [1, true], name);
    }
    assert.deepEqual((await readAs(at('x.pos'.replace('pos', 'text'), 'Ada saw Ulm.\n'))).entities, [null]);
  });

  it('15: spans that cut words are told, and negative offsets are none', async () => {
    const { entities, told } = await readAs(at('15-part-of-word.jsonl'));
    assert.deepEqual(told, ['1 [partOfWord]', '2 [partOfWord]', '3 [outOfText]']);
    assert.deepEqual(entities.at(0), ['GPE Indi']);
    // A row whose only span cannot be taken is not known to be without entities.
    assert.equal(entities.at(-1), null);
    const fine = at('fine.jsonl', '{"text":"Un-American 東京都","label":[[3,11,"M"],[12,14,"L"]]}\n');
    assert.deepEqual(await readAs(fine), { entities: [['M American', 'L 東京']], told: [], code: 0 });
  });

  it('16, 19: a bracket as the first word, and the line ends of old Macs', async () => {
    assert.deepEqual(await readAs(at('16-bracket.bio')), { entities: [['PER Ada']], told: [], code: 0 });
    const mac = at('19-old-mac.conll');
    assert.deepEqual((await readAs(mac)).entities, [['PER Ada', 'LOC Ulm']]);
    assert.deepEqual(await figures(mac, mac), [2, 2, 2, 1]);
  });

  it('17: short exports of Label Studio are read', async () => {
    assert.deepEqual(await readAs(at('17-ls-min.json')), { entities: [['PER Ada Lovelace']], told: [], code: 0 });
  });

  it('17: an error leaves no row without entities behind', async () => {
    const file = at('broken.jsonl', '{"text":"Ada saw Ulm.","label":[{"from":0,"to":3}]}\n');
    assert.deepEqual(await readAs(file), { entities: [null], told: ['1 [label]'], code: 0 });
    const image = { data: { image: 'https://example.org/a.png' }, annotations: [{ result: [] }] };
    const choice = {
      data: { text: 'It rained.' },
      annotations: [{ result: [{ type: 'choices', value: { choices: ['x'] } }] }],
    };
    const tasks = at('tasks.json', JSON.stringify([choice, image]));
    assert.deepEqual(await readAs(tasks), { entities: [null], told: ['1 [otherResults]', '1 [noText]'], code: 0 });
  });

  it('18: strange tags are told where they are scored', async () => {
    for (const name of ['18-lowercase.conll', '18-underscore.conll']) {
      const { warnings } = await runVerb(score, ['--gold', at(name), '--pred', at(name)]);
      assert.match(warnings.join('\n'), /:1: warning: [23] tags are none and count as O .*\[unknownTag\]/);
      assert.match((await runVerb(validate, [at(name)])).text, /:1: warning: .*write B-per|:1: warning: .*write B-PER/);
    }
  });

  it('20: text that is no UTF-8 is refused with its line and what it is', async () => {
    for (const verb of [
      (file: string) => runVerb(validate, [file]),
      (file: string) => runVerb(score, ['--gold', file, '--pred', file]),
      (file: string) => runVerb(search, ['--corpus', file, 'x']),
    ]) {
      const latin = await verb(at('20-latin1.conll'));
      assert.deepEqual(
        [latin.code, /20-latin1\.conll:3 is no UTF-8.*0xf6, which is “ö”/.test(latin.warnings.join())],
        [1, true],
      );
      const wide = await verb(at('20-utf16.conll'));
      assert.deepEqual([wide.code, /is no UTF-8 text but UTF-16/.test(wide.warnings.join())], [1, true]);
    }
  });

  it('20: files that are no text are named as what they are', async () => {
    const parquet = path.join(folder, 'parquet');
    const source = at('02-hf-roundtrip.iob2');
    await runVerb(convert, ['--from', source, '--to', 'hf', '--out', parquet, '--parquet', '--force']);
    const file = path.join(parquet, 'data', 'train.parquet');
    for (const { code, warnings } of [
      await runVerb(validate, [file]),
      await runVerb(score, ['--gold', file, '--pred', file]),
      await runVerb(convert, ['--from', file, '--to', 'iob2', '--out', '-']),
    ])
      assert.deepEqual(
        [code, /is no text but a Parquet file.*JSON Lines/.test(warnings.join())],
        [1, true],
        warnings.join(),
      );
  });

  it('21: fragments with white space between are one span, others with gaps are kept', async () => {
    assert.deepEqual(await readAs(at('21-brat-line-break')), {
      entities: [['Org Bank of\nEngland']],
      told: [],
      code: 0,
    });
    const gaps = path.join(folder, 'gaps');
    cpSync(at('21-brat-line-break'), gaps, { recursive: true });
    writeFileSync(path.join(gaps, 'a.ann'), 'T1\tOrg 4 8;12 19\tBank England\nT2\tX 20 23\tbar\n');
    assert.deepEqual(await readAs(gaps), { entities: [['X bar']], told: ['1 [discontinuous]'], code: 0 });
    const columns = await runVerb(convert, ['--from', gaps, '--to', 'iob2', '--out', '-']);
    assert.match(columns.text, /^# discontinuous = Org 2,4$/m);
    const back = path.join(folder, 'back');
    await runVerb(convert, ['--from', at('gaps.iob2', columns.text), '--to', 'brat', '--out', back, '--force']);
    const again = await runVerb(convert, ['--from', back, '--to', 'iob2', '--out', '-']);
    assert.match(again.text, /^# discontinuous = Org 2,4$/m);
  });

  it('22: a problem is one line', async () => {
    const { text } = await runVerb(validate, [at('22-message-line-break')]);
    assert.ok(
      text.split('\n').every((line) => line === '' || /\[\w+\]$/.test(line)),
      text,
    );
  });
});
