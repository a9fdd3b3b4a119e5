import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { parseJson } from './lib/json.mjs';
import { step } from './lib/log.mjs';
import { inRoot, root } from './lib/paths.mjs';
import { npmCommand, run } from './lib/run.mjs';

/** @typedef {{ version?: string, integrity?: string, link?: boolean, optional?: boolean }} LockedPackage */
/** @typedef {{ packages?: Record<string, LockedPackage> }} Lockfile */

/**
 * Whether the installed packages are those of the lockfile. Packages that are optional may be missing: they belong to
 * other platforms.
 * @param {Lockfile} wanted package-lock.json
 * @param {Lockfile} installed node_modules/.package-lock.json, which npm writes when an install is complete
 */
export const isInstalled = (wanted, installed) =>
  Object.entries(wanted.packages ?? {}).every(([name, entry]) => {
    if (name === '') return true;
    const found = installed.packages?.[name];
    if (found === undefined) return entry.optional === true;
    return found.version === entry.version && (entry.integrity ?? found.integrity) === found.integrity;
  });

/**
 * @param {string} file
 * @returns {Promise<Lockfile | undefined>}
 */
const readLock = async (file) => {
  try {
    return /** @type {Lockfile} */ (parseJson(await readFile(file, 'utf8')));
  } catch {
    return undefined;
  }
};

/** Installs the packages of the lockfile unless they are already there. */
export const ensureDependencies = async () => {
  const wanted = await readLock(inRoot('package-lock.json'));
  if (wanted === undefined) throw new Error('package-lock.json is missing or damaged: check the clone out again.');
  const installed = await readLock(inRoot('node_modules', '.package-lock.json'));
  if (installed !== undefined && isInstalled(wanted, installed)) return;
  await step('Installing the packages of package-lock.json (npm ci)', async () => {
    const call = npmCommand(['ci', '--no-audit', '--no-fund', '--loglevel=error']);
    const result = await run(call.command, call.args, { quiet: true });
    if (result.code !== 0) throw new Error(`npm ci failed:\n${result.output.trim()}`);
  });
};

/**
 * Name, size and time of every file below the given folders and files, as one digest: it changes when a source is
 * edited, added or removed.
 * @param {readonly string[]} names relative to the repository's root
 */
export const fingerprint = async (names) => {
  /** @type {string[]} */
  const lines = [];
  /** @param {string} name */
  const visit = async (name) => {
    const info = await stat(inRoot(name)).catch(() => undefined);
    if (info === undefined) return;
    if (!info.isDirectory()) {
      lines.push(`${name.split(path.sep).join('/')} ${info.size} ${info.mtimeMs}`);
      return;
    }
    for (const child of await readdir(inRoot(name))) await visit(path.join(name, child));
  };
  for (const name of names) await visit(name);
  return createHash('sha256').update(lines.sort().join('\n')).digest('hex');
};

const sources = ['src', 'webview', 'scripts/build.mjs', 'package-lock.json', 'tsconfig.base.json'];
const hostTests = ['test/host', 'test/support'];

/**
 * Builds what is out of date.
 * @param {{ tests?: boolean }} [options] whether the bundle of the extension host's tests is wanted too
 */
export const ensureBuild = async (options = {}) => {
  const parts = options.tests
    ? ['extension', 'inference', 'cli', 'webview', 'tests']
    : ['extension', 'inference', 'cli', 'webview'];
  const print = await fingerprint(options.tests ? [...sources, ...hostTests] : sources);
  const stamp = inRoot('dist', `.built-${options.tests ? 'with' : 'without'}-tests`);
  if ((await readFile(stamp, 'utf8').catch(() => '')) === print) return;
  await step('Building', async () => {
    const result = await run(process.execPath, [inRoot('scripts', 'build.mjs'), ...parts], { quiet: true });
    if (result.code !== 0) throw new Error(`The build failed:\n${result.output.trim()}`);
  });
  await mkdir(path.dirname(stamp), { recursive: true });
  await writeFile(`${stamp}.${process.pid}`, print);
  await rename(`${stamp}.${process.pid}`, stamp);
};

/** The oldest Node that the packages run on. */
export const oldestNode = 20;

/** Stops with a sentence instead of a stack trace when Node is too old. */
export const checkNode = (version = process.versions.node) => {
  if (Number(version.split('.')[0]) >= oldestNode) return;
  throw new Error(`Entity Lens needs Node ${oldestNode} or newer; this is ${version}. See https://nodejs.org.`);
};

/**
 * Runs a command's main function; an error becomes one message and exit code 1.
 * @param {() => Promise<number | undefined>} main gives the exit code, or nothing for 0
 */
export const runMain = async (main) => {
  try {
    checkNode();
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    if (process.env['ENTITY_LENS_DEBUG'] && error instanceof Error) process.stderr.write(`${error.stack}\n`);
    process.exitCode = 1;
  }
};

if (process.argv[1] === inRoot('scripts', 'setup.mjs')) {
  await runMain(async () => {
    await ensureDependencies();
    await ensureBuild();
    process.stdout.write(`Entity Lens is set up in ${root}.\n`);
    return 0;
  });
}
