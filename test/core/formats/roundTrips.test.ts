import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { CorpusItem, CorpusSentence } from '../../../src/core/corpus.ts';
import type { Format, ReadOptions } from '../../../src/core/formats/format.ts';
import { iob2 } from '../../../src/core/formats/iob2.ts';
import { LossCounter } from '../../../src/core/formats/losses.ts';
import { detectFormat, formatOf, formats } from '../../../src/core/formats/registry.ts';
import { joinForms } from '../../../src/core/formats/tokenOffsets.ts';
import { corpusText, report } from '../corpora.ts';
import { issuesOf, readAll, sentencesOf, writeAll } from './convert.ts';
import { madeSentence } from './generators.ts';

const both = formats.filter((format) => format.read !== undefined && format.write !== undefined);

/** Writes and reads again; brat's pairs are read one after the other. */
function through(
  format: Format,
  items: readonly CorpusItem[],
  size = 7919,
  options: ReadOptions = {},
): readonly CorpusItem[] {
  const files = writeAll(format, items);
  if (format.shape === 'file') return readAll(format, files.get('') ?? '', size, options);
  return [...files.keys()]
    .filter((name) => name.endsWith('.txt'))
    .flatMap((name) => {
      const base = name.slice(0, -4);
      const annotations = files.get(`${base}.ann`);
      return readAll(format, files.get(name) ?? '', size, { ...options, name: base, annotations });
    });
}

/** What of a sentence a format promises to keep. */
function kept(format: Format, { text, tokens, layer, id, documentId }: CorpusSentence): unknown {
  const { holds } = format;
  return {
    text: holds.spacedWords && format.id !== 'conll2003' ? text : undefined,
    forms: tokens.map(({ form }) => form),
    layer,
    id: holds.sentenceIds ? id : undefined,
    documentId: holds.documentIds ? documentId : undefined,
  };
}

/** Entities as strings, for formats that find words and sentences anew. */
function entities(items: readonly CorpusItem[]): readonly string[] {
  return sentencesOf(items).flatMap(({ text, tokens, layer }) =>
    (layer ?? []).map(({ first, end, label }) => `${label} ${text.slice(tokens[first]?.start, tokens[end - 1]?.end)}`),
  );
}

const corpus = fc
  .array(fc.record({ made: madeSentence, documentId: fc.constantFrom('a', 'b.c'), id: fc.uuid() }), { maxLength: 5 })
  .map((sentences) =>
    sentences
      .sort((a, b) => (a.documentId < b.documentId ? -1 : 1))
      .map(({ made, ...ids }): CorpusItem => ({
        kind: 'sentence',
        sentence: { ...joinForms(made.words), layer: made.layer, ...ids },
      })),
  );

describe('round trips', () => {
  for (const format of both.filter(({ holds }) => holds.tokens))
    it(`${format.id}: words, spans, ids and what nobody annotated come back from random corpora`, () => {
      fc.assert(
        fc.property(corpus, fc.integer({ min: 1, max: 50 }), (items, size) => {
          const back = through(format, items, size);
          assert.deepEqual(issuesOf(back), []);
          assert.deepEqual(
            sentencesOf(back).map((sentence) => kept(format, sentence)),
            sentencesOf(items).map((sentence) => kept(format, sentence)),
          );
          assert.deepEqual(writeAll(format, back), writeAll(format, items));
        }),
      );
    });

  it('brat: the same entities come back, in the same documents', () => {
    const brat = formatOf('brat');
    assert.ok(brat);
    fc.assert(
      fc.property(corpus, (items) => {
        const back = through(brat, items);
        assert.deepEqual(issuesOf(back), []);
        assert.deepEqual(entities(back), entities(items));
        // A document is cut, and its parts numbered, where what somebody annotated borders on what nobody did.
        const whole = (id: string | undefined): string | undefined => id?.replace(/-\d+$/, '');
        assert.deepEqual(
          [...new Set(sentencesOf(back).map(({ documentId }) => whole(documentId)))],
          [...new Set(sentencesOf(items).map(({ documentId }) => documentId))],
        );
        const words = (list: readonly CorpusItem[], annotated: boolean): string =>
          sentencesOf(list)
            .filter(({ layer }) => (layer !== null) === annotated)
            .flatMap(({ tokens }) => tokens.map(({ form }) => form))
            .join('');
        for (const annotated of [true, false]) assert.equal(words(back, annotated), words(items, annotated));
        assert.deepEqual(writeAll(brat, back), writeAll(brat, items));
      }),
    );
  });

  it('running text comes back as it was from formats that hold it', () => {
    const text = '😀 Ann met  Bob.\r\n\r\n- He left Paris\tfor Rome. “Why?” she asked.\n';
    const doccano = formatOf('doccano');
    assert.ok(doccano);
    const row = {
      text,
      label: [
        [2, 5, 'PER'],
        [11, 14, 'PER'],
        [29, 34, 'LOC'],
        [39, 43, 'LOC'],
      ],
    };
    const items = readAll(doccano, `${JSON.stringify(row)}\n`);
    assert.deepEqual(entities(items), ['PER Ann', 'PER Bob', 'LOC Paris', 'LOC Rome']);
    for (const format of both.filter(({ holds }) => holds.runningText)) {
      const back = through(format, items);
      assert.deepEqual(issuesOf(back), []);
      assert.deepEqual(entities(back), entities(items));
      assert.equal(back.find((item) => item.kind === 'document')?.text, text, format.id);
    }
  });

  it('doccano’s ids and comments of rows come back from a column file', () => {
    const doccano = formatOf('doccano');
    assert.ok(doccano);
    const rows = [
      { id: 7, text: 'Ann left.', label: [[0, 3, 'PER']], Comments: ['sure?', 'yes'] },
      { id: 'x-8', text: 'Bob stayed.', label: [], Comments: [] },
      { id: 9, text: 'Ann left. Rome fell.', label: [[10, 14, 'LOC']], Comments: ['two of them'] },
    ];
    const items = readAll(doccano, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    const counter = new LossCounter(doccano);
    for (const item of items) counter.add(item);
    assert.deepEqual(counter.losses(), []);
    const text = writeAll(iob2, items).get('') ?? '';
    const written = writeAll(doccano, readAll(iob2, text)).get('') ?? '';
    const back = written
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Partial<(typeof rows)[number]>);
    assert.deepEqual(
      back.map((row) => [row.id, row.text, row.Comments ?? []]),
      [
        [7, 'Ann left.', ['sure?', 'yes']],
        ['x-8', 'Bob stayed.', []],
        [9, 'Ann left.', ['two of them']],
        [9, 'Rome fell.', []],
      ],
    );
    // With its running text known, a row stays one.
    const whole = writeAll(doccano, items).get('') ?? '';
    assert.deepEqual(
      (JSON.parse(whole.trim().split('\n')[2] ?? '') as object as { id: number; Comments: string[] }).Comments,
      ['two of them'],
    );
  });

  it('UNER English PUD goes through every pair of formats with all its entities', function () {
    const text = corpusText(this, 'uner/uner_en_pud.test.iob2').split('\n\n').slice(0, 60).join('\n\n') + '\n\n';
    const items = readAll(iob2, text);
    const expected = entities(items);
    const rows = both.map((from) => {
      const first = through(from, items);
      const cells = both.map((to) => {
        const back = through(to, first);
        assert.deepEqual(entities(back), expected, `${from.id} to ${to.id}`);
        const [one, two] = [sentencesOf(items), sentencesOf(back)];
        const same =
          one.length === two.length &&
          one.every(
            ({ tokens, layer }, index) =>
              JSON.stringify([tokens.map(({ form }) => form), layer]) ===
              JSON.stringify([two[index]?.tokens.map(({ form }) => form), two[index]?.layer]),
          );
        assert.ok(same || !from.holds.tokens || !to.holds.tokens, `${from.id} to ${to.id}`);
        return same ? '=' : 'e';
      });
      return [from.id, ...cells];
    });
    report(
      'from \\ to; = words, sentences and entities are the same, e entities are (words or sentences are found anew)',
    );
    const widths = both.map(({ id }) => id.length);
    report(['            ', ...both.map(({ id }) => id)].join(' '));
    for (const [name = '', ...cells] of rows)
      report([name.padEnd(12), ...cells.map((cell, index) => cell.padEnd(widths[index] ?? 0))].join(' '));
  });

  it('what a format cannot hold is counted', () => {
    const items = readAll(
      iob2,
      '# sent_id = 1\n# note = look\n# text = a b\n1\ta\tB-X\t-\tme\n2\tb\tO\t-\t-\n\n1\tc\t_\t-\t-\n',
    );
    const losses = (id: string): unknown => {
      const counter = new LossCounter(formatOf(id)!);
      for (const item of items) counter.add(item);
      return Object.fromEntries(counter.losses().map(({ kind, count }) => [kind, count]));
    };
    assert.deepEqual(losses('iob2'), {});
    assert.deepEqual(losses('jsonl'), { annotators: 1, comments: 1 });
    assert.deepEqual(losses('conll2003'), { annotators: 1, comments: 1, sentenceIds: 1 });
    assert.deepEqual(losses('brat'), {
      tokens: 2,
      sentences: 2,
      sentenceIds: 1,
      annotators: 1,
      comments: 1,
    });
  });

  it('a format is told by the beginning of its file', () => {
    const layer = [
      { first: 0, end: 2, label: 'PER' },
      { first: 2, end: 3, label: 'LOC' },
    ];
    const items: CorpusItem[] = Array.from({ length: 40 }, (_, index) => ({
      kind: 'sentence',
      sentence: { ...joinForms(['Ann', 'Lee', 'Rome', String(index)]), layer, documentId: 'd', id: String(index) },
    }));
    for (const format of both.filter(({ shape }) => shape === 'file')) {
      const text = writeAll(format, items).get('') ?? '';
      for (const length of [text.length, 1500])
        assert.equal(
          detectFormat(`x.${format.extensions[0] ?? ''}`, text.slice(0, length)),
          format.id,
          `${format.id} ${String(length)}`,
        );
    }
    assert.equal(detectFormat('notes.txt', 'Some words in a line.\nAnd another line of words.\n'), 'text');
    assert.equal(detectFormat('x.conll', 'EU NNP B-NP I-ORG\nrejects VBZ B-VP O\n'), 'conll2003');
  });
});
