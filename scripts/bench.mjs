// npm run bench [-- models|editor|score|learning...] [--json] [--seconds N] [--threads N] [--sentences N] [--tokens N]: what the model
// process, a large corpus in the editor, a comparison of two files and learning cost. One JSON object with --json, lines for people otherwise.
import process from 'node:process';
import { parseArgs } from 'node:util';
import { ensureBrowser } from './browser.mjs';
import { parseJson } from './lib/json.mjs';
import { inRoot } from './lib/paths.mjs';
import { run } from './lib/run.mjs';
import { ensureBuild, ensureDependencies, extensionParts, runMain } from './setup.mjs';
import { ensureWorkbench } from './workbench/install.mjs';

/**
 * @param {string} name
 * @param {readonly string[]} options
 * @param {boolean} json
 * @returns {Promise<unknown>} what it measured, with `json`
 */
const measure = async (name, options, json) => {
  const args = ['--import', 'tsx', inRoot('test', 'bench', `${name}.ts`), ...options, ...(json ? ['--json'] : [])];
  const { code, output } = await run(process.execPath, args, { quiet: json });
  if (code !== 0) throw new Error(`The measurement of ${name} failed.\n${output}`);
  return json ? parseJson(output) : undefined;
};

await runMain(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      seconds: { type: 'string' },
      threads: { type: 'string' },
      sentences: { type: 'string' },
      tokens: { type: 'string' },
    },
  });
  const unknown = positionals.filter((name) => !['models', 'editor', 'score', 'learning'].includes(name));
  if (unknown.length > 0)
    throw new Error(`No bench ${unknown.join(', ')}; there are models, editor, score and learning.`);
  const wanted = (/** @type {string} */ name) => positionals.length === 0 || positionals.includes(name);
  /** @param {'seconds' | 'threads' | 'sentences' | 'tokens'} name */
  const option = (name) => (values[name] === undefined ? [] : [`--${name}`, values[name]]);
  await ensureDependencies();
  /** @type {Record<string, unknown>} */
  const figures = {};
  if (wanted('models')) {
    await ensureBuild(['inference']);
    figures['models'] = await measure('models', [...option('threads'), ...option('sentences')], values.json);
  }
  if (wanted('editor')) {
    await ensureBuild([...extensionParts, 'bench']);
    await ensureBrowser();
    await ensureWorkbench();
    figures['editor'] = await measure('editor', option('seconds'), values.json);
  }
  if (wanted('score')) figures['score'] = await measure('score', option('tokens'), values.json);
  if (wanted('learning')) {
    await ensureBuild(['inference']);
    figures['learning'] = await measure('learning', [], values.json);
  }
  if (values.json) process.stdout.write(`${JSON.stringify(figures)}\n`);
});
