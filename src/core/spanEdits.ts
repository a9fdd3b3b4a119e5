import { applyCorrection } from './correction.ts';
import { fail, ok } from './result.ts';
import type { Result } from './result.ts';
import { overlaps } from './span.ts';
import type { Layer, Span } from './span.ts';

/** Changes of one span that need no label: a border moved by a token, a span cut in two, or joined with its neighbour. */
export const RESHAPES = ['extendEnd', 'shrinkEnd', 'extendStart', 'shrinkStart', 'split', 'merge'] as const;

/** One of these changes. */
export type Reshape = (typeof RESHAPES)[number];

/** Why a span cannot be changed so, in words for people. */
export type ReshapeFault = 'noSpan' | 'noRoom' | 'noSplit' | 'noNeighbour';

/** A layer after a change, and the tokens that the change was about. */
export interface Reshaped {
  readonly layer: Layer;
  readonly first: number;
  readonly end: number;
}

type Range = Pick<Span, 'first' | 'end'>;

/** The spans of a layer that share tokens with a range. */
export function spansIn(layer: Layer, range: Range): Layer {
  return layer.filter((span) => overlaps(span, { ...range, label: span.label }));
}

/**
 * A layer after a change of the first span that the chosen tokens touch. A border that moves into a neighbour takes a token
 * from it. `split` cuts before the first chosen token, or before the last one of the span where that is its first token;
 * `merge` joins all spans that the choice touches, or the one with the nearer neighbour (the next one where both are as
 * near), under the label of the span that the choice begins with.
 */
export function reshaped(layer: Layer, range: Range, how: Reshape, length: number): Result<Reshaped, ReshapeFault> {
  const chosen = spansIn(layer, range);
  const [span] = chosen;
  if (span === undefined)
    return fail('noSpan', 'There is no gold span here. Accept a model or label the tokens, then change the span.');
  switch (how) {
    case 'split':
      return split(layer, span, range);
    case 'merge':
      return merge(layer, span, chosen);
    default:
      return resized(layer, span, how, length);
  }
}

function resized(
  layer: Layer,
  span: Span,
  how: Exclude<Reshape, 'split' | 'merge'>,
  length: number,
): Result<Reshaped, ReshapeFault> {
  const { first, end } = {
    extendEnd: { first: span.first, end: span.end + 1 },
    shrinkEnd: { first: span.first, end: span.end - 1 },
    extendStart: { first: span.first - 1, end: span.end },
    shrinkStart: { first: span.first + 1, end: span.end },
  }[how];
  if (first < 0 || end > length) return fail('noRoom', 'The span ends where the sentence does.');
  if (first >= end) return fail('noRoom', 'The span has only one token. Clear it instead.');
  const others = layer.filter((other) => other !== span);
  const made = withSpan(others, { first, end, label: span.label }, length);
  return ok({ layer: made, first, end });
}

/** A layer with one span more, which takes only its tokens from the others. */
function withSpan(layer: Layer, span: Span, length: number): Layer {
  const cleared = applyCorrection(layer, { kind: 'clear', first: span.first, end: span.end }, length);
  return [...(cleared.ok ? cleared.value : []), span].sort((a, b) => a.first - b.first);
}

function split(layer: Layer, span: Span, range: Range): Result<Reshaped, ReshapeFault> {
  if (span.end - span.first < 2) return fail('noSplit', 'The span has only one token, so that it cannot be split.');
  const at = range.first > span.first ? range.first : span.end - 1;
  const parts = [
    { ...span, end: at },
    { ...span, first: at },
  ];
  return ok({ layer: layer.flatMap((other) => (other === span ? parts : [other])), first: at, end: span.end });
}

function merge(layer: Layer, span: Span, chosen: Layer): Result<Reshaped, ReshapeFault> {
  const joined = chosen.length > 1 ? chosen : withNeighbour(layer, span);
  const [begin] = joined;
  const last = joined.at(-1);
  if (begin === undefined || last === undefined || joined.length < 2)
    return fail('noNeighbour', 'The sentence has no other span to merge this one with.');
  const whole = { first: begin.first, end: last.end, label: span.label };
  const kept = layer.filter((other) => !overlaps(other, whole));
  return ok({
    layer: [...kept, whole].sort((a, b) => a.first - b.first),
    first: whole.first,
    end: whole.end,
  });
}

function withNeighbour(layer: Layer, span: Span): Layer {
  const place = layer.indexOf(span);
  const before = layer[place - 1];
  const after = layer[place + 1];
  if (before === undefined) return after === undefined ? [span] : [span, after];
  if (after === undefined) return [before, span];
  return after.first - span.end <= span.first - before.end ? [span, after] : [before, span];
}

/** The nearest span before or after the chosen tokens among several layers; undefined where there is none. */
export function nextSpan(layers: readonly Layer[], range: Range, direction: 1 | -1): Range | undefined {
  const places = layers.flat().map(({ first, end }) => ({ first, end }));
  const beyond = places.filter(({ first }) => (direction === 1 ? first > range.first : first < range.first));
  // At the same start the longer span comes first, so that one key shows all that the sources dispute about.
  return beyond.sort((a, b) => direction * (a.first - b.first) || b.end - a.end)[0];
}
