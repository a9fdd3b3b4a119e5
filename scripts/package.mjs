// npm run package [-- --target PLATFORM-ARCH]: packs the extension for one platform into entity-lens-TARGET-VERSION.vsix.
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { parseJson } from './lib/json.mjs';
import { say, step } from './lib/log.mjs';
import { inRoot } from './lib/paths.mjs';
import { run } from './lib/run.mjs';
import { ensureDependencies, extensionParts, runMain } from './setup.mjs';

/** The platforms for which the model runtime is published. */
const targets = ['linux-x64', 'linux-arm64', 'darwin-arm64', 'win32-x64', 'win32-arm64'];

/** Copied as they are; what does not exist is left out, except the first three. */
const shipped = [
  'README.md',
  'LICENSE',
  'CHANGELOG.md',
  'docs',
  'media',
  'models',
  'samples',
  'syntaxes',
  'walkthrough',
  'l10n',
  'package.nls.json',
];

/** Parts of those folders that only the repository needs. */
const kept = ['models/training'];

/**
 * Copies one package without what only its installation needs.
 * @param {string} name
 * @param {string} folder where packages go
 * @param {(relative: string) => boolean} wanted
 */
const copyPackage = async (name, folder, wanted) => {
  const from = inRoot('node_modules', name);
  await cp(from, path.join(folder, name), {
    recursive: true,
    filter: (source) => wanted(path.relative(from, source).split(path.sep).join('/')),
  });
};

/**
 * The model runtime for one platform: its JavaScript and that platform's library.
 * @param {string} folder
 * @param {string} target
 */
const copyRuntime = async (folder, target) => {
  const native = `bin/napi-v6/${target.replace('-', '/')}`;
  if (!existsSync(inRoot('node_modules', 'onnxruntime-node', native))) {
    throw new Error(`onnxruntime-node holds no ${native}.`);
  }
  await copyPackage('onnxruntime-node', folder, (name) => {
    const isParent = native.startsWith(`${name}/`);
    return name === '' || isParent || name === 'package.json' || name.startsWith('dist') || name.startsWith(native);
  });
  await copyPackage('onnxruntime-common', folder, (name) => name !== 'lib' && !name.startsWith('lib/'));
};

/**
 * The manifest as VS Code needs it: no scripts, and no dependencies, because they are bundled.
 * @param {string} folder
 * @returns {Promise<string>} the version
 */
const copyManifest = async (folder) => {
  const manifest = /** @type {Record<string, unknown>} */ (parseJson(await readFile(inRoot('package.json'), 'utf8')));
  const left = ['scripts', 'dependencies', 'devDependencies', 'private'];
  const fields = Object.fromEntries(Object.entries(manifest).filter(([name]) => !left.includes(name)));
  await writeFile(path.join(folder, 'package.json'), `${JSON.stringify(fields, null, 2)}\n`);
  return String(manifest['version']);
};

/** @param {string} folder */
const copyShipped = async (folder) => {
  const manifest = await readFile(inRoot('package.json'), 'utf8');
  const configurations = [...manifest.matchAll(/"\.\/([\w.-]*language-configuration[\w.-]*\.json)"/g)].map(
    (match) => match[1] ?? '',
  );
  for (const name of [...shipped, ...configurations, '.vscodeignore']) {
    if (!existsSync(inRoot(name))) continue;
    await cp(inRoot(name), path.join(folder, name), {
      recursive: true,
      filter: (source) => !kept.includes(path.relative(inRoot(), source).split(path.sep).join('/')),
    });
  }
};

await runMain(async () => {
  const own = `${process.platform}-${process.arch}`;
  const { values } = parseArgs({ options: { target: { type: 'string', default: own }, out: { type: 'string' } } });
  const target = values.target;
  if (!targets.includes(target)) throw new Error(`No package for ${target}; there are ${targets.join(', ')}.`);
  await ensureDependencies();
  const stage = `out/package-${target}`;
  await rm(inRoot(stage), { recursive: true, force: true });
  await mkdir(inRoot(stage), { recursive: true });
  const version = await copyManifest(inRoot(stage));
  await copyShipped(inRoot(stage));
  await copyRuntime(inRoot(stage, 'dist', 'node_modules'), target);
  await step('Building for production', async () => {
    const build = [inRoot('scripts', 'build.mjs'), ...extensionParts, '--production', '--outdir', `${stage}/dist`];
    const { code, output } = await run(process.execPath, build, { quiet: true });
    if (code !== 0) throw new Error(output);
  });
  const file = path.resolve(values.out ?? inRoot(`entity-lens-${target}-${version}.vsix`));
  await step(`Packing for ${target}`, async () => {
    const vsce = inRoot('node_modules', '@vscode', 'vsce', 'vsce');
    const args = ['package', '--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'];
    const { code, output } = await run(process.execPath, [vsce, ...args, '--target', target, '--out', file], {
      cwd: inRoot(stage),
      quiet: true,
    });
    if (code !== 0) throw new Error(output);
  });
  const megabytes = (await stat(file)).size / 2 ** 20;
  say(`${file}: ${megabytes.toFixed(1)} MB`);
  return 0;
});
