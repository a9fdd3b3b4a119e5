import * as v from 'valibot';
import { CLASSIFIER_FAULTS, ERROR_MODES, GENERATOR_FAULTS } from '../core/failure.ts';
import { indexSchema, modelSourceSchema, ratioSchema, schemeSchema } from './schemas.ts';

/** Precision, recall and F1 with the counts behind them; `gold` counts the reference's side. */
export const scoreRowSchema = v.object({
  name: v.string(),
  precision: ratioSchema,
  recall: ratioSchema,
  f1: ratioSchema,
  correct: indexSchema,
  predicted: indexSchema,
  gold: indexSchema,
});
export type ScoreRow = v.InferOutput<typeof scoreRowSchema>;

export const intervalSchema = v.nullable(v.object({ low: v.number(), high: v.number() }));

/** What a figure with an interval rests on. */
export const basisFields = { unit: v.picklist(['document', 'sentence']), units: indexSchema, sentences: indexSchema };

/** A difference of two F1 with its 95 % bootstrap interval and the p-value of a paired randomisation test. */
export const differenceSchema = v.object({
  ...basisFields,
  value: v.number(),
  interval: intervalSchema,
  p: v.number(),
  exact: v.boolean(),
  rounds: indexSchema,
});
export type PanelDifference = v.InferOutput<typeof differenceSchema>;

export const failureModeSchema = v.picklist([...ERROR_MODES, ...CLASSIFIER_FAULTS, ...GENERATOR_FAULTS]);

/** The ways in which spans are put into groups. */
export const DIMENSIONS = ['label', 'spanLength', 'sentenceLength', 'capitalisation', 'document', 'seen'] as const;
export const dimensionSchema = v.picklist(DIMENSIONS);

/** The sections whose figures are worked out only while they are open. */
export const detailSectionSchema = v.picklist(['failures', 'breakdowns', 'calibration', 'cost', 'schemes']);
export type DetailSection = v.InferOutput<typeof detailSectionSchema>;

/** Exact matches by group of spans; a model's row is null where it has predicted nothing. `pending` sentences are not counted yet. */
const breakdownSchema = v.object({
  dimension: dimensionSchema,
  pending: indexSchema,
  groups: v.array(v.object({ name: v.string(), bert: v.nullable(scoreRowSchema), t5: v.nullable(scoreRowSchema) })),
  /** Groups that are left out, those with the fewest spans. */
  omitted: indexSchema,
  /** The training corpus that tells what is seen: its name and how many different strings it holds. */
  training: v.object({
    state: v.picklist(['none', 'reading', 'ready', 'failed']),
    name: v.string(),
    strings: indexSchema,
    message: v.nullable(v.string()),
  }),
});
export type PanelBreakdown = v.InferOutput<typeof breakdownSchema>;

/** How far a model's probabilities can be trusted, over the tokens that gold or the model tags other than O. */
const calibrationSchema = v.object({
  pending: indexSchema,
  models: v.array(
    v.object({
      source: modelSourceSchema,
      tokens: indexSchema,
      error: ratioSchema,
      points: v.array(
        v.object({
          low: v.number(),
          high: v.number(),
          count: indexSchema,
          confidence: ratioSchema,
          accuracy: ratioSchema,
        }),
      ),
    }),
  ),
});
export type PanelCalibration = v.InferOutput<typeof calibrationSchema>;

/** What predicting cost in the scheme in use since the models were started; remembered predictions are not in it. */
const costSchema = v.object({
  /** Memory of the process that runs both models; null where none runs. */
  processBytes: v.nullable(indexSchema),
  models: v.array(
    v.object({
      source: modelSourceSchema,
      name: v.string(),
      sentences: indexSchema,
      milliseconds: v.number(),
      pieces: indexSchema,
      generatedPieces: indexSchema,
      /** By how much the process grew while it loaded the model; 0 where it has not. */
      loadedBytes: indexSchema,
    }),
  ),
});
export type PanelCost = v.InferOutput<typeof costSchema>;

/** The full model against the model of the simplified scheme, over the sentences with gold that both have predicted. */
const schemesSchema = v.object({
  /** The scheme whose predictions may be missing. */
  other: schemeSchema,
  /** What is being predicted in the other scheme; null where nothing is. */
  predicting: v.nullable(v.object({ done: indexSchema, total: indexSchema })),
  /** Null while it is worked out. */
  models: v.nullable(
    v.array(
      v.object({
        source: modelSourceSchema,
        /** Sentences with gold, and those of them that the model has predicted in both schemes. */
        gold: indexSchema,
        sentences: indexSchema,
        fullLabelled: ratioSchema,
        fullUnlabelled: ratioSchema,
        fullSimplified: ratioSchema,
        simplified: ratioSchema,
        /** Spans of the full scheme that grow together with a neighbour when labels are dropped. */
        joinedGold: indexSchema,
        joinedPredicted: indexSchema,
        /** Simplified model minus full model, simplified; null for fewer than two units. */
        difference: v.nullable(differenceSchema),
      }),
    ),
  ),
});
export type PanelSchemes = v.InferOutput<typeof schemesSchema>;

/** The first place at which a model failed in a way. */
const exampleSchema = v.object({
  source: modelSourceSchema,
  mode: failureModeSchema,
  sentence: indexSchema,
  first: indexSchema,
  end: indexSchema,
  before: v.string(),
  text: v.string(),
  after: v.string(),
  /** What gold says, what the model says, and what was seen of a fault; null where there is nothing to say. */
  expected: v.nullable(v.string()),
  found: v.nullable(v.string()),
  detail: v.nullable(v.string()),
});
export type FailureExample = v.InferOutput<typeof exampleSchema>;

/** The figures of sections that are open; null for the others. */
export const detailsSchema = v.object({
  /** Null also while they are looked for. */
  examples: v.nullable(v.array(exampleSchema)),
  breakdown: v.nullable(breakdownSchema),
  calibration: v.nullable(calibrationSchema),
  cost: v.nullable(costSchema),
  schemes: v.nullable(schemesSchema),
});
export type PanelDetails = v.InferOutput<typeof detailsSchema>;

/** The details where every section is closed. */
export const NO_DETAILS: PanelDetails = {
  examples: null,
  breakdown: null,
  calibration: null,
  cost: null,
  schemes: null,
};
