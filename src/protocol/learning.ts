import * as v from 'valibot';
import type { Contract } from './channel.ts';
import { indexSchema } from './schemas.ts';

/** What a model says of a sentence's words; see Evidence in core. */
const evidenceSchema = v.object({
  modelTags: v.array(v.string()),
  distribution: v.instance(Float32Array),
  hidden: v.optional(v.instance(Float32Array)),
});

const sentenceSchema = v.object({ words: v.array(v.string()), evidence: evidenceSchema });

const lessonSchema = v.object({ ...sentenceSchema.entries, tags: v.array(v.nullable(v.string())) });

const ratioSchema = v.pipe(v.number(), v.minValue(0), v.finite());

/** How a head learns; see HeadOptions in core. */
const headOptionsSchema = v.object({
  labels: v.array(v.string()),
  exponent: ratioSchema,
  penalty: v.object({ dense: ratioSchema, features: ratioSchema }),
  wordFeatures: v.boolean(),
  tolerance: ratioSchema,
  iterations: indexSchema,
});

/** What a training came to. */
const trainedSchema = v.object({
  sentences: indexSchema,
  /** Words that were decided. */
  words: indexSchema,
  iterations: indexSchema,
  converged: v.boolean(),
  milliseconds: v.number(),
});
export type TrainedFacts = v.InferOutput<typeof trainedSchema>;

/**
 * What the thread that learns answers. It keeps lessons by their keys and the head that it trained last; a head never leaves it but as text.
 * `train` begins with that head where `warm`; a cancelled one leaves the head as it was.
 */
export const learningContract = {
  requests: {
    train: { params: v.object({ options: headOptionsSchema, warm: v.boolean() }), result: trainedSchema },
    predict: {
      params: v.object({ sentences: v.array(sentenceSchema) }),
      /** One distribution a sentence, row-major, words × tags. */
      result: v.object({ tags: v.array(v.string()), distributions: v.array(v.instance(Float32Array)) }),
    },
    headText: { params: v.object({ model: v.string() }), result: v.object({ text: v.string() }) },
    /** Rejects with `headInvalid` where the text is no head. */
    useHead: { params: v.object({ text: v.string() }), result: v.object({ model: v.string() }) },
  },
  notifications: {
    teach: v.object({ lessons: v.array(v.object({ key: v.string(), lesson: lessonSchema })) }),
    forget: v.object({ keys: v.array(v.string()) }),
  },
} satisfies Contract;

/** What the host hears from that thread. */
export const learningHostContract = { requests: {}, notifications: {} } satisfies Contract;
