import type { SentenceComment } from './corpus.ts';
import type { Layer, Span } from './span.ts';

/** The key of a comment that holds what another program predicted for a sentence; it is no gold. */
export const PREDICTED = 'predicted';

/** What another program predicted for a sentence. */
export interface Predicted {
  /** The program or model, as the file names it. */
  readonly by: string;
  readonly layer: Layer;
}

/** A prediction as a comment, `NAME: LABEL FIRST-LAST, …`, with tokens counted from 1 as in the file; `-` where it found nothing. */
export function predictedComment({ by, layer }: Predicted): SentenceComment {
  const spans = layer.map(({ first, end, label }) => {
    const last = end === first + 1 ? '' : `-${String(end)}`;
    return `${label} ${String(first + 1)}${last}`;
  });
  return { key: PREDICTED, value: `${by}: ${spans.length === 0 ? '-' : spans.join(', ')}` };
}

/** The predictions among a sentence's comments; what is not written as `predictedComment` does is left out. */
export function predictionsIn(comments: readonly SentenceComment[]): readonly Predicted[] {
  return comments
    .filter(({ key }) => key === PREDICTED)
    .flatMap(({ value }): readonly Predicted[] => {
      const [, by, list = ''] = /^(.*): (.*)$/.exec(value) ?? [];
      return by === undefined ? [] : [{ by, layer: list === '-' ? [] : list.split(', ').flatMap(spanOf) }];
    });
}

function spanOf(text: string): readonly Span[] {
  const [, label, first, last] = /^(.+) (\d+)(?:-(\d+))?$/.exec(text) ?? [];
  if (label === undefined) return [];
  const span = { first: Number(first) - 1, end: Number(last ?? first), label };
  return span.first >= 0 && span.first < span.end ? [span] : [];
}
