import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { reviewQueue } from '../../../src/core/queue.ts';
import type { ReviewSentence } from '../../../src/core/queue.ts';
import { LiveQueue } from '../../../src/extension/review/liveQueue.ts';
import { SentenceKeys } from '../../../src/extension/review/sentenceKeys.ts';
import type { SessionSentence } from '../../../src/extension/document/session.ts';
import { anySentence, prediction, sentence } from '../sentences.ts';

function see({ tokens, gold, illegal, predictions: { bert, t5 } }: SessionSentence): ReviewSentence {
  return { forms: tokens.map(({ form }) => form), gold, illegal, bert, t5 };
}

const edits = fc.array(
  fc.record({ at: fc.nat(10), remove: fc.nat(3), add: fc.array(anySentence('full'), { maxLength: 3 }) }),
  { maxLength: 6 },
);

/** The lists of sentences that edits lead to, one after the other. */
function* listsOf(
  start: readonly SessionSentence[],
  steps: readonly { at: number; remove: number; add: SessionSentence[] }[],
): Iterable<readonly SessionSentence[]> {
  let list = start;
  yield list;
  for (const { at, remove, add } of steps) yield (list = list.toSpliced(at, remove, ...add));
}

describe('the queue of a changing document', () => {
  it('is the queue of its sentences after any changes', () => {
    fc.assert(
      fc.property(fc.array(anySentence('full'), { maxLength: 10 }), edits, (start, steps) => {
        const live = new LiveQueue(see);
        for (const list of listsOf(start, steps)) assert.deepEqual(live.of(list), reviewQueue(list.map(see)));
      }),
    );
  });

  it('is the same when it is worked out in slices between which the document changes', () => {
    fc.assert(
      fc.property(fc.array(anySentence('full'), { maxLength: 10 }), edits, fc.nat(4), (start, steps, budget) => {
        const live = new LiveQueue(see);
        for (const list of listsOf(start, steps)) {
          let left = budget;
          live.step(list, () => left-- > 0);
        }
        const list = [...listsOf(start, steps)].at(-1) ?? [];
        while (!live.step(list, () => true));
        assert.deepEqual(live.of(list), reviewQueue(list.map(see)));
      }),
    );
  });

  it('reads only the sentences that changed, and finds others that share a string with them', () => {
    const list = ['B-PER O', 'B-PER O', 'O O'].map((gold) => sentence('Jordan won', { gold }));
    let reads = 0;
    const live = new LiveQueue((one: SessionSentence) => {
      reads++;
      return see(one);
    });
    assert.deepEqual(live.of(list), []);
    const same = live.of([...list]);
    assert.equal(reads, 3);
    assert.deepEqual(same, []);
    const after = live.of([...list.slice(0, 2), sentence('Jordan won', { gold: 'B-LOC O' })]);
    assert.equal(reads, 4);
    assert.deepEqual(
      after.map(({ sentence: index, labels }) => [index, labels]),
      [
        [2, 'LOC / PER'],
        [0, 'PER / LOC'],
        [1, 'PER / LOC'],
      ],
    );
  });

  it('gives the very same list where nothing changed', () => {
    const list = [sentence('Rome won', { bert: prediction('B-LOC O'), t5: prediction('O O') })];
    const live = new LiveQueue(see);
    assert.equal(live.of(list), live.of([...list]));
  });
});

describe('keys of sentences', () => {
  const word = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');

  it('name the text and how many like it come before', () => {
    const keys = new SentenceKeys();
    assert.deepEqual(keys.of([{ text: 'a' }, { text: 'b' }, { text: 'a' }]), ['0 a', '0 b', '1 a']);
  });

  it('are what they would be from nothing, after any changes', () => {
    const change = fc.record({ at: fc.nat(8), remove: fc.nat(3), add: fc.array(word, { maxLength: 3 }) });
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), fc.array(change, { maxLength: 6 }), (start, changes) => {
        const keys = new SentenceKeys();
        let list = start.map((text) => ({ text }));
        keys.of(list);
        for (const { at, remove, add } of changes) {
          list = list.toSpliced(at, remove, ...add.map((text) => ({ text })));
          assert.deepEqual(keys.of(list), new SentenceKeys().of(list));
        }
      }),
    );
  });
});
