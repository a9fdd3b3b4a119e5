/** An entity mention: tokens `first` (inclusive) to `end` (exclusive) of one sentence, with its label. */
export interface Span {
  readonly first: number;
  readonly end: number;
  readonly label: string;
}

/** The spans of one source over one sentence: sorted by `first`, none empty, none overlapping. */
export type Layer = readonly Span[];

/** Who a layer comes from. */
export type Source = 'gold' | 'bert' | 't5';

/** The two model families. */
export type ModelSource = 'bert' | 't5';

/** All sources in the order in which they are shown. */
export const SOURCES: readonly Source[] = ['gold', 'bert', 't5'];

/** The two model families in the order in which they are shown. */
export const MODEL_SOURCES: readonly ModelSource[] = ['bert', 't5'];

/** What a source is called where people read it. */
export const SOURCE_NAMES: Readonly<Record<Source, string>> = { gold: 'Gold', bert: 'BERT', t5: 'T5' };

/** The label of a span whose scheme has no labels (conlleval prints the same sign). */
export const NO_LABEL = '_';

/** True where the two spans share at least one token. */
export function overlaps(a: Span, b: Span): boolean {
  return a.first < b.end && b.first < a.end;
}

/** True where borders and label are equal. */
export function sameSpan(a: Span, b: Span): boolean {
  return a.first === b.first && a.end === b.end && a.label === b.label;
}

/** True where both layers hold the same spans in the same order. */
export function sameLayer(a: Layer, b: Layer): boolean {
  return (
    a.length === b.length &&
    a.every((span, index) => {
      const other = b[index];
      return other !== undefined && sameSpan(span, other);
    })
  );
}

/** The number of tokens that two spans share, 0 where they are apart. */
export function overlapSize(a: Span, b: Span): number {
  return Math.max(0, Math.min(a.end, b.end) - Math.max(a.first, b.first));
}

/** What makes `spans` no legal layer over `length` tokens, or undefined where it is one. */
export function layerFault(spans: readonly Span[], length: number): string | undefined {
  let last = 0;
  for (const span of spans) {
    const where = `${String(span.first)}-${String(span.end)}`;
    if (!Number.isInteger(span.first) || !Number.isInteger(span.end)) return `span ${where}: borders must be integers`;
    if (span.first >= span.end) return `span ${where}: empty or reversed`;
    if (span.first < last) return `span ${where}: overlaps the one before it or is out of order`;
    if (span.end > length) return `span ${where}: ends past the last of ${String(length)} tokens`;
    if (span.label === '') return `span ${where}: empty label`;
    last = span.end;
  }
  return undefined;
}
