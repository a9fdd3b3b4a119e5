import { pathToFileURL } from 'node:url';

/**
 * @typedef {object} WorkbenchAddress
 * @property {number} port
 * @property {string} folder the workspace
 * @property {string} [extension] folder of the extension under development
 * @property {string} [tests] module whose `run` the extension host calls instead of waiting for a person
 * @property {readonly string[]} [files] opened at the start
 */

/**
 * The address that opens the served workbench. Everything in the payload is named by the very host and port that stand
 * in the address bar, or VS Code ignores it.
 * @param {WorkbenchAddress} address
 * @returns {string}
 */
export const workbenchUrl = ({ port, folder, extension, tests, files = [] }) => {
  const authority = `127.0.0.1:${port}`;
  /** @param {string} file */
  const remote = (file) => `vscode-remote://${authority}${pathToFileURL(file).pathname}`;
  /** @type {[string, string][]} */
  const payload = [
    ...(extension === undefined ? [] : [pair('extensionDevelopmentPath', remote(extension))]),
    ...(tests === undefined ? [] : [pair('extensionTestsPath', remote(tests))]),
    ...files.map((file) => pair('openFile', remote(file))),
  ];
  const query = `folder=${encodeURIComponent(decodeURIComponent(pathToFileURL(folder).pathname))}`;
  return payload.length === 0
    ? `http://${authority}/?${query}`
    : `http://${authority}/?${query}&payload=${encodeURIComponent(JSON.stringify(payload))}`;
};

/**
 * @param {string} key
 * @param {string} value
 * @returns {[string, string]}
 */
const pair = (key, value) => [key, value];
