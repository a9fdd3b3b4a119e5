import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/result.ts';
import type { Scheme } from '../../core/scheme.ts';
import type { ModelSource } from '../../core/span.ts';
import type { ModelSpec } from '../../protocol/inference.ts';
import { indexSchema, modelSourceSchema, schemeSchema } from '../../protocol/schemas.ts';
import { messageOf } from '../../core/errorMessage.ts';

const answerFormat = v.picklist(['copyTags', 'entityList']);

/** How a generator is asked, as models/README.md defines it. */
export const promptSchema = v.object({
  answer: answerFormat,
  exampleAnswer: v.optional(answerFormat),
  template: v.string(),
  example: v.string(),
  exampleSeparator: v.string(),
  noExamples: v.optional(v.string()),
  k: indexSchema,
  examples: v.array(v.object({ words: v.array(v.string()), tags: v.array(v.string()) })),
  tagTokens: v.record(v.string(), v.string()),
});

/** One bundled model. `temperature` divides the logits, by scheme; 1 where the manifest does not say. */
const manifestModelSchema = v.object({
  id: v.string(),
  name: v.string(),
  family: modelSourceSchema,
  folder: v.string(),
  dtype: v.picklist(['fp32', 'fp16', 'q8', 'int8', 'q4']),
  schemes: v.pipe(v.array(schemeSchema), v.minLength(1)),
  labels: v.array(v.string()),
  temperature: v.object({ full: v.optional(v.number()), simplified: v.optional(v.number()) }),
  prompt: v.nullable(promptSchema),
  hidden: v.optional(v.array(v.string())),
  files: v.array(v.object({ path: v.string(), bytes: indexSchema, sha256: v.string() })),
  licence: v.optional(v.string()),
});
export type ManifestModel = v.InferOutput<typeof manifestModelSchema>;

const manifestSchema = v.object({ version: v.literal(1), models: v.array(manifestModelSchema) });
export type Manifest = v.InferOutput<typeof manifestSchema>;

/** The file that describes the models of a folder. */
export const MANIFEST_NAME = 'manifest.json';

/** Reads and validates `root`/manifest.json, at once: it is small, and whoever asks for a cached prediction cannot wait. */
export function readManifest(root: string): Result<Manifest, 'manifestMissing' | 'manifestInvalid'> {
  const file = path.join(root, MANIFEST_NAME);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return fail(
      'manifestMissing',
      `${file} cannot be read. Install Entity Lens again, or build the models (models/README.md).`,
    );
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return fail('manifestInvalid', `${file} is no JSON (${messageOf(error)}).`);
  }
  const parsed = v.safeParse(manifestSchema, value);
  if (parsed.success) return ok(parsed.output);
  const issues = parsed.issues.map((issue) => `${v.getDotPath(issue) ?? 'value'}: ${issue.message}`).join('; ');
  return fail('manifestInvalid', `${file}: ${issues}`);
}

/** The model of a family that serves a scheme: one that has the scheme, else (BERT only, whose distribution can be summed) one of the full scheme. */
export function modelFor(manifest: Manifest, source: ModelSource, scheme: Scheme): ManifestModel | undefined {
  const family = manifest.models.filter((model) => model.family === source);
  return (
    family.find((model) => model.schemes.includes(scheme) && model.schemes.length === 1) ??
    family.find((model) => model.schemes.includes(scheme)) ??
    (source === 'bert' ? family.find((model) => model.schemes.includes('full')) : undefined)
  );
}

/** What the model process needs to load a manifest's model that lies under `root`. */
export function specOf(model: ManifestModel, root: string): ModelSpec {
  return {
    id: model.id,
    family: model.family,
    root: path.resolve(root),
    folder: model.folder,
    dtype: model.dtype,
    ...(model.hidden === undefined ? {} : { hidden: model.hidden }),
    files: model.files,
  };
}
