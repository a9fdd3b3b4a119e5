import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
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
 * Writes the user's settings file.
 * @param {string} dataFolder
 * @param {Readonly<Record<string, unknown>>} settings
 * @param {{ keep?: boolean }} [options] whether a file that is already there stays as it is
 */
export const writeSettings = async (dataFolder, settings, options = {}) => {
  const file = path.join(dataFolder, 'data', 'User', 'settings.json');
  await mkdir(path.dirname(file), { recursive: true });
  try {
    await writeFile(file, `${JSON.stringify(settings, null, 2)}\n`, { flag: options.keep ? 'wx' : 'w' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
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
