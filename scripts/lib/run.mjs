import { spawn } from 'node:child_process';
import process from 'node:process';
import { root } from './paths.mjs';
import { endTree } from './processes.mjs';

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd] the repository's root when left out
 * @property {NodeJS.ProcessEnv} [env] added to this process's environment
 * @property {boolean} [quiet] keep the output instead of showing it
 * @property {number} [timeoutMs] after which the process and its children are ended
 */

/** @typedef {{ code: number, output: string, timedOut: boolean }} RunResult */

/**
 * Runs a program to its end. A program that cannot be started counts as exit code 127 with the reason as its output.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<RunResult>}
 */
export const run = (command, args, options = {}) =>
  new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd ?? root,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', options.quiet ? 'pipe' : 'inherit', options.quiet ? 'pipe' : 'inherit'],
    });
    let output = '';
    let timedOut = false;
    child.stdout?.on('data', (chunk) => (output += String(chunk)));
    child.stderr?.on('data', (chunk) => (output += String(chunk)));
    const timer =
      options.timeoutMs === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true;
            void endTree(child.pid);
          }, options.timeoutMs);
    child.on('error', (error) => {
      clearTimeout(timer);
      resolve({ code: 127, output: `${output}${error.message}`, timedOut });
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ code: code ?? (signal === null ? 1 : 128), output, timedOut });
    });
  });

/**
 * How to start npm with the Node that runs us: through the npm that started us where there is one, else the one on
 * the path, which is a script on Windows and therefore needs the shell.
 * @param {readonly string[]} args
 * @returns {{ command: string, args: string[] }}
 */
export const npmCommand = (args) => {
  const cli = process.env['npm_execpath'];
  if (cli?.endsWith('npm-cli.js')) return { command: process.execPath, args: [cli, ...args] };
  return process.platform === 'win32'
    ? { command: process.env['ComSpec'] ?? 'cmd.exe', args: ['/d', '/s', '/c', 'npm', ...args] }
    : { command: 'npm', args: [...args] };
};

/**
 * Runs npm quietly; throws with npm's own words when it fails.
 * @param {readonly string[]} args
 * @param {string} cwd
 */
export const npm = async (args, cwd) => {
  const call = npmCommand([...args, '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error']);
  const result = await run(call.command, call.args, { cwd, quiet: true });
  if (result.code !== 0) throw new Error(`npm ${args.join(' ')} failed in ${cwd}:\n${result.output.trim()}`);
};
