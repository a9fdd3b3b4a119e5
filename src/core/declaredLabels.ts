/** Lines read at most in search of a declaration. */
const MOST_LINES = 200;

/** A label as a column file declares it; what the file does not say is undefined. */
export interface DeclaredLabel {
  readonly name: string;
  /** The letter that sets it. */
  readonly key?: string;
  /** Its place among the nine colours, from 1. */
  readonly color?: number;
  readonly description?: string;
}

/**
 * The labels that a column file declares before its first token, each once: `# labels = PER LOC ORG` (separated by white
 * space or commas), and lines such as `# label = GENE key=g color=4 A gene or its product`, whose key, colour and
 * description may be left out.
 */
export function declaredLabels(lineCount: number, lineText: (line: number) => string): readonly DeclaredLabel[] {
  const found = new Map<string, DeclaredLabel>();
  for (let line = 0; line < Math.min(lineCount, MOST_LINES); line++) {
    const text = lineText(line).replace(/^\uFEFF/, '');
    if (text.trim() !== '' && !text.startsWith('#')) break;
    const names = /^#\s*labels\s*=(.*)$/.exec(text)?.[1]?.split(/[\s,]+/) ?? [];
    for (const name of names) if (name !== '') found.set(name, found.get(name) ?? { name });
    const label = describedLabel(/^#\s*label\s*=(.*)$/.exec(text)?.[1] ?? '');
    if (label !== undefined) found.set(label.name, label);
  }
  return [...found.values()];
}

function describedLabel(value: string): DeclaredLabel | undefined {
  const [name, ...words] = value.trim().split(/\s+/);
  if (name === undefined || name === '') return undefined;
  let key: string | undefined;
  let color: number | undefined;
  while (words[0] !== undefined) {
    const property = /^(?:key=([a-z])|color=([1-9]))$/i.exec(words[0]);
    if (property === null) break;
    words.shift();
    if (property[1] !== undefined) key = property[1].toLowerCase();
    if (property[2] !== undefined) color = Number(property[2]);
  }
  const description = words.join(' ');
  return {
    name,
    ...(key === undefined ? {} : { key }),
    ...(color === undefined ? {} : { color }),
    ...(description === '' ? {} : { description }),
  };
}
