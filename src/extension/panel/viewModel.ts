import { encode } from '../../core/scheme.ts';
import { simplifiedTag } from '../../core/compare.ts';
import { emptyCounts } from '../../core/counts.ts';
import type { Cells } from '../../core/counts.ts';
import { spanMatrix, tokenMatrix } from '../../core/confusion.ts';
import type { ConfusionMatrix, MatrixLevel } from '../../core/confusion.ts';
import { scores } from '../../core/metrics.ts';
import type { Scheme } from '../../core/scheme.ts';
import type { ModelSource, Source } from '../../core/span.ts';
import { ratio } from '../../core/tally.ts';
import type { Score } from '../../core/tally.ts';
import type {
  Matrix,
  ModelStatus,
  PanelCertainty,
  PanelLabel,
  PanelSentence,
  PanelState,
  ScoreRow,
  SentenceRow,
  SystemScores,
} from '../../protocol/panel.ts';
import { allSources, disagreeingTokens, layerOf, modelSources, sourceNames } from '../layers.ts';
import { labelNames, withKeys } from '../labels.ts';
import { labelColors } from '../marks.ts';
import type { LabelSetting, ModelState } from '../services.ts';
import type { Session, SessionSentence } from '../session.ts';
import { panelFailures } from './failures.ts';
import { pairs } from './totals.ts';
import type { CorpusTotals } from './totals.ts';

type Notice = PanelState['notices'][number];

/** A session as the panel sees it. */
export interface PanelView extends Pick<
  Session,
  'kind' | 'scheme' | 'sentences' | 'labels' | 'busy' | 'unmatched' | 'issues'
> {
  readonly name: string;
  readonly goldName: string;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly notices: readonly Notice[];
}

/** What the user chose in the panel, and what surrounds the session. */
export interface PanelChoices {
  readonly revision: number;
  /** The current sentence; undefined where there is none. */
  readonly current: number | undefined;
  readonly matrixLevel: MatrixLevel;
  readonly labels: readonly LabelSetting[];
  readonly models: readonly ModelState[];
  readonly certainty: PanelCertainty;
}

/** The panel's complete state; without a session, one that says so. */
export function panelState(view: PanelView | undefined, totals: CorpusTotals, choices: PanelChoices): PanelState {
  const { revision, matrixLevel, current } = choices;
  const models = modelStatuses(choices.models, totals);
  if (view === undefined) {
    return {
      ...{ revision, matrixLevel, models, scheme: totals.scheme, document: null, sentence: null, agreement: null },
      ...{
        labels: panelLabels([], choices.labels),
        busy: null,
        systems: [],
        matrices: [],
        notices: [],
        certainty: null,
      },
      failures: [],
      counts: { sentences: 0, gold: 0, disagreements: 0, unmatched: 0 },
      canUndo: false,
      canRedo: false,
    };
  }
  const { scheme, labels } = view;
  const sentence = current === undefined ? undefined : view.sentences[current];
  const systems = modelSources.map((source) => systemScores(source, totals, labels)).filter((one) => one.sentences > 0);
  return {
    revision,
    document: { name: view.name, kind: view.kind, goldName: view.goldName },
    scheme,
    matrixLevel,
    labels: panelLabels(labels, choices.labels),
    models,
    busy: view.busy ?? null,
    counts: {
      sentences: view.sentences.length,
      gold: totals.gold,
      disagreements: totals.disagreements,
      unmatched: view.unmatched.length,
    },
    sentence: sentence === undefined || current === undefined ? null : panelSentence(sentence, current, scheme),
    systems,
    matrices: pairs.map((_, index) => matrixOf(index, totals, matrixLevel, labels)).filter((one) => one.sentences > 0),
    agreement: agreementOf(totals),
    failures: modelSources
      .filter((source) => totals.predicted[source] > 0)
      .map((source) => {
        const gold = totals.counts[pairs.findIndex((pair) => pair.row === 'gold' && pair.column === source)];
        const sentences = { predicted: totals.predicted[source], gold: gold?.sentences ?? 0 };
        return panelFailures(source, totals.failures[source], sentences);
      }),
    certainty: systems.length === 0 ? null : choices.certainty,
    notices: noticesOf(view),
    canUndo: view.canUndo,
    canRedo: view.canRedo,
  };
}

/** The labels in use with the keys of those that are configured. */
export function panelLabels(labels: readonly string[], settings: readonly LabelSetting[]): PanelLabel[] {
  const configured = new Map(settings.map((setting) => [setting.name, setting]));
  const all = withKeys(labelNames(settings, labels).map((name) => configured.get(name) ?? { name, key: '' }));
  return all.map(({ name, key }, index) => ({ name, key, color: (index % labelColors) + 1 }));
}

/** One sentence as the grid shows it. */
export function panelSentence(sentence: SessionSentence, index: number, scheme: Scheme): PanelSentence {
  return {
    index,
    id: sentence.id ?? null,
    documentId: sentence.documentId ?? null,
    tokens: sentence.tokens.map((token) => token.form),
    rows: allSources.map((source) => sentenceRow(sentence, source, scheme)),
    disagreeing: [...disagreeingTokens(sentence, scheme)],
    illegal: [...sentence.illegal],
  };
}

function sentenceRow(sentence: SessionSentence, source: Source, scheme: Scheme): SentenceRow {
  const layer = layerOf(sentence, source, scheme);
  const prediction = source === 'gold' ? undefined : sentence.predictions[source];
  const tags = prediction?.tags ?? (layer === null ? null : encode(layer, sentence.tokens.length, scheme));
  return {
    source,
    tags: tags === null ? null : tags.map((tag) => (scheme === 'simplified' ? simplifiedTag(tag) : tag)),
    layer: layer === null ? null : [...layer],
    probabilities: prediction === undefined ? null : [...prediction.probabilities],
    failures: (prediction?.failures ?? []).map(({ kind, detail }) => ({ kind, detail })),
    raw: prediction?.raw ?? null,
  };
}

function modelStatuses(states: readonly ModelState[], totals: CorpusTotals): ModelStatus[] {
  return modelSources.map((source) => {
    const state = states.find((one) => one.source === source);
    return {
      source,
      name: state?.name ?? sourceNames[source],
      own: state?.own ?? false,
      state: state?.state ?? 'idle',
      predicted: totals.predicted[source],
      message: state?.message ?? null,
    };
  });
}

function scoreRow(name: string, score: Score): ScoreRow {
  const { precision, recall, f1, correct, predicted, gold } = score;
  return { name, precision, recall, f1, correct, predicted, gold };
}

function systemScores(source: ModelSource, totals: CorpusTotals, labels: readonly string[]): SystemScores {
  const place = pairs.findIndex((pair) => pair.row === 'gold' && pair.column === source);
  const all = scores(totals.counts[place] ?? emptyCounts(), totals.scheme, labels);
  return {
    source,
    sentences: all.sentences,
    tokens: all.tokens,
    labelled: scoreRow('labelled', all.labelled.micro),
    labels: [...all.labelled.labels].map(([label, score]) => scoreRow(label, score)),
    unlabelled: scoreRow('unlabelled', all.unlabelled),
    strict: scoreRow('strict', all.strict.micro),
    tokenTags: [...all.tokenTags].map(([tag, score]) => scoreRow(tag, score)),
    tokenMacroF1: all.tokenMacroF1,
    tokenMacroReading: all.tokenMacroReading,
    accuracy: all.accuracy,
  };
}

/** The matrix of one of `pairs`. */
export function confusion(
  index: number,
  totals: CorpusTotals,
  level: MatrixLevel,
  labels: readonly string[],
): ConfusionMatrix {
  const counts = totals.counts[index] ?? emptyCounts();
  return level === 'token' ? tokenMatrix(counts, totals.scheme, labels) : spanMatrix(counts, totals.scheme, labels);
}

function matrixOf(index: number, totals: CorpusTotals, level: MatrixLevel, labels: readonly string[]): Matrix {
  const { rows, columns, counts } = confusion(index, totals, level, labels);
  return {
    rowSource: pairs[index]?.row ?? 'gold',
    columnSource: pairs[index]?.column ?? 'bert',
    level,
    sentences: totals.counts[index]?.sentences ?? 0,
    rows: [...rows],
    columns: [...columns],
    counts: counts.map((row) => [...row]),
  };
}

function agreementOf(totals: CorpusTotals): PanelState['agreement'] {
  const counts = totals.counts[pairs.findIndex((pair) => pair.row === 'bert')];
  if (counts === undefined || counts.sentences === 0) return null;
  return {
    sentences: counts.sentences,
    disagreeing: totals.modelDisagreements,
    spanF1: scores(counts, totals.scheme, []).labelled.micro.f1,
    kappa: kappaInside(counts.tokenCells),
  };
}

/** Cohen's kappa over the tokens that either side tags other than O, from their counts; null for 0/0. */
export function kappaInside(cells: Cells): number | null {
  const rows = new Map<string, number>();
  const columns = new Map<string, number>();
  let tokens = 0;
  let same = 0;
  for (const [row, cellsOfRow] of cells) {
    for (const [column, count] of cellsOfRow) {
      if (row === 'O' && column === 'O') continue;
      tokens += count;
      if (row === column) same += count;
      rows.set(row, (rows.get(row) ?? 0) + count);
      columns.set(column, (columns.get(column) ?? 0) + count);
    }
  }
  const products = [...rows].reduce((sum, [name, count]) => sum + count * (columns.get(name) ?? 0), 0);
  const expected = ratio(products, tokens * tokens);
  return expected === null ? null : ratio(same / tokens - expected, 1 - expected);
}

function noticesOf(view: PanelView): Notice[] {
  const notices: Notice[] = [...view.notices];
  const errors = view.issues.filter((issue) => issue.severity === 'error').length;
  if (errors > 0) {
    const what = errors === 1 ? '1 line' : `${String(errors)} lines`;
    notices.push({ severity: 'warning', message: `${what} of ${view.goldName} could not be read; see Problems.` });
  }
  return notices;
}
