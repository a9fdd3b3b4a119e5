import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { addTally, EMPTY_TALLY } from '../../../src/core/tally.ts';
import type { Tally } from '../../../src/core/tally.ts';
import { LiveCertainty, pairedSentence } from '../../../src/extension/figures/certainty.ts';
import { pairs, totalsOf } from '../../../src/extension/figures/totals.ts';
import type { PanelCertainty } from '../../../src/protocol/panel.ts';
import type { SessionSentence } from '../../../src/extension/document/session.ts';
import { anySentence, prediction, sentence } from '../sentences.ts';

const full = { scheme: 'full', policy: 'repair' } as const;
const right = (): SessionSentence =>
  sentence('Ada in Rome', {
    gold: 'B-PER O B-LOC',
    bert: prediction('B-PER O B-LOC'),
    t5: prediction('B-PER O O'),
  });
const wrong = (): SessionSentence =>
  sentence('Ada in Rome', { gold: 'B-PER O B-LOC', bert: prediction('O O B-LOC'), t5: prediction('O O O') });

/** What is shown once `begin` has set something off. */
async function settled(
  begin: (live: LiveCertainty) => PanelCertainty,
  read: (live: LiveCertainty) => PanelCertainty,
): Promise<{ before: PanelCertainty; after: PanelCertainty }> {
  return new Promise((resolve) => {
    const live = new LiveCertainty(
      () => {
        resolve({ before, after: read(live) });
      },
      { delay: 0, draws: 100, rounds: 100 },
    );
    const before = begin(live);
  });
}

describe('the live certainty', () => {
  for (const { scheme, policy } of [
    full,
    { scheme: 'simplified', policy: 'repair' },
    { scheme: 'full', policy: 'strict' },
  ] as const) {
    it(`rests on the same spans as the scores (${scheme}, ${policy})`, () => {
      fc.assert(
        fc.property(fc.array(anySentence(scheme), { maxLength: 8 }), (sentences) => {
          const { counts } = totalsOf(sentences, { scheme, policy });
          for (const source of ['bert', 't5'] as const) {
            const scored = counts[pairs.findIndex((pair) => pair.row === 'gold' && pair.column === source)]!;
            const sum = (all: Iterable<Tally>): Tally => [...all].reduce((a, b) => addTally(a, b), EMPTY_TALLY);
            const paired = sentences.flatMap((one) => pairedSentence(one, { scheme, policy })?.answers[source] ?? []);
            assert.deepEqual(sum(paired), sum(scored.labels.values()));
            assert.equal(paired.length, scored.sentences);
          }
        }),
      );
    });
  }

  it('is pending until it has been worked out, then holds for these sentences', async () => {
    const sentences = [right(), right(), wrong(), sentence('Rome', { bert: prediction('B-LOC') })];
    const { before, after } = await settled(
      (live) => live.of(sentences, full),
      (live) => live.of(sentences, full),
    );
    assert.deepEqual(before, { state: 'pending' });
    assert.ok(after.state === 'done');
    assert.deepEqual(
      after.models.map(({ source, sentences: counted, unit, units }) => [source, counted, unit, units]),
      [
        ['bert', 3, 'sentence', 3],
        ['t5', 3, 'sentence', 3],
      ],
    );
    // BERT has 5 of 6 spans right, T5 has 2 of 6: 10/11 and 1/2; of the 8 exchanges only the two extreme ones are as far apart.
    assert.equal(after.difference?.value.toFixed(4), (10 / 11 - 4 / 8).toFixed(4));
    assert.deepEqual([after.difference.p, after.difference.exact, after.difference.rounds], [0.25, true, 8]);
  });

  it('works out only the last of several changes', async () => {
    let finished = 0;
    const live = new LiveCertainty(() => finished++, { delay: 0, draws: 50, rounds: 50 });
    const later = [right(), wrong()];
    live.of([right(), right(), right()], full);
    live.of(later, full);
    while (live.of(later, full).state === 'pending') await new Promise((resolve) => setTimeout(resolve, 1));
    const shown = live.of(later, full);
    assert.ok(shown.state === 'done');
    assert.equal(shown.models[0]?.units, 2);
    assert.equal(finished, 1);
    assert.deepEqual(live.of([...later], full), { state: 'pending' });
    live.dispose();
  });

  it('lets others have their turn', async () => {
    let turns = 0;
    const sentences = [right(), wrong()];
    const live = new LiveCertainty(() => undefined, { delay: 0, slice: 0, draws: 40, rounds: 40 });
    while (live.of(sentences, full).state === 'pending') {
      turns++;
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.ok(turns > 80, `${String(turns)} turns`);
  });
});
