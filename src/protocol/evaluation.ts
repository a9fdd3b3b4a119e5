import * as v from 'valibot';
import type { Contract } from './channel.ts';
import { failureModeSchema } from './panelDetails.ts';
import { indexSchema, modelSourceSchema, ratioSchema, schemeSchema } from './schemas.ts';

const intervalSchema = v.nullable(v.object({ low: v.number(), high: v.number() }));

/** One figure of a system: spans or tokens of one kind; the interval is that of F1, null where none is drawn. */
const figureSchema = v.object({
  name: v.string(),
  precision: ratioSchema,
  recall: ratioSchema,
  f1: ratioSchema,
  correct: v.number(),
  predicted: indexSchema,
  gold: indexSchema,
  interval: intervalSchema,
});
export type EvaluationFigure = v.InferOutput<typeof figureSchema>;

const matrixSchema = v.object({
  rows: v.array(v.string()),
  columns: v.array(v.string()),
  counts: v.array(v.array(indexSchema)),
});

/** One system on one corpus. */
const systemSchema = v.object({
  name: v.string(),
  source: modelSourceSchema,
  labelled: figureSchema,
  /** Other readings of the spans, then one figure a label. */
  readings: v.array(figureSchema),
  labels: v.array(figureSchema),
  tokenMacroF1: ratioSchema,
  tokenMacroReading: v.string(),
  accuracy: ratioSchema,
  calibrationError: ratioSchema,
  failures: v.array(v.object({ mode: failureModeSchema, count: indexSchema, perHundred: v.number() })),
  tokenMatrix: matrixSchema,
  spanMatrix: matrixSchema,
  /** Of a sentence; null where all answers were remembered. */
  cost: v.nullable(v.object({ milliseconds: v.number(), pieces: v.number(), generatedPieces: v.number() })),
});
export type EvaluatedSystem = v.InferOutput<typeof systemSchema>;

/** Two systems on one corpus: labelled span F1 of b minus that of a. */
const comparisonSchema = v.object({
  a: v.string(),
  b: v.string(),
  difference: v.nullable(v.number()),
  p: v.nullable(v.number()),
  interval: intervalSchema,
});

const corpusSchema = v.object({
  name: v.string(),
  files: indexSchema,
  sentences: indexSchema,
  annotated: indexSchema,
  inProgress: indexSchema,
  tokens: indexSchema,
  documents: indexSchema,
  unit: v.picklist(['document', 'sentence']),
  systems: v.array(systemSchema),
  comparisons: v.array(comparisonSchema),
});
export type EvaluatedCorpusView = v.InferOutput<typeof corpusSchema>;

const viewSchema = v.object({
  scheme: schemeSchema,
  corpora: v.array(corpusSchema),
  /** Each system's way from the first corpus to another, with what it means in a sentence. */
  shifts: v.array(
    v.object({
      system: v.string(),
      to: v.string(),
      difference: v.nullable(v.number()),
      interval: intervalSchema,
      sentence: v.string(),
    }),
  ),
});
export type EvaluationSchemeView = v.InferOutput<typeof viewSchema>;

const resultSchema = v.object({
  id: indexSchema,
  title: v.string(),
  made: v.string(),
  policy: v.picklist(['repair', 'strict']),
  seed: indexSchema,
  draws: indexSchema,
  notices: v.array(v.string()),
  views: v.array(viewSchema),
});
export type EvaluationView = v.InferOutput<typeof resultSchema>;

/** Everything that the page of evaluations shows. */
export const evaluationStateSchema = v.object({
  revision: indexSchema,
  /** All evaluations of the session, the newest first. */
  results: v.array(v.object({ id: indexSchema, title: v.string() })),
  shown: v.nullable(resultSchema),
});
export type EvaluationState = v.InferOutput<typeof evaluationStateSchema>;

/** What places are wanted of: one failure mode, or one cell of a matrix, of one system on one corpus. */
const placesOf = v.object({
  evaluation: indexSchema,
  scheme: schemeSchema,
  corpus: v.string(),
  system: v.string(),
  of: v.variant('kind', [
    v.object({ kind: v.literal('failure'), mode: failureModeSchema }),
    v.object({
      kind: v.literal('cell'),
      level: v.picklist(['token', 'span']),
      row: indexSchema,
      column: indexSchema,
    }),
  ]),
});
export type PlacesOf = v.InferOutput<typeof placesOf>;

/** What the host answers to the page of evaluations. */
export const evaluationHostContract = {
  requests: {
    /** The places behind a count, as many as were kept, and how many there are. */
    places: {
      params: placesOf,
      result: v.object({
        total: indexSchema,
        places: v.array(
          v.object({ where: v.string(), before: v.string(), text: v.string(), after: v.string(), note: v.string() }),
        ),
      }),
    },
  },
  notifications: {
    /** The page listens now; the host answers with a state. */
    ready: v.object({}),
    /** Shows a place in its file: the one with this index among those that the request gave. */
    openPlace: v.object({ ...placesOf.entries, index: indexSchema }),
    /** Puts a text into the clipboard; `what` is what it is. */
    copy: v.object({ text: v.string(), what: v.string() }),
    /** Shows another evaluation of the session. */
    show: v.object({ id: indexSchema }),
    evaluate: v.object({}),
    exportReport: v.object({ id: indexSchema }),
  },
} satisfies Contract;

/** What the page of evaluations answers to the host: it draws a state. */
export const evaluationPageContract = {
  requests: {},
  notifications: { state: evaluationStateSchema },
} satisfies Contract;
