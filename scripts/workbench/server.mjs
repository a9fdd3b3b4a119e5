import { spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { inRoot } from '../lib/paths.mjs';
import { endTree } from '../lib/processes.mjs';

/** Settings under which nothing but the workspace asks for attention. */
export const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.enableExperiments': false,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'git.enabled': false,
  'chat.disableAIFeatures': true,
  'extensions.ignoreRecommendations': true,
  'update.mode': 'none',
};

/**
 * @typedef {object} ServerOptions
 * @property {import('./install.mjs').Installation} installation
 * @property {number} port
 * @property {string} dataFolder user data, logs, installed extensions
 * @property {string} [extensionsFolder] installed extensions, when they are to lie elsewhere
 * @property {NodeJS.ProcessEnv} [env] for the server and the extension host, which inherits it
 * @property {boolean} [trust] whether folders are untrusted until a person trusts them
 * @property {(text: string) => void} [onOutput]
 */

/**
 * @typedef {object} WorkbenchServer
 * @property {number} port
 * @property {number} pid
 * @property {() => Promise<void>} stop ends the server and everything that it started
 * @property {Promise<number>} ended the exit code, when the server is gone
 */

/**
 * Writes the user's settings. Those of the machine lie in a file of their own: of the user's file, VS Code heeds them only
 * until it knows that they are the machine's.
 * @param {string} dataFolder
 * @param {Readonly<Record<string, unknown>>} settings
 * @param {{ keep?: boolean }} [options] whether files that are already there stay as they are
 */
export const writeSettings = async (dataFolder, settings, options = {}) => {
  const machine = await machineSettings();
  const entries = Object.entries(settings);
  for (const [folder, own] of /** @type {const} */ ([
    ['Machine', entries.filter(([name]) => machine.has(name))],
    ['User', entries.filter(([name]) => !machine.has(name))],
  ])) {
    const file = path.join(dataFolder, 'data', folder, 'settings.json');
    await mkdir(path.dirname(file), { recursive: true });
    try {
      const text = JSON.stringify(Object.fromEntries(own), null, 2);
      await writeFile(file, `${text}\n`, { flag: options.keep ? 'wx' : 'w' });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  }
};

/** @returns {Promise<ReadonlySet<string>>} names of our settings that a machine has, not a person */
const machineSettings = async () => {
  /** @type {unknown} */
  const read = JSON.parse(await readFile(inRoot('package.json'), 'utf8'));
  const manifest =
    /** @type {{ contributes: { configuration: readonly { properties: Record<string, { scope?: string }> }[] } }} */ (
      read
    );
  const all = manifest.contributes.configuration.flatMap(({ properties }) => Object.entries(properties));
  return new Set(all.filter(([, { scope }]) => scope?.startsWith('machine')).map(([name]) => name));
};

/**
 * Starts VS Code's server and waits until it listens.
 * @param {ServerOptions} options
 * @returns {Promise<WorkbenchServer>}
 */
export const startServer = ({ installation, port, dataFolder, extensionsFolder, env, trust, onOutput }) => {
  const child = spawn(
    installation.node,
    [
      '--require',
      inRoot('scripts', 'workbench', 'parentGuard.cjs'),
      path.join(installation.server, 'out', 'server-main.js'),
      ...['--host', '127.0.0.1', '--port', String(port), '--without-connection-token'],
      ...['--accept-server-license-terms', '--telemetry-level', 'off'],
      ...(trust === true ? [] : ['--disable-workspace-trust']),
      // Without --enable-smoke-test-driver, which later versions want before they heed the address's payload: it refuses every dialog.
      ...['--server-data-dir', dataFolder],
      ...(extensionsFolder === undefined ? [] : ['--extensions-dir', extensionsFolder]),
    ],
    {
      cwd: dataFolder,
      env: { ...process.env, ...env, EXTENSIONS_GALLERY: '{}' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  /** @type {Promise<number>} */
  const ended = new Promise((resolve) => {
    child.on('close', (code) => {
      resolve(code ?? 1);
    });
  });
  return new Promise((resolve, reject) => {
    /** @param {unknown} chunk */
    const read = (chunk) => {
      const text = String(chunk);
      output = `${output}${text}`.slice(-20_000);
      onOutput?.(text);
      if (!output.includes('Extension host agent listening on')) return;
      clearTimeout(timer);
      resolve({
        port,
        pid: child.pid ?? 0,
        ended,
        stop: () =>
          endTree(child.pid)
            .then(() => ended)
            .then(() => undefined),
      });
    };
    const timer = setTimeout(() => {
      void endTree(child.pid);
      reject(new Error(`VS Code's server did not start within a minute:\n${output}`));
    }, 60_000);
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(new Error(`VS Code's server could not be started with ${installation.node}: ${error.message}`));
    });
    void ended.then((code) => {
      clearTimeout(timer);
      reject(new Error(`VS Code's server ended with code ${code} before it was ready:\n${output}`));
    });
  });
};
