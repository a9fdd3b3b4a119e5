// Bundles the extension, the model process, the command line, the panel's page and the extension host's tests and bench.
// node scripts/build.mjs [extension] [inference] [cli] [webview] [tests] [bench] [--production] [--watch] [--outdir DIR]
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';
import { inRoot, root } from './lib/paths.mjs';
import { writeLicences } from './licences.mjs';

/** @typedef {'extension' | 'inference' | 'cli' | 'webview' | 'tests' | 'bench'} Part */
/** @typedef {{ production: boolean, outdir: string }} Mode */

/** @type {readonly Part[]} */
const allParts = ['extension', 'inference', 'cli', 'webview', 'tests', 'bench'];

/** Parts that are built only when they are named. @type {readonly Part[]} */
const developmentParts = ['tests', 'bench'];

/** Native, so it cannot be bundled: it is found in node_modules (or dist/node_modules of a packed extension). */
const nativePackages = ['onnxruntime-node', 'onnxruntime-common'];

/**
 * @param {Mode} mode
 * @returns {esbuild.BuildOptions}
 */
const common = ({ production }) => ({
  absWorkingDir: root,
  bundle: true,
  logLevel: 'warning',
  // They go into one file of their own; see licences.mjs.
  legalComments: 'none',
  minify: production,
  sourcemap: !production,
  // Readable stack traces in the packed extension's log cost few bytes.
  keepNames: production,
});

/**
 * ESM bundles still hold CommonJS packages that call `require`.
 * @type {esbuild.BuildOptions}
 */
const nodeModule = {
  platform: 'node',
  format: 'esm',
  target: 'node20',
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module';\nconst require = __createRequire(import.meta.url);",
  },
};

/** @type {esbuild.BuildOptions} */
const nodeScript = { platform: 'node', format: 'cjs', target: 'node20' };

/**
 * @param {Part} part
 * @param {Mode} mode
 * @returns {Promise<esbuild.BuildOptions[]>}
 */
const optionsOf = async (part, mode) => {
  const base = common(mode);
  switch (part) {
    case 'extension':
      return [
        {
          ...base,
          ...nodeScript,
          entryPoints: ['src/extension/extension.ts'],
          outfile: `${mode.outdir}/extension.cjs`,
          external: ['vscode'],
        },
      ];
    case 'inference':
      return [
        {
          ...base,
          ...nodeModule,
          entryPoints: ['src/inference/main.ts'],
          outfile: `${mode.outdir}/inference.mjs`,
          external: nativePackages,
          // The library imports an image decoder that text never needs.
          alias: { sharp: './scripts/noImages.mjs' },
        },
        {
          ...base,
          ...nodeModule,
          entryPoints: ['src/node/learning/worker.ts'],
          outfile: `${mode.outdir}/learning.mjs`,
        },
      ];
    case 'cli':
      return [
        {
          ...base,
          ...nodeModule,
          // Only the command that is called is loaded; what several need lies in files of their own.
          entryPoints: { cli: 'src/cli/main.ts' },
          splitting: true,
          outdir: mode.outdir,
          outExtension: { '.js': '.mjs' },
          chunkNames: 'cli/[name]-[hash]',
          external: nativePackages,
        },
      ];
    case 'webview':
      return [
        {
          ...base,
          platform: 'browser',
          format: 'iife',
          target: ['chrome120'],
          entryPoints: { panel: 'webview/panel/main.ts', evaluation: 'webview/evaluation/main.ts' },
          outdir: `${mode.outdir}/webview`,
          define: { 'process.env.NODE_ENV': mode.production ? '"production"' : '"development"' },
        },
        {
          ...base,
          entryPoints: ['webview/panel.css', 'webview/evaluation.css'],
          outdir: `${mode.outdir}/webview`,
          loader: { '.svg': 'dataurl', '.ttf': 'dataurl' },
        },
      ];
    case 'tests':
      return [
        {
          ...base,
          ...nodeScript,
          entryPoints: await hostTestEntries(),
          outdir: `${mode.outdir}/test/extension-host`,
          outExtension: { '.js': '.cjs' },
          external: ['vscode', 'mocha'],
        },
      ];
    case 'bench':
      return [
        {
          ...base,
          ...nodeScript,
          entryPoints: ['test/bench/editor/index.ts'],
          outfile: `${mode.outdir}/bench/index.cjs`,
          external: ['vscode'],
        },
      ];
  }
};

/** The suites that run inside the extension host, with the module that starts mocha there. */
const hostTestEntries = async () => {
  const folder = 'test/extension-host';
  const names = await readdir(inRoot(folder)).catch(() => []);
  const suites = names.filter((name) => name.endsWith('.test.ts')).sort();
  return [`${folder}/index.ts`, ...suites.map((name) => `${folder}/${name}`)];
};

/** @param {esbuild.BuildOptions} options */
const entryNames = (options) =>
  Array.isArray(options.entryPoints)
    ? options.entryPoints.map(String)
    : Object.values(options.entryPoints ?? {}).map(String);

/**
 * @param {readonly Part[]} parts
 * @param {Mode} mode
 * @returns {Promise<esbuild.BuildOptions[]>}
 */
const plan = async (parts, mode) => {
  const builds = (await Promise.all(parts.map((part) => optionsOf(part, mode)))).flat();
  const missing = builds.flatMap(entryNames).filter((name) => !existsSync(inRoot(name)));
  if (missing.length > 0) throw new Error(missing.map((name) => `The source ${name} does not exist.`).join('\n'));
  return builds;
};

/**
 * Builds the given parts once.
 * @param {readonly Part[]} parts
 * @param {Mode} mode
 */
export const build = async (parts, mode) => {
  const builds = await plan(parts, mode);
  const results = await Promise.all(
    builds.map((options) => esbuild.build({ ...options, write: false, metafile: true })),
  );
  const files = results.flatMap((result) => result.outputFiles);
  for (const file of files) await replaceFile(file.path, file.contents);
  if (parts.includes('tests'))
    await removeOthers(inRoot(mode.outdir, 'test', 'extension-host'), new Set(files.map((file) => file.path)));
  if (parts.includes('cli')) await removeOthers(inRoot(mode.outdir, 'cli'), new Set(files.map((file) => file.path)));
  if (mode.production) {
    const bundled = results.flatMap((result) => Object.keys(result.metafile.inputs));
    const beside = nativePackages.map((name) => `node_modules/${name}/package.json`);
    await writeLicences([...bundled, ...beside], inRoot(mode.outdir, 'THIRD-PARTY-LICENCES.txt'));
  }
};

/**
 * A suite that was deleted must not go on running, and a part of an old bundle must not stay.
 * @param {string} folder
 * @param {ReadonlySet<string>} built
 */
const removeOthers = async (folder, built) => {
  for (const name of await readdir(folder)) {
    if (!built.has(path.join(folder, name))) await rm(path.join(folder, name));
  }
};

/**
 * Whoever loads a bundle while it is built again gets the old or the new one, never a part.
 * @param {string} file
 * @param {Uint8Array} contents
 */
const replaceFile = async (file, contents) => {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(`${file}.${process.pid}`, contents);
  await rename(`${file}.${process.pid}`, file);
};

/**
 * Builds again at every change until the process is ended.
 * @param {readonly Part[]} parts
 * @param {Mode} mode
 */
const watch = async (parts, mode) => {
  /** @type {esbuild.Plugin} */
  const reporter = {
    name: 'report',
    setup: (builder) => {
      builder.onStart(() => {
        console.log('[watch] build started');
      });
      builder.onEnd((result) => {
        console.log(`[watch] build finished, ${result.errors.length} errors`);
      });
    },
  };
  const contexts = await Promise.all(
    (await plan(parts, mode)).map((options) => esbuild.context({ ...options, plugins: [reporter] })),
  );
  await Promise.all(contexts.map((context) => context.watch()));
};

const main = async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      production: { type: 'boolean', default: false },
      watch: { type: 'boolean', default: false },
      outdir: { type: 'string', default: 'dist' },
    },
  });
  const unknown = positionals.filter((name) => !allParts.some((part) => part === name));
  if (unknown.length > 0) throw new Error(`Unknown part ${unknown.join(', ')}; there are ${allParts.join(', ')}.`);
  const chosen = allParts.filter((part) => positionals.includes(part));
  const parts = chosen.length > 0 ? chosen : allParts.filter((part) => !developmentParts.includes(part));
  if (values.watch) await watch(parts, values);
  else await build(parts, values);
};

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(path.resolve(process.argv[1])).href) {
  try {
    await main();
  } catch (error) {
    // esbuild has already printed what it found wrong in a source.
    if (!(error instanceof Error && 'errors' in error)) {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    }
    process.exitCode = 1;
  }
}
