import * as v from 'valibot';
import { COMPLETIONS } from '../core/draft.ts';
import { RESHAPES } from '../core/spanEdits.ts';
import type { Contract } from './channel.ts';
import { PANEL_COMMANDS } from './panelCommands.ts';
import type { PanelCommand } from './panelCommands.ts';
import {
  basisFields,
  detailSectionSchema,
  detailsSchema,
  differenceSchema,
  dimensionSchema,
  failureModeSchema,
  intervalSchema,
  scoreRowSchema,
} from './panelDetails.ts';
import { sentenceSchema } from './panelSentence.ts';
import { panelQueueSchema, queueFilterSchema } from './panelQueue.ts';
import { indexSchema, modelSourceSchema, policySchema, ratioSchema, schemeSchema, sourceSchema } from './schemas.ts';

/** Unweighted means over the labels seen on either side. */
const macroSchema = v.object({ precision: ratioSchema, recall: ratioSchema, f1: ratioSchema, labels: indexSchema });

/** All figures of one model against gold, or of T5 against BERT, over the sentences that both sides have. */
const systemSchema = v.object({
  reference: sourceSchema,
  source: modelSourceSchema,
  sentences: indexSchema,
  tokens: indexSchema,
  /** Exact borders and label under the policy in use; `labels` has one row a label. */
  labelled: scoreRowSchema,
  labelledMacro: macroSchema,
  labels: v.array(scoreRowSchema),
  /** Exact borders, the label dropped. */
  unlabelled: scoreRowSchema,
  /** Exact borders and label, where an I without its B is no span on either side. */
  strict: scoreRowSchema,
  strictMacro: macroSchema,
  strictLabels: v.array(scoreRowSchema),
  /** Overlap counts half, equal borders one, the label dropped; `correct` may be half-integral. */
  partial: v.object({ ...scoreRowSchema.entries, correct: v.number() }),
  /** Any overlap with the right label. */
  type: scoreRowSchema,
  tokenTags: v.array(scoreRowSchema),
  tokenMacroF1: ratioSchema,
  /** Which reading of the macro mean it is, such as "7 tags, O included". */
  tokenMacroReading: v.string(),
  accuracy: ratioSchema,
  /** The accuracy of tagging everything O, which accuracy must be read beside. */
  allOutside: ratioSchema,
});
export type SystemScores = v.InferOutput<typeof systemSchema>;

/** A confusion matrix: `counts[row][column]` over `sentences`. At span level the last row is spurious, the last column missed. */
const matrixSchema = v.object({
  rowSource: sourceSchema,
  columnSource: sourceSchema,
  level: v.picklist(['token', 'span']),
  sentences: indexSchema,
  rows: v.array(v.string()),
  columns: v.array(v.string()),
  counts: v.array(v.array(indexSchema)),
});
export type Matrix = v.InferOutput<typeof matrixSchema>;

/** How far the two models agree, over the sentences that both predicted; needs no gold. */
const agreementSchema = v.object({
  sentences: indexSchema,
  disagreeing: indexSchema,
  spanF1: ratioSchema,
  /** Cohen's kappa over the tokens that either model tags other than O. */
  kappa: ratioSchema,
});

/**
 * How sure labelled span F1 is: bootstrap intervals of each model and of the difference BERT − T5 with the p-value of a paired
 * randomisation test. Intervals are null for fewer than two units, and so is the whole difference.
 */
const certaintySchema = v.variant('state', [
  v.object({ state: v.literal('pending') }),
  v.object({
    state: v.literal('done'),
    draws: indexSchema,
    seed: indexSchema,
    models: v.array(v.object({ source: modelSourceSchema, ...basisFields, interval: intervalSchema })),
    difference: v.nullable(differenceSchema),
  }),
]);
export type PanelCertainty = v.InferOutput<typeof certaintySchema>;

/** McNemar's exact test on the gold spans that exactly one model got right; it does not see spurious predictions. */
const mcNemarSchema = v.object({ onlyBert: indexSchema, onlyT5: indexSchema, p: v.number() });

/** How often a model failed in each way that its family can: errors over `gold` sentences, faults of raw output over `predicted` ones. */
const failuresSchema = v.object({
  source: modelSourceSchema,
  predicted: indexSchema,
  gold: indexSchema,
  modes: v.array(v.object({ mode: failureModeSchema, count: indexSchema })),
});
export type PanelFailures = v.InferOutput<typeof failuresSchema>;

const modelStatusSchema = v.object({
  source: modelSourceSchema,
  name: v.string(),
  /** Whether the user named it in place of the bundled one. */
  own: v.boolean(),
  state: v.picklist(['idle', 'loading', 'ready', 'failed']),
  predicted: indexSchema,
  message: v.nullable(v.string()),
});
export type ModelStatus = v.InferOutput<typeof modelStatusSchema>;

/** A label as the user sees it; `color` is a place in the cycle of theme colours, from 1. */
const labelSchema = v.object({ name: v.string(), key: v.string(), color: indexSchema, description: v.string() });
export type PanelLabel = v.InferOutput<typeof labelSchema>;

const keysSchema = v.object(
  Object.fromEntries(PANEL_COMMANDS.map((command) => [command, v.array(v.string())])) as Record<
    PanelCommand,
    v.ArraySchema<v.StringSchema<undefined>, undefined>
  >,
);
/** The keys of each command as people read them, the first beside its button. */
export type PanelKeys = v.InferOutput<typeof keysSchema>;

/** Everything the panel shows: the page is a function of it. */
export const panelStateSchema = v.object({
  revision: indexSchema,
  document: v.nullable(v.object({ name: v.string(), kind: v.picklist(['prose', 'columns']), goldName: v.string() })),
  scheme: schemeSchema,
  /** What becomes of illegal tags in all figures of spans but the strict ones. */
  policy: policySchema,
  matrixLevel: v.picklist(['token', 'span']),
  labels: v.array(labelSchema),
  keys: keysSchema,
  models: v.array(modelStatusSchema),
  /** Sentences still to be predicted, and a word for what is under way; null when nothing is. */
  busy: v.nullable(v.object({ done: indexSchema, total: indexSchema, what: v.string() })),
  /** `gold` counts complete sentences, `reviewed` those of them that were looked through. */
  counts: v.object({
    sentences: indexSchema,
    gold: indexSchema,
    inProgress: indexSchema,
    reviewed: indexSchema,
    disagreements: indexSchema,
    unmatched: indexSchema,
  }),
  sentence: v.nullable(sentenceSchema),
  /** Each model against gold. */
  systems: v.array(systemSchema),
  /** T5 against BERT; null where no sentence has both. */
  between: v.nullable(systemSchema),
  matrices: v.array(matrixSchema),
  agreement: v.nullable(agreementSchema),
  /** One entry for each model that has predicted a sentence. */
  failures: v.array(failuresSchema),
  /** Null where no model has predicted a sentence with gold. */
  certainty: v.nullable(certaintySchema),
  /** Null where a model has predicted no sentence with gold. */
  mcNemar: v.nullable(mcNemarSchema),
  details: detailsSchema,
  notices: v.array(v.object({ severity: v.picklist(['info', 'warning', 'error']), message: v.string() })),
  canUndo: v.boolean(),
  canRedo: v.boolean(),
});
export type PanelState = v.InferOutput<typeof panelStateSchema>;

const at = { sentence: indexSchema, revision: indexSchema };
const tokens = { first: indexSchema, end: indexSchema };
const found = v.object({
  total: indexSchema,
  cases: v.array(
    v.object({ sentence: indexSchema, ...tokens, before: v.string(), text: v.string(), after: v.string() }),
  ),
});
const done = v.object({ accepted: v.boolean(), message: v.nullable(v.string()) });

/** What the host answers to the page. A correction made against an old revision is refused with a message and changes nothing. */
export const panelHostContract = {
  requests: {
    /** With `next`, here as in others, goes on to the next sentence once that is done. */
    setSpan: {
      params: v.object({ ...at, ...tokens, label: v.pipe(v.string(), v.minLength(1)), next: v.boolean() }),
      result: done,
    },
    clear: { params: v.object({ ...at, ...tokens, next: v.boolean() }), result: done },
    accept: { params: v.object({ ...at, source: modelSourceSchema, next: v.boolean() }), result: done },
    /** Decides the words of the sentence on which nobody decided. */
    complete: { params: v.object({ ...at, by: v.picklist(COMPLETIONS), next: v.boolean() }), result: done },
    /** Changes the borders of the gold span that the tokens touch; gives the tokens that it is about then. */
    reshape: {
      params: v.object({ ...at, ...tokens, how: v.picklist(RESHAPES) }),
      result: v.object({ ...done.entries, ...tokens }),
    },
    /** Notes that the sentence was reviewed, or takes that back. */
    markReviewed: { params: v.object(at), result: done },
    /** Goes to the next sentence of the queue; at its end it stays and says so. */
    nextInQueue: { params: v.object({}), result: done },
    setQueueFilter: { params: queueFilterSchema, result: done },
    /** Says that the sentence has no entities: gold becomes an empty layer. */
    setEmpty: { params: v.object({ ...at, next: v.boolean() }), result: done },
    undo: { params: v.object({}), result: done },
    redo: { params: v.object({}), result: done },
    /** The sentences and tokens behind one cell of a matrix, at most `limit`, in document order. */
    cases: {
      params: v.object({
        rowSource: sourceSchema,
        columnSource: sourceSchema,
        level: v.picklist(['token', 'span']),
        row: indexSchema,
        column: indexSchema,
        limit: indexSchema,
      }),
      result: found,
    },
    /** The sentences and tokens in which a model fails in one way, as for `cases`. */
    failureCases: {
      params: v.object({ source: modelSourceSchema, mode: failureModeSchema, limit: indexSchema }),
      result: found,
    },
    /** Puts a text into the clipboard; `what` is what the user is told to find there. */
    copy: { params: v.object({ text: v.string(), what: v.string() }), result: done },
  },
  notifications: {
    /** The page listens now; the host answers with a state. */
    ready: v.object({}),
    selectSentence: v.object({ sentence: indexSchema }),
    move: v.object({
      to: v.picklist([
        'next',
        'previous',
        'nextDisagreement',
        'previousDisagreement',
        'nextUndecided',
        'nextWithSpan',
        'previousWithSpan',
      ]),
    }),
    /** Goes to a sentence of the queue and shows its place in the editor. */
    goToQueued: v.object({ sentence: indexSchema, ...tokens }),
    /** Whether the page shows the queue: nobody computes one that is not seen. */
    watchQueue: v.object({ shown: v.boolean() }),
    editNote: v.object({ sentence: indexSchema }),
    /** Whether the page has the keyboard. */
    focus: v.object({ has: v.boolean() }),
    setScheme: v.object({ scheme: schemeSchema }),
    setPolicy: v.object({ policy: policySchema }),
    /** Which sections are open whose figures are worked out only then, and how spans are to be grouped. */
    show: v.object({ sections: v.array(detailSectionSchema), dimension: dimensionSchema }),
    chooseTrainingCorpus: v.object({}),
    /** Predicts the sentences with gold in the other scheme too, or gives that up. */
    predictOtherScheme: v.object({ on: v.boolean() }),
    setMatrixLevel: v.object({ level: v.picklist(['token', 'span']) }),
    /** Shows tokens in the editor. */
    reveal: v.object({ sentence: indexSchema, ...tokens }),
    annotate: v.object({}),
    cancel: v.object({}),
    exportCorpus: v.object({}),
    /** Lets the user choose another model for a family. */
    selectModel: v.object({ source: modelSourceSchema }),
  },
} satisfies Contract;

/** What the page answers to the host: it draws a state or a queue, and does what one of its keys stands for. */
export const panelPageContract = {
  requests: {},
  notifications: {
    state: panelStateSchema,
    queue: panelQueueSchema,
    /** Selects tokens, as the person did in the editor. */
    select: v.object({ sentence: indexSchema, ...tokens }),
    run: v.object({ command: v.picklist(PANEL_COMMANDS) }),
  },
} satisfies Contract;
