import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { excerpt } from '../../../src/core/excerpt.ts';
import { textPattern } from '../../../src/core/reviewEntries.ts';
import { filterText, progressText } from '../../../src/extension/review/reviewText.ts';
import { countsOf } from '../../../src/extension/document/sentenceCounts.ts';
import { sentence } from '../sentences.ts';

describe('review texts', () => {
  it('show a sentence from a little before the place on, with the place marked', () => {
    const long = sentence('The committee that met in the spring chose Ada Lovelace of London');
    const { text, highlight } = excerpt(long, { first: 8, end: 10 });
    assert.equal(text, '… met in the spring chose Ada Lovelace of London');
    assert.equal(text.slice(...highlight), 'Ada Lovelace');
    const short = excerpt({ ...sentence('Ada slept'), text: 'Ada\nslept' }, { first: 0, end: 1 });
    assert.deepEqual(short, { text: 'Ada slept', highlight: [0, 3] });
  });

  it('count each sentence once by the most that was done', () => {
    const untouched = sentence('Ada slept');
    const gold = sentence('Ada slept', { gold: 'B-PER O' });
    const reviewed = { ...gold, comments: [{ key: 'reviewed', value: 'Ada 2026-01-02' }] };
    const noted = { ...untouched, comments: [{ key: 'note', value: 'who?' }] };
    const partial = { layer: [], undecided: [1] };
    const started = { ...untouched, partial, tags: ['O', '_'] };
    const counts = countsOf({ sentences: [untouched, gold, reviewed, noted, started] });
    assert.equal(progressText(counts), '2 untouched, 1 in progress, 1 complete, 1 reviewed · 1 note');
  });

  it('name the filter', () => {
    assert.equal(filterText({}), '');
    assert.equal(
      filterText({ group: 'illegal', label: 'PER', source: 't5', text: textPattern('/new/') }),
      'Illegal tags, PER, T5, /new/',
    );
  });
});
