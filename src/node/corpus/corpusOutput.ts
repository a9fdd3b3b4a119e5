import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import {
  appendFileSync,
  closeSync,
  cpSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import type { HashedFile } from '../../core/exportManifest.ts';
import type { Output } from '../../core/formats/format.ts';
import { bytesOf } from './corpusInput.ts';
import { outputPlace } from '../outputPlace.ts';

/** A target that must not be written; the message names it and the remedy. */
export class CorpusOutputError extends Error {
  override readonly name = 'CorpusOutputError';
}

const BUFFERED = 1 << 16;
const MOST_OPEN = 8;

interface OpenFile {
  readonly descriptor: number;
  readonly digest: Digest;
  parts: string[];
  length: number;
}

interface Digest {
  readonly hash: Hash | undefined;
  bytes: number;
}

/**
 * A corpus on its way to a file or a folder. It is written beside its target and put in its place as the last step, so
 * that a failure or a cancellation leaves what was there.
 */
export class CorpusOutput {
  readonly #target: string;
  readonly #staging: string;
  readonly #aside: string;
  readonly #through: boolean;
  readonly #folder: boolean;
  readonly #hashing: boolean;
  readonly #open = new Map<string, OpenFile>();
  readonly #files = new Map<string, Digest>();

  /** `hashing` where the files are to be told by what they hold. */
  constructor(target: string, shape: 'file' | 'folder', hashing = false) {
    const { real, staging, aside, through } = outputPlace(target);
    this.#target = real;
    this.#staging = staging;
    this.#aside = aside;
    this.#through = through;
    this.#folder = shape === 'folder';
    this.#hashing = hashing;
    if (this.#folder) mkdirSync(this.#staging);
    else this.#fileOf('');
  }

  /** The names of the files so far, relative to the target. */
  get files(): readonly string[] {
    return [...this.#files.keys()];
  }

  /** Writes down what is still held back, and says what every file holds. A file that is written to after this is opened again. */
  seal(): readonly HashedFile[] {
    this.#close();
    return [...this.#files].map(([name, { hash, bytes }]) => ({
      path: name === '' ? path.basename(this.#target) : name,
      bytes,
      sha256: hash?.copy().digest('hex') ?? '',
    }));
  }

  /** Puts other files in the place of those with this ending, each made from it; after this nothing can be added to them. */
  transform(ending: string, other: string, make: (from: string, to: string) => void): void {
    this.#close();
    for (const name of this.files.filter((one) => one.endsWith(ending))) {
      const fresh = name.slice(0, -ending.length) + other;
      const [from, to] = [name, fresh].map((one) => path.join(this.#staging, one));
      if (from === undefined || to === undefined) continue;
      make(from, to);
      rmSync(from);
      const content = readFileSync(to);
      this.#files.delete(name);
      this.#files.set(fresh, {
        hash: this.#hashing ? createHash('sha256').update(content) : undefined,
        bytes: content.length,
      });
    }
  }

  /** The paths that this output takes. */
  get targets(): readonly string[] {
    return this.#folder ? this.files.map((name) => path.join(this.#target, name)) : [this.#target];
  }

  /** The files that are in the place of this output's already. */
  occupied(): readonly string[] {
    if (!this.#folder) return existsSync(this.#target) && !this.#through ? [''] : [];
    return this.files.filter((name) => existsSync(path.join(this.#target, name)));
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
    if (this.#through) {
      for (const bytes of bytesOf(this.#staging)) appendFileSync(this.#target, bytes);
      this.discard();
      return;
    }
    if (!this.#folder) {
      renameSync(this.#staging, this.#target);
      return;
    }
    if (!existsSync(this.#target)) {
      renameSync(this.#staging, this.#target);
      return;
    }
    const there = this.occupied();
    const [first] = there;
    if (first !== undefined && !replace) {
      this.discard();
      throw new CorpusOutputError(
        `${path.join(this.#target, first)}${there.length > 1 ? ` and ${there.length - 1} other files are` : ' is'} there already: choose another folder, or say --force.`,
      );
    }
    this.#replaceFolder();
  }

  /** Puts the folder in the place of the one that is there, with what else that one holds, so that old and new never stand side by side. */
  #replaceFolder(): void {
    keepOthers(this.#target, this.#staging);
    renameSync(this.#target, this.#aside);
    try {
      renameSync(this.#staging, this.#target);
    } catch (error) {
      renameSync(this.#aside, this.#target);
      throw error;
    }
    rmSync(this.#aside, { recursive: true, force: true });
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
    const digest = this.#files.get(name);
    const opened: OpenFile = {
      descriptor: openSync(file, digest === undefined ? 'wx' : 'a'),
      digest: digest ?? { hash: this.#hashing ? createHash('sha256') : undefined, bytes: 0 },
      parts: [],
      length: 0,
    };
    this.#files.set(name, opened.digest);
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

/** Gives a folder those entries of another one that it lacks, as further names of the same files. */
function keepOthers(from: string, to: string): void {
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [there, here] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.isDirectory()) {
      mkdirSync(here, { recursive: true });
      keepOthers(there, here);
    } else if (!existsSync(here)) {
      try {
        linkSync(there, here);
      } catch {
        // A disk without hard links.
        cpSync(there, here, { verbatimSymlinks: true, preserveTimestamps: true });
      }
    }
  }
}

function flush(file: OpenFile): void {
  if (file.parts.length > 0) {
    const bytes = Buffer.from(file.parts.join(''));
    for (let written = 0; written < bytes.length;) written += writeSync(file.descriptor, bytes, written);
    file.digest.hash?.update(bytes);
    file.digest.bytes += bytes.length;
  }
  file.parts = [];
  file.length = 0;
}

/** Whether a folder is there and holds anything. */
export function isFilledFolder(target: string): boolean {
  return existsSync(target) && readdirSync(target).length > 0;
}
