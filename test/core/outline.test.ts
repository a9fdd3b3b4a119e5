import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { parseColumns } from '../../src/core/columns/columns.ts';
import { outlineOf } from '../../src/core/outline.ts';

describe('outline of a column file', () => {
  it('has the documents with their lines, and in them the sentences with their spans', () => {
    const file = [
      '# newdoc id = news',
      '# text = Ada slept',
      '1\tAda\tB-PER\t-\t-',
      '2\tslept\tO\t-\t-',
      '',
      '# reviewed = Ada 2026-01-02',
      '1\tRome\tO\t-\t-',
      '',
      '# newdoc id = mail',
      '',
      '1\tOslo\t_\t-\t-',
      '',
    ].join('\n');
    const outline = outlineOf(parseColumns(file));
    assert.deepEqual(outline, [
      {
        id: 'news',
        first: 0,
        last: 6,
        count: 2,
        sentences: [
          { first: 0, last: 3, name: 'Ada slept', detail: '1 PER' },
          { first: 5, last: 6, name: 'Rome', detail: 'no entities · reviewed' },
        ],
      },
      {
        id: 'mail',
        first: 8,
        last: 10,
        count: 1,
        sentences: [{ first: 10, last: 10, name: 'Oslo', detail: 'untouched' }],
      },
    ]);
  });

  it('lists only documents of a long file, which are runs of a hundred sentences where it names none', () => {
    const sentences = Array.from({ length: 205 }, () => '1\tOslo\tO\t-\t-\n\n');
    const plain = outlineOf(parseColumns(sentences.join('')), 200);
    assert.deepEqual(
      plain.map(({ id, first, last, count, sentences: listed }) => [id, first, last, count, listed.length]),
      [
        ['Sentences 1 to 100', 0, 198, 100, 0],
        ['Sentences 101 to 200', 200, 398, 100, 0],
        ['Sentences 201 to 205', 400, 408, 5, 0],
      ],
    );
    const named = outlineOf(parseColumns(`# newdoc id = one\n${sentences.join('')}`), 200);
    assert.deepEqual(
      named.map(({ id, count }) => [id, count]),
      [['one', 205]],
    );
    assert.equal(outlineOf(parseColumns(sentences.join('')), 205)[0]?.sentences.length, 205);
  });

  it('shortens long sentences and works without documents', () => {
    const words = Array.from({ length: 40 }, (_, index) => `${String(index + 1)}\tword\tO\t-\t-`);
    const [part] = outlineOf(parseColumns(`${words.join('\n')}\n`));
    assert.equal(part?.id, undefined);
    assert.ok(part?.sentences[0]?.name.endsWith('word…') === true && part.sentences[0].name.length <= 81);
    assert.deepEqual(outlineOf(parseColumns('')), []);
  });
});
