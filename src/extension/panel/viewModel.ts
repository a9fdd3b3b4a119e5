import { simplifiedTag } from '../../core/compare.ts';
import type { MatrixLevel } from '../../core/confusion.ts';
import { emptyCounts } from '../../core/counts.ts';
import { tagsOfDecisions } from '../../core/decisions.ts';
import { encode } from '../../core/scheme.ts';
import type { Scheme } from '../../core/scheme.ts';
import { workState } from '../../core/workState.ts';
import { sentenceState } from '../../core/sentenceState.ts';
import type { Source } from '../../core/span.ts';
import type { ModelStatus, PanelCertainty, PanelKeys, PanelLabel, PanelState } from '../../protocol/panel.ts';
import type { PanelSentence, SentenceRow } from '../../protocol/panelSentence.ts';
import { NO_DETAILS } from '../../protocol/panelDetails.ts';
import type { PanelDetails } from '../../protocol/panelDetails.ts';
import type { Completion } from '../decisions/completion.ts';
import type { SentenceCounts } from '../document/sentenceCounts.ts';
import { decidedLayerOf, disagreeingTokens, layerOf } from '../document/layers.ts';
import type { KeysInForce } from '../settings/keysInForce.ts';
import { labelSet } from '../settings/labels.ts';
import type { LabelInUse, LabelSetting } from '../settings/labels.ts';
import type { ModelState } from '../prediction/services.ts';
import type { Session, SessionSentence } from '../document/session.ts';
import { panelFailures } from '../figures/failures.ts';
import { agreementOf, betweenOf, matrixOf, mcNemarOf, systemsOf } from '../figures/figures.ts';
import { pairs } from '../figures/totals.ts';
import type { CorpusTotals } from '../figures/totals.ts';
import { MODEL_SOURCES, SOURCES, SOURCE_NAMES } from '../../core/span.ts';

type Notice = PanelState['notices'][number];

/** A session as the panel sees it. */
export interface PanelView extends Pick<
  Session,
  'kind' | 'scheme' | 'sentences' | 'labels' | 'labelSet' | 'busy' | 'unmatched' | 'issues'
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
  readonly keys: KeysInForce;
  readonly models: readonly ModelState[];
  readonly certainty: PanelCertainty;
  readonly details: PanelDetails;
  /** How far the work on the document is; undefined where there is none. */
  readonly work: Pick<SentenceCounts, 'inProgress' | 'reviewed'> | undefined;
  /** What can decide the rest of the current sentence. */
  readonly completions: readonly Completion[];
}

/** The panel's complete state; without a session, one that says so. */
export function panelState(view: PanelView | undefined, totals: CorpusTotals, choices: PanelChoices): PanelState {
  const { revision, matrixLevel, current } = choices;
  const keys = mutable(choices.keys);
  const { policy } = totals;
  const models = modelStatuses(choices.models, totals);
  if (view === undefined) {
    return {
      ...{ revision, matrixLevel, models, keys, scheme: totals.scheme, policy },
      ...{ document: null, sentence: null, agreement: null, between: null, mcNemar: null, details: NO_DETAILS },
      ...{
        revision,
        matrixLevel,
        models,
        keys,
        scheme: totals.scheme,
        document: null,
        sentence: null,
        agreement: null,
      },
      ...{
        labels: panelLabels(labelSet(choices.labels)),
        busy: null,
        systems: [],
        matrices: [],
        notices: [],
        certainty: null,
      },
      failures: [],
      counts: { sentences: 0, gold: 0, inProgress: 0, reviewed: 0, disagreements: 0, unmatched: 0 },
      canUndo: false,
      canRedo: false,
    };
  }
  const { scheme, labels } = view;
  const sentence = current === undefined ? undefined : view.sentences[current];
  const systems = systemsOf(totals, labels);
  return {
    revision,
    document: { name: view.name, kind: view.kind, goldName: view.goldName },
    ...{ scheme, policy, matrixLevel },
    labels: panelLabels(view.labelSet),
    keys,
    models,
    busy: view.busy ?? null,
    counts: {
      sentences: view.sentences.length,
      gold: totals.gold,
      inProgress: choices.work?.inProgress ?? 0,
      reviewed: choices.work?.reviewed ?? 0,
      disagreements: totals.disagreements,
      unmatched: view.unmatched.length,
    },
    sentence:
      sentence === undefined || current === undefined
        ? null
        : panelSentence(sentence, current, scheme, choices.completions),
    systems,
    between: betweenOf(totals, labels),
    mcNemar: mcNemarOf(totals),
    details: choices.details,
    matrices: pairs.map((_, index) => matrixOf(index, totals, matrixLevel, labels)).filter((one) => one.sentences > 0),
    agreement: agreementOf(totals),
    failures: MODEL_SOURCES.filter((source) => totals.predicted[source] > 0).map((source) => {
      const place = pairs.findIndex((pair) => pair.row === 'gold' && pair.column === source);
      const { sentences: gold } = totals.counts[place] ?? emptyCounts();
      const sentences = { predicted: totals.predicted[source], gold };
      return panelFailures(source, totals.failures[source], sentences);
    }),
    certainty: systems.length === 0 ? null : choices.certainty,
    notices: noticesOf(view),
    canUndo: view.canUndo,
    canRedo: view.canRedo,
  };
}

function mutable(keys: KeysInForce): PanelKeys {
  return Object.fromEntries(Object.entries(keys).map(([command, own]) => [command, [...own]])) as PanelKeys;
}

function panelLabels(labels: readonly LabelInUse[]): PanelLabel[] {
  return labels.map((label) => ({ ...label }));
}

/** One sentence as the grid shows it. */
export function panelSentence(
  sentence: SessionSentence,
  index: number,
  scheme: Scheme,
  completions: readonly Completion[] = [],
): PanelSentence {
  const { reviewed, note } = sentenceState(sentence.comments);
  return {
    index,
    id: sentence.id ?? null,
    documentId: sentence.documentId ?? null,
    tokens: sentence.tokens.map((token) => token.form),
    rows: SOURCES.map((source) => sentenceRow(sentence, source, scheme)),
    disagreeing: [...disagreeingTokens(sentence, scheme)],
    illegal: [...sentence.illegal],
    state: workState(sentence),
    undecided: [...(sentence.partial?.undecided ?? [])],
    completions: completions.map((completion) => ({ ...completion })),
    reviewed: reviewed ?? null,
    note: note ?? null,
  };
}

function sentenceRow(sentence: SessionSentence, source: Source, scheme: Scheme): SentenceRow {
  const { partial } = sentence;
  const layer = source === 'gold' ? decidedLayerOf(sentence, scheme) : layerOf(sentence, source, scheme);
  const decided = source === 'gold' && partial !== undefined ? partial : undefined;
  const prediction = source === 'gold' ? undefined : sentence.predictions[source];
  const length = sentence.tokens.length;
  const tags =
    decided === undefined
      ? (prediction?.tags ?? (layer === null ? null : encode(layer, length, scheme)))
      : tagsOfDecisions(decided, length, 'iob2');
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
  return MODEL_SOURCES.map((source) => {
    const state = states.find((one) => one.source === source);
    return {
      source,
      name: state?.name ?? SOURCE_NAMES[source],
      own: state?.own ?? false,
      state: state?.state ?? 'idle',
      predicted: totals.predicted[source],
      message: state?.message ?? null,
    };
  });
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
