import * as v from 'valibot';
import { denseWidth } from '../../core/learning/evidence.ts';
import type { FeatureWeights, Head } from '../../core/learning/head.ts';
import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/result.ts';
import { indexSchema } from '../../protocol/schemas.ts';

const VERSION = 1;
const finite = v.pipe(v.number(), v.finite());

const headFileSchema = v.object({
  version: v.literal(VERSION),
  /** The id of the model that the head was trained on. */
  model: v.string(),
  tags: v.array(v.string()),
  modelTags: v.array(v.string()),
  width: indexSchema,
  dense: v.array(finite),
  /** By the name of the feature: pairs of a tag's number and its weight, one after the other. */
  features: v.record(v.string(), v.array(finite)),
});

/** Weights closer to 0 change no answer. */
const SMALLEST = 1e-3;

/** A head as JSON, for the model with this id. */
export function headText(head: Head, model: string): string {
  const features: Record<string, number[]> = {};
  for (const [name, { tags, weights }] of head.features) {
    const kept = tags.flatMap((tag, index) => {
      const weight = weights[index] ?? 0;
      return Math.abs(weight) < SMALLEST ? [] : [tag, rounded(weight)];
    });
    if (kept.length > 0) features[name] = kept;
  }
  const { tags, modelTags, width } = head;
  const dense = Array.from(head.dense, rounded);
  return `${JSON.stringify({ version: VERSION, model, tags, modelTags, width, dense, features })}\n`;
}

/** Reads a head back. The message says what is wrong with the text; whoever knows the file names it. */
export function parseHead(text: string): Result<{ readonly head: Head; readonly model: string }, 'headInvalid'> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return invalid(`it is no JSON (${error instanceof Error ? error.message : String(error)})`);
  }
  const version = typeof value === 'object' && value !== null && 'version' in value ? value.version : undefined;
  if (version !== VERSION)
    return invalid(`its version is ${JSON.stringify(version) ?? 'missing'}, and this one reads version ${VERSION}`);
  const parsed = v.safeParse(headFileSchema, value);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    return invalid(`${v.getDotPath(issue) ?? 'value'}: ${issue.message}`);
  }
  const { model, tags, modelTags, width, dense, features } = parsed.output;
  const expected = tags.length * denseWidth(width, modelTags.length);
  if (tags[0] !== 'O') return invalid('its first tag is not O');
  if (dense.length !== expected) return invalid(`it has ${dense.length} dense weights, not ${expected}`);
  const named = new Map<string, FeatureWeights>();
  for (const [name, values] of Object.entries(features)) {
    const weights = pairsOf(values, tags.length);
    if (weights === undefined) return invalid(`the weights of the feature “${name}” are no pairs of tag and weight`);
    named.set(name, weights);
  }
  return ok({ model, head: { tags, modelTags, width, dense: Float64Array.from(dense), features: named } });
}

function pairsOf(values: readonly number[], tags: number): FeatureWeights | undefined {
  const numbers = values.filter((_, index) => index % 2 === 0);
  const weights = values.filter((_, index) => index % 2 === 1);
  const legal = numbers.every((tag) => Number.isInteger(tag) && tag >= 0 && tag < tags);
  return legal && numbers.length === weights.length ? { tags: numbers, weights } : undefined;
}

function invalid(what: string): Result<never, 'headInvalid'> {
  return fail(
    'headInvalid',
    `This is no learnt head: ${what}. Delete the file; it is trained again from your corrections.`,
  );
}

function rounded(value: number): number {
  return Math.round(value * 1e5) / 1e5;
}
