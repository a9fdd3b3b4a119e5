import * as v from 'valibot';
import { COMPLETIONS } from '../core/draft.ts';
import { WORK_STATES } from '../core/workState.ts';
import { indexSchema, layerSchema, sourceSchema } from './schemas.ts';

/** One source's view of the sentence in the scheme in use; probabilities (0 to 1) are null for gold. */
const rowSchema = v.object({
  source: sourceSchema,
  /** Null where the source has nothing yet: no word decided, or not predicted. A word of gold that is not decided has `_`. */
  tags: v.nullable(v.array(v.string())),
  layer: v.nullable(layerSchema),
  probabilities: v.nullable(v.array(v.number())),
  failures: v.array(v.object({ kind: v.string(), detail: v.string() })),
  /** What a generator was asked and wrote; null for the others. */
  raw: v.nullable(v.object({ prompt: v.string(), answer: v.string() })),
});
export type SentenceRow = v.InferOutput<typeof rowSchema>;

/** The current sentence as the page shows it. */
export const sentenceSchema = v.object({
  index: indexSchema,
  id: v.nullable(v.string()),
  documentId: v.nullable(v.string()),
  tokens: v.array(v.string()),
  rows: v.array(rowSchema),
  /** Token indices at which two of the sources that have tags differ. */
  disagreeing: v.array(indexSchema),
  illegal: v.array(indexSchema),
  state: v.picklist(WORK_STATES),
  /** Words on which nobody decided, where others are decided. */
  undecided: v.array(indexSchema),
  /** What each way to decide those words would do. */
  completions: v.array(v.object({ by: v.picklist(COMPLETIONS), words: indexSchema, left: indexSchema })),
  /** Who reviewed it and when, and a person's note, as the gold file has them. */
  reviewed: v.nullable(v.string()),
  note: v.nullable(v.string()),
});
export type PanelSentence = v.InferOutput<typeof sentenceSchema>;
