import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { bootstrapUnits, buildReport } from '../../../src/core/report/buildReport.ts';
import { evaluator } from '../../../src/core/evaluation.ts';
import type { ComparedSentence } from '../../../src/core/evaluation.ts';
import { taggedOfTags } from '../../../src/core/compare.ts';
import { reportHtml, reportJson, reportMarkdown } from '../../../src/core/report/reportText.ts';
import type { Report } from '../../../src/core/report/report.ts';
import { evaluated, madeCorpus, madeCorpusInput, madeReport, madeTags } from '../support/reports.ts';
import { tags } from '../support/layers.ts';
import { seededRandom } from '../../../src/core/random.ts';

const two = buildReport(madeReport([madeCorpusInput('EWT', 1, 60, 0.05), madeCorpusInput('PUD', 5, 50, 0.1)]));

/** The names of elements that are opened and not closed, or closed and not opened. */
function unbalanced(markup: string): readonly string[] {
  const open: string[] = [];
  const wrong: string[] = [];
  for (const [, slash, name = '', rest = ''] of markup.matchAll(/<(\/?)([a-z][a-z0-9]*)([^>]*)>/gi)) {
    if (/^(?:meta|br)$/.test(name) || rest.endsWith('/')) continue;
    if (slash === '') open.push(name);
    else if (open.pop() !== name) wrong.push(name);
  }
  return [...wrong, ...open];
}

function compared(gold: string, answer: string, documentId?: string): ComparedSentence {
  return {
    id: undefined,
    documentId,
    forms: tags(gold).map((_, index) => `w${index}`),
    known: undefined,
    reference: taggedOfTags(tags(gold)),
    answer: taggedOfTags(tags(answer)),
  };
}

describe('evaluation of a corpus', () => {
  it('gathers errors with examples, hits, units and groups', () => {
    const running = evaluator('full', 'repair');
    running.add(compared('B-PER I-PER O B-LOC', 'B-PER O O B-LOC', 'a'));
    running.add(compared('O B-ORG', 'O O', 'b'));
    const found = running.result();
    assert.deepEqual(
      [...found.failures],
      [
        ['borderRight', 1],
        ['missed', 1],
      ],
    );
    assert.deepEqual(found.failureLabels.get('missed'), new Map([['ORG', 1]]));
    assert.deepEqual(found.hits, [false, true, false]);
    assert.deepEqual(found.examples.get('borderRight'), [
      {
        sentence: '',
        before: '',
        text: 'w0 w1',
        after: 'w2 w3',
        expected: 'PER: w0 w1',
        found: 'PER: w0',
        detail: undefined,
        file: undefined,
        line: undefined,
        lastLine: undefined,
      },
    ]);
    assert.deepEqual(found.units[0]?.labelled, { correct: 1, predicted: 2, gold: 2 });
    assert.deepEqual(found.breakdowns.get('document')?.get('b'), { correct: 0, predicted: 0, gold: 1 });
    assert.equal(found.counts.sentences, 2);
  });

  it('follows scheme and policy', () => {
    const hits = (scheme: 'full' | 'simplified', policy: 'repair' | 'strict'): readonly boolean[] => {
      const running = evaluator(scheme, policy);
      running.add(compared('B-PER I-LOC O', 'B-PER I-PER O'));
      return running.result().hits;
    };
    assert.deepEqual(hits('full', 'repair'), [false, false]);
    assert.deepEqual(hits('full', 'strict'), [false]);
    assert.deepEqual(hits('simplified', 'repair'), [true]);
  });

  it('does not depend on how many sentences are summed at once', () => {
    const corpus = madeCorpus(3, 300);
    const random = seededRandom(4);
    const answers = corpus.map((sentence) => madeTags(sentence, 0.1, random));
    const whole = evaluated(corpus, answers, 'full', 'repair').counts;
    const parts = [0, 100, 200].map(
      (at) => evaluated(corpus.slice(at, at + 100), answers.slice(at, at + 100), 'full', 'repair').counts,
    );
    assert.equal(
      whole.tokens,
      parts.reduce((sum, part) => sum + part.tokens, 0),
    );
    assert.equal(
      whole.labels.get('PER')?.correct,
      parts.reduce((sum, part) => sum + (part.labels.get('PER')?.correct ?? 0), 0),
    );
  });

  it('draws over documents where there are two or more, else over sentences', () => {
    const running = evaluator('full', 'repair');
    running.add(compared('B-PER O', 'B-PER O', 'a'));
    running.add(compared('B-PER O', 'O O', 'a'));
    assert.equal(bootstrapUnits(running.result().units, 'labelled').length, 2);
    running.add(compared('B-LOC O', 'B-LOC O', 'b'));
    running.add(compared('B-LOC O', 'B-LOC O'));
    assert.deepEqual(bootstrapUnits(running.result().units, 'labelled'), [
      { correct: 1, predicted: 1, gold: 2 },
      { correct: 1, predicted: 1, gold: 1 },
      { correct: 1, predicted: 1, gold: 1 },
    ]);
  });
});

describe('report', () => {
  it('is the same for the same input', () => {
    const again = buildReport(madeReport([madeCorpusInput('EWT', 1, 60, 0.05), madeCorpusInput('PUD', 5, 50, 0.1)]));
    assert.equal(reportJson(again), reportJson(two));
  });

  it('holds every figure, interval and test as JSON', () => {
    const json = JSON.parse(reportJson(two)) as Report;
    assert.deepEqual(json, JSON.parse(JSON.stringify(two)));
    const [view] = json.views;
    const [ewt] = view!.corpora;
    assert.deepEqual(
      [ewt?.name, ewt?.sentences, ewt?.annotated, ewt?.documents, ewt?.unit],
      ['EWT', 63, 60, 12, 'document'],
    );
    for (const { figures, intervals } of ewt?.systems ?? []) {
      assert.ok(
        intervals.labelled!.low <= figures.labelledSpan.f1! && figures.labelledSpan.f1! <= intervals.labelled!.high,
      );
    }
    const [comparison] = ewt?.comparisons ?? [];
    assert.deepEqual([comparison?.a, comparison?.b], ['BERT', 'T5']);
    const [bert, t5] = ewt!.systems.map((system) => system.figures.labelledSpan.f1!);
    assert.ok(Math.abs(comparison!.randomisation!.difference - (t5! - bert!)) < 1e-12);
    assert.deepEqual(
      view!.shifts.map(({ system, from, to }) => [system, from, to]),
      [
        ['BERT', 'EWT', 'PUD'],
        ['T5', 'EWT', 'PUD'],
      ],
    );
    assert.ok(view!.shifts.every(({ difference, interval }) => difference !== null && interval !== null));
  });

  it('counts in McNemar the gold spans that one system alone found', () => {
    const corpus = madeCorpus(9, 30);
    const gold = corpus.map((sentence) => madeTags(sentence, 0, seededRandom(1)));
    const nothing = corpus.map(({ forms }) => forms.map(() => 'O'));
    const input = madeCorpusInput('X', 9, 30, 0.1);
    const [a, b] = input.systems;
    const report = buildReport(
      madeReport([
        {
          ...input,
          systems: [
            { ...a!, evaluation: evaluated(corpus, gold, 'full', 'repair') },
            { ...b!, evaluation: evaluated(corpus, nothing, 'full', 'repair') },
          ],
        },
      ]),
    );
    const spans = corpus.reduce((sum, sentence) => sum + sentence.gold.length, 0);
    const { mcNemar } = report.views[0]!.corpora[0]!.comparisons[0]!;
    assert.deepEqual([mcNemar.onlyA, mcNemar.onlyB], [spans, 0]);
  });

  const html = reportHtml(two);
  const markdown = reportMarkdown(two);

  it('is one page that is well formed, has no script and loads nothing', () => {
    assert.deepEqual(unbalanced(html.replace(/<!doctype html>/, '').replace(/<style>[^<]*<\/style>/g, '')), []);
    assert.ok(!/<script|<link|<img|@import|url\(|src=/i.test(html));
    assert.deepEqual(
      [...html.matchAll(/https?:[^"'\s<]*/g)]
        .map(([address]) => address)
        .filter((one) => one !== 'http://www.w3.org/2000/svg'),
      [],
    );
    assert.ok(html.includes('prefers-color-scheme: dark') && html.includes('@media print'));
  });

  it('says the same figures as page and as Markdown', () => {
    for (const corpus of two.views[0]!.corpora)
      for (const { figures } of corpus.systems) {
        const shown = figures.labelledSpan.f1!.toFixed(4);
        assert.ok(html.includes(shown) && markdown.includes(shown));
      }
    for (const word of ['bert-full', 'cd'.repeat(32), 'ab'.repeat(32), 'Seed 1', '7 tags, O included', 'Node.js'])
      assert.ok(html.includes(word), word);
    assert.ok(markdown.includes('conlleval and seqeval by default'));
  });

  it('has Markdown tables with as many cells in each row', () => {
    const tables = markdown.split('\n\n').filter((block) => block.startsWith('|'));
    assert.ok(tables.length > 10);
    for (const table of tables) {
      const widths = table.split('\n').map((row) => row.replace(/\\\|/g, '').split('|').length);
      assert.equal(new Set(widths).size, 1, table);
    }
  });

  it('takes words and labels as text, whatever they hold', () => {
    const nasty = '<img src=x onerror=alert(1)>|`';
    const running = evaluator('full', 'repair');
    running.add({
      ...compared(`B-${nasty} O`.replace(/ (?=s|o)/g, '_'), 'O O'),
      id: nasty,
      forms: [nasty, 'x'],
    });
    const evaluation = running.result();
    const report = buildReport(
      madeReport(
        [
          {
            name: nasty,
            files: [{ name: nasty, sha256: nasty }],
            sentences: 1,
            inProgress: 0,
            systems: [{ name: nasty, evaluation, cost: null }],
            between: [],
          },
        ],
        { labels: [] },
      ),
    );
    const page = reportHtml(report);
    assert.ok(!page.includes('<img'));
    assert.deepEqual(unbalanced(page.replace(/<!doctype html>/, '').replace(/<style>[^<]*<\/style>/g, '')), []);
    assert.ok(!/(?<!\\)<img/.test(reportMarkdown(report)));
  });

  it('says what is undefined, and stands without systems, spans or corpora', () => {
    const running = evaluator('full', 'repair');
    running.add(compared('O O', 'O O'));
    const empty = { name: 'E', files: [], sentences: 1, inProgress: 0, systems: [], between: [] };
    const silent = {
      ...empty,
      systems: [{ name: 'A', evaluation: running.result(), cost: null }],
    };
    for (const corpora of [[], [empty], [silent]]) {
      const report = buildReport(madeReport(corpora));
      assert.ok(!/NaN|undefined|null|Infinity/.test(reportHtml(report) + reportMarkdown(report)));
    }
    assert.ok(reportMarkdown(buildReport(madeReport([silent]))).includes('| – |'));
  });
});
