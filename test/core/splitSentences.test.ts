import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { Sentence } from '../../src/core/sentence.ts';
import { splitSentences } from '../../src/core/splitSentences.ts';
import { corpus, report } from './corpora.ts';

const split = (text: string): string[] => splitSentences(text).map(({ start, end }) => text.slice(start, end));

describe('splitSentences', () => {
  it('ends no sentence at titles, initials, abbreviations, numbers and addresses', () => {
    const sentences = [
      'Dr. J. R. Smith of Acme Inc. met Mrs. Lee in the U.S. Senate.',
      'He left at 5 p.m. on Jan. 3, i.e. late.',
      'See https://example.org/search?q=a.b for No. 5!',
      '“Really?” she asked.',
      'It grew by 3.5 percent... or so.',
      'The firm is Acme Inc.',
      'The rest is in Washington, D.C.',
      'Why?',
    ];
    assert.deepEqual(split(sentences.join(' ')), sentences);
  });

  it('takes blank lines, headings, list items, rules and fences as borders, and code as no text', () => {
    const text =
      '# A heading\nSome text here\n\n- one item\n- [ ] another. With two\n1. first\n> quoted\n---\n```js\nlet x = 1.\n```\nlast';
    assert.deepEqual(split(text), [
      'A heading',
      'Some text here',
      'one item',
      'another.',
      'With two',
      'first',
      'quoted',
      'last',
    ]);
  });

  it('joins lines that only the page’s width divided, and no others', () => {
    const wrapped =
      'The committee met on Tuesday in the old town hall of\r\nSpringfield and decided nothing. Its chairman, who had\r\nasked for a vote, left.\r\n';
    assert.deepEqual(split(wrapped), [
      'The committee met on Tuesday in the old town hall of\r\nSpringfield and decided nothing.',
      'Its chairman, who had\r\nasked for a vote, left.',
    ]);
    assert.deepEqual(split('Dear Ann\nSee you soon\nBob'), ['Dear Ann', 'See you soon', 'Bob']);
    assert.deepEqual(split('a\rb\r\nc'), ['a', 'b', 'c']);
  });

  it('splits other scripts at their own signs', () => {
    assert.deepEqual(split('東京は首都です。大阪は違う。'), ['東京は首都です。', '大阪は違う。']);
    assert.deepEqual(split('هل تعلم؟ نعم.'), ['هل تعلم؟', 'نعم.']);
  });

  it('gives ranges in order that leave out nothing but white space and marks of lists, headings and fences', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.oneof(
            fc.constantFrom('. ', '\n', '\r\n', '\n\n', 'Dr. ', 'A', '! ', '"', ')', '1', '…', ' '),
            fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
          ),
          maxLength: 80,
        }),
        (text) => {
          let position = 0;
          for (const { start, end } of splitSentences(text)) {
            assert.ok(start >= position && end > start);
            assert.equal(text.slice(start, end).trim(), text.slice(start, end));
            assert.doesNotMatch(text.slice(position, start), /\p{L}/u);
            position = end;
          }
          assert.doesNotMatch(text.slice(position), /\p{L}/u);
        },
      ),
      { numRuns: 500 },
    );
  });

  for (const [name, f1Floor, endingFloor] of [
    ['uner/uner_en_ewt.dev.iob2', 0.84, 0.93],
    ['uner/uner_en_pud.test.iob2', 0.99, 0.99],
  ] as const) {
    it(`finds the sentences of ${name} again when each document is one paragraph`, function () {
      const documents = new Map<string | undefined, Sentence[]>();
      for (const sentence of corpus(this, name).sentences) {
        const known = documents.get(sentence.documentId);
        if (known === undefined) documents.set(sentence.documentId, [sentence]);
        else known.push(sentence);
      }
      let [correct, ours, theirs, ending, endingFound] = [0, 0, 0, 0, 0];
      for (const sentences of documents.values()) {
        const text = sentences.map((sentence) => sentence.text).join(' ');
        const found = new Set(splitSentences(text).map(({ end }) => end));
        let position = -1;
        ours += found.size;
        for (const sentence of sentences) {
          position += sentence.text.length + 1;
          const hit = found.has(position) ? 1 : 0;
          theirs++;
          correct += hit;
          if (!/[.!?]["'”’)\]]*$/.test(sentence.text)) continue;
          ending++;
          endingFound += hit;
        }
      }
      const f1 = (2 * correct) / (ours + theirs);
      const recall = endingFound / ending;
      report(`F1 of sentence ends ${f1.toFixed(4)}; found of those with a final sign ${recall.toFixed(4)}`);
      assert.ok(f1 >= f1Floor && recall >= endingFloor);
    });
  }
});
