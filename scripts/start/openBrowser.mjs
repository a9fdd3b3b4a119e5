import { spawn } from 'node:child_process';
import process from 'node:process';

/**
 * The program that opens an address in the person's browser, or nothing where there is no screen to open it on.
 * @param {string} url
 * @param {{ platform: NodeJS.Platform, env: Readonly<Record<string, string | undefined>> }} machine
 * @returns {{ command: string, args: string[] } | undefined}
 */
export const openCommand = (url, { platform, env }) => {
  // Remote terminals and dev containers name the program that reaches the person's screen.
  if (env['BROWSER'] !== undefined && env['BROWSER'] !== '') return { command: env['BROWSER'], args: [url] };
  if (env['CI'] !== undefined && env['CI'] !== '' && env['CI'] !== 'false') return undefined;
  if (platform === 'darwin') return { command: 'open', args: [url] };
  // Through rundll32, because cmd.exe's start would take the ampersand in the address for its own.
  if (platform === 'win32') return { command: 'rundll32', args: ['url.dll,FileProtocolHandler', url] };
  const screen = env['DISPLAY'] ?? env['WAYLAND_DISPLAY'] ?? '';
  return screen === '' ? undefined : { command: 'xdg-open', args: [url] };
};

/**
 * Opens an address in the person's browser.
 * @param {string} url
 * @returns {Promise<boolean>} whether a program took it
 */
export const openBrowser = (url) =>
  new Promise((resolve) => {
    const call = openCommand(url, { platform: process.platform, env: process.env });
    if (call === undefined) {
      resolve(false);
      return;
    }
    const child = spawn(call.command, call.args, { stdio: 'ignore', detached: true });
    child.on('error', () => {
      resolve(false);
    });
    child.on('exit', (code) => {
      resolve(code === 0);
    });
    // A browser that this starts itself keeps the program running.
    setTimeout(() => {
      resolve(true);
    }, 3000).unref();
    child.unref();
  });
