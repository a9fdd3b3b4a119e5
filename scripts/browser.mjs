import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { step } from './lib/log.mjs';
import { run } from './lib/run.mjs';

/**
 * @typedef {object} Machine what the search for a browser asks of the machine
 * @property {NodeJS.Platform} platform
 * @property {Readonly<Record<string, string | undefined>>} env
 * @property {(file: string) => boolean} exists
 */

/** @type {Machine} */
const thisMachine = { platform: process.platform, env: process.env, exists: existsSync };

const linuxNames = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
];

const macPrograms = [
  'Google Chrome.app/Contents/MacOS/Google Chrome',
  'Chromium.app/Contents/MacOS/Chromium',
  'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];

const windowsPrograms = [
  'Google/Chrome/Application/chrome.exe',
  'Chromium/Application/chrome.exe',
  'Microsoft/Edge/Application/msedge.exe',
];

/**
 * Where an installed browser may lie, best first.
 * @param {Machine} machine
 * @returns {string[]}
 */
export const browserCandidates = ({ platform, env }) => {
  if (platform === 'win32') {
    const folders = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']];
    return windowsPrograms.flatMap((program) =>
      folders.flatMap((folder) => (folder === undefined ? [] : [`${folder}/${program}`])),
    );
  }
  if (platform === 'darwin') {
    const folders = ['/Applications', ...(env['HOME'] === undefined ? [] : [`${env['HOME']}/Applications`])];
    return macPrograms.flatMap((program) => folders.map((folder) => `${folder}/${program}`));
  }
  const folders = [...(env['PATH'] ?? '').split(':').filter((folder) => folder !== ''), '/usr/bin', '/snap/bin'];
  return linuxNames.flatMap((name) => [...new Set(folders)].map((folder) => path.posix.join(folder, name)));
};

/**
 * The browser that is installed, if any. `$CHROME_PATH` comes first; naming a file that does not exist is an error,
 * because the person meant that one.
 * @param {Machine} [machine]
 * @returns {string | undefined}
 */
export const findBrowser = (machine = thisMachine) => {
  const chosen = machine.env['CHROME_PATH'];
  if (chosen !== undefined && chosen !== '') {
    if (machine.exists(chosen)) return chosen;
    throw new Error(`CHROME_PATH names ${chosen}, which does not exist.`);
  }
  return browserCandidates(machine).find((file) => machine.exists(file));
};

const advice =
  'No browser for the tests was found. Install Google Chrome, Chromium or Microsoft Edge, or set CHROME_PATH to its program.';

/** Whether apt can install a browser here: Debian or Ubuntu, as root. */
const canUseApt = async () => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  const system = await readFile('/etc/os-release', 'utf8').catch(() => '');
  return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(system);
};

/**
 * The program of an installed browser; on Debian as root it is installed with apt when there is none.
 * @returns {Promise<string>}
 */
export const ensureBrowser = async () => {
  const found = findBrowser();
  if (found !== undefined) return found;
  if (await canUseApt()) {
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    await step('Installing Chromium with apt-get for the tests of the page and the workbench', async () => {
      await run('apt-get', ['update'], { env, quiet: true });
      const result = await run(
        'apt-get',
        ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-liberation'],
        { env, quiet: true },
      );
      if (result.code !== 0)
        throw new Error(`apt-get install chromium failed:\n${result.output.slice(-2000)}\n${advice}`);
    });
    const installed = findBrowser();
    if (installed !== undefined) return installed;
  }
  throw new Error(advice);
};
