import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { say, step } from '../lib/log.mjs';
import { root, workbenchRoot } from '../lib/paths.mjs';
import { npm } from '../lib/run.mjs';
import { atomicFolder } from './atomicFolder.mjs';
import { linkFolder } from './linkFolder.mjs';
import { nodePackages, release } from './release.mjs';
import { addStandIns, linkModules } from './standIns.mjs';

/**
 * @typedef {object} Installation
 * @property {string} server the server's folder
 * @property {string} node the Node program that runs it
 * @property {string} extension the repository under another name, for `extensionDevelopmentPath`
 */

const platform = `${process.platform}-${process.arch}`;

/** @param {string} folder */
const serverFolder = (folder) => path.join(folder, 'node_modules', 'code-server', 'lib', 'vscode');

/** @param {string} folder an empty folder, so that npm installs there and not into the project */
const startPackage = (folder) =>
  writeFile(path.join(folder, 'package.json'), JSON.stringify({ name: 'entity-lens-workbench', private: true }));

/** @param {string} folder */
const fillServer = async (folder) => {
  const ripgrep = `@vscode/ripgrep-${platform}`;
  await startPackage(folder);
  await npm(['install', '--ignore-scripts', `code-server@${release.package}`, `${ripgrep}@${release.ripgrep}`], folder);
  const server = serverFolder(folder);
  // Not `npm ci`: the shipped lockfile lacks a package.
  await npm(['install', '--omit=dev', '--ignore-scripts'], server);
  await npm(['install', '--omit=dev', '--ignore-scripts'], path.join(server, 'extensions'));
  await addStandIns(server, path.join(folder, 'node_modules', ...ripgrep.split('/')));
};

/**
 * The Node that the server is made for: our own when it is that one, else one from npm.
 * @returns {Promise<string>} the program's path
 */
const ensureNode = async () => {
  const own = process.versions.node;
  if (Number(own.split('.')[0]) === release.nodeMajor) return process.execPath;
  const known = nodePackages[platform];
  if (known === undefined) {
    say(`No Node ${release.nodeMajor} for ${platform} is known; trying with Node ${own}.`);
    return process.execPath;
  }
  const [name, version] = known;
  const folder = path.join(workbenchRoot, `node-${version}-${platform}`);
  const program = path.join(folder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (!existsSync(program)) {
    await step(`Fetching Node ${version} from npm for VS Code's server (this is Node ${own})`, () =>
      atomicFolder(folder, async (temporary) => {
        await startPackage(temporary);
        await npm(['install', '--ignore-scripts', `${name}@${version}`], temporary);
      }),
    );
  }
  if (!existsSync(program))
    throw new Error(`${name}@${version} holds no ${path.basename(program)}: expected ${program}.`);
  return program;
};

/**
 * VS Code prefers a theme that lies below the extension under development to the one that the settings name. The server
 * with all its themes lies below the repository, so the repository gets a second name beside the server.
 * @returns {Promise<string>}
 */
const linkRepository = async () => {
  const link = path.join(workbenchRoot, 'extension');
  await linkFolder(link, root, '..');
  return link;
};

/**
 * Makes sure that the VS Code server is installed in the project's own ignored folder.
 * @returns {Promise<Installation>}
 */
export const ensureWorkbench = async () => {
  const folder = path.join(workbenchRoot, `vscode-${release.package}-${platform}`);
  if (!existsSync(folder)) {
    await step(`Installing VS Code ${release.vscode} from npm (once; about 300 MB in .workbench)`, () =>
      atomicFolder(folder, fillServer),
    );
  }
  const server = serverFolder(folder);
  await linkModules(server);
  return { server, node: await ensureNode(), extension: await linkRepository() };
};
