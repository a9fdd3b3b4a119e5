import type { CorpusItem } from '../corpus.ts';
import type { Issue } from '../columns/document.ts';
import type { Token } from '../token.ts';
import type { CharSpan } from './charSpans.ts';
import type { Output, Reader, Writer } from './format.ts';
import { LineFeed } from './lineFeed.ts';
import { RowGatherer } from './rows.ts';
import type { Row } from './rows.ts';
import { placeTokens } from './tokenOffsets.ts';
import { messageOf } from '../errorMessage.ts';
import { append } from '../lists.ts';

/** A JSON object of which nothing is known yet. */
export type Json = Readonly<Record<string, unknown>>;

/** True for a JSON object. */
export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The elements of a JSON array; none for anything else. */
export function elementsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The first of these keys that holds a string (or a number, as text). */
export function textAt(object: Json, ...keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const value = object[key];
    if (typeof value === 'string') return value;
    if (typeof value === 'number') return String(value);
  }
  return undefined;
}

/** All strings of a JSON array, or undefined where it is none or holds anything else. */
export function textsOf(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.every((element): element is string => typeof element === 'string')
    ? value
    : undefined;
}

/** All numbers of a JSON array, or undefined where it is none or holds anything else. */
export function numbersOf(value: unknown): readonly number[] | undefined {
  return Array.isArray(value) && value.every((element): element is number => Number.isSafeInteger(element))
    ? value
    : undefined;
}

/** A span with `start`, `end` and a label under one of the keys, or undefined. */
export function spanOf(value: unknown, startKey: string, endKey: string, labelKey: string): CharSpan | undefined {
  if (!isObject(value)) return undefined;
  const { [startKey]: start, [endKey]: end, [labelKey]: label } = value;
  const name = Array.isArray(label) ? (label[0] as unknown) : label;
  if (!Number.isSafeInteger(start) || !Number.isSafeInteger(end) || typeof name !== 'string' || name === '')
    return undefined;
  const quoted = typeof value['text'] === 'string' ? value['text'] : undefined;
  return { start: start as number, end: end as number, label: name, ...(quoted === undefined ? {} : { quoted }) };
}

/** The words of a row in its text, or undefined where they are not all there in order. */
export function wordsIn(text: string, words: readonly string[] | undefined): readonly Token[] | undefined {
  if (words === undefined || words.length === 0) return undefined;
  const placed = placeTokens(
    text,
    words.map((form) => ({ form, gap: false })),
    false,
  );
  return typeof placed === 'number' ? undefined : placed;
}

/** An issue as an item. */
export function issueItem(line: number, severity: Issue['severity'], reason: string, message: string): CorpusItem {
  return { kind: 'issue', issue: { line, severity, reason, message } };
}

/** What a format makes of one JSON value that begins on a line (1-based). */
export type TakeValue = (value: unknown, line: number) => readonly CorpusItem[];

function parsed(text: string, line: number, take: TakeValue): readonly CorpusItem[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const why = messageOf(error);
    return [issueItem(line, 'error', 'json', `This is no valid JSON (${why}): correct it. It was left out.`)];
  }
  return take(value, line);
}

/**
 * A reader of JSON values: one a line, or the elements of one array. `lines` says that a file which does not begin with
 * `[` has one value a line, so that a broken line costs only itself.
 */
export function jsonReader(take: TakeValue, { lines }: { readonly lines: boolean }): Reader {
  let items: CorpusItem[] = [];
  let inner: { push: (text: string) => void; end: () => void } | undefined;
  const add = (text: string, line: number): void => {
    append(items, parsed(text, line, take));
  };
  const choose = (text: string): typeof inner => {
    const first = /[^\s\uFEFF]/.exec(text)?.[0];
    if (first === undefined) return undefined;
    if (lines && first !== '[') {
      let line = 0;
      return new LineFeed((content) => {
        line++;
        const row = content.replace(/^\uFEFF/, '');
        if (row.trim() !== '') add(row, line);
      });
    }
    return new ValueFeed(add);
  };
  // White space and line ends before the first value.
  const waiting: string[] = [];
  const taken = (): readonly CorpusItem[] => {
    const result = items;
    items = [];
    return result;
  };
  return {
    push: (text) => {
      if (inner === undefined) {
        waiting.push(text);
        inner = choose(text);
        inner?.push(waiting.join(''));
      } else inner.push(text);
      return taken();
    },
    end: () => {
      inner?.end();
      return taken();
    },
  };
}

/** Cuts JSON that comes in pieces into the elements of its outermost array, or the values that stand one after the other. */
class ValueFeed {
  readonly #add: (text: string, line: number) => void;
  #parts: string[] = [];
  #depth = 0;
  #inArray = false;
  #inString = false;
  #escaped = false;
  #begun = false;
  #started = false;
  #line = 1;
  #startLine = 1;

  constructor(add: (text: string, line: number) => void) {
    this.#add = add;
  }

  push(text: string): void {
    let start = 0;
    for (let index = 0; index < text.length; index++) {
      const sign = text.charAt(index);
      if (sign === '\n') this.#line++;
      if (!this.#started) {
        if (/[\s,\uFEFF]/.test(sign)) continue;
        if (sign === '[' && !this.#begun) {
          this.#begun = true;
          this.#inArray = true;
          continue;
        }
        this.#begun = true;
        if (sign === ']' && this.#inArray) continue;
        this.#started = true;
        this.#startLine = this.#line;
        start = index;
      }
      if (this.#step(sign)) {
        this.#parts.push(text.slice(start, index + 1));
        this.#finish();
      }
    }
    if (this.#started) this.#parts.push(text.slice(start));
  }

  end(): void {
    if (this.#started) this.#finish();
  }

  /** Takes one sign of a value; true where it is the last one. */
  #step(sign: string): boolean {
    if (this.#inString) {
      if (this.#escaped) this.#escaped = false;
      else if (sign === '\\') this.#escaped = true;
      else if (sign === '"') this.#inString = false;
      return false;
    }
    if (sign === '"') this.#inString = true;
    else if (sign === '{' || sign === '[') this.#depth++;
    else if (sign === '}' || sign === ']') {
      this.#depth--;
      return this.#depth <= 0;
    }
    return false;
  }

  #finish(): void {
    const text = this.#parts.join('');
    this.#parts = [];
    this.#started = false;
    this.#inString = false;
    this.#escaped = false;
    this.#depth = 0;
    this.#add(text, this.#startLine);
  }
}

/** A writer of one JSON value a line for each row. */
export function rowWriter(valueOf: (row: Row, number: number) => unknown): Writer {
  const gatherer = new RowGatherer();
  let number = 0;
  const lines = (rows: readonly Row[]): readonly Output[] =>
    rows.map((row) => ({ file: '', text: `${JSON.stringify(valueOf(row, ++number))}\n` }));
  return { add: (item) => lines(gatherer.add(item)), end: () => lines(gatherer.end()) };
}
