import { decode } from '../scheme.ts';
import type { Layer, Span } from '../span.ts';
import { tokenize } from '../tokenize.ts';

/** A string of words and what it is called. */
export interface KnownName {
  readonly words: readonly string[];
  readonly label: string;
}

/** The strings that were labelled before, with how often each label was given: the baseline that every model has to beat. */
export class StringMemory {
  readonly #names = new Map<string, Map<string, number>>();
  #longest = 0;

  /** The number of strings. */
  get size(): number {
    return this.#names.size;
  }

  /** Remembers a name; `times` below 0 takes it back. */
  add({ words, label }: KnownName, times = 1): void {
    if (words.length === 0) return;
    const key = keyOf(words);
    const counts = this.#names.get(key) ?? new Map<string, number>();
    const count = (counts.get(label) ?? 0) + times;
    if (count > 0) counts.set(label, count);
    else counts.delete(label);
    if (counts.size > 0) this.#names.set(key, counts);
    else this.#names.delete(key);
    this.#longest = Math.max(this.#longest, words.length);
  }

  /** Remembers the names of a sentence, or takes them back; undecided words hold none. */
  addSentence(words: readonly string[], tags: readonly (string | null)[], times = 1): void {
    for (const name of namesOf(words, tags)) this.add(name, times);
  }

  /** The longest known strings from left to right, each with its most frequent label, the first by name among equals. */
  layerOf(words: readonly string[]): Layer {
    const layer: Span[] = [];
    for (let first = 0; first < words.length;) {
      const span = this.#longestAt(words, first);
      if (span !== undefined) layer.push(span);
      first = span?.end ?? first + 1;
    }
    return layer;
  }

  #longestAt(words: readonly string[], first: number): Span | undefined {
    for (let end = Math.min(words.length, first + this.#longest); end > first; end--) {
      const counts = this.#names.get(keyOf(words.slice(first, end)));
      const [best] = [...(counts ?? [])].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
      if (best !== undefined) return { first, end, label: best[0] };
    }
    return undefined;
  }
}

/** The names that the tags of a sentence mark. */
export function namesOf(words: readonly string[], tags: readonly (string | null)[]): readonly KnownName[] {
  const { layer } = decode(
    tags.map((tag) => tag ?? 'O'),
    'repair',
  );
  return layer.map(({ first, end, label }) => ({ words: words.slice(first, end), label }));
}

function keyOf(words: readonly string[]): string {
  return words.join('\n');
}

/** A line of a gazetteer that is none. */
export interface GazetteerIssue {
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

/** The names of a gazetteer file: a line `NAME<TAB>LABEL` each; empty lines and those that begin with # say nothing. */
export function readGazetteer(text: string): {
  readonly names: readonly KnownName[];
  readonly issues: readonly GazetteerIssue[];
} {
  const names: KnownName[] = [];
  const issues: GazetteerIssue[] = [];
  text
    .replace(/^\uFEFF/u, '')
    .split(/\r?\n/u)
    .forEach((line, index) => {
      if (line.trim() === '' || line.startsWith('#')) return;
      const [name = '', label = '', ...rest] = line.split('\t').map((cell) => cell.trim());
      const words = tokenize(name).map(({ form }) => form);
      if (words.length > 0 && /^\S+$/u.test(label) && rest.length === 0) names.push({ words, label });
      else
        issues.push({
          line: index + 1,
          message: `“${line.slice(0, 80)}” is not NAME, a tab, LABEL. Write one name a line, with a label without blanks.`,
        });
    });
  return { names, issues };
}
