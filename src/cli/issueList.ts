import type { FileItem } from '../node/corpus/corpusInput.ts';

/** How many problems are told one by one; more are summed up by their kind. */
export const TOLD = 1000;

/** Tells the problems of a corpus with their file and line, and keeps count of them. */
export class IssueList {
  readonly #tell: (line: string) => void;
  readonly #kinds = new Map<string, number>();
  #count = 0;
  #errors = 0;

  constructor(tell: (line: string) => void) {
    this.#tell = tell;
  }

  get count(): number {
    return this.#count;
  }

  get errors(): number {
    return this.#errors;
  }

  /** True where the item was a problem. */
  add({ file, item }: FileItem): boolean {
    if (item.kind !== 'issue') return false;
    const { line, severity, message, reason } = item.issue;
    this.#count++;
    if (severity === 'error') this.#errors++;
    if (this.#count > TOLD) this.#kinds.set(reason, (this.#kinds.get(reason) ?? 0) + 1);
    else {
      const name = item.inAnnotations === true ? file.replace(/\.txt$/i, '.ann') : file;
      // A problem is one line, whatever it quotes.
      this.#tell(`${name}:${line}: ${severity}: ${message} [${reason}]`.replace(/\s*[\r\n\u2028\u2029]+\s*/g, ' '));
    }
    return true;
  }

  /** Tells what was only counted. */
  finish(): void {
    for (const [reason, count] of this.#kinds) this.#tell(`${count} more [${reason}]`);
  }
}
