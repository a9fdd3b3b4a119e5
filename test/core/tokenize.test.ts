import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { tokenize } from '../../src/core/tokenize.ts';
import { corpus, report } from './corpora.ts';

const forms = (text: string): string =>
  tokenize(text)
    .map(({ form }) => form)
    .join('|');

const cases: readonly (readonly [text: string, tokens: string])[] = [
  ["I don't think she'll say it's Tom's.", "I|do|n't|think|she|'ll|say|it|'s|Tom|'s|."],
  ['We can’t, won’t, I’m and they’ve', 'We|ca|n’t|,|wo|n’t|,|I|’m|and|they|’ve'],
  ["He cannot; we're gonna and I'd've", "He|can|not|;|we|'re|gon|na|and|I|'d|'ve"],
  ["the dogs' owner O'Brien said 'hello'", "the|dogs|'|owner|O'Brien|said|'|hello|'"],
  [
    'Dr. J. Smith of Acme Inc. met Mrs. Lee in the U.S. at 5 p.m. on Jan. 3.',
    'Dr.|J.|Smith|of|Acme|Inc.|met|Mrs.|Lee|in|the|U.S.|at|5|p.m.|on|Jan.|3|.',
  ],
  [
    'See https://example.org/a?b=c, or (www.example.com). Mail a.b@example.co.uk!',
    'See|https://example.org/a?b=c|,|or|(|www.example.com|)|.|Mail|a.b@example.co.uk|!',
  ],
  [
    'It cost $1,200.50, not €3 or 20% at 10:30am in the 1990s, the 21st',
    'It|cost|$|1,200.50|,|not|€|3|or|20|%|at|10:30|am|in|the|1990s|,|the|21st',
  ],
  [
    'a well-known non-profit e-mail on 11/20/2001 to 713-555-0100',
    'a|well|-|known|non-profit|e-mail|on|11/20/2001|to|713-555-0100',
  ],
  ['Wait... what?! Really -- yes :) and/or', 'Wait|...|what|?!|Really|--|yes|:)|and|/|or'],
  ['👩‍👩‍👧🇩🇪é 👍🏽!', '👩‍👩‍👧|🇩🇪|é|👍🏽|!'],
  ['قال محمد: «مرحبا».', 'قال|محمد|:|«|مرحبا|»|.'],
  ['שלום, עולם', 'שלום|,|עולם'],
  ['𝔘𝔫𝔦𝔠𝔬𝔡𝔢 x', '𝔘𝔫𝔦𝔠𝔬𝔡𝔢|x'],
];

describe('tokenize', () => {
  for (const [text, tokens] of cases)
    it(`takes apart ${text}`, () => {
      assert.equal(forms(text), tokens);
    });

  it('divides scripts that have no spaces into words', () => {
    const tokens = tokenize('東京は日本の首都です。');
    assert.ok(tokens.length > 4);
    assert.ok(tokens.some(({ form }) => form === '東京'));
    assert.equal(tokens.at(-1)?.form, '。');
  });

  it('puts every character that is no white space into exactly one token, in order', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.oneof(
            fc.constantFrom("'", '.', '-', '$', '/', '@', ':', '1', 'n', 't', 's', '‍', ' ', '\r\n', 'www.', 'A'),
            fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
          ),
          maxLength: 60,
        }),
        (text) => {
          let position = 0;
          for (const token of tokenize(text)) {
            assert.equal(text.slice(position, token.start).trim(), '');
            assert.ok(token.start < token.end);
            assert.equal(text.slice(token.start, token.end), token.form);
            assert.doesNotMatch(token.form, /\s/u);
            position = token.end;
          }
          assert.equal(text.slice(position).trim(), '');
        },
      ),
      { numRuns: 500 },
    );
  });

  for (const [name, floor] of [
    ['uner/uner_en_ewt.dev.iob2', 0.985],
    ['uner/uner_en_pud.test.iob2', 0.99],
  ] as const) {
    it(`finds the words of ${name} (F1 of both borders at least ${String(floor)})`, function () {
      const { sentences } = corpus(this, name);
      for (const glued of [false, true]) {
        let [correct, ours, theirs] = [0, 0, 0];
        for (const sentence of sentences) {
          const words = sentence.tokens.map(({ form }) => form);
          const text = glued ? withContractions(sentence.text) : sentence.text;
          const gold = places(text, words);
          const found = new Set(tokenize(text).map(({ start, end }) => `${String(start)}-${String(end)}`));
          ours += found.size;
          theirs += gold.length;
          correct += gold.filter((place) => found.has(place)).length;
        }
        const f1 = (2 * correct) / (ours + theirs);
        report(`${glued ? 'contractions written as one' : 'as in the file'}: F1 ${f1.toFixed(4)}`);
        assert.ok(f1 >= floor);
      }
    });
  }
});

/** The file writes "do n't"; people write "don't". */
function withContractions(text: string): string {
  return text.replace(/(\p{L}) (n['’]t|['’](?:s|m|d|ll|re|ve))(?![\p{L}\p{N}])/giu, '$1$2');
}

function places(text: string, words: readonly string[]): readonly string[] {
  let position = 0;
  return words.map((word) => {
    const start = text.indexOf(word, position);
    position = start + word.length;
    return `${String(start)}-${String(position)}`;
  });
}
