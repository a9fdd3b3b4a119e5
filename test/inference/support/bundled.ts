import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadModel, useLocalFilesOnly } from '../../../src/inference/modelStore.ts';
import type { LoadedModel } from '../../../src/inference/modelStore.ts';
import { modelFor, readManifest, specOf } from '../../../src/node/models/manifest.ts';
import type { ManifestModel } from '../../../src/node/models/manifest.ts';
import type { Scheme } from '../../../src/core/scheme.ts';

export const repository = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
export const modelsRoot = path.join(repository, 'models');
export const processEntry = path.join(repository, 'dist', 'inference.mjs');

/** A model of the manifest in models/. */
export function bundled(source: 'bert' | 't5', scheme: Scheme = 'full'): ManifestModel {
  const manifest = readManifest(modelsRoot);
  if (!manifest.ok) throw new Error(manifest.message);
  const model = modelFor(manifest.value, source, scheme);
  if (model === undefined) throw new Error(`models/manifest.json names no ${source} for the ${scheme} scheme`);
  return model;
}

const loading = new Map<string, Promise<LoadedModel>>();

async function loaded(source: 'bert' | 't5'): Promise<LoadedModel> {
  useLocalFilesOnly();
  const known = loading.get(source) ?? loadModel(specOf(bundled(source), modelsRoot), 1);
  loading.set(source, known);
  return known;
}

/** The bundled classifier, loaded into this process once. */
export async function classifier(): Promise<LoadedModel & { family: 'bert' }> {
  const model = await loaded('bert');
  if (model.family !== 'bert') throw new Error('not a classifier');
  return model;
}

/** The bundled generator, loaded into this process once. */
export async function generator(): Promise<LoadedModel & { family: 't5' }> {
  const model = await loaded('t5');
  if (model.family !== 't5') throw new Error('not a generator');
  return model;
}

/** Ordinary sentences of different lengths. */
export const sentences: readonly (readonly string[])[] = [
  'Angela Merkel flew from Berlin to Paris on Friday .',
  'It rained all day .',
  'Apple and Microsoft opened offices in New York City , officials said .',
  'The United Nations asked Kofi Annan to speak in Geneva about the war in the Democratic Republic of Congo , Reuters reported from Addis Ababa on Tuesday .',
  'Yes !',
  "She does n't like the new mayor , a former teacher at Oxford University .",
].map((text) => text.split(' '));
