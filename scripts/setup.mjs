import { createHash } from 'node:crypto';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
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

const everywhere = ['scripts/build.mjs', 'package-lock.json', 'src/core', 'src/protocol'];

/**
 * The parts of the build and the folders that each is made from.
 * @type {Readonly<Record<Part, readonly string[]>>}
 */
const sources = {
  extension: [...everywhere, 'src/node', 'src/extension'],
  inference: [...everywhere, 'src/inference', 'src/node/learning'],
  cli: [...everywhere, 'src/node', 'src/cli'],
  webview: [...everywhere, 'webview'],
  tests: [...everywhere, 'src/node', 'src/extension', 'test/extension-host', 'test/support'],
  bench: [...everywhere, 'src/node', 'src/extension', 'test/bench'],
};

/** @typedef {'extension' | 'inference' | 'cli' | 'webview' | 'tests' | 'bench'} Part */

/** @param {Part} part */
const stampOf = (part) => inRoot('dist', `.${part}-built-from`);

/**
 * Builds those of the given parts whose sources have changed since they were built.
 * @param {readonly Part[]} parts
 */
export const ensureBuild = async (parts) => {
  /** @type {Map<Part, string>} */
  const stale = new Map();
  for (const part of parts) {
    const print = await fingerprint(sources[part]);
    if ((await readFile(stampOf(part), 'utf8').catch(() => '')) !== print) stale.set(part, print);
  }
  if (stale.size === 0) return;
  const names = [...stale.keys()];
  await step(`Building ${names.join(', ')}`, async () => {
    const result = await run(process.execPath, [inRoot('scripts', 'build.mjs'), ...names], { quiet: true });
    if (result.code !== 0) throw new Error(`The build failed:\n${result.output.trim()}`);
  });
  for (const [part, print] of stale) await writeFile(stampOf(part), print);
};

/** What the extension needs to run. @type {readonly Part[]} */
export const extensionParts = ['extension', 'inference', 'webview'];

/** The oldest Node that the packages run on. */
export const OLDEST_NODE = 20;

/** Stops with a sentence instead of a stack trace when Node is too old. */
export const checkNode = (version = process.versions.node) => {
  if (Number(version.split('.')[0]) >= OLDEST_NODE) return;
  throw new Error(`Entity Lens needs Node ${OLDEST_NODE} or newer; this is ${version}. See https://nodejs.org.`);
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
    await ensureBuild([...extensionParts, 'cli']);
    process.stdout.write(`Entity Lens is set up in ${root}.\n`);
    return 0;
  });
}
