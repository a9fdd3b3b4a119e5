import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';

/** Where a file or folder is written, so that what is there is replaced as the last step. */
export interface OutputPlace {
  /** The target, links followed. */
  readonly real: string;
  /** Where new content is gathered: beside it, or where nothing can be beside it, in the folder of temporary files. */
  readonly staging: string;
  /** Where a folder waits while another one takes its place. */
  readonly aside: string;
  /** The target is a pipe, a device or the like: the content goes into it and does not take its place. */
  readonly through: boolean;
}

const MOST_NAME = 100;
const machine = createHash('sha256').update(hostname()).digest('hex').slice(0, 6);

/**
 * Where `target` is written. Takes away what ended processes of this machine left beside it, and puts back a folder that one
 * of them had moved aside.
 */
export function outputPlace(target: string): OutputPlace {
  const given = path.resolve(target);
  const real = realOf(given);
  const found = statSync(real, { throwIfNoEntry: false });
  const through = /^\/(?:dev|proc)\//.test(given) || (found !== undefined && !found.isFile() && !found.isDirectory());
  if (!through) sweep(real);
  const name = `.${prefixOf(real)}.${machine}-${process.pid}-${randomBytes(6).toString('hex')}`;
  const folder = through ? tmpdir() : path.dirname(real);
  return {
    real: through ? given : real,
    staging: path.join(folder, `${name}.tmp`),
    aside: path.join(folder, `${name}.old`),
    through,
  };
}

/** The first of the outputs that is one of the inputs, by whatever name or link. */
export function inputAmong(outputs: readonly string[], inputs: readonly string[]): string | undefined {
  const known = new Set(inputs.map(identity));
  return outputs.find((output) => known.has(identity(output)));
}

/** A file by its place on its disk where there is one, else by its path. */
function identity(file: string): string {
  const found = statSync(file, { throwIfNoEntry: false, bigint: true });
  return found === undefined ? realOf(path.resolve(file)) : `${found.dev} ${found.ino}`;
}

/** A path without links; of what is not there, that of its folder with its name. */
function realOf(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    const folder = path.dirname(file);
    return folder === file ? file : path.join(realOf(folder), path.basename(file));
  }
}

function prefixOf(target: string): string {
  return path.basename(target).slice(0, MOST_NAME);
}

function sweep(target: string): void {
  const folder = path.dirname(target);
  const begin = `.${prefixOf(target)}.${machine}-`;
  let names: readonly string[];
  try {
    names = readdirSync(folder);
  } catch {
    return;
  }
  for (const name of names) {
    if (!name.startsWith(begin)) continue;
    const [, pid, ending] = /^(\d+)-[\da-f]{12}\.(tmp|old)$/.exec(name.slice(begin.length)) ?? [];
    if (pid === undefined || isAlive(Number(pid))) continue;
    const left = path.join(folder, name);
    if (ending === 'tmp') rmSync(left, { recursive: true, force: true });
    else if (!existsSync(target)) renameSync(left, target);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
