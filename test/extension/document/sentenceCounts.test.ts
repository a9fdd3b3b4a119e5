import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { LiveCounts, countsOf } from '../../../src/extension/document/sentenceCounts.ts';
import { anySentence, prediction, sentence } from '../sentences.ts';

describe('counts of sentences', () => {
  it('tell gold, reviews, notes and predictions', () => {
    const gold = sentence('Ada slept', { gold: 'B-PER O', bert: prediction('B-PER O') });
    const reviewed = { ...gold, comments: [{ key: 'reviewed', value: 'Ada 2026-01-02' }] };
    const noted = { ...sentence('Ada ran'), comments: [{ key: 'note', value: 'who?' }] };
    assert.deepEqual(countsOf({ sentences: [gold, reviewed, noted] }), {
      sentences: 3,
      gold: 2,
      inProgress: 0,
      reviewed: 1,
      notes: 1,
      predicted: { bert: 2, t5: 0 },
    });
  });

  it('follow any changes', () => {
    const change = fc.record({
      at: fc.nat(8),
      remove: fc.nat(3),
      add: fc.array(anySentence('full'), { maxLength: 3 }),
    });
    fc.assert(
      fc.property(fc.array(anySentence('full'), { maxLength: 8 }), fc.array(change, { maxLength: 5 }), (start, all) => {
        const live = new LiveCounts();
        let list = start;
        live.of(list);
        for (const { at, remove, add } of all) {
          list = list.toSpliced(at, remove, ...add);
          assert.deepEqual(live.of(list), new LiveCounts().of(list));
        }
      }),
    );
  });
});
