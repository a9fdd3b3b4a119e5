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

/**
 * The sentences of prose as UTF-16 ranges without the white space between them, in order. Blank lines, headings, list
 * items, quotes, rules and lines that were not merely wrapped are borders; fenced code is no text. Inside a paragraph
 * Unicode's sentence borders are repaired: none after titles, initials and abbreviations, none before lower case.
 * Without markup nothing but white space is left out.
 */
export function splitSentences(text: string, markup: 'markdown' | 'none' = 'markdown'): readonly TextRange[] {
  return paragraphs(text, markup === 'markdown').flatMap((paragraph) => sentencesIn(text, paragraph));
}

/** True for a line that begins or ends fenced code. */
export function isFenceLine(line: string): boolean {
  return fence.test(line);
}

interface Line extends TextRange {
  readonly content: string;
}

/** The ranges that hold running text, without list markers and the like. */
function paragraphs(text: string, markup: boolean): readonly TextRange[] {
  const starts = lineStarts(text);
  const result: TextRange[] = [];
  let open: Line[] = [];
  let inFence = false;
  const close = (): void => {
    result.push(...unwrapped(open));
    open = [];
  };
  for (const [index, start] of starts.entries()) {
    const content = text.slice(start, starts[index + 1] ?? text.length).trimEnd();
    const isFence = markup && isFenceLine(content);
    if (isFence) inFence = !inFence;
    if (isFence || inFence || content.trim() === '' || (markup && rule.test(content))) {
      close();
      continue;
    }
    const mark = (markup ? marker.exec(content)?.[0] : undefined) ?? '';
    if (mark !== '') close();
    const from = start + mark.length;
    const rest = content.slice(mark.length);
    if (rest.trim() === '') continue;
    open.push({ start: from, end: start + content.length, content: rest });
    if (/^\s*(?:#|\|)/.test(mark)) close();
  }
  close();
  return result;
}

/** Joins lines of a block that only the width of the page divided: those that the next word would have made longer than the longest. */
function unwrapped(lines: readonly Line[]): readonly TextRange[] {
  const width = Math.max(0, ...lines.map((line) => line.content.length));
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

function sentencesIn(text: string, { start, end }: TextRange): readonly TextRange[] {
  const body = text.slice(start, end);
  const sentences: { start: number; end: number }[] = [];
  segmenter ??= new Intl.Segmenter('en', { granularity: 'sentence' });
  for (const { segment, index } of segmenter.segment(body.replace(/[\r\n\u0085\u2028\u2029]/g, ' '))) {
    const from = start + index;
    const last = sentences.at(-1);
    if (last !== undefined && belongsTogether(text.slice(last.start, last.end), segment))
      last.end = from + segment.length;
    else sentences.push({ start: from, end: from + segment.length });
  }
  return sentences.map((sentence) => trimRange(text, sentence)).filter((sentence) => sentence.start < sentence.end);
}

function trimRange(text: string, range: TextRange): TextRange {
  const part = text.slice(range.start, range.end);
  return {
    start: range.start + (part.length - part.trimStart().length),
    end: range.end - (part.length - part.trimEnd().length),
  };
}

/** Whether the border that Unicode's rules see between two pieces is none. */
function belongsTogether(left: string, right: string): boolean {
  const head = left.trimEnd();
  const next = right.trim();
  if (next === '' || head === '') return true;
  if (!/[\p{L}\p{N}]/u.test(next)) return true;
  if (/^[^\p{L}\p{N}]*\d{1,3}[.)]$/u.test(head)) return true;
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
