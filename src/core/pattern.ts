import { RE2JS } from 're2js';
import type { TextRange } from './text.ts';

/** How a pattern is read; `dotAll` where `.` stands for line ends too. */
export interface PatternOptions {
  readonly ignoreCase?: boolean;
  readonly dotAll?: boolean;
}

/** Why a text is no pattern. */
export class PatternError extends Error {
  override readonly name = 'PatternError';
}

/**
 * A regular expression whose time grows with the text alone, whatever it is: one that a person typed or a file brought. It is
 * written as JavaScript writes it, without looking ahead or back and without `\1`, which no linear engine has.
 */
export class Pattern {
  readonly source: string;
  readonly ignoreCase: boolean;
  readonly #compiled: RE2JS;

  /** Throws PatternError. */
  constructor(source: string, { ignoreCase = false, dotAll = false }: PatternOptions = {}) {
    this.source = source;
    this.ignoreCase = ignoreCase;
    const flags = (ignoreCase ? RE2JS.CASE_INSENSITIVE : 0) | (dotAll ? RE2JS.DOTALL : 0);
    try {
      this.#compiled = RE2JS.compile(RE2JS.translateRegExp(source), flags);
    } catch (error) {
      const why = error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : String(error);
      const lacking = /\(\?[=!<]|\\[1-9]/.test(source);
      throw new PatternError(lacking ? `${why}; looking ahead or back and \\1 are not there` : why);
    }
  }

  test(text: string): boolean {
    return this.#compiled.test(text);
  }

  /** The matches from left to right, none over another, as UTF-16 offsets. */
  matches(text: string): readonly TextRange[] {
    const found: TextRange[] = [];
    const matcher = this.#compiled.matcher(text);
    while (matcher.find()) found.push({ start: matcher.start(), end: matcher.end() });
    return found;
  }
}
