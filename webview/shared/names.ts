import type { IllegalPolicy } from '../../src/core/scheme.ts';

/** A count with its noun, such as "1 sentence" or "1,204 tokens". */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

/** A ratio to three places, as papers print it; "–" where it is 0/0. */
export function ratioText(ratio: number | null): string {
  return ratio === null ? '–' : ratio.toFixed(3);
}

/** A share as a percentage; one place below 10 %, so that a rare case is not shown as none. */
export function percentText(share: number): string {
  const percent = share * 100;
  return `${percent === 0 || percent >= 9.95 ? percent.toFixed(0) : percent.toFixed(1)}%`;
}

/** A difference of ratios with its sign, to three places. */
export function differenceText(difference: number): string {
  return `${difference < 0 ? '−' : '+'}${Math.abs(difference).toFixed(3)}`;
}

/** An interval of ratios or of their differences, to three places. */
export function intervalText({ low, high }: { readonly low: number; readonly high: number }): string {
  const shown = (value: number): string => value.toFixed(3).replace('-', '−');
  return `[${shown(low)}, ${shown(high)}]`;
}

/** A p-value to three places, or the bound that it lies below, such as "= 0.041" or "< 0.001". */
export function pText(p: number): string {
  return p < 0.001 ? '< 0.001' : `= ${p.toFixed(3)}`;
}

/** What becomes of illegal tags, as it stands beside a figure. */
export const policyNames: Readonly<Record<IllegalPolicy, string>> = { repair: 'repair', strict: 'strict' };

/** What becomes of illegal tags, in words. */
export const policyTitles: Readonly<Record<IllegalPolicy, string>> = {
  repair:
    'Repair, as conlleval and seqeval’s default: an I that continues nothing starts a span. A classifier’s spans are those of its likeliest legal tags.',
  strict: 'Strict, as seqeval’s strict IOB2: an I that continues nothing is no part of any span.',
};

/** Bytes as megabytes. */
export function megabytesText(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 1 : 0)} MB`;
}
