import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { decide } from '../../../src/core/correction.ts';
import type { Correction } from '../../../src/core/correction.ts';
import { decisionsOf, goldParts, tagsOfDecisions } from '../../../src/core/decisions.ts';
import { addingCounts } from '../../../src/extension/corpus/corpusEntry.ts';
import { addingGroups } from '../../../src/extension/figures/breakdowns.ts';
import { addingBins } from '../../../src/extension/figures/calibrations.ts';
import type { Reading } from '../../../src/extension/figures/reading.ts';
import { RunningSum } from '../../../src/extension/base/runningSum.ts';
import type { Adding } from '../../../src/extension/base/runningSum.ts';
import { Totals, totalsOf } from '../../../src/extension/figures/totals.ts';
import type { SessionSentence } from '../../../src/extension/document/session.ts';
import { anySentence } from '../sentences.ts';

const readings: readonly Reading[] = [
  { scheme: 'full', policy: 'repair' },
  { scheme: 'full', policy: 'strict' },
  { scheme: 'simplified', policy: 'repair' },
  { scheme: 'simplified', policy: 'strict' },
];

/** What a person does to a sentence: the place and the length are taken modulo what there is. */
const anyCorrection = fc.record({
  sentence: fc.nat(99),
  first: fc.nat(5),
  length: fc.integer({ min: 1, max: 3 }),
  what: fc.constantFrom('PER', 'LOC', 'NEW', 'clear', 'empty', 'nothing'),
});
type AnyCorrection = typeof anyCorrection extends fc.Arbitrary<infer Value> ? Value : never;

/** The sentence as it is after a correction, with its gold taken away for `nothing`. */
function corrected(sentence: SessionSentence, { first, length, what }: AnyCorrection): SessionSentence {
  if (what === 'nothing') return { ...sentence, gold: null, partial: undefined, tags: undefined };
  const size = sentence.tokens.length;
  const start = first % size;
  const place = { first: start, end: Math.min(size, start + length) };
  const correction: Correction =
    what === 'clear'
      ? { kind: 'clear', ...place }
      : what === 'empty'
        ? { kind: 'setLayer', layer: [] }
        : { kind: 'setSpan', ...place, label: what };
  const result = decide(decisionsOf(sentence), correction, size);
  assert.ok(result.ok);
  const tags = tagsOfDecisions(result.value, size, 'iob2');
  return { ...sentence, partial: undefined, ...goldParts(result.value, size), tags };
}

/** A document in which sentences differ in their document and in what a training corpus holds. */
const anyDocument = (scheme: Reading['scheme']): fc.Arbitrary<readonly SessionSentence[]> =>
  fc.array(
    fc
      .tuple(anySentence(scheme), fc.constantFrom('a', 'b', undefined))
      .map(([one, documentId]) => ({ ...one, documentId })),
    { minLength: 1, maxLength: 12 },
  );

const known = new Set(['w0', 'w1 w2']);

/** The sums that follow a document, each with a recount from nothing. */
function followed(reading: Reading): readonly {
  readonly live: (all: readonly SessionSentence[]) => unknown;
  readonly anew: (all: readonly SessionSentence[]) => unknown;
}[] {
  const sum = <Sum>(how: Adding<SessionSentence, Sum>) => {
    const running = new RunningSum(how);
    return {
      live: (all: readonly SessionSentence[]) => running.step(all, () => true).sum,
      anew: (all: readonly SessionSentence[]) => how.add(how.nothing(), all, 1),
    };
  };
  const totals = new Totals(reading);
  return [
    { live: (all) => totals.of(all, reading), anew: (all) => totalsOf(all, reading) },
    sum(addingGroups(reading, known)),
    sum(addingBins(reading.scheme)),
    sum(addingCounts(reading.scheme)),
  ];
}

describe('figures that follow corrections', () => {
  for (const reading of readings) {
    const name = `${reading.scheme}, ${reading.policy}`;

    it(`equal a recount after any sequence of corrections (${name})`, () => {
      fc.assert(
        fc.property(
          anyDocument(reading.scheme),
          fc.array(anyCorrection, { minLength: 1, maxLength: 25 }),
          (start, corrections) => {
            const sums = followed(reading);
            let sentences = start;
            for (const { live } of sums) live(sentences);
            for (const correction of corrections) {
              const index = correction.sentence % sentences.length;
              sentences = sentences.with(index, corrected(sentences[index]!, correction));
              for (const { live, anew } of sums) assert.deepEqual(live(sentences), anew(sentences));
            }
          },
        ),
        { numRuns: 60 },
      );
    });

    it(`equal a recount after any replacements, insertions and deletions (${name})`, () => {
      const edit = fc.record({
        at: fc.nat(12),
        remove: fc.nat(4),
        add: fc.array(anySentence(reading.scheme), { maxLength: 4 }),
      });
      fc.assert(
        fc.property(
          fc.array(anySentence(reading.scheme), { maxLength: 10 }),
          fc.array(edit, { maxLength: 6 }),
          (start, edits) => {
            const sums = followed(reading);
            let sentences: readonly SessionSentence[] = start;
            for (const { live, anew } of sums) assert.deepEqual(live(sentences), anew(sentences));
            for (const { at, remove, add } of edits) {
              sentences = sentences.toSpliced(at, remove, ...add);
              for (const { live, anew } of sums) assert.deepEqual(live(sentences), anew(sentences));
            }
          },
        ),
        { numRuns: 40 },
      );
    });
  }
});
