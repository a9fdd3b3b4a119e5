import { existsSync } from 'node:fs';
import { mkdir, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Prediction } from '../core/prediction.ts';
import type { Scheme } from '../core/scheme.ts';
import type { ModelSource } from '../core/span.ts';
import type { DiskFile } from '../node/corpus/diskCorpus.ts';
import { reportModels } from '../node/models/reportModels.ts';
import type { Predictor } from '../node/models/predictor.ts';
import type { OpenFile } from '../node/shards/shardRun.ts';
import type { Run } from '../node/shards/records.ts';
import type { PredictorChoices } from './choices.ts';
import { CliError } from './io.ts';
import type { CliContext } from './io.ts';
import { predictAll } from './predictAll.ts';
import { toolVersion } from './toolVersion.ts';

/** True for a folder. Throws CliError where nothing is there. */
export async function isFolder(target: string): Promise<boolean> {
  const found = await stat(target).catch(() => undefined);
  if (found === undefined) throw new CliError(`${target}: there is no such file or folder.`);
  return found.isDirectory();
}

/** Throws CliError where results would lie among what they are made from. */
export function expectApart(corpus: string, out: string): void {
  const way = path.relative(path.resolve(corpus), path.resolve(out));
  if (way === '' || (way !== '..' && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way)))
    throw new CliError(`--out ${out} lies in ${corpus}: choose a folder outside of it.`);
}

/** The files of a folder that `wanted` takes, in order, named by their path from the folder on; hidden folders are left out. */
export async function filesIn(
  folder: string,
  wanted: (name: string, siblings: ReadonlySet<string>) => boolean,
): Promise<readonly DiskFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'));
  const all = new Set(names);
  return names
    .filter((name) => !/(?:^|\/)(?:node_modules|\.[^/]+)\//u.test(name) && wanted(name, all))
    .sort()
    .map((name) => ({ name, path: path.join(folder, name) }));
}

/** What makes results comparable, for the model that a predictor asks. */
export async function describeRun(
  command: Run['command'],
  predictor: Predictor,
  system: ModelSource,
  scheme: Scheme,
  { own, asking }: PredictorChoices,
  context: CliContext,
  format: string | undefined,
): Promise<Run> {
  const systems = [{ name: system, source: system, asked: scheme }];
  const [model] = await reportModels(predictor.use.bind(predictor), [{ scheme, systems }]);
  const { labelMap, labels, prompt } = own?.choices[system] ?? {};
  return {
    ...{ command, system, scheme },
    tool: await toolVersion(context.modelsRoot),
    labels: [...predictor.labels(system)],
    model: { name: model?.name ?? system, files: (model?.files ?? []).map((file) => ({ ...file })) },
    choices: JSON.stringify({ ...asking, labelMap, labels, prompt, format }),
  };
}

/** The predictions of the sentences of several files, asked for together, with each file's share of the time. */
export async function predictFiles<Content extends { readonly words: readonly (readonly string[])[] }>(
  predictor: Predictor,
  system: ModelSource,
  scheme: Scheme,
  files: readonly OpenFile<Content>[],
  context: CliContext,
): Promise<readonly { readonly predictions: readonly Prediction[]; readonly seconds: number }[]> {
  const words = files.flatMap(({ content }) => content.words);
  const quiet = { ...context, progress: () => undefined, clearProgress: () => undefined };
  const { predictions, seconds } = await predictAll(predictor, system, scheme, words, quiet, '');
  let next = 0;
  return files.map(({ content }) => {
    const part = predictions.slice(next, next + content.words.length);
    next += content.words.length;
    return { predictions: part, seconds: words.length === 0 ? 0 : (seconds * part.length) / words.length };
  });
}

/** How often each kind of failure came, in the order of their names. */
export function failuresOf(predictions: readonly Prediction[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const { failures } of predictions)
    for (const { kind } of failures) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Reads a file's content for a run; what is wrong with it becomes a message. */
export async function readOrTell<Content extends { readonly words: readonly (readonly string[])[] }>(
  read: () => Promise<Content>,
): Promise<{ readonly content: Content; readonly sentences: number } | string> {
  try {
    const content = await read();
    return { content, sentences: content.words.length };
  } catch (error) {
    if (error instanceof CliError) return error.message;
    throw error;
  }
}

/**
 * Makes a folder of results, in which `mark` is a folder of ours. Throws CliError where there are other files in it, so that nothing
 * of somebody else's is replaced.
 */
export async function claimFolder(out: string, mark: string): Promise<void> {
  if (existsSync(out) && !(await isFolder(out))) throw new CliError(`--out ${out} is a file; name a folder.`);
  const names = await readdir(out).catch((): string[] => []);
  if (names.length > 0 && !names.includes(mark))
    throw new CliError(`--out ${out} holds other files (${names[0] ?? ''}): name a folder that is empty or new.`);
  await mkdir(path.join(out, mark), { recursive: true });
}
