import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { decide } from '../../src/core/correction.ts';
import type { Correction } from '../../src/core/correction.ts';
import { decisionsOf, goldParts, tagsOfDecisions, wordsFrom } from '../../src/core/decisions.ts';
import type { Decided, Decisions } from '../../src/core/decisions.ts';
import { goldEdits } from '../../src/core/columns/columnEdits.ts';
import { parseColumns } from '../../src/core/columns/columns.ts';
import { CORRECTION_STARTS, NO_ENTITY, draftOf } from '../../src/core/draft.ts';
import type { Answer, CorrectionStart } from '../../src/core/draft.ts';
import { applyEdits } from '../../src/core/lines.ts';
import { layerFault } from '../../src/core/span.ts';
import type { Layer } from '../../src/core/span.ts';
import { layerOver } from './formats/generators.ts';

const LENGTH = 6;

function tags(decisions: Decisions | null): string {
  return tagsOfDecisions(decisions, LENGTH, 'iob2').join(' ');
}

function made(
  before: Decisions | null,
  correction: Correction,
  answers: readonly Answer[] = [],
  start: CorrectionStart = 'agreement',
): Decided {
  const result = decide(before, correction, LENGTH, draftOf(start, answers, LENGTH));
  assert.ok(result.ok);
  return result.value;
}

const answer = (source: 'bert' | 't5', layer: Layer): Answer => ({ source, prediction: { layer, failures: [] } });
const perAt = (first: number, end: number, label = 'PER') => ({ first, end, label });

describe('the first correction of a sentence', () => {
  // Words: 0 1 2 3 4 5. Both models see PER 0-1; BERT sees LOC 3-4 where T5 sees 3 alone.
  const answers = [answer('bert', [perAt(0, 2), perAt(3, 5, 'LOC')]), answer('t5', [perAt(0, 2), perAt(3, 4, 'LOC')])];
  const fifth: Correction = { kind: 'setSpan', first: 5, end: 6, label: 'ORG' };
  const expected: Readonly<Record<CorrectionStart, string>> = {
    agreement: 'B-PER I-PER O _ _ B-ORG',
    bert: 'B-PER I-PER O B-LOC I-LOC B-ORG',
    t5: 'B-PER I-PER O B-LOC O B-ORG',
    undecided: '_ _ _ _ _ B-ORG',
    noEntity: 'O O O O O B-ORG',
  };
  for (const start of CORRECTION_STARTS)
    it(`decides of the other words what ${start} says`, () => {
      assert.equal(tags(made(null, fifth, answers, start)), expected[start]);
    });

  it('says who each decision is from', () => {
    const { origins } = made(null, fifth, answers);
    assert.deepEqual(
      origins.map((origin) => origin?.join('+')),
      ['bert+t5', 'bert+t5', 'bert+t5', undefined, undefined, ''],
    );
  });

  it('leaves the rest undecided where a model that is on has not answered', () => {
    const waiting = [answers[0], { source: 't5', prediction: undefined }].filter(
      (one) => one !== undefined,
    ) as Answer[];
    for (const start of ['agreement', 't5'] as const)
      assert.equal(tags(made(null, fifth, waiting, start)), '_ _ _ _ _ B-ORG');
    assert.equal(tags(made(null, fifth, waiting, 'bert')), expected.bert);
    assert.equal(tags(made(null, fifth, [], 'agreement')), '_ _ _ _ _ B-ORG');
  });

  it('takes what the only model that is on says for agreement', () => {
    const one = made(null, fifth, answers.slice(0, 1));
    assert.equal(tags(one), expected.bert);
    assert.deepEqual(one.origins[0], ['bert']);
  });

  it('leaves the words of a span undecided that the correction cuts', () => {
    const cut = made(null, { kind: 'setSpan', first: 1, end: 2, label: 'LOC' }, answers, 'bert');
    assert.equal(tags(cut), '_ B-LOC O B-LOC I-LOC O');
    const outside = made(null, { kind: 'clear', first: 3, end: 4 }, answers, 'bert');
    assert.equal(tags(outside), 'B-PER I-PER O O _ O');
  });

  it('takes nothing over for words without an answer', () => {
    const short: Answer = {
      source: 't5',
      prediction: { layer: [], failures: [{ kind: 'truncated', first: 4, end: 6, detail: '' }] },
    };
    assert.equal(tags(made(null, { kind: 'clear', first: 0, end: 1 }, [short])), 'O O O O _ _');
  });
});

describe('later corrections', () => {
  const started = made(null, { kind: 'setSpan', first: 5, end: 6, label: 'ORG' });

  it('take nothing over', () => {
    const next = decide(started, { kind: 'clear', first: 0, end: 1 }, LENGTH, NO_ENTITY);
    assert.equal(tags(next.ok ? next.value : null), 'O _ _ _ _ B-ORG');
  });

  it('complete the sentence, take back and move borders', () => {
    const draft = draftOf('bert', [answer('bert', [perAt(0, 2), perAt(4, 6)])], LENGTH);
    assert.ok(draft !== undefined);
    assert.equal(tags(made(started, { kind: 'decideRest', draft: NO_ENTITY })), 'O O O O O B-ORG');
    assert.equal(tags(made(started, { kind: 'decideRest', draft })), 'B-PER I-PER O O _ B-ORG');
    assert.equal(tags(made(started, { kind: 'setLayer', layer: [], from: ['bert'] })), 'O O O O O O');
    assert.equal(tags(made(started, { kind: 'undecide', first: 5, end: 6 })), '_ _ _ _ _ _');
    assert.equal(tags(made(started, { kind: 'changeSpans', layer: [perAt(4, 6, 'ORG')] })), '_ _ _ _ B-ORG I-ORG');
  });

  it('are refused where the sentence has no such words', () => {
    for (const [first, end] of [
      [0, 7],
      [2, 2],
      [-1, 2],
    ] as const)
      assert.ok(!decide(null, { kind: 'clear', first, end }, LENGTH).ok);
  });
});

const places = fc
  .record({ first: fc.nat(LENGTH - 1), length: fc.integer({ min: 1, max: 3 }) })
  .map(({ first, length }) => ({ first, end: Math.min(LENGTH, first + length) }));
const step: fc.Arbitrary<{ readonly correction: Correction; readonly touches: readonly number[] }> = fc.oneof(
  places.map((place) => ({
    correction: { kind: 'setSpan', ...place, label: 'PER' } as const,
    touches: wordsFrom(place.first, place.end),
  })),
  places.map((place) => ({
    correction: { kind: 'clear', ...place } as const,
    touches: wordsFrom(place.first, place.end),
  })),
  places.map((place) => ({ correction: { kind: 'undecide', ...place } as const, touches: [] })),
);

describe('any sequence of corrections', () => {
  it('decides no word that no correction was about, once the sentence was begun, and stays a legal layer in every file', () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 8 }),
        fc.option(layerOver(LENGTH), { nil: undefined }),
        fc.option(layerOver(LENGTH), { nil: undefined }),
        fc.constantFrom(...CORRECTION_STARTS),
        fc.constantFrom('uner', 'conllu', 'conll2003'),
        (steps, bert, t5, start, form) => {
          const answers = [bert, t5].flatMap((layer, index) =>
            layer === undefined ? [] : [answer(index === 0 ? 'bert' : 't5', layer)],
          );
          const draft = draftOf(start, answers, LENGTH);
          let decisions: Decisions | null = null;
          let file = untouched(form);
          for (const { correction, touches } of steps) {
            const before: Decisions | null = decisions;
            const result = decide(before, correction, LENGTH, draft);
            assert.ok(result.ok);
            const after = result.value;
            assert.equal(layerFault(after.layer, LENGTH), undefined);
            const wasOpen = before === null ? wordsFrom(0, LENGTH) : before.undecided;
            const mayDecide = new Set([
              ...touches,
              ...(before === null && draft
                ? wordsFrom(0, LENGTH).filter((word) => !draft.undecided.includes(word))
                : []),
            ]);
            for (const word of wasOpen)
              assert.ok(after.undecided.includes(word) || mayDecide.has(word), `word ${String(word)}`);
            file = applyEdits(file, goldEdits(parseColumns(file), 0, after, 'ada'));
            const [read] = parseColumns(file).sentences;
            assert.ok(read !== undefined);
            const { layer, undecided } = after;
            decisions = decisionsOf(goldParts({ layer, undecided }, LENGTH));
            assert.deepEqual(decisionsOf(read), decisions);
            assert.deepEqual(parseColumns(file).issues, []);
          }
        },
      ),
    );
  });
});

/** A sentence that nobody touched, as three formats have it. */
function untouched(form: string): string {
  const words = wordsFrom(0, LENGTH);
  if (form === 'conllu')
    return words
      .map(
        (word) =>
          `${String(word + 1)}\tw${String(word)}${'\t_'.repeat(7)}\t${word % 2 === 0 ? '_' : 'SpaceAfter=No'}\n`,
      )
      .join('');
  if (form === 'conll2003') return words.map((word) => `w${String(word)} NN I-NP _\n`).join('');
  return words.map((word) => `${String(word + 1)}\tw${String(word)}\t_\t-\t-\n`).join('');
}
