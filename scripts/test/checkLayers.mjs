// Checks who imports whom, and first that the rules really catch what they forbid.
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { cruise } from 'dependency-cruiser';
import { inRoot, root } from '../lib/paths.mjs';

/** @typedef {{ rule: string, from: string, to: string }} Violation */
/** @typedef {import('dependency-cruiser').IForbiddenRuleType} Rule */
/** @typedef {{ forbidden: Rule[], options: import('dependency-cruiser').ICruiseOptions }} LayerRules */

const folders = ['src', 'webview'];

/**
 * @param {string} base folder that holds `src` and `webview`
 * @returns {Promise<Violation[]>}
 */
export const violationsIn = async (base) => {
  /** @type {unknown} */
  const rules = createRequire(import.meta.url)('../../.dependency-cruiser.cjs');
  const { forbidden, options } = /** @type {LayerRules} */ (rules);
  const { output } = await cruise(folders, { ...options, baseDir: base, validate: true, ruleSet: { forbidden } });
  if (typeof output === 'string') throw new Error('dependency-cruiser gave text instead of a result');
  return output.summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to }));
};

/**
 * Imports that must be caught, with the rule that must catch them.
 * @type {{ file: string, imports: string, rule: string }[]}
 */
const forbiddenImports = [
  { file: 'src/core/a.ts', imports: "import '../protocol/target.ts';", rule: 'core-imports' },
  { file: 'src/core/b.ts', imports: "import type { Uri } from 'vscode';", rule: 'core-imports' },
  { file: 'src/core/c.ts', imports: "import 'node:fs';", rule: 'core-node' },
  { file: 'src/core/d.ts', imports: "import 'valibot';", rule: 'core-imports' },
  { file: 'src/protocol/a.ts', imports: "import '../extension/target.ts';", rule: 'protocol-imports' },
  { file: 'src/protocol/b.ts', imports: "import 'vscode';", rule: 'protocol-imports' },
  { file: 'src/inference/a.ts', imports: "import '../extension/target.ts';", rule: 'inference-imports' },
  { file: 'src/inference/b.ts', imports: "import 'vscode';", rule: 'inference-imports' },
  { file: 'src/extension/a.ts', imports: "import '@huggingface/transformers';", rule: 'extension-imports' },
  { file: 'src/extension/b.ts', imports: "import '../inference/target.ts';", rule: 'extension-imports' },
  { file: 'src/extension/c.ts', imports: "import '../../webview/target.ts';", rule: 'extension-imports' },
  { file: 'src/cli/a.ts', imports: "import '../extension/target.ts';", rule: 'cli-imports' },
  { file: 'src/cli/b.ts', imports: "import '../inference/target.ts';", rule: 'cli-imports' },
  { file: 'src/node/a.ts', imports: "import '../extension/target.ts';", rule: 'node-imports' },
  { file: 'src/node/b.ts', imports: "import 'vscode';", rule: 'node-imports' },
  { file: 'webview/a.ts', imports: "import '../src/extension/target.ts';", rule: 'webview-imports' },
  { file: 'webview/b.ts', imports: "import 'vscode';", rule: 'webview-imports' },
  { file: 'webview/c.ts', imports: "import 'node:path';", rule: 'webview-node' },
  {
    file: 'src/core/ring1.ts',
    imports: "import { two } from './ring2.ts'; export const one = () => two;",
    rule: 'no-cycles',
  },
  {
    file: 'src/core/typeRing1.ts',
    imports: "import type { Two } from './typeRing2.ts'; export interface One { readonly two: Two }",
    rule: 'no-cycles',
  },
  {
    file: 'src/extension/base/upstairs.ts',
    imports: "import type { Target } from '../target.ts'; export type Used = Target;",
    rule: 'extension-base',
  },
  { file: 'src/extension/elsewhere/a.ts', imports: "import '../base/target.ts';", rule: 'extension-rooms' },
  { file: 'webview/shared/a.ts', imports: "import '../panel/target.ts';", rule: 'webview-shared' },
  {
    file: 'webview/panel/a.ts',
    imports: "import type { Target } from '../evaluation/target.ts'; export type Used = Target;",
    rule: 'webview-panel',
  },
  { file: 'webview/evaluation/a.ts', imports: "import '../panel/target.ts';", rule: 'webview-evaluation' },
  { file: 'webview/elsewhere/a.ts', imports: "import '../shared/target.ts';", rule: 'webview-rooms' },
  { file: 'src/core/lost.ts', imports: "import './absent.ts';", rule: 'resolvable' },
];

/**
 * For each room of the extension one that it must not know: its neighbour on the same floor, or the next floor.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
const FORBIDDEN_ROOMS = {
  base: ['settings', 'document'],
  settings: ['base', 'document'],
  document: ['prediction', 'decisions'],
  prediction: ['decisions', 'models'],
  decisions: ['figures', 'review'],
  figures: ['decisions', 'panel'],
  models: ['corpus', 'editor'],
  corpus: ['search', 'figures'],
  review: ['search', 'editor', 'panel', 'figures'],
  search: ['review', 'panel'],
  exchange: ['evaluation', 'corpus', 'editor'],
  evaluation: ['panel', 'search', 'corpus'],
  compare: ['review', 'editor'],
  editor: ['panel', 'figures'],
  panel: ['editor', 'evaluation'],
};

for (const [room, others] of Object.entries(FORBIDDEN_ROOMS))
  for (const other of others) {
    const imports = `import type { Target } from '../${other}/target.ts'; export type Used = Target;`;
    forbiddenImports.push({ file: `src/extension/${room}/to-${other}.ts`, imports, rule: `extension-${room}` });
  }

/** Imports that must pass, so that the rules do not catch everything either. */
const allowedImports = {
  'src/core/ok.ts': "import './target.ts';",
  'src/core/ring2.ts': "import { one } from './ring1.ts'; export const two = () => one;",
  'src/core/typeRing2.ts': "import type { One } from './typeRing1.ts'; export interface Two { readonly one: One }",
  'src/protocol/ok.ts': "import 'valibot'; import '../core/target.ts';",
  'src/inference/ok.ts': "import 'node:fs'; import '../core/target.ts'; import '../protocol/target.ts';",
  'src/inference/models.ts': "import '@huggingface/transformers';",
  'src/node/ok.ts': "import 'node:fs'; import '../protocol/target.ts';",
  'src/extension/ok.ts': "import 'vscode'; import 'node:path'; import '../node/target.ts';",
  'src/cli/ok.ts': "import 'node:fs'; import '../node/target.ts'; import '../core/target.ts';",
  'src/extension/document/ok.ts': "import '../base/target.ts'; import '../settings/target.ts';",
  'src/extension/search/ok.ts': "import '../corpus/target.ts'; import '../decisions/target.ts';",
  'src/extension/panel/ok.ts': "import '../review/target.ts'; import '../figures/target.ts';",
  'src/extension/commandsOk.ts': "import './panel/target.ts'; import './editor/target.ts';",
  'webview/panel/ok.ts': "import '../shared/target.ts';",
  'webview/evaluation/ok.ts': "import '../shared/target.ts';",
  'webview/ok.ts': "import 'lit'; import '../src/protocol/target.ts';",
  'src/core/target.ts': 'export {};',
  'src/protocol/target.ts': 'export {};',
  'src/node/target.ts': 'export {};',
  'src/inference/target.ts': 'export {};',
  'src/extension/target.ts': 'export interface Target {}',
  ...Object.fromEntries(
    Object.keys(FORBIDDEN_ROOMS).map((room) => [`src/extension/${room}/target.ts`, 'export interface Target {}']),
  ),
  'webview/shared/target.ts': 'export {};',
  'webview/panel/target.ts': 'export {};',
  'webview/evaluation/target.ts': 'export interface Target {}',
  'webview/target.ts': 'export {};',
};

/**
 * Runs the rules over a small tree of good and bad files.
 * @returns {Promise<string[]>} what the rules got wrong
 */
export const mistakesOfRules = async () => {
  const base = await mkdtemp(path.join(os.tmpdir(), 'entity-lens-layers-'));
  try {
    await symlink(inRoot('node_modules'), path.join(base, 'node_modules'), 'junction');
    await writeFile(path.join(base, 'tsconfig.base.json'), '{}');
    const bad = Object.fromEntries(forbiddenImports.map(({ file, imports }) => [file, imports]));
    for (const [file, text] of Object.entries({ ...allowedImports, ...bad })) {
      await mkdir(path.dirname(path.join(base, file)), { recursive: true });
      await writeFile(path.join(base, file), `${text}\n`);
    }
    const found = await violationsIn(base);
    const missed = forbiddenImports
      .filter(({ file, rule }) => !found.some((violation) => violation.from === file && violation.rule === rule))
      .map(({ file, imports, rule }) => `${rule} does not catch ${imports} in ${file}`);
    const wrong = found
      .filter(({ from, rule }) => Object.hasOwn(allowedImports, from) && rule !== 'no-cycles')
      .map(({ rule, from, to }) => `${rule} refuses ${to} in ${from}, which is allowed`);
    return [...missed, ...wrong];
  } finally {
    await rm(base, { recursive: true, force: true });
  }
};

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(path.resolve(process.argv[1])).href) {
  const mistakes = await mistakesOfRules();
  for (const mistake of mistakes) console.error(`The layer rules are broken: ${mistake}`);
  const violations = await violationsIn(root);
  for (const { rule, from, to } of violations) console.error(`${rule}: ${from} → ${to}`);
  process.exitCode = mistakes.length + violations.length > 0 ? 1 : 0;
}
