import type { Format, ReadOptions } from './format.ts';

/** What reading the beginning of a file in a format gives. */
export interface FormatTrial {
  readonly sentences: number;
  readonly errors: number;
  /** False where a person should be asked whether this is the format. */
  readonly fits: boolean;
}

/** Reads the beginning of a file in a format; its last line, which may be cut, is left out where there are others. */
export function tryFormat(format: Format, head: string, options: ReadOptions, whole: boolean): FormatTrial {
  const end = head.lastIndexOf('\n') + 1;
  const reader = format.read?.(options);
  if (reader === undefined) return { sentences: 0, errors: 1, fits: false };
  const items = reader.push(whole || end === 0 ? head : head.slice(0, end));
  // What the end of a cut text lacks is no fault of the file.
  const all = whole || items.length === 0 ? [...items, ...reader.end()] : items;
  const sentences = all.filter(({ kind }) => kind === 'sentence').length;
  const errors = all.filter(
    (item) => item.kind === 'issue' && item.issue.severity === 'error' && (whole || item.issue.reason !== 'json'),
  ).length;
  // A first value that goes on behind the beginning tells nothing against the format.
  const open = !whole && sentences === 0 && errors === 0;
  return { sentences, errors, fits: open || (sentences > 0 && errors <= sentences) };
}
