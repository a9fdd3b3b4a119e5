import { existsSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Dtype } from '../node/hub/hubLayout.ts';
import { graphFiles } from '../node/hub/hubLayout.ts';
import { readManifest } from '../node/models/manifest.ts';
import { folderDtypes } from '../node/models/modelChoice.ts';
import { ENGINES, engineFiles } from '../node/serving/engineFiles.ts';
import type { Engine } from '../node/serving/engineFiles.ts';
import { CliError, UsageError } from './io.ts';
import type { CliContext, ExitCode, Verb } from './io.ts';

const usage = `serve-files --model MODEL --for ENGINE --out DIR

Writes what an engine needs to serve a token classifier by the Open Inference Protocol v2, with a README of the commands that start it.

  --model MODEL               a bundled model, such as bert-full, or the folder of one in the layout of transformers.js
  --for ${ENGINES.join('|')}
  --out DIR                   an empty or new folder
  --name NAME                 what the engine calls the model (default: the name of its folder)
  --models DIR                a folder with manifest.json and model folders (default: the bundled models)
`;

async function run(args: readonly string[], context: CliContext): Promise<ExitCode> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      model: { type: 'string' },
      for: { type: 'string' },
      out: { type: 'string' },
      name: { type: 'string' },
      models: { type: 'string' },
    },
  });
  const { model, out } = values;
  const engine = ENGINES.find((one) => one === values.for);
  if (model === undefined) throw new UsageError('--model MODEL is missing.');
  if (engine === undefined)
    throw new UsageError(`--for is ${ENGINES.join(', ')}${values.for === undefined ? '' : `, not “${values.for}”`}.`);
  if (out === undefined) throw new UsageError('--out DIR is missing.');
  const { folder, dtype } = modelAt(model, values.models ?? context.modelsRoot);
  const name = values.name ?? path.basename(folder);
  if (!/^[\w.-]+$/u.test(name)) throw new UsageError(`--name is letters, digits, - _ and ., not “${name}”.`);
  await write(engine, { name, folder, dtype, out });
  context.warn(`${name} for ${engine}: ${out}. README.md there says how to start it.`);
  return 0;
}

/** The `serve-files` command. */
export const serveFiles: Verb = { usage, run };

function modelAt(model: string, root: string): { readonly folder: string; readonly dtype: Dtype } {
  const manifest = readManifest(root);
  const bundled = manifest.ok
    ? manifest.value.models.find((one) => one.id === model || one.folder === model)
    : undefined;
  if (bundled?.family === 't5')
    throw new CliError(
      `${model} generates text, which the Open Inference Protocol does not serve well: use a server with OpenAI's API for it.`,
    );
  if (bundled !== undefined) return { folder: path.join(root, bundled.folder), dtype: bundled.dtype };
  const folder = path.resolve(model);
  if (!existsSync(folder))
    throw new CliError(
      `There is no bundled model and no folder “${model}”${manifest.ok ? '' : `, and ${manifest.message}`}.`,
    );
  const [dtype] = folderDtypes(folder, 'bert');
  if (dtype === undefined)
    throw new CliError(`${folder} has no ${graphFiles('bert', 'fp32').join()}: export it to ONNX.`);
  return { folder, dtype };
}

async function write(
  engine: Engine,
  {
    name,
    folder,
    dtype,
    out,
  }: { readonly name: string; readonly folder: string; readonly dtype: Dtype; readonly out: string },
): Promise<void> {
  if (existsSync(out)) throw new CliError(`${out} is there already: name a new folder.`);
  const { graph, texts } = engineFiles(engine, { name, quantised: dtype !== 'fp32' && dtype !== 'fp16' });
  const [source = ''] = graphFiles('bert', dtype);
  try {
    await mkdir(path.dirname(path.join(out, graph)), { recursive: true });
    await copyFile(path.join(folder, source), path.join(out, graph));
    for (const [file, text] of Object.entries(texts)) {
      await mkdir(path.dirname(path.join(out, file)), { recursive: true });
      await writeFile(path.join(out, file), text);
    }
    // The client cuts words with these; they lie here so that one folder has all that belongs together.
    await mkdir(path.join(out, 'tokenizer'), { recursive: true });
    for (const file of ['config.json', 'tokenizer.json', 'tokenizer_config.json'])
      await copyFile(path.join(folder, file), path.join(out, 'tokenizer', file));
  } catch (error) {
    throw new CliError(`${out} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}
