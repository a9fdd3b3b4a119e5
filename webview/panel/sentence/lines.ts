import type { TokenRange } from './selection.ts';

/**
 * Breaks a row of columns into lines: `widths` and `available` in CSS pixels. A line takes as many columns as fit and at
 * least one, so a token wider than the page stands alone.
 */
export function breakLines(widths: readonly number[], available: number): readonly TokenRange[] {
  const lines: TokenRange[] = [];
  let first = 0;
  let used = 0;
  widths.forEach((width, index) => {
    if (index > first && used + width > available) {
      lines.push({ first, end: index });
      first = index;
      used = 0;
    }
    used += width;
  });
  if (widths.length > first) lines.push({ first, end: widths.length });
  return lines;
}

const rightToLeft = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** The direction in which the columns run: that of the first letter. */
export function directionOf(tokens: readonly string[]): 'ltr' | 'rtl' {
  const letter = /\p{L}/u.exec(tokens.join(' '))?.[0];
  return letter !== undefined && rightToLeft.test(letter) ? 'rtl' : 'ltr';
}
