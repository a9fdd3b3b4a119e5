import type { Scheme } from '../core/scheme.ts';
import { NO_LABEL, sameSpan } from '../core/span.ts';
import type { Layer, Source, Span } from '../core/span.ts';
import { disputedStretches, layersOf, sourceNames, spanProbability } from './layers.ts';
import type { Layered } from './layers.ts';

/** How a mark looks: one form a source, one for a disagreement, and text behind a column line. */
export type MarkForm = Source | 'disagreement' | 'note';

/** Something to draw over tokens first..end (half-open) of one sentence. `slot` is a place in the cycle of label colours from 1, 0 for none. */
export interface Mark {
  readonly form: MarkForm;
  readonly slot: number;
  readonly text: string;
  readonly first: number;
  readonly end: number;
}

/** What is drawn and how. */
export interface MarkOptions {
  readonly scheme: Scheme;
  readonly kind: 'prose' | 'columns';
  readonly labels: readonly string[];
  readonly shown: ReadonlySet<Source | 'disagreements'>;
  readonly labelText: boolean;
  /** Model spans whose probability is below this are left out. */
  readonly threshold: number;
}

/** The number of label colours; labels beyond it use them again from the first. */
export const labelColors = 9;

/** The place of a label in the cycle of colours, from 1; 0 for a span without a label. */
export function colorSlot(label: string, labels: readonly string[]): number {
  const index = labels.indexOf(label);
  return index < 0 ? 0 : (index % labelColors) + 1;
}

/** The marks of one sentence. */
export function marksOf(sentence: Layered, options: MarkOptions): readonly Mark[] {
  const layers = layersOf(sentence, options.scheme);
  const marks: Mark[] = [];
  const notes: Mark[] = [];
  if (options.shown.has('disagreements')) {
    const text = options.kind === 'prose' ? '≠' : '';
    for (const { first, end } of disputedStretches(layers)) {
      marks.push({ form: 'disagreement', slot: 0, text, first, end });
    }
  }
  for (const [source, layer] of layers) {
    if (!options.shown.has(source)) continue;
    for (const span of layer) {
      if ((spanProbability(sentence, source, span) ?? 1) < options.threshold) continue;
      const slot = colorSlot(span.label, options.labels);
      const words = options.labelText ? spanText(source, span, layers) : '';
      const inline = options.kind === 'prose' ? words : '';
      marks.push({ form: source, slot, text: inline, first: span.first, end: span.end });
      if (options.kind === 'columns' && source !== 'gold' && words !== '') {
        notes.push({ form: 'note', slot, text: words, first: span.first, end: span.first + 1 });
      }
    }
  }
  return [...marks, ...notes];
}

/**
 * The words beside a span. Gold says its label. Beside gold only a model that says something else speaks, with its name;
 * without gold one model speaks for both where they agree, and each for itself where they do not.
 */
function spanText(source: Source, span: Span, layers: ReadonlyMap<Source, Layer>): string {
  const label = span.label === NO_LABEL ? '' : span.label;
  if (source === 'gold') return label;
  const named = [sourceNames[source], label].filter((word) => word !== '').join(' ');
  const saidBy = (other: Source): boolean | undefined => layers.get(other)?.some((one) => sameSpan(one, span));
  const gold = saidBy('gold');
  if (gold !== undefined) return gold ? '' : named;
  const other = saidBy(source === 'bert' ? 't5' : 'bert');
  if (other === false) return named;
  return other === true && source === 't5' ? '' : label;
}
