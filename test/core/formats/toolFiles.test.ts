import { strict as assert } from 'node:assert';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'mocha';
import type { CorpusItem } from '../../../src/core/corpus.ts';
import type { FormatId, ReadOptions } from '../../../src/core/formats/format.ts';
import { detectFormat, formatOf } from '../../../src/core/formats/registry.ts';
import { issuesOf, readAll, sentencesOf } from './convert.ts';

const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../fixtures/formats');
const TOLD = ['PER Ada Lovelace', 'LOC Turin'];

function entities(items: readonly CorpusItem[]): readonly string[] {
  return sentencesOf(items).flatMap(({ text, tokens, layer }) =>
    (layer ?? []).map(({ first, end, label }) => `${label} ${text.slice(tokens[first]?.start, tokens[end - 1]?.end)}`),
  );
}

interface Case {
  readonly file: string;
  readonly format: FormatId;
  readonly entities: readonly string[];
  /** `line reason` of each issue. */
  readonly issues: readonly string[];
  /** What of each sentence is known: annotated or not. */
  readonly annotated: readonly boolean[];
  readonly options?: ReadOptions;
}

const cases: readonly Case[] = [
  { file: 'doccano.jsonl', format: 'doccano', entities: TOLD, issues: [], annotated: [true, true] },
  { file: 'doccano-relations.jsonl', format: 'doccano', entities: TOLD, issues: ['1 relations'], annotated: [true] },
  { file: 'prodigy.jsonl', format: 'prodigy', entities: TOLD, issues: ['2 answer'], annotated: [true, false] },
  { file: 'spacy.json', format: 'spacy', entities: TOLD, issues: [], annotated: [true, false] },
  { file: 'spacy-doc.json', format: 'spacy', entities: TOLD, issues: [], annotated: [true] },
  { file: 'spacy-pairs.json', format: 'spacy', entities: TOLD, issues: [], annotated: [true, true, true] },
  {
    file: 'label-studio.json',
    format: 'label-studio',
    entities: [...TOLD, ...TOLD],
    issues: ['2 severalAnnotations', '2 otherResults', '158 predictions'],
    annotated: [true, true, false],
  },
  {
    file: 'brat/day.txt',
    format: 'brat',
    entities: [...TOLD, 'LOC Lower Palatinate'],
    issues: [
      '3 discontinuous',
      '5 overlap',
      '6 otherAnnotations',
      '7 otherAnnotations',
      '8 otherAnnotations',
      '9 otherAnnotations',
      '10 quotedText',
      '10 overlap',
      '11 annotation',
    ],
    annotated: [true, true],
  },
  {
    file: 'conll2003.conll',
    format: 'conll2003',
    entities: ['PER Ada Lovelace', 'LOC Italy', 'LOC Turin', 'LOC Turin'],
    issues: [],
    annotated: [true, true, true],
  },
  { file: 'treebank.conllu', format: 'conllu', entities: TOLD, issues: [], annotated: [true] },
  { file: 'treebank.conllup', format: 'conllup', entities: TOLD, issues: [], annotated: [true] },
  { file: 'numbered.jsonl', format: 'jsonl', entities: TOLD, issues: ['1 tagNumbers'], annotated: [true, true] },
  {
    file: 'numbered.jsonl',
    format: 'jsonl',
    entities: ['LOC Ada Lovelace', 'ORG Turin'],
    issues: [],
    annotated: [true, true],
    options: { tagNames: ['O', 'B-LOC', 'I-LOC', 'B-PER', 'I-PER', 'B-ORG'] },
  },
  { file: 'words.json', format: 'jsonl', entities: TOLD, issues: [], annotated: [true, true] },
  { file: 'bioes.tsv', format: 'bioes', entities: TOLD, issues: [], annotated: [true, true] },
  { file: 'kaggle.csv', format: 'csv', entities: TOLD, issues: [], annotated: [true, true] },
  { file: 'min.json', format: 'label-studio-min', entities: TOLD, issues: [], annotated: [true, true, true] },
  { file: 'onto.gold_conll', format: 'ontonotes', entities: TOLD, issues: [], annotated: [true, true] },
  { file: 'bilou.txt', format: 'bilou', entities: TOLD, issues: [], annotated: [true, true] },
];

describe('files as other tools write them', () => {
  for (const { file, format, options, ...expected } of cases)
    it(`${file} (${format})${options === undefined ? '' : ', told what its numbers mean'}`, () => {
      const text = readFileSync(path.join(folder, file), 'utf8');
      const beside = path.join(folder, file.replace(/\.txt$/, '.ann'));
      const annotations = file.endsWith('.txt') && existsSync(beside) ? readFileSync(beside, 'utf8') : undefined;
      if (annotations === undefined) assert.equal(detectFormat(path.basename(file), text), format);
      for (const size of [1, 13, text.length]) {
        const items = readAll(formatOf(format)!, text, size, { ...options, annotations, name: 'x' });
        assert.deepEqual(entities(items), expected.entities);
        assert.deepEqual(
          issuesOf(items).map(({ line, reason }) => `${String(line)} ${reason}`),
          expected.issues,
        );
        assert.deepEqual(
          sentencesOf(items).map(({ layer }) => layer !== null),
          expected.annotated,
        );
      }
    });

  it('broken rows cost only themselves, and are told with their line', () => {
    const good = JSON.stringify({ text: 'Ada left.', label: [[0, 3, 'PER']] });
    const rows = [
      good,
      '{"text": "x", "label": [[0',
      '',
      '{"label": []}',
      JSON.stringify({
        text: 'ab',
        label: [
          [0, 9, 'PER'],
          [1, 1, 'X'],
          ['a', 2, 'Y'],
        ],
      }),
      good,
    ];
    const items = readAll(formatOf('doccano')!, rows.join('\n'));
    assert.deepEqual(entities(items), ['PER Ada', 'PER Ada']);
    assert.deepEqual(
      issuesOf(items).map(({ line, reason }) => `${String(line)} ${reason}`),
      ['2 json', '4 noText', '5 label', '5 outOfText', '5 outOfText'],
    );
  });

  it('tags that do not fit their words leave the sentence without annotation', () => {
    const rows = [
      { tokens: ['a', 'b'], ner_tags: ['O'] },
      { tokens: ['a'], ner_tags: [77] },
      { tokens: ['a'], ner_tags: ['I-X'] },
      { words: [] },
    ];
    const items = readAll(formatOf('jsonl')!, rows.map((row) => JSON.stringify(row)).join('\n'), 7, {
      tagNames: ['O'],
    });
    assert.deepEqual(
      issuesOf(items).map(({ line, reason }) => `${String(line)} ${reason}`),
      ['1 tagCount', '2 tags', '3 orphanTag', '4 noTokens'],
    );
    assert.deepEqual(
      sentencesOf(items).map(({ layer }) => layer),
      [null, null, [{ first: 0, end: 1, label: 'X' }]],
    );
  });

  it('offsets are counted as asked: code points, UTF-16 units or bytes', () => {
    const text = '🎉é Ada';
    const doccano = formatOf('doccano')!;
    for (const [offsets, start] of [
      ['codePoint', 3],
      ['utf16', 4],
      ['byte', 7],
    ] as const) {
      const items = readAll(doccano, JSON.stringify({ text, label: [[start, start + 3, 'PER']] }), 99, { offsets });
      assert.deepEqual(entities(items), ['PER Ada']);
      const written = doccano.write!({ name: 'x', annotator: '-', eol: '\n', offsets });
      const [line] = [...items.flatMap((item) => written.add(item)), ...written.end()];
      assert.deepEqual((JSON.parse(line?.text ?? '') as { label: unknown }).label, [[start, start + 3, 'PER']]);
    }
  });

  it('spans that cut words or cross sentences are kept exactly', () => {
    const text = 'Un-American people. And Mr. X. Y came.';
    const row = {
      text,
      label: [
        [3, 11, 'MISC'],
        [28, 32, 'PER'],
        [12, 23, 'X'],
      ],
    };
    const items = readAll(formatOf('doccano')!, JSON.stringify(row));
    assert.deepEqual(issuesOf(items), []);
    assert.deepEqual(entities(items), ['MISC American', 'X people. And', 'PER X. Y']);
  });
});
