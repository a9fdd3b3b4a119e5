import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { SessionSentence } from '../../../src/extension/document/session.ts';
import { Totals, totalsOf } from '../../../src/extension/figures/totals.ts';
import { anySentence, prediction, sentence } from '../sentences.ts';

const full = { scheme: 'full', policy: 'repair' } as const;
const simple = { scheme: 'simplified', policy: 'repair' } as const;

describe('totals of a corpus', () => {
  it('come to the same when there is only a little time for each step', () => {
    const versions = fc.array(fc.array(anySentence('full'), { minLength: 40, maxLength: 90 }), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(versions, fc.nat(3), (lists, steps) => {
        const totals = new Totals(full);
        for (const list of lists) {
          for (let step = 0; step < steps; step++) {
            let left = 1;
            totals.step(list, full, () => left-- > 0);
          }
        }
        const last = lists.at(-1) ?? [];
        let pending = Infinity;
        while (pending > 0) {
          let left = 1;
          const soFar = totals.step(last, full, () => left-- > 0);
          assert.ok(soFar.pending < pending, 'a step counted nothing');
          pending = soFar.pending;
        }
        assert.deepEqual(totals.of(last, full), totalsOf(last, full));
      }),
      { numRuns: 15 },
    );
  });

  it('count only sentences that changed', () => {
    const unread = (one: SessionSentence): SessionSentence =>
      new Proxy(one, {
        get(target, key) {
          if (!armed) return Reflect.get(target, key) as unknown;
          throw new Error(`an unchanged sentence was read again: ${String(key)}`);
        },
      });
    let armed = false;
    const kept = Array.from({ length: 20 }, () =>
      unread(sentence('Ada Lovelace', { gold: 'B-PER I-PER', bert: prediction('B-PER O') })),
    );
    const changed = sentence('Rome', { gold: 'B-LOC', bert: prediction('B-LOC') });
    const totals = new Totals(full);
    totals.of([...kept.slice(0, 10), changed, ...kept.slice(10)], full);
    armed = true;
    const after = sentence('Rome', { gold: 'O', bert: prediction('B-LOC') });
    const result = totals.of([...kept.slice(0, 10), after, ...kept.slice(10)], full);
    assert.equal(result.gold, 21);
    assert.deepEqual(result.counts[0]?.labels.get('LOC'), { correct: 0, predicted: 1, gold: 0 });
  });

  it('are counted anew in another scheme', () => {
    const totals = new Totals(full);
    totals.of([sentence('Ada Lovelace', { gold: 'B-PER I-PER', bert: prediction('B-PER O') })], full);
    const simplified = [sentence('Ada Lovelace', { gold: 'B-PER I-PER', bert: prediction('B I', 'simplified') })];
    assert.deepEqual(totals.of(simplified, simple), totalsOf(simplified, simple));
  });

  it('compare only sentences that both sources have', () => {
    const { counts, predicted, gold, modelDisagreements } = totalsOf(
      [
        sentence('a', { gold: 'O' }),
        sentence('b', { gold: 'B-PER', bert: prediction('B-PER') }),
        sentence('c', { bert: prediction('B-PER'), t5: prediction('O') }),
      ],
      full,
    );
    assert.deepEqual(
      counts.map((one) => one.sentences),
      [1, 0, 1],
    );
    assert.deepEqual(
      { predicted, gold, modelDisagreements },
      { predicted: { bert: 2, t5: 1 }, gold: 2, modelDisagreements: 1 },
    );
  });
});
