import type { CorpusItem } from '../corpus.ts';
import { DISCONTINUOUS } from '../discontinuous.ts';
import { PREDICTED } from '../predictedNote.ts';
import type { Format, Holds } from './format.ts';

/** Something that a format cannot hold: how often the corpus has it, and what becomes of it. */
export interface Loss {
  readonly kind: Exclude<keyof Holds, 'predictions' | 'discontinuous'> | 'otherColumns';
  readonly count: number;
  readonly message: string;
}

const words: Readonly<Record<Loss['kind'], (count: string) => string>> = {
  tokens: (count) => `the borders of words of ${count} sentences are found anew when the file is read`,
  sentences: (count) => `the borders of ${count} sentences are found anew when the file is read`,
  sentenceIds: (count) => `${count} ids of sentences are not written`,
  documentIds: (count) => `${count} names of documents are not written (their borders are, where the format has them)`,
  unannotated: (count) => `${count} sentences that nobody annotated look like sentences without entities`,
  annotators: (count) => `the names of who annotated ${count} tokens are not written`,
  comments: (count) => `${count} comments and notes are not written`,
  neighbours: (count) => `${count} spans become one with the span before them, which has the same label`,
  spacedLabels: (count) => `${count} spans whose label has a space or a sign of the format inside get _ instead`,
  spacedWords: (count) => `${count} words with a space inside get a no-break space instead`,
  runningText: (count) => `the white space around ${count} sentences is not written`,
  otherColumns: (count) => `other columns (parts of speech and the like) of ${count} sentences are not written`,
};

/** Counts, step by step, what of a corpus a format cannot hold. */
export class LossCounter {
  readonly #format: Format;
  readonly #counts = new Map<Loss['kind'], number>();
  #documentId: string | undefined;

  constructor(format: Format) {
    this.#format = format;
  }

  add(item: CorpusItem): void {
    if (item.kind !== 'sentence') return;
    const { sentence, start } = item;
    const { source } = sentence;
    if (source?.format === this.#format.id) return;
    this.#count('tokens', 1);
    this.#count('sentences', 1);
    this.#count('sentenceIds', sentence.id === undefined ? 0 : 1);
    this.#count('documentIds', sentence.documentId === undefined || sentence.documentId === this.#documentId ? 0 : 1);
    this.#documentId = sentence.documentId;
    this.#count('unannotated', sentence.layer === null ? 1 : 0);
    this.#count('annotators', sentence.annotators?.filter((name) => name !== undefined).length ?? 0);
    const { predictions = false, discontinuous = false } = this.#format.holds;
    const held = (key: string): boolean =>
      (predictions && key === PREDICTED) || (discontinuous && key === DISCONTINUOUS);
    const notes = sentence.comments?.filter(({ key }) => !held(key)) ?? [];
    this.#count('comments', notes.length);
    this.#count('spacedWords', sentence.tokens.filter(({ form }) => /\s/.test(form)).length);
    const layer = sentence.layer ?? [];
    const joined = layer.filter(
      ({ first, label }, index) => layer[index - 1]?.end === first && layer[index - 1]?.label === label,
    );
    this.#count('neighbours', joined.length);
    const separator = this.#format.id === 'conllu' ? /[\s|]/ : /\s/;
    this.#count('spacedLabels', layer.filter(({ label }) => separator.test(label)).length);
    this.#count('runningText', start === undefined ? 0 : 1);
    this.#count('otherColumns', source !== undefined && source.otherColumns > 0 ? 1 : 0);
  }

  /** What is lost, the largest first. */
  losses(): readonly Loss[] {
    return [...this.#counts]
      .map(([kind, count]) => ({ kind, count, message: words[kind](String(count)) }))
      .sort((a, b) => b.count - a.count);
  }

  #count(kind: Loss['kind'], count: number): void {
    if (count === 0 || (kind !== 'otherColumns' && this.#format.holds[kind] !== false)) return;
    this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + count);
  }
}
