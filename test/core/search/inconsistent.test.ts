import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { decode } from '../../../src/core/scheme.ts';
import { LabelledStrings } from '../../../src/core/search/inconsistent.ts';
import { inconsistentHits } from '../../../src/core/search/searchRun.ts';
import { corpus, report } from '../corpora.ts';

const lines = [
  ['Rome won', 'B-ORG O'],
  ['Rome fell', 'B-LOC O'],
  ['In Rome', 'O B-LOC'],
  ['Ada Lovelace', 'B-PER I-PER'],
  ['Paris Paris', 'B-PER B-LOC'],
  ['rome', 'B-PER'],
] as const;
const sentences = lines.map(([text, tags]) => ({
  forms: text.split(' '),
  gold: decode(tags.split(' '), 'repair').layer,
}));

describe('strings with several labels', () => {
  it('are counted per label, case as it is, those first that deviate most', () => {
    const strings = new LabelledStrings();
    for (const { forms, gold } of sentences) strings.add(forms, gold);
    strings.add(['Rome'], null);
    const listed = strings.inconsistent().map(({ text, labels, total }) => [text, [...labels], total]);
    assert.deepEqual(listed, [
      [
        'Paris',
        [
          ['LOC', 1],
          ['PER', 1],
        ],
        2,
      ],
      [
        'Rome',
        [
          ['LOC', 2],
          ['ORG', 1],
        ],
        3,
      ],
    ]);
  });

  it('are found at each of their places in EWT train', function () {
    const { sentences: own } = corpus(this, 'uner/uner_en_ewt.train.iob2');
    const strings = new LabelledStrings();
    for (const { tokens, gold } of own)
      strings.add(
        tokens.map(({ form }) => form),
        gold,
      );
    const listed = strings.inconsistent();
    const byText = new Map(listed.map((string) => [string.text, string]));
    const counts = new Map<string, number>();
    own.forEach((sentence, index) => {
      for (const { string } of inconsistentHits(byText, { ...sentence, layerOf: () => sentence.gold }, index))
        counts.set(string.text, (counts.get(string.text) ?? 0) + 1);
    });
    assert.equal(listed.length, 22);
    for (const { text, total } of listed) assert.equal(counts.get(text), total, text);
    const shown = listed.slice(0, 4).map(({ text, labels }) => `${text} (${[...labels].map(String).join(' ')})`);
    report(`${listed.length} strings, first ${shown.join(', ')}`);
  });
});
