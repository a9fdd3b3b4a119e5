import { lazy } from './lazy.ts';
import type { Token } from './token.ts';
import { abbreviations, abbreviationsBeforeNumbers, boundPrefixes, fusedWords } from './wordLists.ts';

const chunk = /\S+/gu;
// A word that no rule takes apart.
const plain = /^\p{Script=Latin}+$/u;
const letter = String.raw`[\p{L}\p{M}\p{N}_\u200C\u200D\u00AD]`;
const apostrophe = `['’]`;

// Shapes that are one token whatever they hold, tried in this order at each position.
const url =
  /(?:(?:https?|ftp|file):\/\/|www\d?\.|mailto:)[^\s<>"“”]+|[\p{L}\p{N}][\p{L}\p{N}-]*(?:\.[\p{L}\p{N}-]+)*\.(?:com|org|net|edu|gov|mil|info|biz|io|uk|de|fr|ca|au|nz|eu)(?![\p{L}\p{N}@])(?:\/[^\s<>"“”]*)?/iuy;
const mail = /[\p{L}\p{N}](?:[\p{L}\p{N}._%+-]*[\p{L}\p{N}_%+.-])?@[\p{L}\p{N}_](?:[\p{L}\p{N}_.-]*[\p{L}\p{N}_])?/iuy;
const fileName =
  /[\p{L}\p{N}_#-]+\.(?:docx?|xlsx?|pdf|txt|jpe?g|gif|png|html?|php|zip|exe|mp3|mp4|url)(?![\p{L}\p{N}])|\p{L}[\p{L}\p{N}]*(?:\.\p{L}[\p{L}\p{N}-]+){2,}/iuy;
const face = /(?:>?[:;=][-'o^]?[)(\]\[]+|[(][-'o^]?[:;=](?![\p{L}\p{N}])|<3+|\^[_.-]?\^|-_+-)/uy;
const letterFace = /(?:[:;=8][-'o^]?[DPpOo/\\|3*S]|[xX]D|[oO]_[oO])(?![\p{L}\p{N}])/uy;
const run =
  /(?:\.{2,}|…+\.*|[!?.,]*[!?][!?.]*|[-=]{2,}>?|—+|–+|_{2,}|\*{2,}|\+{2,}|~{2,}|#{2,}|<{2,}|>{2,}|\${2,}|'{2}|‘’|’’|``|-+>|<-+)/uy;
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
const grapheme = lazy(() => new Intl.Segmenter('en', { granularity: 'grapheme' }));
const scriptWords = lazy(() => new Intl.Segmenter('ja', { granularity: 'word' }));
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/**
 * The words of a text by the conventions of UD English EWT: clitics, punctuation and most hyphens apart; addresses,
 * numbers, dates, abbreviations with their dot, emoticons and runs of the same sign whole. Every character that is no
 * white space is in exactly one token. Offsets are UTF-16.
 */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(chunk)) {
    const end = match.index + match[0].length;
    if (plain.test(match[0]) && !fusedWords.has(match[0].toLowerCase())) {
      tokens.push({ form: match[0], start: match.index, end });
      continue;
    }
    for (let position = match.index; position < end;) {
      const next = scan(text, position, end);
      for (const [start, stop] of next) tokens.push({ form: text.slice(start, stop), start, end: stop });
      position = next.at(-1)?.[1] ?? end;
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

function scan(text: string, position: number, end: number): readonly Piece[] {
  const whole = /[.@:]/.test(text.slice(position, end)) ? addressEnd(text, position, end) : position;
  if (whole > position) return [[position, whole]];
  const afterWord = /[\p{L}\p{N}]$/u.test(text.slice(Math.max(0, position - 2), position));
  for (const pattern of wholes) {
    if (pattern === letterFace && afterWord) continue;
    const stop = matchAt(pattern, text, position, end);
    if (stop > position) return [[position, stop]];
  }
  const digits = matchAt(number, text, position, end);
  if (digits > position) return measured(text, position, digits, end);
  const stop = matchAt(word, text, position, end);
  if (stop > position) return words(text, position, stop, end);
  const sign = grapheme().segment(text.slice(position, end))[Symbol.iterator]().next().value;
  return [[position, position + (sign?.segment.length ?? 1)]];
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
  let stop = Math.max(...[url, mail, fileName].map((pattern) => matchAt(pattern, text, position, end)));
  for (; stop > position; stop--) {
    const last = text.charAt(stop - 1);
    const open = { ')': '(', ']': '[' }[last];
    if (open !== undefined ? text.slice(position, stop).includes(open) : !/[.,;:!?'"’”>*}]/u.test(last)) break;
  }
  return stop;
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

const notClitic = new RegExp(`^(.+?)(n${apostrophe}t)$`, 'iu');
const endClitic = new RegExp(`^(.+)(${apostrophe}(?:s|m|d|ll|re|ve))$`, 'iu');

function split(text: string, start: number, stop: number): readonly Piece[] {
  const form = text.slice(start, stop);
  if (unspaced.test(form)) {
    return [...scriptWords().segment(form)].map(({ segment, index }) => [
      start + index,
      start + index + segment.length,
    ]);
  }
  const fused = fusedWords.get(form.toLowerCase());
  if (fused !== undefined)
    return [
      [start, start + fused],
      [start + fused, stop],
    ];
  const match = notClitic.exec(form) ?? endClitic.exec(form);
  const head = match?.[1];
  if (head === undefined) return [[start, stop]];
  return [...split(text, start, start + head.length), [start + head.length, stop]];
}
