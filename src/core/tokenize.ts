import { lazy } from './lazy.ts';
import { finish } from './steps.ts';
import type { Steps } from './steps.ts';
import type { Token } from './token.ts';
import { abbreviations, abbreviationsBeforeNumbers, boundPrefixes, fusedWords } from './wordLists.ts';
import { largest } from './lists.ts';

const chunk = /\S+/gu;
// A word that no rule takes apart.
const plain = /^\p{Script=Latin}+$/u;
const letter = String.raw`[\p{L}\p{M}\p{N}_\u200C\u200D\u00AD]`;
const apostrophe = `['’]`;

// Shapes that are one token whatever they hold, tried in this order at each position.
const url = /(?:(?:https?|ftp|file):\/\/|www\d?\.|mailto:)[^\s<>"“”]+/iuy;
const host =
  /[\p{L}\p{N}][\p{L}\p{N}-]*(?:\.[\p{L}\p{N}-]+)*\.(?:com|org|net|edu|gov|mil|info|biz|io|uk|de|fr|ca|au|nz|eu)(?![\p{L}\p{N}@])/iuy;
const pathOfUrl = /\/[^\s<>"“”]*/uy;
const mail = /[\p{L}\p{N}](?:[\p{L}\p{N}._%+-]*[\p{L}\p{N}_%+.-])?@[\p{L}\p{N}_](?:[\p{L}\p{N}_.-]*[\p{L}\p{N}_])?/iuy;
const fileName =
  /[\p{L}\p{N}_#-]+\.(?:docx?|xlsx?|pdf|txt|jpe?g|gif|png|html?|php|zip|exe|mp3|mp4|url)(?![\p{L}\p{N}])|\p{L}[\p{L}\p{N}]*(?:\.\p{L}[\p{L}\p{N}-]+){2,}/iuy;
const face = /(?:>?[:;=][-'o^]?[)(\]\[]+|[(][-'o^]?[:;=](?![\p{L}\p{N}])|<3+|\^[_.-]?\^|-_+-)/uy;
const letterFace = /(?:[:;=8][-'o^]?[DPpOo/\\|3*S]|[xX]D|[oO]_[oO])(?![\p{L}\p{N}])/uy;
const run =
  /(?:\.{2,}|…+\.*|[-=]{2,}>?|—+|–+|_{2,}|\*{2,}|\+{2,}|~{2,}|#{2,}|<{2,}|>{2,}|\${2,}|'{2}|‘’|’’|``|-+>|<-+)/uy;
const phone =
  /(?:\+?\d{1,3}[-.])?(?:\(\d{3}\)|\d{3})[-./]\d{3}[-.]\d{4}(?!\d)|\d{3}-\d{4}(?!\d)|\d{5}-\d{4}(?!\d)|[xX]?\d-\d{4}(?!\d)/uy;
const date = /\d{1,4}\/\d{1,2}\/\d{2,4}(?!\d)|\d{1,2}-\d{1,2}-\d{2,4}(?!\d)|\d{1,2}\/\d{1,2}(?![\d/])/uy;
const ordinal = /\d+(?:[.,]\d+)*(?:st|nd|rd|th)(?!\p{L})|\d+['’]?s(?![\p{L}\p{N}])/iuy;
const number = /\+?\d+(?:[.,:]\d+)*|\.\d+/uy;
const unit =
  /(?:[ap]\.?m|hrs?|mins?|secs?|yrs?|[cmk]?m|k[gb]|[gm][bw]|ft|lbs?|oz|mph|[mg]?hz|hh|mm|k|percent|watts?)(?![\p{L}\p{M}\p{N}])/iuy;
const initials = /\p{L}(?:\.\p{L})+(?![\p{L}\p{M}\p{N}'’])\.?/uy;
const slashed = /(?:b\/c|w\/(?:out|o)|w\/|l\/c|c\/o|n\/a)(?!\p{L})/iuy;
const ampersand = /\p{Lu}{1,4}&\p{Lu}{1,3}(?![\p{L}\p{N}])/uy;
const clitic = /(?:n['’]t|['’](?:s|m|d|ll|re|ve|em|n|til|cause|bout|round)|['’]\d\ds?)(?![\p{L}\p{M}\p{N}])/iuy;
const word = new RegExp(`${letter}+(?:${apostrophe}${letter}+)*`, 'uy');
const currency = /(?:US|AU|C|A|U)\$(?=\d)/uy;
const wholes = [face, letterFace, run, phone, date, ordinal, slashed, ampersand, currency, clitic, initials];
const marks = /[!?.,]*/uy;
const moreMarks = /[!?.]*/uy;
const addressSign = /[.@:]/g;
const grapheme = lazy(() => new Intl.Segmenter('en', { granularity: 'grapheme' }));
const LONGEST_FUSED = largest(Array.from(fusedWords.keys(), (known) => known.length));
const scriptWords = lazy(() => new Intl.Segmenter('ja', { granularity: 'word' }));
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/**
 * The words of a text by the conventions of UD English EWT: clitics, punctuation and most hyphens apart; addresses,
 * numbers, dates, abbreviations with their dot, emoticons and runs of the same sign whole. Every character that is no
 * white space is in exactly one token. Offsets are UTF-16.
 */
export function tokenize(text: string): readonly Token[] {
  return finish(tokenizing(text));
}

const TOKENS_AT_A_TIME = 50;

/** `tokenize` some tokens at a time, for whoever has other things to do between them. */
export function* tokenizing(text: string): Steps<readonly Token[]> {
  const tokens: Token[] = [];
  for (const match of text.matchAll(chunk)) {
    const end = match.index + match[0].length;
    if (plain.test(match[0]) && !fusedWords.has(match[0].toLowerCase())) {
      tokens.push({ form: match[0], start: match.index, end });
      continue;
    }
    const found = new Chunk(text, end);
    for (let position = match.index; position < end;) {
      const next = found.scan(position);
      for (const [start, stop] of next) tokens.push({ form: text.slice(start, stop), start, end: stop });
      position = next.at(-1)?.[1] ?? end;
      if (tokens.length % TOKENS_AT_A_TIME === 0) yield;
    }
  }
  return tokens;
}

type Piece = readonly [start: number, end: number];

function matchAt(pattern: RegExp, text: string, position: number, end: number): number {
  pattern.lastIndex = position;
  const found = pattern.exec(text);
  return found === null ? position : Math.min(position + found[0].length, end);
}

/** The longest host, mail address or file name; what is looked for at each place of a long run must not be as long as the run. */
const LONGEST_NAME = 320;
const LONGEST_SIGN = 32;

/** A run of characters without white space; what was found out once about its rest is remembered, so that its length matters once. */
class Chunk {
  readonly #text: string;
  readonly #end: number;
  /** The first `.`, `@` or `:` at or after the last place that was asked about. */
  #addressSign = -1;
  /** Up to here no run of punctuation holds `!` or `?`. */
  #plainMarks = -1;

  constructor(text: string, end: number) {
    this.#text = text;
    this.#end = end;
  }

  /** The tokens that begin at a place. */
  scan(position: number): readonly Piece[] {
    const text = this.#text;
    const end = this.#end;
    const whole = this.#mayBeAddress(position) ? addressEnd(text, position, end) : position;
    if (whole > position) return [[position, whole]];
    const afterWord = /[\p{L}\p{N}]$/u.test(text.slice(Math.max(0, position - 2), position));
    for (const pattern of wholes) {
      if (pattern === letterFace && afterWord) continue;
      const stop = matchAt(pattern, text, position, end);
      if (stop > position) return [[position, stop]];
      const marked = pattern === run ? this.#marksEnd(position) : position;
      if (marked > position) return [[position, marked]];
    }
    const digits = matchAt(number, text, position, end);
    if (digits > position) return measured(text, position, digits, end);
    const stop = matchAt(word, text, position, end);
    if (stop > position) return words(text, position, stop, end);
    return [[position, this.#signEnd(position)]];
  }

  #mayBeAddress(position: number): boolean {
    if (this.#addressSign < position) {
      addressSign.lastIndex = position;
      this.#addressSign = addressSign.exec(this.#text)?.index ?? Infinity;
    }
    return this.#addressSign < Math.min(this.#end, position + LONGEST_NAME);
  }

  /** The end of a run of punctuation with `!` or `?` in it, or the position. */
  #marksEnd(position: number): number {
    if (position < this.#plainMarks) return position;
    const stop = matchAt(marks, this.#text, position, this.#end);
    let last = stop - 1;
    while (last >= position && !/[!?]/.test(this.#text.charAt(last))) last--;
    if (last >= position) return matchAt(moreMarks, this.#text, last, this.#end);
    this.#plainMarks = stop;
    return position;
  }

  #signEnd(position: number): number {
    for (let length = LONGEST_SIGN; ; length *= 2) {
      const rest = this.#text.slice(position, Math.min(this.#end, position + length));
      const sign = grapheme().segment(rest)[Symbol.iterator]().next().value?.segment.length ?? 1;
      if (sign < rest.length || rest.length < length) return position + sign;
    }
  }
}

/** A number, with its unit apart (`10 am`, `5 km`) or with the letters that belong to it (`4G`, `1.4bn`). */
function measured(text: string, start: number, digits: number, end: number): readonly Piece[] {
  const stop = matchAt(unit, text, digits, end);
  if (stop > digits)
    return [
      [start, digits],
      [digits, stop],
    ];
  return [[start, matchAt(word, text, digits, end)]];
}

/** The end of an address, without punctuation that belongs to the sentence around it. */
function addressEnd(text: string, position: number, end: number): number {
  const inReach = (pattern: RegExp): number => nameEnd(pattern, text, position, end);
  const hostEnd = inReach(host);
  const withPath = hostEnd > position ? matchAt(pathOfUrl, text, hostEnd, end) : position;
  let stop = Math.max(matchAt(url, text, position, end), withPath, inReach(mail), inReach(fileName));
  const opening = { ')': text.indexOf('(', position), ']': text.indexOf('[', position) } as const;
  for (; stop > position; stop--) {
    const last = text.charAt(stop - 1);
    if (last === ')' || last === ']' ? isWithin(opening[last], stop) : !/[.,;:!?'"’”>*}]/u.test(last)) break;
  }
  return stop;
}

function isWithin(place: number, stop: number): boolean {
  return place >= 0 && place < stop;
}

/** The end of a name that is no longer than names are. */
function nameEnd(pattern: RegExp, text: string, position: number, end: number): number {
  if (end - position <= LONGEST_NAME) return matchAt(pattern, text, position, end);
  const near = text.slice(position, position + LONGEST_NAME);
  const stop = matchAt(pattern, near, 0, near.length);
  // What reaches the end of what is looked at may go on behind it.
  return stop === near.length ? position : position + stop;
}

/** A run of letters with what belongs to it: taken apart at clitics, with hyphenated prefixes and the dot of an abbreviation. */
function words(text: string, start: number, stop: number, end: number): readonly Piece[] {
  const form = text.slice(start, stop);
  const lower = form.toLowerCase();
  if (text[stop] === '-' && boundPrefixes.has(lower) && /[\p{L}\p{N}]/u.test(text.charAt(stop + 1))) {
    const rest = matchAt(word, text, stop + 1, end);
    if (rest > stop + 1) return split(text, start, rest);
  }
  if (text[stop] === '.' && keepsDot(text, form, stop)) return [[start, stop + 1]];
  return split(text, start, stop);
}

function keepsDot(text: string, form: string, stop: number): boolean {
  const lower = form.toLowerCase();
  const rest = text.slice(stop + 1, stop + 40);
  if (/^\.\.|^\.\S|^[\p{L}\p{N}]/u.test(rest)) return false;
  if (abbreviationsBeforeNumbers.has(lower)) return /^\s*#?\d/.test(rest);
  if (abbreviations.has(lower)) return true;
  return /^\p{Lu}$/u.test(form) && /^\s*[\p{L}\p{N}(“"]/u.test(rest);
}

const notClitic = new RegExp(`n${apostrophe}t$`, 'iu');
const endClitic = new RegExp(`${apostrophe}(?:s|m|d|ll|re|ve)$`, 'iu');
const LONGEST_CLITIC = 3;

function split(text: string, start: number, stop: number): readonly Piece[] {
  const form = text.slice(start, stop);
  if (unspaced.test(form)) return unspacedWords(form).map(([first, end]) => [start + first, start + end]);
  const clitics: Piece[] = [];
  let end = stop;
  for (;;) {
    const fused = end - start <= LONGEST_FUSED ? fusedWords.get(text.slice(start, end).toLowerCase()) : undefined;
    if (fused !== undefined) return [[start, start + fused], [start + fused, end], ...clitics.toReversed()];
    // A clitic has something before it.
    const tail = text.slice(Math.max(start + 1, end - LONGEST_CLITIC), end);
    const length = (notClitic.exec(tail) ?? endClitic.exec(tail))?.[0].length ?? 0;
    if (length === 0) return [[start, end], ...clitics.toReversed()];
    clitics.push([end - length, end]);
    end -= length;
  }
}

/** How much of a text without spaces is divided at a time: the time and memory of a dictionary grow faster than the text. */
const DIVIDED = 500;
/** What is this near to the end of what is looked at may be divided otherwise with more text. */
const UNSURE = 50;

/** The words of a text in a script without spaces. */
function unspacedWords(form: string): readonly Piece[] {
  const pieces: Piece[] = [];
  for (let from = 0; from < form.length;) {
    const near = form.slice(from, from + DIVIDED);
    const last = from + near.length === form.length;
    let next = from;
    for (const { segment, index } of scriptWords().segment(near)) {
      const end = index + segment.length;
      if (!last && index > 0 && end > near.length - UNSURE) break;
      pieces.push([from + index, from + end]);
      next = from + end;
    }
    from = next;
  }
  return pieces;
}
