import { strict as assert } from 'node:assert';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { convert } from '../../src/cli/convert.ts';
import { readSentences } from '../../src/cli/corpusFile.ts';
import { report } from '../../src/cli/report.ts';
import { score } from '../../src/cli/score.ts';
import { search } from '../../src/cli/search.ts';
import { validate } from '../../src/cli/validate.ts';
import { repository } from './support/command.ts';
import { at, closeScratch, figures, folder, openScratch, readAs, tabs } from './support/outside.ts';
import { runVerb } from './support/verb.ts';

describe('files of other tools, as they went wrong: columns, tags and rows', () => {
  before(openScratch);
  after(closeScratch);

  it('01: tags of BIOES, BILOU and BMES are the spans that they stand for, in every figure', async () => {
    const [gold, predicted] = [at('01-bioes-gold.conll'), at('01-bioes-pred.conll')];
    assert.deepEqual(await figures(gold, predicted), [1, 1, 2, 0.667]);
    const iob = at('iob.conll', 'New B-LOC\nYork I-LOC\nsaw O\nUlm B-LOC\n\n');
    for (const tags of ['B-LOC L-LOC O U-LOC', 'B-LOC E-LOC O S-LOC', 'I-LOC I-LOC O I-LOC']) {
      const words = ['New', 'York', 'saw', 'Ulm'];
      const lines = tags.split(' ').map((tag, index) => `${words[index] ?? ''} ${tag}`);
      assert.deepEqual(await figures(iob, at('other.conll', `${lines.join('\n')}\n\n`)), [2, 2, 2, 1], tags);
    }
    const long = at('bmes.conll', 'a B-X\nb M-X\nc M-X\nd E-X\n\n');
    assert.deepEqual(await readAs(long), { entities: [['X a b c d']], told: [], code: 0 });
    // An entity long after the beginning is no reason to drop it.
    const late = at('late.conll', `${'w O\n'.repeat(400)}\nUlm S-LOC\nNew B-LOC\nYork E-LOC\n\n`);
    assert.deepEqual(await figures(late, late), [2, 2, 2, 1]);
    const out = path.join(folder, 'report.json');
    const { code } = await runVerb(report, ['--corpus', gold, '--pred', `p=${predicted}`, '--out', out]);
    assert.equal(code, 0);
  });

  it('01: a model is held against the same spans, however they are tagged', async () => {
    const sample = path.join(repository, 'samples', 'ewt-sample.iob2');
    const references = await Promise.all(
      ['iob2', 'bioes', 'bilou', 'conllu', 'jsonl', 'doccano'].map(async (format) => {
        const { text } = await runVerb(convert, ['--from', sample, '--to', format, '--out', '-']);
        const file = at(`sample.${format === 'doccano' ? 'jsonl' : format}`, text);
        const sentences = await readSentences(file, {}, (line) => {
          throw new Error(line);
        });
        return sentences.map(({ reference }) => reference);
      }),
    );
    for (const other of references) assert.deepEqual(other, references[0]);
  });

  it('02: numbered tags have the names of their dataset', async () => {
    const dataset = path.join(folder, 'hf');
    await runVerb(convert, ['--from', at('02-hf-roundtrip.iob2'), '--to', 'hf', '--out', dataset, '--force']);
    const expected = { entities: [['PER Ada', 'LOC Ulm'], ['LOC Ulm']], told: [], code: 0 };
    assert.deepEqual(await readAs(dataset), expected);
    const rows = '{"tokens":["Ada","in","Ulm"],"ner_tags":[1,0,3]}\n';
    const names = ['O', 'B-PER', 'I-PER', 'B-LOC', 'I-LOC'];
    at(
      'card/README.md',
      `---\ndataset_info:\n  features:\n  - name: pos_tags\n    sequence:\n      class_label:\n        names: ['X']\n  - name: ner_tags\n    sequence:\n      class_label:\n        names:\n${names.map((name, number) => `          '${String(number)}': ${name}\n`).join('')}---\n`,
    );
    assert.deepEqual(await readAs(at('card/data/train.jsonl', rows)), {
      entities: [['PER Ada', 'LOC Ulm']],
      told: [],
      code: 0,
    });
    at(
      'info/dataset_info.json',
      JSON.stringify({ features: { ner_tags: { feature: { names, _type: 'ClassLabel' }, _type: 'Sequence' } } }),
    );
    assert.deepEqual((await readAs(at('info/train.jsonl', rows))).entities, [['PER Ada', 'LOC Ulm']]);
    assert.deepEqual((await readAs(at('alone/train.jsonl', rows))).told, ['1 [tagNumbers]']);
  });

  it('03, 04: tasks of Prodigy with spans alone, and accepted ones without any', async () => {
    assert.deepEqual(await readAs(at('03-prodigy-spans-only.jsonl')), {
      entities: [['PER Ada Lovelace', 'LOC Ulm']],
      told: [],
      code: 0,
    });
    assert.deepEqual((await readAs(at('04-prodigy-accept-no-spans.jsonl'))).entities, [['PER Ada'], []]);
    const choice = at(
      'choice.jsonl',
      '{"text":"It rained.","options":[{"id":"a"}],"accept":["a"],"answer":"accept"}\n',
    );
    assert.deepEqual(await readAs(choice), { entities: [null], told: ['1 [answer]'], code: 0 });
  });

  it('05: labels of doccano under “annotations”, by their numbers', async () => {
    const read = await readAs(at('05-doccano-annotations.jsonl'));
    assert.deepEqual(read, { entities: [['7 Ada Lovelace', '6 Ulm']], told: ['1 [numberedLabels]'], code: 0 });
    const strange = at('strange.jsonl', '{"text":"Ada","marks":[{"from":0,"to":3}]}\n');
    assert.deepEqual(await readAs(strange), { entities: [null], told: ['1 [unknownAnnotations]'], code: 0 });
  });

  it('06: a last column of O or _ alone is not the tags', async () => {
    assert.deepEqual((await readAs(at('06-last-column-all-O.tsv'))).entities, [['ORG FC Ulm']]);
    assert.deepEqual((await readAs(at('06-last-column-filler.tsv'))).entities, [['PER Ada']]);
    const chunks = at('chunks.conll', 'It PRP B-NP O\nrained VBD B-VP O\n\n');
    assert.deepEqual((await readAs(chunks)).entities, [[]]);
    const late = at('late.tsv', `${'a\tO\tO\n'.repeat(700)}\nUlm\tB-LOC\tO\n\n`);
    assert.deepEqual((await readAs(late)).entities[1], ['LOC Ulm']);
  });

  it('07: several columns of tags are asked for in every command, and tags may come first', async () => {
    const file = at('07-germeval-two-tags.tsv');
    const asked = await Promise.all([
      runVerb(score, ['--gold', file, '--pred', file]),
      runVerb(search, ['--corpus', file, 'label:LOC']),
      runVerb(validate, [file]),
      runVerb(report, ['--corpus', file, '--pred', `p=${file}`, '--out', path.join(folder, 'r.json')]),
      runVerb(convert, ['--from', file, '--to', 'jsonl', '--out', '-']),
    ]);
    for (const { code, warnings } of asked) {
      assert.equal(code, 1);
      assert.match(warnings.join('\n'), /--columns form=N,tag=N/);
    }
    assert.deepEqual(await figures(file, file, '--columns', 'form=2,tag=3'), [2, 2, 2, 1]);
    assert.deepEqual(await figures(file, file, '--columns', 'form=2,tag=4'), [1, 1, 1, 1]);
    const { text } = await runVerb(search, ['--corpus', file, 'label:LOC', '--columns', 'form=2,tag=3']);
    assert.match(text, /:4: .*\[Bonn\]/);
    const first = at('07-tag-first.tsv');
    assert.deepEqual((await readAs(first)).entities, [['PER Ada', 'LOC Ulm']]);
    assert.deepEqual(await figures(first, first), [2, 2, 2, 1]);
  });

  it('07: the other columns stay byte for byte', async () => {
    const file = at('07-germeval-two-tags.tsv');
    const args = ['--to', 'iob2', '--out', '-', '--columns', 'form=2,tag=4', '--label-map', 'LOC=PLACE'];
    const { text } = await runVerb(convert, ['--from', file, ...args]);
    assert.equal(text, tabs('1 FC B-ORG O\n2 Ulm I-ORG B-PLACE\n3 in O O\n4 Bonn B-LOC O\n\n'));
  });

  it('08: a first row of any length tells its format', async () => {
    const words = Array.from({ length: 5000 }, (_, index) => (index % 10 === 0 ? 'Ada' : `word${String(index)}`));
    const text = words.join(' ');
    const starts = [...text.matchAll(/Ada/g)].map(({ index }) => index);
    const spans = starts.map((start) => ({ start, end: start + 3, label: 'PER' }));
    const result = spans.map(({ start, end, label }) => ({ type: 'labels', value: { start, end, labels: [label] } }));
    const tags = words.map((word) => (word === 'Ada' ? 'B-PER' : 'O'));
    const rows = {
      'long.ls.json': [{ id: 1, annotations: [{ result }], data: { text } }],
      'long.prodigy.jsonl': { text, spans, answer: 'accept' },
      'long.own.jsonl': { id: '1', text, tokens: words, ner_tags: tags, spans },
      'long.doccano.jsonl': { text, label: spans.map(({ start, end, label }) => [start, end, label]) },
      'long.spacy.json': [[text, { entities: spans.map(({ start, end, label }) => [start, end, label]) }]],
    };
    for (const [name, value] of Object.entries(rows)) {
      const { entities, told } = await readAs(at(name, JSON.stringify(value)));
      assert.deepEqual([entities.flat().length, told], [500, []], name);
    }
  });

  it('08: most rows tell the format, and the next best is named', async () => {
    const doccano = '{"text":"Ada","label":[[0,3,"PER"]]}\n';
    const prodigy = '{"text":"Ada","spans":[{"start":0,"end":3,"label":"PER"}]}\n';
    const { warnings } = await runVerb(convert, [
      '--from',
      at('mixed.jsonl', doccano + prodigy.repeat(2)),
      '--to',
      'jsonl',
      '--out',
      '-',
    ]);
    assert.match(warnings.join('\n'), /2 are Prodigy .* 1 are doccano .*--input-format doccano\. \[mixedFormats\]/);
  });

  it('09: words that nobody decided keep their sentence out of gold, which is told, and what is decided stays', async () => {
    for (const name of ['09-partly-untagged.conll', '09-spacy-minus.json']) {
      const { text, warnings } = await runVerb(convert, ['--from', at(name), '--to', 'jsonl', '--out', '-']);
      assert.equal((JSON.parse(text) as { spans: unknown }).spans, null);
      assert.match(warnings.join('\n'), /what is decided of 1 sentences in progress is not written/, name);
      const columns = await runVerb(convert, ['--from', at(name), '--to', 'iob2', '--out', '-']);
      assert.match(columns.text, /B-PER[^]*saw[\t ]_[^]*B-LOC/, name);
    }
  });

  it('10: entities in MISC after a space, without a key, or under any key', async () => {
    assert.deepEqual(await readAs(at('10-misc-space.conllu')), {
      entities: [['PER Bo', 'LOC Ulm']],
      told: [],
      code: 0,
    });
    assert.deepEqual((await readAs(at('10-misc-plain.conllu'))).entities, [['PER Finn Berg']]);
    assert.deepEqual((await readAs(at('10-misc-Tag.conllu'))).entities, [['PER Finn Berg']]);
    const bioes = at(
      'bioes.conllu',
      tabs('1 Ulm _ _ _ _ 0 _ _ Gender=M|NER=S-LOC\n2 ran _ _ _ _ 0 _ _ Gender=M|NER=O\n\n'),
    );
    assert.deepEqual(await readAs(bioes), { entities: [['LOC Ulm']], told: [], code: 0 });
    const { text } = await runVerb(convert, [
      '--from',
      at('10-misc-space.conllu'),
      '--to',
      'conllu',
      '--out',
      '-',
      '--label-map',
      'LOC=X',
    ]);
    assert.match(text, /SpaceAfter=No name=B-X\n/);
  });
});
