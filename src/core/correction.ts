import { fail, ok } from './result.ts';
import type { Result } from './result.ts';
import { layerFault } from './span.ts';
import type { Layer, Span } from './span.ts';

/** One decision of a person about the gold layer of one sentence. Token indices are half-open. */
export type Correction =
  | { readonly kind: 'setSpan'; readonly first: number; readonly end: number; readonly label: string }
  | { readonly kind: 'clear'; readonly first: number; readonly end: number }
  | { readonly kind: 'setLayer'; readonly layer: Layer };

/** The tokens of a span that lie outside first..end, as up to two spans. */
function remainder(span: Span, first: number, end: number): readonly Span[] {
  return [
    { ...span, end: Math.min(span.end, first) },
    { ...span, first: Math.max(span.first, end) },
  ].filter((part) => part.first < part.end);
}

/**
 * The gold layer after a correction. A new span takes its tokens from the spans that it crosses, which are removed
 * whole (a person who draws "New York" over "York" means one place); `clear` removes only the chosen tokens.
 */
export function applyCorrection(
  layer: Layer,
  correction: Correction,
  length: number,
): Result<Layer, 'illegalCorrection'> {
  const next = corrected(layer, correction);
  const fault = layerFault(next, length);
  return fault === undefined ? ok(next) : fail('illegalCorrection', fault);
}

function corrected(layer: Layer, correction: Correction): Layer {
  switch (correction.kind) {
    case 'setLayer':
      return correction.layer;
    case 'clear':
      return layer.flatMap((span) => remainder(span, correction.first, correction.end));
    case 'setSpan': {
      const { first, end, label } = correction;
      const kept = layer.filter((span) => span.end <= first || span.first >= end);
      return [...kept, { first, end, label }].sort((a, b) => a.first - b.first);
    }
  }
}
