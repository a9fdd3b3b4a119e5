import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { readTags } from '../../core/modelTags.ts';
import type { PromptTemplate } from '../../core/prompt.ts';
import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/result.ts';
import type { ModelSource } from '../../core/span.ts';
import type { ModelSpec } from '../../protocol/inference.ts';
import { generalPrompt, GENERAL_LABELS } from './generalPrompt.ts';
import { DTYPES, graphFiles, smallFiles } from '../hub/hubLayout.ts';
import type { Dtype } from '../hub/hubLayout.ts';
import { downloadedFolder, HUB_ID, readRecord } from '../hub/hubStorage.ts';
import { servedKeys, servedModel, servedNames } from '../serving/servedChoice.ts';
import type { ServedModel } from '../serving/servedChoice.ts';
import type { ManifestModel } from './manifest.ts';
import { promptSchema } from './manifest.ts';
import { unfitFor } from './modelFit.ts';

/** A model that the user names for a family: a folder in the library's layout, a hub id such as `Xenova/bert-base-NER`, or a name on a server. */
export const modelChoiceSchema = v.object({
  model: v.pipe(v.string(), v.trim(), v.minLength(1)),
  revision: v.optional(v.string(), 'main'),
  dtype: v.optional(v.picklist(DTYPES)),
  /** From the model's label to ours; `O` drops it. */
  labelMap: v.optional(v.record(v.string(), v.string()), {}),
  /** What a T5 is asked for. */
  labels: v.optional(v.pipe(v.array(v.pipe(v.string(), v.minLength(1))), v.minLength(1))),
  /** How a T5 is asked; a general few-shot prompt where nothing is said. */
  prompt: v.optional(v.partial(promptSchema)),
  ...servedKeys,
});
export type ModelChoice = v.InferOutput<typeof modelChoiceSchema>;

/** A model that can be asked: its description, what the process needs, and how its tags are read (undefined: as they are). */
export interface ResolvedModel {
  readonly model: ManifestModel;
  readonly spec: ModelSpec;
  readonly rename: ((tag: string) => string) | undefined;
  /** The server that answers for it; undefined for a model of this machine. */
  readonly served?: ServedModel | undefined;
}

/** Why a named model cannot be used. */
export type ChoiceReason = 'modelMissing' | 'modelCorrupt' | 'modelUnfit' | 'modelNotDownloaded' | 'choiceInvalid';

/** Reads one model choice from a setting or an option; fails with the path of what is wrong. */
export function readChoice(value: unknown): Result<ModelChoice, 'choiceInvalid'> {
  const parsed = v.safeParse(modelChoiceSchema, value);
  if (parsed.success) return ok(parsed.output);
  const issues = parsed.issues.map((issue) => `${v.getDotPath(issue) ?? 'value'}: ${issue.message}`);
  return fail('choiceInvalid', `the model choice is not understood: ${issues.join('; ')}`);
}

/** The model that a choice names, described from its own files; `storage` is where downloaded models lie. Nothing is fetched. */
export function resolveChoice(
  choice: ModelChoice,
  family: ModelSource,
  storage: string | undefined,
  bundled?: ResolvedModel,
): Result<ResolvedModel, ChoiceReason> {
  const served = servedModel(choice, family);
  if (!served.ok) return served;
  if (served.value !== undefined) return resolveServed(choice, served.value, family, storage, bundled);
  return resolveLocal(choice, family, storage);
}

/** A model on a server: a generator needs nothing here; a classifier's words are cut by a tokenizer of this machine. */
function resolveServed(
  choice: ModelChoice,
  served: ServedModel,
  family: ModelSource,
  storage: string | undefined,
  bundled: ResolvedModel | undefined,
): Result<ResolvedModel, ChoiceReason> {
  const { tokenizer, labelMap, labels, prompt } = choice;
  if (family === 't5') {
    const model: ManifestModel = {
      ...servedNames(served, [labelMap, labels, prompt]),
      ...{ family, folder: '', dtype: 'fp32', files: [], schemes: ['full', 'simplified'], temperature: {} },
      labels: [...(labels ?? GENERAL_LABELS)],
      prompt: promptOf(prompt ?? {}, generalPrompt(labels ?? GENERAL_LABELS)),
    };
    const { id, dtype } = model;
    return ok({ model, spec: { id, family, root: '', folder: '', dtype, files: [] }, rename: undefined, served });
  }
  const base =
    tokenizer === undefined
      ? bundled === undefined
        ? fail('choiceInvalid', 'The tokenizer of the model on the server is missing: name a folder or a hub model.')
        : Object.keys(labelMap).length > 0
          ? fail('choiceInvalid', 'labelMap goes with the tokenizer of the model whose labels it maps: name that.')
          : ok(bundled)
      : resolveLocal({ ...choice, model: tokenizer }, family, storage, true);
  if (!base.ok) return base;
  const { model, spec, rename } = base.value;
  const names = servedNames(served, [model.id, labelMap]);
  const files = spec.files.filter(({ path: file }) => !file.endsWith('.onnx'));
  return ok({ model: { ...model, ...names, files }, spec: { ...spec, id: names.id, files }, rename, served });
}

function resolveLocal(
  choice: ModelChoice,
  family: ModelSource,
  storage: string | undefined,
  tokenizerOnly = false,
): Result<ResolvedModel, ChoiceReason> {
  const found = findModel(choice, family, storage, tokenizerOnly);
  if (!found.ok) return found;
  const { folder, dtype, files, config, name } = found.value;
  const described: Pick<ManifestModel, 'id' | 'name' | 'family' | 'folder' | 'dtype' | 'files'> = {
    // What changes a prediction changes the id, since predictions are remembered by it.
    id: `${name} ${digestOf([folder, dtype, stampsOf(folder, family, dtype), choice.labelMap, choice.labels, choice.prompt])}`,
    name,
    family,
    folder: path.basename(folder),
    dtype,
    files: [...files],
  };
  const spec: ModelSpec = { ...described, root: path.dirname(folder) };
  if (family === 't5') {
    const labels = choice.labels ?? GENERAL_LABELS;
    const model: ManifestModel = {
      ...described,
      schemes: ['full', 'simplified'],
      labels: [...labels],
      temperature: {},
      prompt: promptOf(choice.prompt ?? {}, generalPrompt(labels)),
    };
    return ok({ model, spec, rename: undefined });
  }
  const tags = tagsIn(config);
  if (tags.length === 0)
    return fail('modelUnfit', `${folder}/config.json has no id2label, so the tags of ${name} are unknown.`);
  const reading = readTags(tags, choice.labelMap);
  if (!reading.ok) return fail('modelUnfit', `${name}: ${reading.message}.`);
  const { labels, rename, simplified } = reading.value;
  const model: ManifestModel = {
    ...described,
    schemes: [simplified ? 'simplified' : 'full'],
    labels: [...labels],
    temperature: {},
    prompt: null,
  };
  return ok({ model, spec, rename });
}

/** A classifier's own tags, in the order of its logits, before any label map; empty for a generator. */
export function tagsOfChoice(
  choice: ModelChoice,
  family: ModelSource,
  storage: string | undefined,
): Result<readonly string[], ChoiceReason> {
  const found = findModel(choice, family, storage);
  return found.ok ? ok(family === 'bert' ? tagsIn(found.value.config) : []) : found;
}

type Config = Readonly<Record<string, object | undefined>>;

interface FoundModel extends FoundFolder {
  readonly config: Config;
  readonly name: string;
}

function findModel(
  choice: ModelChoice,
  family: ModelSource,
  storage: string | undefined,
  tokenizerOnly = false,
): Result<FoundModel, ChoiceReason> {
  const place = folderOf(choice, family, storage, tokenizerOnly);
  if (!place.ok) return place;
  const config = readConfig(path.join(place.value.folder, 'config.json'));
  if (!config.ok) return config;
  const name = HUB_ID.test(choice.model) ? choice.model : path.basename(place.value.folder);
  const unfit = unfitFor(family, config.value, name);
  return unfit === undefined ? ok({ ...place.value, config: config.value, name }) : fail('modelUnfit', unfit);
}

function tagsIn(config: Config): readonly string[] {
  return Object.values(config['id2label'] ?? {}).map(String);
}

// What the user leaves out is as in the general prompt.
function promptOf(own: NonNullable<ModelChoice['prompt']>, general: PromptTemplate): ManifestModel['prompt'] {
  const examples = own.examples ?? general.examples;
  return {
    answer: own.answer ?? general.answer,
    exampleAnswer: own.exampleAnswer,
    template: own.template ?? general.template,
    example: own.example ?? general.example,
    exampleSeparator: own.exampleSeparator ?? general.exampleSeparator,
    noExamples: own.noExamples ?? general.noExamples,
    k: own.k ?? examples.length,
    examples: examples.map(({ words, tags }) => ({ words: [...words], tags: [...tags] })),
    tagTokens: own.tagTokens ?? {},
  };
}

/** Sizes and times of the files that make a model: one that was trained again in its folder is another model. */
function stampsOf(folder: string, family: ModelSource, dtype: Dtype): readonly string[] {
  return [...smallFiles(family).map((file) => file.path), ...graphFiles(family, dtype)].map((file) => {
    const found = statSync(path.join(folder, file), { throwIfNoEntry: false });
    return found === undefined ? '' : `${String(found.size)} ${String(found.mtimeMs)}`;
  });
}

function digestOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 8);
}

interface FoundFolder {
  readonly folder: string;
  readonly dtype: Dtype;
  readonly files: ModelSpec['files'];
}

function folderOf(
  choice: ModelChoice,
  family: ModelSource,
  storage: string | undefined,
  tokenizerOnly: boolean,
): Result<FoundFolder, ChoiceReason> {
  if (path.isAbsolute(choice.model)) {
    const folder = path.resolve(choice.model);
    if (!existsSync(folder)) return fail('modelMissing', `The folder ${folder} does not exist.`);
    const dtype = choice.dtype ?? folderDtypes(folder, family)[0] ?? (tokenizerOnly ? 'fp32' : undefined);
    if (dtype === undefined) {
      const wanted = graphFiles(family, 'fp32').join(' and ');
      return fail(
        'modelMissing',
        `${folder} has no ${wanted}, nor the same of another dtype: export the model to ONNX.`,
      );
    }
    return ok({ folder, dtype, files: [] });
  }
  if (!HUB_ID.test(choice.model)) {
    return fail('choiceInvalid', `“${choice.model}” is neither an absolute folder nor a hub id like owner/name.`);
  }
  const folder = storage === undefined ? undefined : downloadedFolder(storage, choice.model, choice.revision);
  const record = folder === undefined ? undefined : readRecord(folder, family, choice.dtype);
  if (folder === undefined || record === undefined) {
    return fail(
      'modelNotDownloaded',
      `${choice.model} is not downloaded. Run “Entity Lens: Select Model…” to download it.`,
    );
  }
  return ok({ folder, dtype: record.dtype, files: record.files });
}

/** The dtypes of the graphs in a folder, the smallest that is sure to run on a processor first. */
export function folderDtypes(folder: string, family: ModelSource): readonly Dtype[] {
  const order: readonly Dtype[] = ['q8', 'int8', 'fp32', 'q4', 'fp16'];
  return order.filter((dtype) => graphFiles(family, dtype).every((file) => existsSync(path.join(folder, file))));
}

function readConfig(file: string): Result<Config, ChoiceReason> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return fail('modelMissing', `${file} is missing or cannot be read.`);
  }
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return ok(value as Config);
  } catch {
    // Told below.
  }
  return fail('modelCorrupt', `${file} holds no JSON object.`);
}
