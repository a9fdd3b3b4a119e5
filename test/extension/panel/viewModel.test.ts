import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import * as v from 'valibot';
import { cohenKappaInside, kappaOfCells } from '../../../src/core/agreement.ts';
import { countSentence } from '../../../src/core/counts.ts';
import { finish } from '../../../src/core/steps.ts';
import type { IllegalPolicy } from '../../../src/core/scheme.ts';
import { NO_DETAILS } from '../../../src/protocol/panelDetails.ts';
import { panelStateSchema } from '../../../src/protocol/panel.ts';
import type { PanelState } from '../../../src/protocol/panel.ts';
import { cellCases, failureCases } from '../../../src/extension/figures/cases.ts';
import { totalsOf } from '../../../src/extension/figures/totals.ts';
import { keysInForce } from '../../../src/extension/settings/keysInForce.ts';
import { labelSet } from '../../../src/extension/settings/labels.ts';
import { panelState } from '../../../src/extension/panel/viewModel.ts';
import type { PanelChoices, PanelView } from '../../../src/extension/panel/viewModel.ts';
import type { SessionSentence } from '../../../src/extension/document/session.ts';
import { anySentence, prediction, sentence } from '../sentences.ts';

const full = { scheme: 'full', policy: 'repair' } as const;
const labels = ['PER', 'LOC', 'ORG'];
const settings = [
  { name: 'PER', key: 'p' },
  { name: 'LOC', key: 'l' },
  { name: 'ORG', key: 'g' },
];

function view(sentences: readonly SessionSentence[], more: Partial<PanelView> = {}): PanelView {
  return {
    ...{ name: 'news.txt', goldName: 'news.txt.iob2', kind: 'prose', scheme: 'full', sentences, labels },
    labelSet: labelSet(settings),
    ...{ busy: undefined, unmatched: [], issues: [], notices: [], canUndo: false, canRedo: false },
    ...more,
  };
}

function stateOf(
  sentences: readonly SessionSentence[],
  more: Partial<PanelView> = {},
  choices: Partial<PanelChoices> = {},
  policy: IllegalPolicy = 'repair',
): PanelState {
  const shown = view(sentences, more);
  return panelState(shown, totalsOf(sentences, { scheme: shown.scheme, policy }), {
    ...{
      revision: 1,
      current: sentences.length > 0 ? 0 : undefined,
      matrixLevel: 'token',
      labels: settings,
      work: undefined,
      completions: [],
      keys: keysInForce([]),
      models: [],
      certainty: { state: 'pending' },
      details: NO_DETAILS,
    },
    ...choices,
  });
}

describe('the panel state', () => {
  it('is always valid in the protocol', () => {
    for (const scheme of ['full', 'simplified'] as const) {
      fc.assert(
        fc.property(
          fc.array(anySentence(scheme), { maxLength: 6 }),
          fc.constantFrom('token' as const, 'span' as const),
          (sentences, matrixLevel) => {
            const state = stateOf(sentences, { scheme }, { matrixLevel });
            assert.deepEqual(v.parse(panelStateSchema, state), state);
          },
        ),
      );
    }
  });

  it('says that no document is open', () => {
    const state = panelState(undefined, totalsOf([], full), {
      revision: 7,
      current: undefined,
      matrixLevel: 'span',
      labels: settings,
      work: undefined,
      completions: [],
      keys: keysInForce([]),
      models: [],
      certainty: { state: 'pending' },
      details: NO_DETAILS,
    });
    assert.deepEqual(v.parse(panelStateSchema, state), state);
    assert.equal(state.document, null);
    assert.deepEqual(
      state.labels.map(({ name, key, color }) => [name, key, color]),
      [
        ['PER', 'p', 1],
        ['LOC', 'l', 2],
        ['ORG', 'g', 3],
      ],
    );
  });

  it('shows a model without gold as agreement, never as a score', () => {
    const state = stateOf([
      sentence('Ada in Rome', { bert: prediction('B-PER O B-LOC'), t5: prediction('B-PER O O') }),
    ]);
    assert.deepEqual(state.systems, []);
    assert.deepEqual(
      state.matrices.map(({ rowSource, columnSource }) => [rowSource, columnSource]),
      [['bert', 't5']],
    );
    assert.equal(state.agreement?.sentences, 1);
    assert.equal(state.agreement.disagreeing, 1);
    assert.equal(state.agreement.spanF1, 2 / 3);
    assert.deepEqual(state.sentence?.disagreeing, [2]);
    assert.equal(state.counts.disagreements, 1);
  });

  it('scores both models over the sentences that have gold', () => {
    const state = stateOf([
      sentence('Ada in Rome', {
        gold: 'B-PER O B-LOC',
        bert: prediction('B-PER O B-ORG'),
        t5: prediction('B-PER O B-LOC'),
      }),
      sentence('Paris', { bert: prediction('B-LOC'), t5: prediction('B-LOC') }),
    ]);
    const [bert, t5] = state.systems;
    assert.equal(bert?.sentences, 1);
    assert.deepEqual([bert.labelled.f1, bert.unlabelled.f1, t5?.labelled.f1], [0.5, 1, 1]);
    assert.deepEqual(
      bert.labels.map(({ name, correct, predicted, gold }) => [name, correct, predicted, gold]),
      [
        ['PER', 1, 1, 1],
        ['LOC', 0, 0, 1],
        ['ORG', 0, 1, 0],
      ],
    );
    assert.equal(bert.tokenMacroReading, '7 tags, O included: B and I of PER, LOC, ORG');
    const matrix = state.matrices[0];
    const [row, column] = [matrix?.rows.indexOf('B-LOC') ?? -1, matrix?.columns.indexOf('B-ORG') ?? -1];
    assert.equal(matrix?.counts[row]?.[column], 1);
  });

  it('shows in the simplified scheme what that scheme sees', () => {
    const state = stateOf([sentence('a b', { gold: 'B-PER I-LOC', bert: prediction('B I', 'simplified') })], {
      scheme: 'simplified',
    });
    assert.deepEqual(state.sentence?.rows[0]?.layer, [{ first: 0, end: 2, label: '_' }]);
    assert.deepEqual(state.sentence.rows[0].tags, ['B', 'I']);
    assert.deepEqual(state.sentence.disagreeing, []);
    assert.equal(state.systems[0]?.labelled.f1, 1);
  });

  it('tells a model’s tags before repair, with its failures', () => {
    const bert = {
      ...prediction('I-PER O'),
      failures: [{ kind: 'illegalTransition', first: 0, end: 1, detail: 'I-PER at the start' }] as const,
    };
    const row = stateOf([sentence('Ada slept', { bert })]).sentence?.rows[1];
    assert.deepEqual(row?.tags, ['I-PER', 'O']);
    assert.deepEqual(row.layer, [{ first: 0, end: 1, label: 'PER' }]);
    assert.deepEqual(row.failures, [{ kind: 'illegalTransition', detail: 'I-PER at the start' }]);
  });

  it('counts lines that could not be read', () => {
    const issue = { line: 3, severity: 'error', reason: 'cellCount', message: '' } as const;
    const state = stateOf([sentence('a')], { issues: [issue, { ...issue, severity: 'warning' }], goldName: 'x.iob2' });
    assert.deepEqual(state.notices, [
      { severity: 'warning', message: '1 line of x.iob2 could not be read; see Problems.' },
    ]);
  });
});

describe('labels of the panel', () => {
  it('put configured labels first, give every label a colour and no key twice', () => {
    const names = ['PER', 'LOC', 'ORG', ...Array.from({ length: 9 }, (_, index) => `X${String(index)}`)];
    const all = stateOf([], { labelSet: labelSet(settings, [], names) }).labels;
    assert.deepEqual(
      all.map(({ name }) => name),
      names,
    );
    const colors = all.map(({ color }) => color);
    assert.deepEqual(colors.slice(0, 3), [1, 2, 3]);
    // A label that is not configured keeps its colour whichever others a file has, and none of those that are.
    assert.ok(colors.slice(3).every((color) => color >= 4 && color <= 9));
    const fewer = stateOf([], { labelSet: labelSet(settings, [], ['X8', 'PER', 'X2']) }).labels;
    for (const { name, color } of fewer) assert.equal(color, all.find((label) => label.name === name)?.color, name);
    const keys = all.map(({ key }) => key).filter((key) => key !== '');
    assert.equal(new Set(keys).size, keys.length);
  });
});

describe('kappa from a matrix', () => {
  it('is the kappa of the tokens behind it', () => {
    const tag = fc.constantFrom('O', 'B-PER', 'I-PER', 'B-LOC');
    fc.assert(
      fc.property(fc.array(fc.tuple(tag, tag), { minLength: 1, maxLength: 30 }), (tokens) => {
        const a = tokens.map(([one]) => one);
        const b = tokens.map(([, other]) => other);
        const { tokenCells } = countSentence({ tags: a, layer: [] }, { tags: b, layer: [] }, 'full');
        const expected = cohenKappaInside(a, b);
        const actual = kappaOfCells(tokenCells, true);
        if (expected === null || actual === null) assert.equal(actual, expected);
        else assert.ok(Math.abs(actual - expected) < 1e-9, `${String(actual)} is not ${String(expected)}`);
      }),
    );
  });
});

describe('how each model fails', () => {
  it('is counted for every mode of the family, and has as many cases as it says', () => {
    fc.assert(
      fc.property(fc.array(anySentence('full'), { maxLength: 6 }), (sentences) => {
        const totals = totalsOf(sentences, full);
        for (const { source, modes } of stateOf(sentences).failures)
          for (const { mode, count } of modes) {
            const { total, cases } = finish(failureCases(sentences, totals, { source, mode, limit: 1000 }));
            assert.deepEqual([total, cases.length], [count, count]);
          }
      }),
    );
  });

  it('tells errors against gold from faults of the raw output', () => {
    const t5 = {
      ...prediction('O O O'),
      failures: [{ kind: 'repetition' as const, detail: 'Ada Ada' }],
      raw: { prompt: 'tag: Ada in Rome', answer: 'Ada Ada' },
    };
    const sentences = [
      sentence('Ada in Rome', { gold: 'B-PER O B-LOC', bert: prediction('B-PER O B-ORG'), t5 }),
      sentence('Ada in Rome', { t5 }),
    ];
    const { failures, sentence: shown } = stateOf(sentences);
    assert.deepEqual(
      failures.map(({ source, predicted, gold, modes }) => [
        ...[source, predicted, gold],
        ...modes.flatMap(({ mode, count }) => (count === 0 ? [] : [`${mode} ${String(count)}`])),
      ]),
      [
        ['bert', 1, 1, 'label 1'],
        ['t5', 2, 1, 'missed 2', 'repetition 2'],
      ],
    );
    assert.deepEqual(
      shown?.rows.map(({ raw }) => raw),
      [null, null, t5.raw],
    );
    const request = { source: 't5', mode: 'missed', limit: 1 } as const;
    assert.deepEqual(finish(failureCases(sentences, totalsOf(sentences, full), request)), {
      total: 2,
      cases: [{ sentence: 0, first: 0, end: 1, before: '', text: 'Ada', after: ' in Rome' }],
    });
  });
});

describe('cases of a cell', () => {
  it('are exactly as many as the cell says, for every cell of every matrix', () => {
    fc.assert(
      fc.property(
        fc.array(anySentence('full'), { maxLength: 6 }),
        fc.constantFrom('token' as const, 'span' as const),
        fc.constantFrom('repair' as const, 'strict' as const),
        (sentences, level, policy) => {
          const totals = totalsOf(sentences, { scheme: 'full', policy });
          const state = stateOf(sentences, {}, { matrixLevel: level }, policy);
          for (const { rowSource, columnSource, counts } of state.matrices) {
            counts.forEach((cells, row) => {
              cells.forEach((count, column) => {
                const cell = { rowSource, columnSource, level, row, column, limit: 1000 };
                const found = finish(cellCases(sentences, totals, labels, cell));
                assert.equal(found.total, count);
                assert.equal(found.cases.length, count);
              });
            });
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('give the words around them, no more than asked for', () => {
    const sentences = [1, 2, 3].map(() =>
      sentence('Ada in Rome today', { gold: 'B-PER O B-LOC O', bert: prediction('B-PER O O O') }),
    );
    const cell = { rowSource: 'gold', columnSource: 'bert', level: 'span', row: 1, column: 3, limit: 2 } as const;
    const found = finish(cellCases(sentences, totalsOf(sentences, full), labels, cell));
    assert.equal(found.total, 3);
    assert.deepEqual(found.cases, [
      { sentence: 0, first: 2, end: 3, before: 'Ada in ', text: 'Rome', after: ' today' },
      { sentence: 1, first: 2, end: 3, before: 'Ada in ', text: 'Rome', after: ' today' },
    ]);
  });
});
