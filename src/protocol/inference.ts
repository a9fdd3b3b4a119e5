import * as v from 'valibot';
import type { Contract } from './channel.ts';
import { indexSchema, modelSourceSchema } from './schemas.ts';

/** Where a model lies and how to load it. `root` and `folder` name a local folder; nothing is fetched from anywhere. */
export const modelSpecSchema = v.object({
  id: v.string(),
  family: modelSourceSchema,
  /** Absolute path of the folder that holds model folders. */
  root: v.string(),
  /** The model's folder, relative to `root`. */
  folder: v.string(),
  /** The library's dtype word, which selects the ONNX file by its suffix. */
  dtype: v.picklist(['fp32', 'fp16', 'q8', 'int8', 'q4']),
  /** Tensors of the graph that make up a word's state, in this order, where the graph has no output `hidden`. */
  hidden: v.optional(v.array(v.string())),
  /** Files with their SHA-256 (hex) to verify before the first load; empty for a user's own model. */
  files: v.array(v.object({ path: v.string(), bytes: indexSchema, sha256: v.string() })),
});
export type ModelSpec = v.InferOutput<typeof modelSpecSchema>;

/** What a loaded model tells of itself; `tags` are a classifier's, in the order of its distribution, empty for a generator. */
const loadedSchema = v.object({
  tags: v.array(v.string()),
  maxPieces: indexSchema,
  milliseconds: v.number(),
  /** By how many bytes the process grew while it loaded the model. */
  loadedBytes: indexSchema,
});

/** One classified sentence: `distribution` is row-major, words × tags, each row summing to 1. */
const classifiedSchema = v.object({
  distribution: v.instance(Float32Array),
  pieces: indexSchema,
  /** The number of windows that the sentence was cut into; 1 where it fitted. */
  windows: indexSchema,
  /** Words that were cut into pieces which the model gives different labels; the first piece's counts. */
  splitWords: v.array(indexSchema),
  /** Where it was asked for and the graph gives it: the state of each word's first piece, row-major, words × width of the state. */
  hidden: v.optional(v.instance(Float32Array)),
});

/**
 * A prompt for a generator. With `copyTags` the answer is forced to repeat each word and to put one of `tagTokens` behind
 * it; `after[i]` lists the tokens (as indices) right behind which token i may stand, null where it may stand anywhere.
 */
export const promptSchema = v.object({
  text: v.string(),
  constraint: v.nullable(
    v.object({
      kind: v.literal('copyTags'),
      words: v.array(v.string()),
      tagTokens: v.array(v.string()),
      after: v.array(v.nullable(v.array(indexSchema))),
    }),
  ),
  maxTokens: indexSchema,
});
export type Prompt = v.InferOutput<typeof promptSchema>;

/** What a generator wrote. With a constraint, `choices` has the chosen tag token of each word and its probability among the legal ones. */
const answerSchema = v.object({
  text: v.string(),
  /** The natural logarithm of the probability of the generated pieces, each among those that were allowed. */
  logProbability: v.number(),
  choices: v.nullable(v.array(v.object({ token: v.string(), probability: v.number() }))),
  finished: v.boolean(),
  promptPieces: indexSchema,
  generatedPieces: indexSchema,
});
export type Answer = v.InferOutput<typeof answerSchema>;
export type Classified = v.InferOutput<typeof classifiedSchema>;

/** What the model process answers. `temperature` divides the logits; `milliseconds` leave out those in which other models ran. */
export const inferenceContract = {
  requests: {
    load: { params: v.object({ model: modelSpecSchema }), result: loadedSchema },
    classify: {
      params: v.object({
        modelId: v.string(),
        temperature: v.number(),
        words: v.array(v.array(v.string())),
        /** Asks for the state of each word. */
        hidden: v.optional(v.boolean()),
      }),
      result: v.object({ sentences: v.array(classifiedSchema), milliseconds: v.number() }),
    },
    generate: {
      params: v.object({ modelId: v.string(), temperature: v.number(), prompts: v.array(promptSchema) }),
      result: v.object({ answers: v.array(answerSchema), milliseconds: v.number() }),
    },
    memory: { params: v.object({}), result: v.object({ residentBytes: indexSchema }) },
  },
  notifications: {},
} satisfies Contract;

/** What the host hears from the model process. */
export const inferenceHostContract = {
  requests: {},
  notifications: {
    ready: v.object({ pid: indexSchema }),
    log: v.object({ level: v.picklist(['info', 'warn', 'error']), message: v.string() }),
  },
} satisfies Contract;

/** Why the model process refuses, for ChannelError.reason. */
export type InferenceReason = 'modelMissing' | 'modelCorrupt' | 'modelUnfit' | 'modelNotLoaded' | 'cancelled';
