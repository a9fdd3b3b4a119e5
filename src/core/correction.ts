import { wordsFrom } from './decisions.ts';
import type { Decided, Decisions, Origin } from './decisions.ts';
import type { Draft } from './draft.ts';
import { fail, ok } from './result.ts';
import type { Result } from './result.ts';
import { encode } from './scheme.ts';
import { layerFault } from './span.ts';
import type { Layer, Span } from './span.ts';

/** A correction of the words first..end (half-open): they are a span, or no part of an entity. */
export type WordsCorrection =
  | { readonly kind: 'setSpan'; readonly first: number; readonly end: number; readonly label: string }
  | { readonly kind: 'clear'; readonly first: number; readonly end: number };

/** One decision of a person about the gold of one sentence. Token indices are half-open. */
export type Correction =
  | WordsCorrection
  /** Decides every word; `from` names the models whose answer it is. */
  | { readonly kind: 'setLayer'; readonly layer: Layer; readonly from?: Origin }
  /** Other spans: words on which nobody decided stay so, but for those that the spans cover. */
  | { readonly kind: 'changeSpans'; readonly layer: Layer }
  /** Decides words on which nobody decided as the draft has them. */
  | { readonly kind: 'decideRest'; readonly draft: Draft }
  /** Takes decisions back: nobody decided these words. */
  | { readonly kind: 'undecide'; readonly first: number; readonly end: number };

/** The tokens of a span that lie outside first..end, as up to two spans. */
function remainder(span: Span, first: number, end: number): readonly Span[] {
  return [
    { ...span, end: Math.min(span.end, first) },
    { ...span, first: Math.max(span.first, end) },
  ].filter((part) => part.first < part.end);
}

/**
 * The spans after a correction of words. A new span takes its tokens from the spans that it crosses, which are removed
 * whole (a person who draws "New York" over "York" means one place); `clear` removes only the chosen tokens.
 */
export function applyCorrection(
  layer: Layer,
  correction: WordsCorrection,
  length: number,
): Result<Layer, 'illegalCorrection'> {
  const next = corrected(layer, correction);
  const fault = layerFault(next, length);
  return fault === undefined ? ok(next) : fail('illegalCorrection', fault);
}

function corrected(layer: Layer, correction: WordsCorrection): Layer {
  const { first, end } = correction;
  if (correction.kind === 'clear') return layer.flatMap((span) => remainder(span, first, end));
  const kept = layer.filter((span) => span.end <= first || span.first >= end);
  return [...kept, { first, end, label: correction.label }].sort((a, b) => a.first - b.first);
}

/**
 * What is decided after a correction of a sentence with `length` words (`before` is null where nothing was). With the first
 * decision about words of an untouched sentence the draft is taken over for the others. No other word becomes decided.
 */
export function decide(
  before: Decisions | null,
  correction: Correction,
  length: number,
  draft?: Draft,
): Result<Decided, 'illegalCorrection'> {
  const old = before ?? { layer: [], undecided: wordsFrom(0, length) };
  const made = decided(old, correction, length);
  const fault = layerFault(made.layer, length) ?? rangeFault(correction, length);
  if (fault !== undefined) return fail('illegalCorrection', fault);
  const isFirst = before === null && draft !== undefined;
  const aboutWords = correction.kind === 'setSpan' || correction.kind === 'clear' || correction.kind === 'changeSpans';
  return ok(isFirst && aboutWords ? filled(made, draft) : made);
}

function rangeFault(correction: Correction, length: number): string | undefined {
  if (!('first' in correction)) return undefined;
  const { first, end } = correction;
  if (Number.isInteger(first) && Number.isInteger(end) && first >= 0 && first < end && end <= length) return undefined;
  return `The sentence has no words ${String(first)}-${String(end)}.`;
}

function decided(old: Decisions, correction: Correction, length: number): Decided {
  switch (correction.kind) {
    case 'setLayer': {
      const { layer, from = [] } = correction;
      return { layer, undecided: [], origins: wordsFrom(0, length).map(() => from) };
    }
    case 'decideRest':
      return filled({ ...old, origins: [] }, correction.draft);
    case 'undecide': {
      const { first, end } = correction;
      const undecided = [...new Set([...old.undecided, ...wordsFrom(first, end)])].sort((a, b) => a - b);
      return { layer: corrected(old.layer, { kind: 'clear', first, end }), undecided, origins: [] };
    }
    case 'changeSpans':
      return changed(old, correction.layer, [], length);
    default:
      return changed(old, corrected(old.layer, correction), wordsFrom(correction.first, correction.end), length);
  }
}

/** Decisions with other spans, in which a person decided `words` and whatever changed with them. */
function changed(old: Decisions, layer: Layer, words: readonly number[], length: number): Decided {
  const own = new Set(words);
  for (const { first, end } of layer) {
    const stays = old.layer.some((span) => span.first <= first && span.end >= end);
    if (!stays) for (const word of wordsFrom(first, end)) own.add(word);
  }
  const [before, after] = [encode(old.layer, length, 'full'), encode(layer, length, 'full')];
  const origins = after.map((tag, word) => (own.has(word) || tag !== before[word] ? [] : undefined));
  return { layer, undecided: old.undecided.filter((word) => !own.has(word)), origins };
}

/**
 * Decisions with those of a draft for words on which nobody decided. A span of the draft is taken whole or not at all: where
 * some of its words are decided already, the others stay undecided, since neither side says what they are.
 */
function filled(old: Decided, draft: Draft): Decided {
  const open = new Set(old.undecided);
  const isOpen = ({ first, end }: Span): boolean => wordsFrom(first, end).every((word) => open.has(word));
  const taken = draft.layer.filter(isOpen);
  const left = new Set(draft.undecided);
  for (const span of draft.layer)
    if (!taken.includes(span)) for (const word of wordsFrom(span.first, span.end)) left.add(word);
  const origins = [...old.origins];
  for (const word of old.undecided) if (!left.has(word)) origins[word] = draft.from;
  return {
    layer: [...old.layer, ...taken].sort((a, b) => a.first - b.first),
    undecided: old.undecided.filter((word) => left.has(word)),
    origins,
  };
}
