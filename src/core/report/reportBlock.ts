import type { Example } from '../examples.ts';

/** A piece of a report. A chart shows what the table after it says, so a format without pictures leaves it out. */
export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3 | 4; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'chart'; readonly svg: string }
  | {
      readonly kind: 'table';
      readonly caption: string;
      readonly head: readonly string[];
      readonly rows: readonly (readonly string[])[];
      /** True where a chart says the same, so that a page may fold the table away. */
      readonly folded: boolean;
    }
  | { readonly kind: 'examples'; readonly title: string; readonly examples: readonly Example[] };

/** A heading. */
export function heading(level: 1 | 2 | 3 | 4, text: string): Block {
  return { kind: 'heading', level, text };
}

/** A table, or nothing where it would have no rows. */
export function table(
  caption: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
  folded = false,
): Block[] {
  return rows.length === 0 ? [] : [{ kind: 'table', caption, head, rows, folded }];
}
