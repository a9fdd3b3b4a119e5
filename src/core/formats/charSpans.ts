import type { Issue } from '../columns/document.ts';
import type { Span } from '../span.ts';
import { splitSentences } from '../splitSentences.ts';
import { byteCounter, codePointCounter, utf16Counter, utf16OfBytes } from '../text.ts';
import type { TextRange } from '../text.ts';
import type { Token } from '../token.ts';
import { tokenize } from '../tokenize.ts';
import type { OffsetUnit } from './format.ts';

/** A span by characters of a text; the unit is said where it is used. `quoted` is what the file says stands there. */
export interface CharSpan {
  readonly start: number;
  readonly end: number;
  readonly label: string;
  readonly quoted?: string | undefined;
}

/** Why a span could not be taken as it is. */
export interface SpanProblem {
  readonly reason: 'outOfText' | 'overlap' | 'quotedText' | 'whiteSpace';
  readonly message: string;
  /** The span as it was given. */
  readonly span: CharSpan;
}

/** A problem as an issue of a line of a file (1-based). */
export function spanIssue(problem: SpanProblem, line: number): Issue {
  const { reason, message } = problem;
  return { line, severity: reason === 'whiteSpace' ? 'warning' : 'error', reason, message };
}

/** UTF-16 offsets as a format counts them. */
export function offsetsTo(text: string, unit: OffsetUnit): (offset: number) => number {
  if (unit === 'utf16') return (offset) => offset;
  return unit === 'byte' ? byteCounter(text) : codePointCounter(text);
}

/** Spans in a format's unit as spans in UTF-16; what lies past the end of the text stays past it. */
export function inUtf16(text: string, spans: readonly CharSpan[], unit: OffsetUnit): readonly CharSpan[] {
  if (unit === 'utf16' || spans.length === 0) return spans;
  const offset = unit === 'byte' ? utf16OfBytes(text) : utf16Counter(text);
  const length = offsetsTo(text, unit)(text.length);
  const place = (count: number): number => (count > length ? text.length + count - length : offset(count));
  return spans.map((span) => ({ ...span, start: place(span.start), end: place(span.end) }));
}

/**
 * The unit in which spans fit a text best: what they quote is there, their borders are borders of words, they end in the
 * text. Code points where several fit alike, and always where every character is one UTF-16 unit.
 */
export function fittingUnit(text: string, spans: readonly CharSpan[]): OffsetUnit {
  if (spans.length === 0 || !/[\u{10000}-\u{10FFFF}]/u.test(text)) return 'codePoint';
  const borders = new Set(tokenize(text).flatMap(({ start, end }) => [`<${String(start)}`, `>${String(end)}`]));
  const fit = (unit: OffsetUnit): number =>
    inUtf16(text, spans, unit).reduce(
      (sum, { start, end, quoted }) =>
        sum +
        (borders.has(`<${String(start)}`) ? 1 : 0) +
        (borders.has(`>${String(end)}`) ? 1 : 0) +
        (quoted !== undefined && text.slice(start, end) === quoted ? 3 : 0),
      0,
    );
  const units: readonly OffsetUnit[] = ['codePoint', 'utf16'];
  return units.reduce((best, unit) => (fit(unit) > fit(best) ? unit : best));
}

/** Spans (UTF-16) that a layer can hold: in order, without overlaps and without white space at their ends; and what was wrong with the others. */
export function usableSpans(
  text: string,
  spans: readonly CharSpan[],
): { readonly spans: readonly CharSpan[]; readonly problems: readonly SpanProblem[] } {
  const problems: SpanProblem[] = [];
  const usable: CharSpan[] = [];
  const sorted = [...spans].sort((a, b) => a.start - b.start || b.end - a.end);
  for (const span of sorted) {
    const what = `${span.label} ${String(span.start)}-${String(span.end)}`;
    if (!(span.start >= 0 && span.end <= text.length && span.start < span.end)) {
      const message = `The span ${what} lies outside the text of ${String(text.length)} characters, or is empty: correct its offsets. It was left out.`;
      problems.push({ reason: 'outOfText', message, span });
      continue;
    }
    if (span.quoted !== undefined && normal(span.quoted) !== normal(text.slice(span.start, span.end))) {
      const message = `The span ${what} is said to be “${excerpt(span.quoted, 0, span.quoted.length)}”, but “${excerpt(text, span.start, span.end)}” stands there: correct its offsets. It was taken by its offsets.`;
      problems.push({ reason: 'quotedText', message, span });
    }
    let { start, end } = span;
    while (start < end && /\s/.test(text.charAt(start))) start++;
    while (start < end && /\s/.test(text.charAt(end - 1))) end--;
    if (start >= end) {
      const message = `The span ${what} holds only white space: delete it. It was left out.`;
      problems.push({ reason: 'outOfText', message, span });
      continue;
    }
    if (start !== span.start || end !== span.end)
      problems.push({
        reason: 'whiteSpace',
        message: `The span ${what} begins or ends with white space, which was left out of it.`,
        span,
      });
    const last = usable.at(-1);
    if (last !== undefined && start < last.end) {
      const message = `The span ${what} (“${excerpt(text, start, end)}”) overlaps ${last.label} “${excerpt(text, last.start, last.end)}”; a layer holds one of them. The first and longest was kept.`;
      problems.push({ reason: 'overlap', message, span });
      continue;
    }
    usable.push({ start, end, label: span.label });
  }
  return { spans: usable, problems };
}

const LONGEST_EXCERPT = 80;

/** A part of a text as a message quotes it. */
function excerpt(text: string, start: number, end: number): string {
  return end - start > LONGEST_EXCERPT ? `${text.slice(start, start + LONGEST_EXCERPT)}…` : text.slice(start, end);
}

const normal = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** The spans that have a character between two offsets, of spans that `usableSpans` gave. */
export function spansWithin<Range extends TextRange>(
  spans: readonly Range[],
  start: number,
  end: number,
): readonly Range[] {
  let low = 0;
  for (let high = spans.length; low < high;) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.end ?? Infinity) > start) high = middle;
    else low = middle + 1;
  }
  let stop = low;
  while ((spans[stop]?.start ?? Infinity) < end) stop++;
  return spans.slice(low, stop);
}

/** Finds, for ranges asked about from left to right, those of a list in order of their starts, which may overlap, that have a character in them. */
export function rangesByPlace<Range extends TextRange>(
  ranges: readonly Range[],
): (start: number, end: number) => readonly Range[] {
  let next = 0;
  let open: Range[] = [];
  let from = -Infinity;
  return (start, end) => {
    if (start < from) {
      next = 0;
      open = [];
    }
    from = start;
    open = open.filter((range) => range.end > start);
    for (let range = ranges[next]; range !== undefined && range.start < end; range = ranges[++next])
      if (range.end > start) open.push(range);
    return open.filter((range) => range.start < end);
  };
}

/** Tokens cut at every border of a span that lies inside one, so that the layer has exactly the spans. */
export function cutAtSpans(tokens: readonly Token[], spans: readonly TextRange[]): readonly Token[] {
  const borders = [...new Set(spans.flatMap(({ start, end }) => [start, end]))].sort((a, b) => a - b);
  let next = 0;
  return tokens.flatMap((token) => {
    while ((borders[next] ?? Infinity) <= token.start) next++;
    const cuts: number[] = [];
    for (let index = next; (borders[index] ?? Infinity) < token.end; index++) cuts.push(borders[index] ?? 0);
    if (cuts.length === 0) return [token];
    return [token.start, ...cuts].map((start, index) => {
      const end = cuts[index] ?? token.end;
      return { form: token.form.slice(start - token.start, end - token.start), start, end };
    });
  });
}

/** The layer of spans whose borders are borders of tokens (see `cutAtSpans`). */
export function layerOf(tokens: readonly Token[], spans: readonly CharSpan[]): readonly Span[] {
  let at = 0;
  return spans.flatMap(({ start, end, label }) => {
    while (at < tokens.length && (tokens[at]?.end ?? 0) <= start) at++;
    const first = at;
    let last = first;
    while (last < tokens.length && (tokens[last]?.start ?? 0) < end) last++;
    return last > first ? [{ first, end: last, label }] : [];
  });
}

/** The sentences of a text, made one where a span crosses their border. */
export function sentenceRanges(text: string, spans: readonly TextRange[]): readonly TextRange[] {
  const ranges: { start: number; end: number }[] = [];
  let next = 0;
  for (const range of splitSentences(text, 'none')) {
    const last = ranges.at(-1);
    while (next < spans.length && (spans[next]?.end ?? 0) <= (last?.end ?? 0)) next++;
    const crosses = last !== undefined && (spans[next]?.start ?? Infinity) < last.end;
    if (crosses) last.end = range.end;
    else ranges.push({ start: range.start, end: range.end });
  }
  return ranges;
}
