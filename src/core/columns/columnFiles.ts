/** The endings of files that are annotated in place as columns, as the language `iob2` of package.json lists them. */
export const COLUMN_ENDINGS = ['iob2', 'iob', 'bio', 'conll', 'conllu'] as const;

/** The endings of all files that can be read as columns: those, and such as come from other tools. */
export const READABLE_COLUMN_ENDINGS = [...COLUMN_ENDINGS, 'conllup', 'bioes', 'bilou'] as const;

/** True where a file's name or path has one of the endings, in either case. */
export function hasEnding(name: string, endings: readonly string[]): boolean {
  const lower = name.toLowerCase();
  return endings.some((ending) => lower.endsWith(`.${ending}`));
}

/** True for names of files that are annotated in place as columns. */
export function isColumnFile(name: string): boolean {
  return hasEnding(name, COLUMN_ENDINGS);
}

/** A glob pattern for files with one of the endings in any folder. */
export function anywhere(endings: readonly string[]): string {
  return `**/*.{${endings.join(',')}}`;
}
