import { readdir } from 'node:fs/promises';
import process from 'node:process';
import { inRoot } from '../lib/paths.mjs';

/** @typedef {'build' | 'browser' | 'workbench'} Need what must be there before a layer can run */

/**
 * @typedef {object} Check one program whose success counts as one passed test
 * @property {'check'} kind
 * @property {string} name
 * @property {readonly string[]} program arguments for Node
 * @property {number} minutes time limit
 */

/**
 * @typedef {object} Suites mocha suites in a child process of their own
 * @property {'suites'} kind
 * @property {string} name
 * @property {string} folder
 * @property {readonly Need[]} needs
 * @property {number} minutes time limit of the whole layer
 * @property {number} testSeconds time limit of a test that sets none
 */

/**
 * @typedef {object} Host mocha suites inside VS Code's extension host
 * @property {'host'} kind
 * @property {string} name
 * @property {readonly Need[]} needs
 * @property {number} minutes
 */

/** @typedef {Check | Suites | Host} Layer */

/**
 * @param {string} name
 * @param {readonly string[]} program
 * @returns {Layer}
 */
const check = (name, program) => ({ kind: 'check', name, program, minutes: 8 });

/**
 * @param {string} name
 * @param {Partial<Suites>} [options]
 * @returns {Layer}
 */
const suites = (name, options = {}) => ({
  kind: 'suites',
  name,
  folder: `test/${name}`,
  needs: [],
  minutes: 10,
  testSeconds: 20,
  ...options,
});

/**
 * Every layer of tests, cheap ones first, so that a simple mistake is seen at once.
 * @type {readonly Layer[]}
 */
export const layers = [
  check('types', ['node_modules/typescript/bin/tsc', '-b']),
  check('lint', ['node_modules/eslint/bin/eslint.js', '.']),
  check('format', ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.']),
  check('layers', ['scripts/test/checkLayers.mjs']),
  suites('core'),
  suites('protocol'),
  suites('extension'),
  suites('scripts'),
  suites('node', { needs: ['build'], testSeconds: 60 }),
  suites('inference', { needs: ['build'], testSeconds: 60 }),
  suites('cli', { needs: ['build'], testSeconds: 60 }),
  suites('serving', { needs: ['build'], minutes: 15, testSeconds: 60 }),
  suites('webview', { needs: ['build', 'browser'], testSeconds: 60 }),
  { kind: 'host', name: 'extension-host', needs: ['build', 'browser', 'workbench'], minutes: 10 },
  suites('workbench', { needs: ['build', 'browser', 'workbench'], minutes: 20, testSeconds: 120 }),
];

/**
 * The layers with the given names, in their own order; all without a name.
 * @param {readonly string[]} names
 * @returns {readonly Layer[]}
 */
export const chooseLayers = (names) => {
  const unknown = names.filter((name) => !layers.some((layer) => layer.name === name));
  if (unknown.length > 0) {
    throw new Error(`No layer ${unknown.join(', ')}; there are ${layers.map((layer) => layer.name).join(', ')}.`);
  }
  return names.length === 0 ? layers : layers.filter((layer) => names.includes(layer.name));
};

/**
 * The suites below a folder.
 * @param {string} folder relative to the repository's root
 * @returns {Promise<string[]>}
 */
const suiteFiles = async (folder) => {
  const names = await readdir(inRoot(folder), { recursive: true }).catch(() => []);
  return names
    .filter((name) => name.endsWith('.test.ts'))
    .sort()
    .map((name) => inRoot(folder, name));
};

/**
 * The arguments with which Node runs a layer.
 * @param {Layer} layer
 * @param {{ resultsFile: string, grep?: string | undefined }} run
 * @returns {Promise<string[]>}
 */
export const nodeArguments = async (layer, { resultsFile, grep }) => {
  if (layer.kind === 'check') return [...layer.program];
  const pattern = grep === undefined ? [] : ['--grep', grep];
  const common = ['--import', 'tsx'];
  if (layer.kind === 'host') {
    const limit = ['--seconds', String(layer.minutes * 60 - 15)];
    return [...common, inRoot('test', 'extension-host', 'run.ts'), '--results', resultsFile, ...limit, ...pattern];
  }
  const limit = ['--timeout', String(layer.testSeconds * 1000)];
  const files = await suiteFiles(layer.folder);
  return [...common, inRoot('test', 'support', 'main.ts'), '--results', resultsFile, ...limit, ...pattern, ...files];
};

/** Where Node is, for a layer's child process. */
export const nodeProgram = process.execPath;
