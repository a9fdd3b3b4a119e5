import { overlapSize, sameSpan } from './span.ts';
import type { Layer, Span } from './span.ts';
import { largest, smallest } from './lists.ts';

/** How two paired spans relate: all the same; other label; other borders; both other. */
export type PairKind = 'correct' | 'label' | 'border' | 'both';

/** What pairing says of one span or of two: a pair, a gold span without a partner (missed) or a predicted one (spurious). */
export type VerdictKind = PairKind | 'missed' | 'spurious';

/** `split`: the gold span overlaps several predicted spans; `merged`: the predicted span overlaps several gold spans; an unpaired span carries the mark of the pair that took its partner. */
interface Marks {
  readonly split: boolean;
  readonly merged: boolean;
}

/** One verdict; every gold span and every predicted span of a sentence is in exactly one. */
export type Verdict =
  | (Marks & { readonly kind: PairKind; readonly gold: Span; readonly predicted: Span })
  | (Marks & { readonly kind: 'missed'; readonly gold: Span; readonly predicted?: undefined })
  | (Marks & { readonly kind: 'spurious'; readonly gold?: undefined; readonly predicted: Span });

/** Two overlapping spans by their indices, with the number of tokens they share. */
interface Edge {
  readonly gold: number;
  readonly predicted: number;
  readonly overlap: number;
  readonly sameLabel: boolean;
}

function sorted(layer: Layer): Layer {
  return layer.every((span, index) => index === 0 || (layer[index - 1]?.first ?? 0) <= span.first)
    ? layer
    : [...layer].sort((a, b) => a.first - b.first);
}

/** All overlapping pairs, ascending in both indices: neighbours in this list share a span or nothing, because spans of a layer do not overlap. */
function edgesOf(gold: Layer, predicted: Layer): Edge[] {
  const edges: Edge[] = [];
  let g = 0;
  let p = 0;
  for (;;) {
    const goldSpan = gold[g];
    const predictedSpan = predicted[p];
    if (goldSpan === undefined || predictedSpan === undefined) return edges;
    const overlap = overlapSize(goldSpan, predictedSpan);
    const sameLabel = goldSpan.label === predictedSpan.label;
    if (overlap > 0) edges.push({ gold: g, predicted: p, overlap, sameLabel });
    if (goldSpan.end <= predictedSpan.end) g++;
    if (predictedSpan.end <= goldSpan.end) p++;
  }
}

/**
 * The edges of the best one-to-one pairing: most shared tokens, then most equal labels, then leftmost. A span with equal
 * borders overlaps nothing else, so exact pairs are always in it. Because an edge conflicts only with a run of edges right
 * before it, one pass over the edges finds the optimum.
 */
function bestEdges(edges: readonly Edge[]): Edge[] {
  interface State {
    readonly overlap: number;
    readonly labels: number;
    readonly taken: Edge | undefined;
    readonly before: State | undefined;
  }
  const states: State[] = [{ overlap: 0, labels: 0, taken: undefined, before: undefined }];
  let goldRun = 0;
  let predictedRun = 0;
  edges.forEach((edge, index) => {
    const last = edges[index - 1];
    if (last?.gold !== edge.gold) goldRun = index;
    if (last?.predicted !== edge.predicted) predictedRun = index;
    const skip = states[index];
    const base = states[Math.min(goldRun, predictedRun)];
    const overlap = (base?.overlap ?? 0) + edge.overlap;
    const labels = (base?.labels ?? 0) + (edge.sameLabel ? 1 : 0);
    const better = skip === undefined || overlap > skip.overlap || (overlap === skip.overlap && labels > skip.labels);
    states.push(better ? { overlap, labels, taken: edge, before: base } : skip);
  });
  const taken: Edge[] = [];
  for (let state = states.at(-1); state !== undefined; state = state.before)
    if (state.taken !== undefined) taken.push(state.taken);
  return taken.reverse();
}

function pairKind(gold: Span, predicted: Span): PairKind {
  if (sameSpan(gold, predicted)) return 'correct';
  if (gold.first === predicted.first && gold.end === predicted.end) return 'label';
  return gold.label === predicted.label ? 'border' : 'both';
}

function degrees(indices: readonly number[], size: number): readonly number[] {
  const degree = new Array<number>(size).fill(0);
  for (const index of indices) degree[index] = (degree[index] ?? 0) + 1;
  return degree;
}

/**
 * Pairs the spans of two layers of one sentence, each span at most once: exact pairs first, then the pairing with the
 * largest total overlap, ties by equal label, then by position. The order of the spans in the arguments does not matter.
 * Verdicts come in the order of the text.
 */
export function pairSpans(gold: Layer, predicted: Layer): Verdict[] {
  const goldSpans = sorted(gold);
  const predictedSpans = sorted(predicted);
  const edges = edgesOf(goldSpans, predictedSpans);
  const goldDegree = degrees(
    edges.map((edge) => edge.gold),
    goldSpans.length,
  );
  const predictedDegree = degrees(
    edges.map((edge) => edge.predicted),
    predictedSpans.length,
  );
  const partnerOfGold = new Map<number, number>();
  const taken = new Set<number>();
  for (const edge of bestEdges(edges)) {
    partnerOfGold.set(edge.gold, edge.predicted);
    taken.add(edge.predicted);
  }
  const verdicts: Verdict[] = goldSpans.map((span, index): Verdict => {
    const partner = partnerOfGold.get(index);
    const other = partner === undefined ? undefined : predictedSpans[partner];
    const split = (goldDegree[index] ?? 0) > 1;
    if (partner === undefined || other === undefined)
      return { kind: 'missed', gold: span, split, merged: (goldDegree[index] ?? 0) > 0 };
    return {
      kind: pairKind(span, other),
      gold: span,
      predicted: other,
      split,
      merged: (predictedDegree[partner] ?? 0) > 1,
    };
  });
  predictedSpans.forEach((span, index) => {
    if (taken.has(index)) return;
    const degree = predictedDegree[index] ?? 0;
    verdicts.push({ kind: 'spurious', predicted: span, split: degree > 0, merged: degree > 1 });
  });
  return verdicts.sort((a, b) => startOf(a) - startOf(b));
}

function startOf(verdict: Verdict): number {
  return Math.min(verdict.gold?.first ?? Infinity, verdict.predicted?.first ?? Infinity);
}

/** The tokens that a verdict concerns, from the first to the last of its spans (half-open). */
export function verdictRange(verdict: Verdict): { readonly first: number; readonly end: number } {
  const spans = [verdict.gold, verdict.predicted].filter((span) => span !== undefined);
  return {
    first: smallest(spans.map((span) => span.first)),
    end: largest(spans.map((span) => span.end)),
  };
}
