import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

const LEVELS = 3;
const TAG_FIELDS = ['ner_tags', 'tags', 'labels', 'ner'];

/**
 * The names of numbered tags that a dataset folder of Hugging Face gives, in the card (`README.md`) or `dataset_info.json`
 * beside a file or above it; undefined where it gives none.
 */
export function datasetTagNames(file: string): readonly string[] | undefined {
  let folder = path.dirname(path.resolve(file));
  for (let level = 0; level < LEVELS; level++) {
    for (const read of [namesOfCard, namesOfInfo]) {
      const names = read(folder);
      if (names !== undefined) return names;
    }
    folder = path.dirname(folder);
  }
  return undefined;
}

function textAt(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function namesOfCard(folder: string): readonly string[] | undefined {
  const front = /^---\r?\n([\s\S]*?)\r?\n---/.exec(textAt(path.join(folder, 'README.md')) ?? '')?.[1];
  if (front === undefined) return undefined;
  try {
    return namesIn(parse(front));
  } catch {
    return undefined;
  }
}

function namesOfInfo(folder: string): readonly string[] | undefined {
  for (const name of ['dataset_info.json', 'dataset_infos.json']) {
    try {
      const names = namesIn(JSON.parse(textAt(path.join(folder, name)) ?? 'null'));
      if (names !== undefined) return names;
    } catch {
      // Not ours to mend: the tags are then numbers without names, which is told.
    }
  }
  return undefined;
}

/**
 * The names of a ClassLabel under one of the usual fields of tags, wherever it lies in a description: a list of features by
 * name (cards), or features by key (JSON); the names are a list, or keys that are numbers.
 */
export function namesIn(value: unknown): readonly string[] | undefined {
  const found = new Map<string, readonly string[]>();
  collect(value, undefined, found);
  return TAG_FIELDS.map((field) => found.get(field)).find((names) => names !== undefined);
}

function collect(value: unknown, field: string | undefined, found: Map<string, readonly string[]>): void {
  if (Array.isArray(value)) {
    for (const one of value) collect(one, field, found);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  const object = value as Readonly<Record<string, unknown>>;
  const own = typeof object['name'] === 'string' ? object['name'] : field;
  const names = namesOf(object['names']);
  if (names !== undefined && own !== undefined && !found.has(own)) found.set(own, names);
  for (const [key, inner] of Object.entries(object)) collect(inner, TAG_FIELDS.includes(key) ? key : own, found);
}

function namesOf(value: unknown): readonly string[] | undefined {
  if (Array.isArray(value)) return value.every((name) => typeof name === 'string') ? value : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  const entries = Object.entries(value as Readonly<Record<string, unknown>>);
  const names = entries
    .sort(([a], [b]) => Number(a) - Number(b))
    .flatMap(([key, name], index) => (key === String(index) && typeof name === 'string' ? [name] : []));
  return entries.length > 0 && names.length === entries.length ? names : undefined;
}
