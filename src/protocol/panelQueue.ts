import * as v from 'valibot';
import { REVIEW_GROUPS } from '../core/reviewEntries.ts';
import { WORK_STATES } from '../core/workState.ts';
import { indexSchema, sourceSchema } from './schemas.ts';

const groupSchema = v.picklist(REVIEW_GROUPS);

export const queueFilterSchema = v.object({
  group: v.nullable(groupSchema),
  label: v.nullable(v.string()),
  source: v.nullable(sourceSchema),
  /** As typed: plain text, or `/regular expression/`; empty for all. */
  text: v.string(),
});
/** What the review queue is narrowed to. */
export type QueueFilter = v.InferOutput<typeof queueFilterSchema>;

const entrySchema = v.object({
  sentence: indexSchema,
  /** The tokens of its most urgent place, half-open. */
  first: indexSchema,
  end: indexSchema,
  /** The text from a little before the place on, cut so that the place can be marked. */
  before: v.string(),
  text: v.string(),
  after: v.string(),
  why: v.string(),
  state: v.picklist(WORK_STATES),
  note: v.nullable(v.string()),
});
/** A sentence of the review queue. */
export type QueueEntry = v.InferOutput<typeof entrySchema>;

/** The review queue of the document, complete or as far as it is listed: `count` says how many there are. */
export const panelQueueSchema = v.object({
  document: v.nullable(v.string()),
  progress: v.string(),
  filter: queueFilterSchema,
  groups: v.array(
    v.object({ group: groupSchema, name: v.string(), count: indexSchema, entries: v.array(entrySchema) }),
  ),
});
export type PanelQueue = v.InferOutput<typeof panelQueueSchema>;
