import type { Cells } from './counts.ts';
import { pairSpans } from './pairing.ts';
import type { Layer } from './span.ts';
import { ratio } from './tally.ts';

function countCategories(ratings: Iterable<string | undefined>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const rating of ratings) if (rating !== undefined) counts.set(rating, (counts.get(rating) ?? 0) + 1);
  return counts;
}

function chanceCorrected(observed: number | null, expected: number | null): number | null {
  if (observed === null || expected === null || expected === 1) return null;
  return (observed - expected) / (1 - expected);
}

/** The share of units on which two raters agree, 0 to 1; null for no units. */
export function rawAgreement(a: readonly string[], b: readonly string[]): number | null {
  return ratio(a.filter((category, index) => category === b[index]).length, a.length);
}

/**
 * Cohen's kappa of two raters over the same units (equally long lists). Null for no units and where chance agreement is 1
 * (both use one and the same category), which is 0/0.
 */
export function cohenKappa(a: readonly string[], b: readonly string[]): number | null {
  const ofA = countCategories(a);
  const ofB = countCategories(b);
  let expected = 0;
  for (const [category, count] of ofA) expected += count * (ofB.get(category) ?? 0);
  return chanceCorrected(rawAgreement(a, b), ratio(expected, a.length * b.length));
}

/** Cohen's kappa over the tokens that either rater tags other than O, because O inflates the kappa of all tokens. */
export function cohenKappaInside(a: readonly string[], b: readonly string[]): number | null {
  const inside = a.map((tag, index) => tag !== 'O' || b[index] !== 'O');
  return cohenKappa(
    a.filter((_, index) => inside[index] === true),
    b.filter((_, index) => inside[index] === true),
  );
}

/**
 * Cohen's kappa of two raters from their matrix of tags (rows are one rater's), the same as from the tokens themselves.
 * `inside` leaves out the tokens that both tag O.
 */
export function kappaOfCells(cells: Cells, inside: boolean): number | null {
  const rows = new Map<string, number>();
  const columns = new Map<string, number>();
  let total = 0;
  let agreeing = 0;
  for (const [row, counts] of cells)
    for (const [column, count] of counts) {
      if (inside && row === 'O' && column === 'O') continue;
      rows.set(row, (rows.get(row) ?? 0) + count);
      columns.set(column, (columns.get(column) ?? 0) + count);
      total += count;
      if (row === column) agreeing += count;
    }
  let expected = 0;
  for (const [category, count] of rows) expected += count * (columns.get(category) ?? 0);
  return chanceCorrected(ratio(agreeing, total), ratio(expected, total ** 2));
}

/** Span F1 of two layers lists, sentence by sentence (exact borders and label), which is the same from either side; null where neither has a span. */
export function spanAgreement(pairs: Iterable<readonly [Layer, Layer]>): number | null {
  let correct = 0;
  let spans = 0;
  for (const [a, b] of pairs) {
    correct += pairSpans(a, b).filter((verdict) => verdict.kind === 'correct').length;
    spans += a.length + b.length;
  }
  return ratio(2 * correct, spans);
}
