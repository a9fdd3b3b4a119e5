import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseJson } from './lib/json.mjs';
import { inRoot } from './lib/paths.mjs';

/**
 * The folder of the package that a bundled file belongs to.
 * @param {string} file relative to the repository's root
 * @returns {string | undefined} nothing for a file of our own
 */
export const packageFolder = (file) => {
  const parts = file.split('/');
  const at = parts.lastIndexOf('node_modules');
  if (at < 0) return undefined;
  const scoped = parts[at + 1]?.startsWith('@') === true;
  return parts.slice(0, at + (scoped ? 3 : 2)).join('/');
};

/** @param {string} folder */
const noticeOf = async (folder) => {
  const manifest = /** @type {{ name: string, version: string, license?: string }} */ (
    parseJson(await readFile(inRoot(folder, 'package.json'), 'utf8'))
  );
  const names = (await readdir(inRoot(folder))).filter((name) => /^(licen[cs]e|notice)/i.test(name)).sort();
  const texts = await Promise.all(names.map((name) => readFile(inRoot(folder, name), 'utf8')));
  const title = `${manifest.name} ${manifest.version} (${manifest.license ?? 'licence below'})`;
  return [title, '-'.repeat(title.length), ...texts.map((text) => text.trim())].join('\n\n');
};

/**
 * Writes the licences of every package that a bundle contains or is shipped beside it.
 * @param {readonly string[]} files sources of the bundles, relative to the repository's root
 * @param {string} target
 */
export const writeLicences = async (files, target) => {
  const folders = [...new Set(files.flatMap((file) => packageFolder(file) ?? []))].sort();
  const notices = await Promise.all(folders.map(noticeOf));
  await writeFile(target, `${notices.join('\n\n\n')}\n`);
  return folders.map((folder) => path.posix.relative('node_modules', folder));
};
