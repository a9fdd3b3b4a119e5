import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { buildReport } from '../../src/core/report/buildReport.ts';
import { taggedOfTags } from '../../src/core/compare.ts';
import { spanMatrix, tokenMatrix, cellName } from '../../src/core/confusion.ts';
import { corpusEvaluator } from '../../src/core/corpusEvaluation.ts';
import { groupChanges, groupName, shiftSentence } from '../../src/core/domains.ts';
import type { Shift } from '../../src/core/domains.ts';
import { evaluator } from '../../src/core/evaluation.ts';
import type { Evaluation } from '../../src/core/evaluation.ts';
import { plannedViews } from '../../src/core/evaluationPlan.ts';
import { cellKey } from '../../src/core/examples.ts';
import { reportHtml, reportMarkdown } from '../../src/core/report/reportText.ts';
import { madeCorpusInput, madeReport } from './support/reports.ts';
import { sentencePair, tags } from './support/layers.ts';

/** The evaluation of lines of tags, each a sentence of its own document. */
function evaluated(pairs: readonly (readonly [gold: string, answer: string])[], limit = 5): Evaluation {
  const running = evaluator('full', 'repair', { examples: limit, cells: true });
  pairs.forEach(([gold, answer], index) => {
    running.add({
      ...{ id: `s${index}`, documentId: `d${index}`, known: undefined },
      place: { file: 'corpus.iob2', lineOf: (token) => 100 * index + token + 1 },
      forms: tags(gold).map((_, at) => `w${at}`),
      reference: taggedOfTags(tags(gold)),
      answer: taggedOfTags(tags(answer)),
    });
  });
  return running.result();
}

const shift: Shift = {
  ...{ system: 'BERT', from: 'EWT', to: 'PUD', before: 0.8, after: 0.74, difference: -0.06 },
  interval: { low: -0.09, high: -0.03, level: 0.95, draws: 1000, units: 9 },
  grew: { group: 'borders', label: 'ORG', perHundred: 3.25 },
  shrank: { group: 'missed', label: 'LOC', perHundred: -1 },
};

describe('domains', () => {
  it('say in a sentence what a change of corpus does', () => {
    assert.equal(
      shiftSentence(shift),
      'EWT → PUD: BERT loses .06 [−.09, −.03], mostly ORG borders (+3.3 per hundred gold spans).',
    );
    const more = { ...shift, difference: 0.041, interval: { ...shift.interval!, low: -0.01, high: 0.08 } };
    assert.equal(
      shiftSentence(more),
      'EWT → PUD: BERT gains .04 [−.01, +.08], which may be chance, mostly fewer missed LOC (−1.0 per hundred gold spans).',
    );
    assert.equal(
      shiftSentence({ ...shift, difference: -0.001, interval: null, grew: null }),
      'EWT → PUD: BERT stays the same.',
    );
    assert.match(shiftSentence({ ...shift, difference: null }), /cannot be compared/);
    assert.equal(groupName({ group: 'borders', label: '_' }), 'borders');
    assert.equal(groupName({ group: 'label', label: 'ORG' }), 'wrong label for ORG');
  });

  it('take the group that grew most from the counts, whatever its single modes', () => {
    const from = evaluated([
      ['B-ORG I-ORG O B-PER', 'B-ORG I-ORG O B-PER'],
      ['B-LOC O B-PER O', 'O O B-PER O'],
    ]);
    // Two borders of ORG in different ways, one missed PER; the missed LOC is gone.
    const to = evaluated([
      ['B-ORG I-ORG O B-PER', 'B-ORG O O O'],
      ['O B-ORG I-ORG O B-LOC', 'O O B-ORG O B-LOC'],
    ]);
    const { grew, shrank } = groupChanges(from, to);
    assert.deepEqual(grew, { group: 'borders', label: 'ORG', perHundred: 50 });
    assert.deepEqual(shrank, { group: 'missed', label: 'LOC', perHundred: -25 });
    assert.deepEqual(groupChanges(from, from), { grew: null, shrank: null });
  });

  it('compare simplified models with full ones where both schemes are wanted', () => {
    assert.deepEqual(
      plannedViews(['bert', 't5'], ['full', 'simplified']).map(({ scheme, systems }) => [
        scheme,
        systems.map(({ name, asked }) => `${name} <${asked}>`),
      ]),
      [
        ['full', ['BERT <full>', 'T5 <full>']],
        [
          'simplified',
          [
            'BERT <simplified>',
            'T5 <simplified>',
            'BERT, full model simplified <full>',
            'T5, full model simplified <full>',
          ],
        ],
      ],
    );
    assert.deepEqual(plannedViews(['t5'], ['simplified'])[0]?.systems.length, 1);
  });

  it('stand in a report as sentences, figures and profiles of the same numbers, once a scheme', () => {
    const input = madeReport([madeCorpusInput('EWT', 1, 60, 0.05), madeCorpusInput('PUD', 5, 50, 0.1)]);
    const report = buildReport({ ...input, views: [...input.views, { ...input.views[0]!, scheme: 'simplified' }] });
    const [html, markdown] = [reportHtml(report), reportMarkdown(report)];
    for (const { scheme, shifts, corpora } of report.views) {
      assert.equal(shifts.length, 2);
      for (const one of shifts) {
        const [before, after] = corpora.map(
          ({ systems }) => systems.find(({ name }) => name === one.system)!.figures.labelledSpan.f1!,
        );
        assert.deepEqual([one.before, one.after], [before, after]);
        assert.ok(Math.abs(one.difference! - (after! - before!)) < 1e-12);
        assert.ok(html.includes(shiftSentence(one)));
      }
      assert.ok(markdown.includes(`EWT, ${scheme} scheme`));
    }
    assert.ok(html.includes('How T5 fails on each corpus'));
  });
});

describe('places of an evaluation', () => {
  it('are as many as each cell and each failure counts, up to the limit, with their lines', () => {
    fc.assert(
      fc.property(fc.array(sentencePair, { maxLength: 8 }), fc.integer({ min: 1, max: 4 }), (corpus, limit) => {
        const evaluation = evaluated(
          corpus.map(({ gold, predicted }) => [gold.join(' '), predicted.join(' ')] as const),
          limit,
        );
        const { counts, cells, examples, failures } = evaluation;
        for (const level of ['token', 'span'] as const) {
          const matrix = (level === 'token' ? tokenMatrix : spanMatrix)(counts, 'full', []);
          matrix.counts.forEach((row, r) => {
            row.forEach((count, c) => {
              const cell = cellName(matrix, level, r, c);
              const kept = cells.get(cellKey(cell))?.length ?? 0;
              const outside = level === 'token' && cell.row === 'O' && cell.column === 'O';
              assert.equal(kept, outside ? 0 : Math.min(limit, count));
            });
          });
        }
        for (const [mode, count] of failures) {
          const places = examples.get(mode as never) ?? [];
          assert.equal(places.length, Math.min(limit, count));
          for (const { file, line, text, sentence } of places) {
            assert.equal(file, 'corpus.iob2');
            assert.equal(line, 100 * Number(sentence.slice(1)) + Number(/^w(\d+)/.exec(text)![1]) + 1);
          }
        }
      }),
    );
  });

  it('do not change what is counted, and neither does the order of documents', () => {
    fc.assert(
      fc.property(fc.array(sentencePair, { maxLength: 8 }), (corpus) => {
        const lines = corpus.map(({ gold, predicted }) => [gold.join(' '), predicted.join(' ')] as const);
        const [forth, back] = [evaluated(lines), evaluated([...lines].reverse())];
        const figures = ({ counts, failures, failureLabels, breakdowns }: Evaluation): unknown => ({
          sums: [counts.sentences, counts.tokens],
          maps: [counts.labels, counts.strictLabels, counts.verdicts, counts.tokenCells, counts.spanCells].map(
            (map) => new Map<string, unknown>([...map].sort(([a], [b]) => (a < b ? -1 : 1))),
          ),
          failures,
          failureLabels,
          groups: ['label', 'spanLength', 'sentenceLength', 'capitalisation'].map((one) =>
            breakdowns.get(one as never),
          ),
        });
        assert.deepEqual(figures(forth), figures(back));
      }),
    );
  });

  it('are those of each system by itself where several answer the same sentences', () => {
    const sentence = { id: 's', documentId: undefined, known: undefined, forms: ['a', 'b', 'c'] };
    const [gold, first, second] = ['B-PER O B-LOC', 'B-PER O O', 'O B-LOC B-LOC'].map((line) =>
      taggedOfTags(tags(line)),
    );
    const running = corpusEvaluator(2, 'full', 'repair');
    const [one, other, between] = [
      evaluator('full', 'repair'),
      evaluator('full', 'repair'),
      evaluator('full', 'repair'),
    ];
    for (let copies = 0; copies < 600; copies++) {
      running.add({ ...sentence, reference: gold! }, [first!, second!]);
      one.add({ ...sentence, reference: gold!, answer: first! });
      other.add({ ...sentence, reference: gold!, answer: second! });
      between.add({ ...sentence, reference: first!, answer: second! });
    }
    const result = running.result();
    assert.deepEqual(result.systems, [one.result(), other.result()]);
    assert.deepEqual(result.between, [between.result().counts]);
    assert.throws(() => {
      running.add({ ...sentence, reference: gold! }, [first!]);
    }, /system 1 has no answer/);
  });
});
