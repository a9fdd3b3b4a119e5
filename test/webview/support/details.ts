import type { PanelState } from '../../../src/protocol/panel.ts';
import type { PanelBreakdown, PanelDetails } from '../../../src/protocol/panelDetails.ts';
import { initialUi } from '../../../webview/panel/state.ts';
import type { Ui } from '../../../webview/panel/state.ts';
import { full, score } from './states.ts';

const group = (name: string, gold: number, correct: number): PanelBreakdown['groups'][number] => ({
  name,
  bert: score(name, correct, gold + 2, gold),
  t5: score(name, Math.max(0, correct - 3), gold - 1, gold),
});

const points = (shift: number): NonNullable<PanelDetails['calibration']>['models'][number]['points'] =>
  Array.from({ length: 10 }, (_, bin) => ({
    low: bin / 10,
    high: (bin + 1) / 10,
    count: bin < 3 ? 0 : bin * bin,
    confidence: bin < 3 ? null : bin / 10 + 0.05,
    accuracy: bin < 3 ? null : Math.min(1, Math.max(0, bin / 10 + shift)),
  }));

/** The figures of every section that is worked out only while it is open. */
export const details: PanelDetails = {
  examples: [
    {
      ...{ source: 'bert', mode: 'missed', sentence: 41, first: 6, end: 8, before: 'chief ', text: '<i>Tim</i> Cook' },
      ...{ after: ' in New York', expected: 'PER <i>Tim</i> Cook', found: null, detail: null },
    },
    {
      ...{ source: 't5', mode: 'repetition', sentence: 12, first: 0, end: 9, before: '', text: 'It rained' },
      ...{ after: '', expected: null, found: null, detail: 'rained' },
    },
    {
      ...{ source: 'bert', mode: 'borderLeft', sentence: 3, first: 1, end: 4, before: 'the ', text: 'New York Times' },
      ...{ after: ' said', expected: 'ORG New York Times', found: 'ORG York Times', detail: null },
    },
  ],
  breakdown: {
    ...{ dimension: 'label', pending: 0, omitted: 0 },
    groups: [group('LOC', 55, 45), group('ORG', 42, 25), group('PER', 66, 58), group('MISC', 1, 0)],
    training: { state: 'none', name: '', strings: 0, message: null },
  },
  calibration: {
    pending: 0,
    models: [
      { source: 'bert', tokens: 240, error: 0.0712, points: points(-0.05) },
      { source: 't5', tokens: 231, error: 0.1523, points: points(-0.16) },
    ],
  },
  cost: {
    processBytes: 412_000_000,
    models: [
      {
        ...{ source: 'bert', name: 'bert-news-small', sentences: 120, milliseconds: 126 },
        ...{ pieces: 2900, generatedPieces: 0, loadedBytes: 61_000_000 },
      },
      {
        ...{ source: 't5', name: 't5-news-small', sentences: 120, milliseconds: 2100 },
        ...{ pieces: 4100, generatedPieces: 5300, loadedBytes: 118_000_000 },
      },
    ],
  },
  schemes: {
    other: 'simplified',
    predicting: null,
    models: [
      {
        ...{ source: 'bert', gold: 57, sentences: 57, fullLabelled: 0.815, fullUnlabelled: 0.871 },
        ...{ fullSimplified: 0.869, simplified: 0.884, joinedGold: 2, joinedPredicted: 1 },
        difference: {
          ...{ unit: 'document', units: 12, sentences: 57, value: 0.015, p: 0.31, exact: false, rounds: 10_000 },
          interval: { low: -0.011, high: 0.041 },
        },
      },
      {
        ...{ source: 't5', gold: 57, sentences: 1, fullLabelled: 0.771, fullUnlabelled: 0.82 },
        ...{ fullSimplified: 0.819, simplified: null, joinedGold: 0, joinedPredicted: 0, difference: null },
      },
    ],
  },
};

/** The annotated document with every section open. */
export const detailed: PanelState = { ...full, details };

/** What the page remembers where the scores with every section, and every group of rows, are open. */
export const everythingOpen: Ui = {
  ...initialUi,
  tab: 'scores',
  closed: [],
  groups: ['labels', 'strictLabels', 'tokenTags', 'allModes', 'between', 'matrixView'],
};
