import type { Source } from '../../../src/core/span.ts';
import type { Matrix, PanelState } from '../../../src/protocol/panel.ts';
import { keys } from './keys.ts';
import { row, sentence } from './sentences.ts';
import { NO_DETAILS } from '../../../src/protocol/panelDetails.ts';
import type { ScoreRow } from '../../../src/protocol/panelDetails.ts';

export const merkel = sentence(2, 'Chancellor Angela Merkel met Apple chief Tim Cook in New York City on Friday .', [
  row('gold', 'O B-PER I-PER O B-ORG O B-PER I-PER O B-LOC I-LOC I-LOC O O O'),
  row('bert', 'O B-PER I-PER O B-ORG O B-PER I-PER O B-LOC I-LOC O O O O'),
  row('t5', 'B-PER I-PER I-PER O B-LOC O B-PER I-PER O B-LOC I-LOC I-LOC O O O', 0.81),
]);

const tags = ['O', 'B-PER', 'I-PER', 'B-LOC', 'I-LOC', 'B-ORG', 'I-ORG'];

const tokenCounts = [
  [1893, 3, 2, 4, 1, 9, 6],
  [4, 61, 1, 1, 0, 3, 0],
  [1, 2, 33, 0, 0, 0, 2],
  [5, 1, 0, 48, 2, 4, 0],
  [0, 0, 0, 3, 14, 0, 1],
  [11, 2, 0, 6, 0, 27, 1],
  [8, 0, 1, 0, 2, 3, 19],
];

export function tokenMatrix(rowSource: Source, columnSource: Source, sentences = 57): Matrix {
  return { rowSource, columnSource, level: 'token', sentences, rows: tags, columns: tags, counts: tokenCounts };
}

const spanCounts = [
  [58, 1, 3, 4],
  [1, 45, 4, 5],
  [2, 6, 25, 9],
  [4, 3, 8, 0],
];

export function spanMatrix(rowSource: Source, columnSource: Source, sentences = 57): Matrix {
  const labels = ['PER', 'LOC', 'ORG'];
  const rows = [...labels, 'spurious'];
  return {
    rowSource,
    columnSource,
    level: 'span',
    sentences,
    rows,
    columns: [...labels, 'missed'],
    counts: spanCounts,
  };
}

/** A score from its counts. */
export function score(name: string, correct: number, predicted: number, gold: number): ScoreRow {
  const ratio = (over: number): number | null => (over === 0 ? null : correct / over);
  const f1 = predicted + gold === 0 ? null : (2 * correct) / (predicted + gold);
  return { name, precision: ratio(predicted), recall: ratio(gold), f1, correct, predicted, gold };
}

function macro(f1: number): PanelState['systems'][number]['labelledMacro'] {
  return { precision: f1 + 0.02, recall: f1 - 0.02, f1, labels: 3 };
}

function system(source: 'bert' | 't5', less: number): PanelState['systems'][number] {
  return {
    source,
    sentences: 57,
    tokens: 2188,
    reference: 'gold',
    labelled: score('labelled', 128 - less, 151, 163),
    labelledMacro: macro(0.8 - less / 100),
    labels: [
      score('PER', 58 - less, 65, 66),
      score('LOC', 45, 55 + less, 55),
      score('ORG', 25, 31, 42 + less),
      score('MISC', 0, 0, 0),
    ],
    unlabelled: score('unlabelled', 141 - less, 151, 163),
    strict: score('strict', 126 - less, 148, 163),
    strictMacro: macro(0.79 - less / 100),
    strictLabels: [
      score('PER', 57 - less, 64, 66),
      score('LOC', 45, 54 + less, 55),
      score('ORG', 24, 30, 42),
      score('MISC', 0, 0, 0),
    ],
    partial: score('partial', 139.5 - less, 151, 163),
    type: score('type', 135 - less, 151, 163),
    tokenTags: tags.map((name, index) =>
      score(
        name,
        tokenCounts[index]![index]! - less,
        tokenCounts[index]![index]! + 9,
        tokenCounts[index]![index]! + 12,
      ),
    ),
    tokenMacroF1: 0.7123 - less / 100,
    tokenMacroReading: '7 tags, O included',
    accuracy: 0.9581,
    allOutside: 0.8757,
  };
}

/** An annotated document with gold. */
export const full: PanelState = {
  revision: 7,
  document: { name: 'en_pud-ud-test.iob2', kind: 'columns', goldName: 'en_pud-ud-test.iob2' },
  scheme: 'full',
  policy: 'repair',
  matrixLevel: 'token',
  keys,
  labels: [
    { name: 'PER', key: 'p', color: 1, description: '' },
    { name: 'LOC', key: 'l', color: 2, description: '' },
    { name: 'ORG', key: 'g', color: 3, description: '' },
  ],
  models: [
    { source: 'bert', name: 'bert-news-small', own: false, state: 'ready', predicted: 120, message: null },
    { source: 't5', name: 't5-news-small', own: false, state: 'ready', predicted: 120, message: null },
  ],
  busy: null,
  counts: { sentences: 120, gold: 57, inProgress: 0, reviewed: 0, disagreements: 19, unmatched: 0 },
  sentence: merkel,
  systems: [system('bert', 0), system('t5', 7)],
  matrices: [tokenMatrix('gold', 'bert'), tokenMatrix('gold', 't5'), tokenMatrix('bert', 't5', 120)],
  between: { ...system('t5', 3), reference: 'bert', sentences: 120 },
  mcNemar: { onlyBert: 10, onlyT5: 2, p: 0.03857 },
  details: NO_DETAILS,
  agreement: { sentences: 120, disagreeing: 19, spanF1: 0.8412, kappa: 0.7033 },
  failures: [
    {
      ...{ source: 'bert', predicted: 120, gold: 57 },
      modes: [
        { mode: 'borderLeft', count: 4 },
        { mode: 'missed', count: 18 },
        { mode: 'illegalTransition', count: 0 },
        { mode: 'splitAcrossPieces', count: 3 },
      ],
    },
    {
      ...{ source: 't5', predicted: 120, gold: 57 },
      modes: [
        { mode: 'borderLeft', count: 6 },
        { mode: 'missed', count: 0 },
        { mode: 'repetition', count: 2 },
        { mode: 'illegalTransition', count: 0 },
      ],
    },
  ],
  certainty: {
    state: 'done',
    draws: 1000,
    seed: 1,
    models: [
      { source: 'bert', unit: 'document', units: 12, sentences: 57, interval: { low: 0.7612, high: 0.8611 } },
      { source: 't5', unit: 'document', units: 12, sentences: 57, interval: { low: 0.7104, high: 0.8298 } },
    ],
    difference: {
      ...{ unit: 'document', units: 12, sentences: 57, value: 0.0446 },
      ...{ interval: { low: -0.0121, high: 0.0958 }, p: 0.1234, exact: false, rounds: 10_000 },
    },
  },
  notices: [],
  canUndo: true,
  canRedo: false,
};

/** The same document with no gold at all. */
export const withoutGold: PanelState = {
  ...full,
  document: { name: 'notes.txt', kind: 'prose', goldName: 'notes.txt.iob2' },
  counts: { ...full.counts, gold: 0 },
  sentence: { ...merkel, rows: [row('gold', null), ...merkel.rows.slice(1)] },
  systems: [],
  certainty: null,
  matrices: [tokenMatrix('bert', 't5', 120)],
  canUndo: false,
};

/** Nothing is open. */
export const nothingOpen: PanelState = {
  ...full,
  document: null,
  counts: { sentences: 0, gold: 0, inProgress: 0, reviewed: 0, disagreements: 0, unmatched: 0 },
  sentence: null,
  systems: [],
  failures: [],
  certainty: null,
  matrices: [],
  between: null,
  mcNemar: null,
  agreement: null,
  canUndo: false,
};
