import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { isAlive } from '../lib/processes.mjs';

const partial = /^partial-(\d+)-/;

/**
 * Deletes what interrupted runs left behind; a folder whose process still runs is left to it.
 * @param {string} parent
 */
const sweep = async (parent) => {
  for (const name of await readdir(parent)) {
    const pid = partial.exec(name)?.[1];
    if (pid !== undefined && (Number(pid) === process.pid || !isAlive(Number(pid)))) {
      await rm(path.join(parent, name), { recursive: true, force: true });
    }
  }
};

/**
 * Makes a folder that is either complete or absent: it is filled under another name and then renamed. Two runs at once
 * both fill one, and the first to finish wins.
 * @param {string} folder
 * @param {(folder: string) => Promise<void>} fill
 */
export const atomicFolder = async (folder, fill) => {
  if (existsSync(folder)) return;
  const parent = path.dirname(folder);
  await mkdir(parent, { recursive: true });
  await sweep(parent);
  const temporary = path.join(parent, `partial-${process.pid}-${path.basename(folder)}`);
  await mkdir(temporary);
  try {
    await fill(temporary);
    await rename(temporary, folder);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
};
