import process from 'node:process';
import { say } from '../lib/log.mjs';
import { run } from '../lib/run.mjs';

/**
 * How the installed VS Code is started; on Windows `code` is a script and needs the shell.
 * @param {NodeJS.Platform} platform
 * @param {readonly string[]} args
 * @returns {{ command: string, args: string[] }}
 */
export const codeCommand = (platform, args) =>
  platform === 'win32'
    ? { command: process.env['ComSpec'] ?? 'cmd.exe', args: ['/d', '/s', '/c', 'code', ...args] }
    : { command: 'code', args: [...args] };

/**
 * Opens the installed VS Code with the extension under development.
 * @param {{ extension: string, folder: string }} what
 * @returns {Promise<number>} exit code
 */
export const startDesktop = async ({ extension, folder }) => {
  const call = codeCommand(process.platform, ['--new-window', `--extensionDevelopmentPath=${extension}`, folder]);
  say('Opening the installed VS Code');
  const { code } = await run(call.command, call.args);
  if (code === 0) return 0;
  throw new Error(
    'The command "code" could not be run. Install VS Code from https://code.visualstudio.com and, on macOS, run its ' +
      "command “Shell Command: Install 'code' command in PATH”. Without it, plain npm start serves VS Code in a browser.",
  );
};
