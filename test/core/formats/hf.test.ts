import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import type { CorpusItem } from '../../../src/core/corpus.ts';
import { hf } from '../../../src/core/formats/hf.ts';
import { html } from '../../../src/core/formats/html.ts';
import { jsonl } from '../../../src/core/formats/jsonl.ts';
import { joinForms } from '../../../src/core/formats/tokenOffsets.ts';
import { readAll, sentencesOf, writeAll } from './convert.ts';

const sentence = (words: string[], label: string | null, documentId: string): CorpusItem => ({
  kind: 'sentence',
  sentence: {
    ...joinForms(words),
    layer: label === null ? null : [{ first: 0, end: 2, label }],
    documentId,
    comments: label === 'PER' ? [{ key: 'reviewed', value: 'me' }] : [],
  },
});

describe('the Hugging Face dataset folder', () => {
  const items = [
    sentence(['Ada', 'Lovelace', 'left'], 'PER', 'a'),
    sentence(['New', 'York', '😀'], 'LOC', 'b'),
    sentence(['It', 'rained'], null, 'c'),
  ];
  const files = writeAll(hf, items, {
    name: 'My "corpus"',
    splitOf: ({ documentId }) => (documentId === 'c' ? 'test' : 'train'),
    card: { licence: 'cc-by-sa-4.0', languages: ['en'], provenance: ['Written for a test.'] },
  });

  it('has numbered tags by split that a reader can name again', () => {
    assert.deepEqual([...files.keys()].sort(), ['README.md', 'data/test.jsonl', 'data/train.jsonl']);
    const card = files.get('README.md') ?? '';
    const names = [...card.matchAll(/^ {10}'\d+': (\S+)$/gm)].map((match) => match[1] ?? '');
    assert.deepEqual(names, ['O', 'B-PER', 'I-PER', 'B-LOC', 'I-LOC']);
    const train = readAll(jsonl, files.get('data/train.jsonl') ?? '', 99, { tagNames: names });
    assert.deepEqual(
      sentencesOf(train).map(({ layer }) => layer),
      [[{ first: 0, end: 2, label: 'PER' }], [{ first: 0, end: 2, label: 'LOC' }]],
    );
    const row = JSON.parse((files.get('data/train.jsonl') ?? '').split('\n')[1] ?? '') as {
      ner_tags: unknown;
      spans: unknown;
    };
    assert.deepEqual(row.ner_tags, [3, 4, 0]);
    assert.deepEqual(row.spans, [{ start: 0, end: 8, label: 'LOC' }]);
    assert.equal((JSON.parse(files.get('data/test.jsonl') ?? '') as { ner_tags: unknown }).ner_tags, null);
  });

  it('has a card with names, counts, licence and provenance', () => {
    const card = files.get('README.md') ?? '';
    for (const line of [
      'pretty_name: "My \\"corpus\\""',
      '- en',
      'license: cc-by-sa-4.0',
      '  - split: test',
      '    num_examples: 2',
      '| documents | 2 | 1 |',
      '| annotated by people | 2 | 0 |',
      '| annotated by a model | 0 | 0 |',
      '| reviewed | 1 | 0 |',
      '| tokens | 6 | 2 |',
      '| PER | 1 | 0 |',
      '- Written for a test.',
    ])
      assert.ok(card.split('\n').includes(line), line);
  });

  it('is the same every time', () => {
    const again = writeAll(hf, items, { name: 'x' });
    assert.deepEqual(again, writeAll(hf, items, { name: 'x' }));
    assert.deepEqual([...writeAll(hf, [], { name: 'x' }).keys()], ['data/train.jsonl', 'README.md']);
  });
});

describe('HTML for reading', () => {
  it('marks entities with their labels and escapes everything else', () => {
    const text = 'A <b> & "Ann" O\u2019Hara';
    const tokens = ['A', '<b>', '&', '"Ann"', 'O\u2019Hara'].map((form) => ({
      form,
      start: text.indexOf(form),
      end: text.indexOf(form) + form.length,
    }));
    const page =
      writeAll(
        html,
        [
          {
            kind: 'sentence',
            sentence: { text, tokens, layer: [{ first: 3, end: 5, label: 'P<R' }], documentId: 'd&' },
          },
          sentence(['x', 'y'], null, 'e'),
        ],
        { name: 'a<b' },
      ).get('') ?? '';
    assert.ok(
      page.includes(
        '<p dir="auto">A &lt;b&gt; &amp; <mark class="l0">&quot;Ann&quot; O\u2019Hara<sup>P&lt;R</sup></mark></p>',
      ),
      page,
    );
    assert.ok(
      page.includes('<h2>d&amp;</h2>') && page.includes('<title>a&lt;b</title>') && page.includes('class="open"'),
    );
    assert.ok(page.endsWith('</body>\n</html>\n'));
  });
});
