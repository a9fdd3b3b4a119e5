import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseJson } from '../lib/json.mjs';
import { linkFolder } from './linkFolder.mjs';

/**
 * Plain JavaScript with the interface of `@vscode/spdlog`, whose native part npm does not carry: it writes the
 * server's and the extension host's log files.
 */
const spdlog = `'use strict';
const fs = require('fs');
const path = require('path');
const names = ['trace', 'debug', 'info', 'warning', 'error', 'critical', 'off'];
const pad = (value, width = 2) => String(value).padStart(width, '0');
const time = (date) =>
  date.getFullYear() + '-' + pad(date.getMonth() + 1) + '-' + pad(date.getDate()) + ' ' + pad(date.getHours()) + ':' +
  pad(date.getMinutes()) + ':' + pad(date.getSeconds()) + '.' + pad(date.getMilliseconds(), 3);
class Logger {
  constructor(kind, name, file) {
    this.file = file;
    this.level = 2;
    this.plain = false;
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.closeSync(fs.openSync(file, 'a'));
  }
  write(level, message) {
    if (level < this.level) return;
    const line = this.plain ? String(message) : time(new Date()) + ' [' + names[level] + '] ' + message + '\\n';
    try {
      fs.appendFileSync(this.file, line);
    } catch {
      // The log's folder was deleted while the server still runs.
    }
  }
  trace(message) { this.write(0, message); }
  debug(message) { this.write(1, message); }
  info(message) { this.write(2, message); }
  warn(message) { this.write(3, message); }
  error(message) { this.write(4, message); }
  critical(message) { this.write(5, message); }
  getLevel() { return this.level; }
  setLevel(level) { this.level = level; }
  setPattern() {}
  clearFormatters() { this.plain = true; }
  flush() {}
  drop() {}
}
exports.version = 0;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.Logger = Logger;
exports.createRotatingLogger = async (name, file) => new Logger('rotating', name, file);
exports.createAsyncRotatingLogger = async (name, file) => new Logger('rotating_async', name, file);
`;

/** `native-watchdog` ends the extension host when the server dies; the host also checks that by itself. */
const watchdog = `'use strict';
exports.start = (pid) => {
  setInterval(() => {
    try {
      process.kill(pid, 0);
    } catch {
      process.exit(0);
    }
  }, 1000).unref();
};
`;

/**
 * @param {string} folder a package's folder
 * @param {string} source its new only module
 */
const replaceModule = async (folder, source) => {
  const manifest = path.join(folder, 'package.json');
  const fields = /** @type {object} */ (parseJson(await readFile(manifest, 'utf8')));
  await writeFile(manifest, JSON.stringify({ ...fields, main: 'index.js', exports: undefined }, null, 2));
  await writeFile(path.join(folder, 'index.js'), source);
};

/**
 * Puts plain JavaScript and ready-made programs where the server expects native modules that are compiled on
 * installation.
 * @param {string} server the folder that holds the server's package.json
 * @param {string} ripgrep the folder of the package with the search program
 */
export const addStandIns = async (server, ripgrep) => {
  const modules = path.join(server, 'node_modules');
  await replaceModule(path.join(modules, '@vscode', 'spdlog'), spdlog);
  await replaceModule(path.join(modules, 'native-watchdog'), watchdog);
  const bin = path.join(modules, '@vscode', 'ripgrep', 'bin');
  await mkdir(bin, { recursive: true });
  await cp(path.join(ripgrep, 'bin'), bin, { recursive: true });
};

/**
 * The browser asks for packages under this second name. On Windows the link can only be made in the folder's final place.
 * @param {string} server
 */
export const linkModules = (server) =>
  linkFolder(path.join(server, 'node_modules.asar'), path.join(server, 'node_modules'), 'node_modules');
