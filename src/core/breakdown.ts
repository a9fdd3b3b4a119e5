import { pairSpans } from './pairing.ts';
import type { Verdict } from './pairing.ts';
import type { Layer, Span } from './span.ts';
import { EMPTY_TALLY, addTally } from './tally.ts';
import type { Tally } from './tally.ts';

/** The ways in which spans are put into groups. */
export type Dimension = 'label' | 'spanLength' | 'sentenceLength' | 'seen' | 'capitalisation' | 'document';

/** What a span's group is told by besides the span itself. */
export interface BreakdownContext {
  /** The words of the sentence. */
  readonly forms: readonly string[];
  readonly documentId: string | undefined;
  /** Spans of the training corpus as `spanKey` writes them; undefined where none is known. */
  readonly known: ReadonlySet<string> | undefined;
}

/** A sentence's gold and predicted layers in one scheme, with its context. */
export interface BreakdownSentence extends BreakdownContext {
  readonly gold: Layer;
  readonly predicted: Layer;
}

/** How a span is written: each word in capitals, capitalised, in small letters, in letters that have no case (or none at all), anything else. */
export type Capitalisation = 'upper' | 'title' | 'lower' | 'uncased' | 'mixed';

/** The text by which a span is looked up among those of a training corpus: its words, case as it is. */
export function spanKey(forms: readonly string[], span: Span): string {
  return forms.slice(span.first, span.end).join(' ');
}

/** The strings of all spans of a corpus, for `seen`. */
export function knownSpans(
  sentences: Iterable<{ readonly forms: readonly string[]; readonly gold: Layer }>,
): ReadonlySet<string> {
  const known = new Set<string>();
  for (const { forms, gold } of sentences) for (const span of gold) known.add(spanKey(forms, span));
  return known;
}

/** How the words of a span are written; words without letters that have case do not count. */
export function capitalisation(forms: readonly string[], span: Span): Capitalisation {
  const words = forms.slice(span.first, span.end).filter((form) => form.toLowerCase() !== form.toUpperCase());
  const all = (test: (word: string) => boolean): boolean => words.every(test);
  if (words.length === 0) return 'uncased';
  if (all((word) => word === word.toLowerCase())) return 'lower';
  if (all((word) => word === word.toUpperCase() && (word.length > 1 || words.length > 1))) return 'upper';
  return all((word) => /^\P{L}*[\p{Lu}\p{Lt}]/u.test(word)) ? 'title' : 'mixed';
}

function lengthGroup(length: number, borders: readonly number[]): string {
  let first = 1;
  for (const last of borders) {
    if (length <= last) return first === last ? String(first) : `${first}-${last}`;
    first = last + 1;
  }
  return `${first}+`;
}

/** The group of a span in a dimension. */
export function groupOf(dimension: Dimension, span: Span, context: BreakdownContext): string {
  switch (dimension) {
    case 'label':
      return span.label;
    case 'spanLength':
      return lengthGroup(span.end - span.first, [1, 2, 3]);
    case 'sentenceLength':
      return lengthGroup(context.forms.length, [10, 20, 40]);
    case 'seen':
      if (context.known === undefined) return 'unknown';
      return context.known.has(spanKey(context.forms, span)) ? 'seen' : 'unseen';
    case 'capitalisation':
      return capitalisation(context.forms, span);
    case 'document':
      return context.documentId ?? '';
  }
}

/** Made when it is first needed: its tables take three megabytes. */
let collator: Intl.Collator | undefined;

/** The reading order of group names: by name, numbers by their size. */
export function compareGroups(a: string, b: string): number {
  collator ??= new Intl.Collator('en', { numeric: true });
  return collator.compare(a, b);
}

/** Adds the verdicts of one sentence to the tallies of their groups. */
export function addToGroups(
  groups: Map<string, Tally>,
  dimension: Dimension,
  verdicts: readonly Verdict[],
  context: BreakdownContext,
): void {
  const bump = (span: Span, by: Tally): void => {
    const group = groupOf(dimension, span, context);
    groups.set(group, addTally(groups.get(group) ?? EMPTY_TALLY, by));
  };
  for (const { kind, gold, predicted } of verdicts) {
    if (gold !== undefined) bump(gold, { correct: kind === 'correct' ? 1 : 0, predicted: 0, gold: 1 });
    if (predicted !== undefined) bump(predicted, { correct: 0, predicted: 1, gold: 0 });
  }
}

/** Groups in reading order. */
export function sortedGroups(groups: ReadonlyMap<string, Tally>): ReadonlyMap<string, Tally> {
  return new Map([...groups].sort(([a], [b]) => compareGroups(a, b)));
}

/**
 * Exact matches by group. A gold span counts in its own group and a predicted span in its own; a correct one is the same
 * span on both sides, so precision and recall of a group are well defined. Addable by group.
 */
export function breakdown(sentences: Iterable<BreakdownSentence>, dimension: Dimension): ReadonlyMap<string, Tally> {
  const groups = new Map<string, Tally>();
  for (const sentence of sentences)
    addToGroups(groups, dimension, pairSpans(sentence.gold, sentence.predicted), sentence);
  return sortedGroups(groups);
}
