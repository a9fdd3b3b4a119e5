/** Text made safe for HTML and SVG, in content and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;');
}

/** Text made safe for a cell of a Markdown table. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|]/g, '\\$&').replace(/\s+/g, ' ');
}

/** A ratio of 0 to 1 with four digits, or a dash where it is 0/0. */
export function shownRatio(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : value.toFixed(4);
}

/** A p-value with four digits, or the bound that it is below. */
export function shownP(p: number | null | undefined): string {
  if (p === null || p === undefined) return '–';
  return p < 0.0001 ? '< 0.0001' : p.toFixed(4);
}

/** A difference with its sign and four digits. */
export function shownDifference(value: number | null | undefined): string {
  if (value === null || value === undefined) return '–';
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(4)}`;
}

/** An interval as text, a dash where there is none. */
export function shownInterval(interval: { readonly low: number; readonly high: number } | null, digits = 4): string {
  if (interval === null) return '–';
  const show = (value: number): string => value.toFixed(digits).replace('-', '−');
  return `[${show(interval.low)}, ${show(interval.high)}]`;
}

/** A Markdown table; columns after the first are aligned right. Cells must be escaped already. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, index) => (index === 0 ? '---' : '---:'));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}
