import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import type { Output } from '../core/formats/format.ts';

/** A target that must not be written; the message names it and the remedy. */
export class CorpusOutputError extends Error {
  override readonly name = 'CorpusOutputError';
}

const BUFFERED = 1 << 16;
const MOST_OPEN = 8;

interface OpenFile {
  readonly descriptor: number;
  parts: string[];
  length: number;
}

/**
 * A corpus on its way to a file or a folder. It is written beside its target and put in its place as the last step, so
 * that a failure or a cancellation leaves what was there.
 */
export class CorpusOutput {
  readonly #target: string;
  readonly #staging: string;
  readonly #folder: boolean;
  readonly #open = new Map<string, OpenFile>();
  readonly #files = new Set<string>();

  constructor(target: string, shape: 'file' | 'folder') {
    this.#target = target;
    this.#folder = shape === 'folder';
    const name = `.${path.basename(target)}.${randomBytes(6).toString('hex')}.tmp`;
    this.#staging = path.join(path.dirname(target), name);
    if (this.#folder) mkdirSync(this.#staging);
    else this.#fileOf('');
  }

  /** The names of the files so far, relative to the target. */
  get files(): readonly string[] {
    return [...this.#files];
  }

  write(output: Output): void {
    const file = this.#fileOf(output.file);
    file.parts.push(output.text);
    file.length += output.text.length;
    if (file.length > BUFFERED) flush(file);
  }

  /** Puts everything in its place. Throws CorpusOutputError where a file of a folder is there already and `replace` is false. */
  finish(replace: boolean): void {
    this.#close();
    if (!this.#folder) {
      renameSync(this.#staging, this.#target);
      return;
    }
    if (!existsSync(this.#target)) {
      renameSync(this.#staging, this.#target);
      return;
    }
    const there = [...this.#files].filter((name) => existsSync(path.join(this.#target, name)));
    const [first] = there;
    if (first !== undefined && !replace) {
      this.discard();
      throw new CorpusOutputError(
        `${path.join(this.#target, first)}${there.length > 1 ? ` and ${there.length - 1} other files are` : ' is'} there already: choose another folder, or say --force.`,
      );
    }
    for (const name of this.#files) {
      mkdirSync(path.dirname(path.join(this.#target, name)), { recursive: true });
      renameSync(path.join(this.#staging, name), path.join(this.#target, name));
    }
    rmSync(this.#staging, { recursive: true, force: true });
  }

  /** Takes away what was written. */
  discard(): void {
    for (const { descriptor } of this.#open.values()) closeSync(descriptor);
    this.#open.clear();
    rmSync(this.#staging, { recursive: true, force: true });
  }

  #fileOf(name: string): OpenFile {
    const known = this.#open.get(name);
    if (known !== undefined) return known;
    if (this.#open.size >= MOST_OPEN) {
      const [oldest] = this.#open;
      if (oldest !== undefined) this.#closeFile(...oldest);
    }
    const file = this.#folder ? path.join(this.#staging, name) : this.#staging;
    if (this.#folder && !this.#files.has(name)) mkdirSync(path.dirname(file), { recursive: true });
    const opened = { descriptor: openSync(file, this.#files.has(name) ? 'a' : 'wx'), parts: [], length: 0 };
    this.#files.add(name);
    this.#open.set(name, opened);
    return opened;
  }

  #close(): void {
    for (const [name, file] of this.#open) this.#closeFile(name, file);
  }

  #closeFile(name: string, file: OpenFile): void {
    flush(file);
    fsyncSync(file.descriptor);
    closeSync(file.descriptor);
    this.#open.delete(name);
  }
}

function flush(file: OpenFile): void {
  if (file.parts.length > 0) writeSync(file.descriptor, file.parts.join(''));
  file.parts = [];
  file.length = 0;
}

/** Whether a folder is there and holds anything. */
export function isFilledFolder(target: string): boolean {
  return existsSync(target) && readdirSync(target).length > 0;
}
