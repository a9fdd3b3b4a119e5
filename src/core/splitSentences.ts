import { lineStarts } from './lines.ts';
import type { TextRange } from './text.ts';
import { mayBeLast, neverLast, sentenceStarters } from './wordLists.ts';

/** Made when it is first needed: its tables take three megabytes. */
let segmenter: Intl.Segmenter | undefined;
const fence = /^ {0,3}(?:`{3,}|~{3,})/;
const marker = /^\s*(?:#{1,6}\s+|>\s?|[-*+•]\s+(?:\[[ xX]\]\s+)?|\d{1,3}[.)]\s+|\|)/;
const rule = /^\s*(?:[-=_*]\s*){3,}$/;
const WRAP_MIN = 50;
const WRAP_MAX = 110;

/** A sentence that nothing ends before ends here, so that what is done with one in one go stays short. */
export const LONGEST_SENTENCE = 5000;

/**
 * The sentences of prose as UTF-16 ranges without the white space between them, in order. Blank lines, headings, list
 * items, quotes, rules and lines that were not merely wrapped are borders; fenced code is no text. Inside a paragraph
 * Unicode's sentence borders are repaired: none after titles, initials and abbreviations, none before lower case.
 * Without markup nothing but white space is left out.
 */
export function splitSentences(text: string, markup: 'markdown' | 'none' = 'markdown'): readonly TextRange[] {
  return [...splittingSentences(text, markup)].filter((range) => range !== undefined);
}

/** `splitSentences` one at a time, for whoever has other things to do between them; undefined where there is none yet. */
export function* splittingSentences(
  text: string,
  markup: 'markdown' | 'none' = 'markdown',
): Generator<TextRange | undefined, void, void> {
  for (const paragraph of paragraphs(text, markup === 'markdown'))
    if (paragraph === undefined) yield undefined;
    else yield* sentencesIn(text, paragraph);
}

/** True for a line that begins or ends fenced code. */
export function isFenceLine(line: string): boolean {
  return fence.test(line);
}

interface Line extends TextRange {
  readonly content: string;
}

const LINES_AT_A_TIME = 100;

/** The ranges that hold running text, without list markers and the like; undefined now and then, where there is none yet. */
function* paragraphs(text: string, markup: boolean): Generator<TextRange | undefined, void, void> {
  const starts = lineStarts(text);
  let open: Line[] = [];
  let inFence = false;
  for (const [index, start] of starts.entries()) {
    if (index % LINES_AT_A_TIME === LINES_AT_A_TIME - 1) yield undefined;
    const content = text.slice(start, starts[index + 1] ?? text.length).trimEnd();
    const isFence = markup && isFenceLine(content);
    if (isFence) inFence = !inFence;
    const mark = (markup ? marker.exec(content)?.[0] : undefined) ?? '';
    const isBorder = isFence || inFence || content.trim() === '' || (markup && rule.test(content));
    if (isBorder || mark !== '') {
      yield* unwrapped(open);
      open = [];
    }
    if (isBorder) continue;
    const from = start + mark.length;
    const rest = content.slice(mark.length);
    if (rest.trim() === '') continue;
    open.push({ start: from, end: start + content.length, content: rest });
    if (/^\s*(?:#|\|)/.test(mark)) {
      yield* unwrapped(open);
      open = [];
    }
  }
  yield* unwrapped(open);
}

/** Joins lines of a block that only the width of the page divided: those that the next word would have made longer than the longest. */
function unwrapped(lines: readonly Line[]): readonly TextRange[] {
  const width = lines.reduce((most, line) => Math.max(most, line.content.length), 0);
  const wrapped = width >= WRAP_MIN && width <= WRAP_MAX;
  const result: { start: number; end: number }[] = [];
  let previous: Line | undefined;
  for (const line of lines) {
    const last = result.at(-1);
    const nextWord = /^\s*(\S+)/.exec(line.content)?.[1] ?? '';
    const joins = wrapped && previous !== undefined && previous.content.length + 1 + nextWord.length > width;
    if (last !== undefined && joins) last.end = line.end;
    else result.push({ start: line.start, end: line.end });
    previous = line;
  }
  return result;
}

/** How much text is looked at for borders at a time. */
const WINDOW = LONGEST_SENTENCE + 1000;
/** Whether there is a border may depend on what follows it, as far as this. */
const LOOKAHEAD = 500;
const lineEnds = /[\r\n\u0085\u2028\u2029]/g;

/** The pieces between Unicode's sentence borders, and, where there is none for long, between words. */
function* pieces(text: string, { start, end }: TextRange): Generator<TextRange, void, void> {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'sentence' });
  for (let from = start; from < end;) {
    const stop = Math.min(end, from + WINDOW);
    const near = text.slice(from, stop).replace(lineEnds, ' ');
    const sure = stop === end ? near.length : near.length - LOOKAHEAD;
    let next = from;
    for (const { segment, index } of segmenter.segment(near)) {
      if (index + segment.length > sure) break;
      yield* shortPieces(text, { start: from + index, end: from + index + segment.length });
      next = from + index + segment.length;
    }
    if (next === from) {
      next = cutBefore(text, from, from + LONGEST_SENTENCE);
      yield { start: from, end: next };
    }
    from = next;
  }
}

function* shortPieces(text: string, { start, end }: TextRange): Generator<TextRange, void, void> {
  let from = start;
  for (; end - from > LONGEST_SENTENCE;) {
    const next = cutBefore(text, from, from + LONGEST_SENTENCE);
    yield { start: from, end: next };
    from = next;
  }
  yield { start: from, end };
}

/** Where to cut at the latest at `end`: after the last white space, else between characters. */
function cutBefore(text: string, start: number, end: number): number {
  for (let at = end; at > start + LONGEST_SENTENCE / 2; at--) if (/\s/.test(text.charAt(at - 1))) return at;
  return /[\uDC00-\uDFFF]/.test(text.charAt(end)) ? end - 1 : end;
}

function* sentencesIn(text: string, paragraph: TextRange): Generator<TextRange, void, void> {
  let last: { start: number; end: number } | undefined;
  for (const { start, end } of pieces(text, paragraph)) {
    if (last !== undefined && end - last.start <= LONGEST_SENTENCE) {
      const left = text.slice(Math.max(last.start, last.end - LONGEST_END), last.end).replace(lineEnds, ' ');
      if (belongsTogether(left, text.slice(start, end).replace(lineEnds, ' '), last.end - last.start > LONGEST_END)) {
        last.end = end;
        continue;
      }
    }
    if (last !== undefined) yield* trimmed(text, last);
    last = { start, end };
  }
  if (last !== undefined) yield* trimmed(text, last);
}

function* trimmed(text: string, range: TextRange): Generator<TextRange, void, void> {
  const sentence = trimRange(text, range);
  if (sentence.start < sentence.end) yield sentence;
}

function trimRange(text: string, range: TextRange): TextRange {
  const part = text.slice(range.start, range.end);
  return {
    start: range.start + (part.length - part.trimStart().length),
    end: range.end - (part.length - part.trimEnd().length),
  };
}

/** How much of a sentence's end says whether it is one. */
const LONGEST_END = 200;

/** Whether the border that Unicode's rules see between two pieces is none; `more` where `left` is only the end of the first. */
function belongsTogether(left: string, right: string, more: boolean): boolean {
  const head = left.trimEnd();
  const next = right.trim();
  if (next === '' || (head === '' && !more)) return true;
  if (!/[\p{L}\p{N}]/u.test(next)) return true;
  if (!more && /^[^\p{L}\p{N}]*\d{1,3}[.)]$/u.test(head)) return true;
  if (!/\s$/.test(left) && /[.!?]$/.test(left) && !/^\p{Lu}/u.test(next)) return true;
  const closed = /[.!?…]["'”’)\]]+$/u.test(head);
  if (closed && /^\p{Ll}/u.test(next)) return true;
  if (/…$|\.{3}$/.test(head) && /^\p{Ll}/u.test(next)) return true;
  const abbreviation = /(?:^|[\s("'“‘\[/-])((?:\p{L}\p{M}*\.)*\p{L}[\p{L}\p{M}'’]*)\.$/u.exec(head)?.[1]?.toLowerCase();
  if (abbreviation === undefined) return false;
  if (neverLast.has(abbreviation)) return true;
  const nextWord = /[\p{L}\p{M}'’]+|\d+/u.exec(next)?.[0] ?? '';
  const starts = sentenceStarters.has(nextWord.toLowerCase().split(/['’]/u)[0] ?? '');
  if (mayBeLast.has(abbreviation)) return !starts;
  return /^\p{L}(?:\.\p{L})*$/u.test(abbreviation) && !starts;
}
