/** Lines read at most in search of a declaration. */
const MOST_LINES = 200;

/**
 * The labels that a column file declares before its first token, as `# labels = PER LOC ORG` (separated by white space or
 * commas), each once; empty where it declares none.
 */
export function declaredLabels(lineCount: number, lineText: (line: number) => string): readonly string[] {
  for (let line = 0; line < Math.min(lineCount, MOST_LINES); line++) {
    const text = lineText(line).replace(/^\uFEFF/, '');
    const names = /^#\s*labels\s*=(.*)$/.exec(text)?.[1];
    if (names !== undefined) return [...new Set(names.split(/[\s,]+/).filter((name) => name !== ''))];
    if (text.trim() !== '' && !text.startsWith('#')) return [];
  }
  return [];
}
