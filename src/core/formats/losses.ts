import { wordCell } from '../columns/cellText.ts';
import type { CorpusItem, CorpusSentence } from '../corpus.ts';
import { PREDICTED } from '../predictedNote.ts';
import type { Format, Holds } from './format.ts';

/** What is lost besides what `Holds` names. */
type OtherLoss = 'inProgress' | 'otherColumns' | 'cellWords' | 'lineEnds';

/** Something that a format cannot hold: how often the corpus has it, and what becomes of it. */
export interface Loss {
  readonly kind: Exclude<keyof Holds, 'predictions' | 'notes' | 'partial' | 'cells'> | OtherLoss;
  readonly count: number;
  readonly message: string;
}

const words: Readonly<Record<Loss['kind'], (count: string) => string>> = {
  tokens: (count) => `the borders of words of ${count} sentences are found anew when the file is read`,
  sentences: (count) => `the borders of ${count} sentences are found anew when the file is read`,
  sentenceIds: (count) => `${count} ids of sentences are not written`,
  documentIds: (count) => `${count} names of documents are not written (their borders are, where the format has them)`,
  unannotated: (count) => `${count} sentences that nobody annotated look like sentences without entities`,
  inProgress: (count) => `what is decided of ${count} sentences in progress is not written: they look untouched`,
  annotators: (count) => `the names of who annotated ${count} tokens are not written`,
  comments: (count) => `${count} comments and notes are not written`,
  spacedWords: (count) => `${count} words with a space inside get a no-break space instead`,
  runningText: (count) => `the white space around ${count} sentences is not written`,
  cellWords: (count) =>
    `${count} words with a tab or a line end, of white space alone or that mean a border of documents are written in another way`,
  lineEnds: (count) => `tabs and line ends in ${count} texts, ids, names and comments become spaces`,
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
    this.#count('inProgress', sentence.partial === undefined ? 0 : 1);
    this.#count('annotators', sentence.annotators?.filter((name) => name !== undefined).length ?? 0);
    const { predictions: keepsPredictions = false, notes: kept = [] } = this.#format.holds;
    const notes =
      sentence.comments?.filter(({ key }) => !(keepsPredictions && key === PREDICTED) && !kept.includes(key)) ?? [];
    this.#count('comments', notes.length);
    this.#count('spacedWords', sentence.tokens.filter(({ form }) => /\s/.test(form)).length);
    const { cells } = this.#format.holds;
    if (cells !== undefined) {
      this.#count('cellWords', sentence.tokens.filter(({ form }) => changedWord(form, cells)).length);
      this.#count('lineEnds', cells === ' ' ? 0 : changedTexts(sentence));
    }
    this.#count('runningText', start === undefined ? 0 : 1);
    this.#count('otherColumns', source !== undefined && source.otherColumns > 0 ? 1 : 0);
  }

  /** What is lost, the largest first. */
  losses(): readonly Loss[] {
    return [...this.#counts]
      .map(([kind, count]) => ({ kind, count, message: words[kind](String(count)) }))
      .sort((a, b) => b.count - a.count);
  }

  #holds(kind: Loss['kind']): boolean {
    const { holds } = this.#format;
    if (kind === 'inProgress') return holds.partial === true;
    return kind !== 'otherColumns' && kind !== 'cellWords' && kind !== 'lineEnds' && holds[kind];
  }

  #count(kind: Loss['kind'], count: number): void {
    if (count === 0 || this.#holds(kind)) return;
    this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + count);
  }
}

/** Whether a word is written as another one; spaces that become no-break spaces are counted as such. */
function changedWord(form: string, separator: '\t' | ' '): boolean {
  return wordCell(form, separator).replaceAll('\u00A0', ' ') !== form.replaceAll('\u00A0', ' ');
}

/** The number of texts of a sentence that no line can hold as they are. */
function changedTexts({ text, id, documentId, comments = [], annotators = [] }: CorpusSentence): number {
  const texts = [text, id, documentId, ...comments.flatMap(({ key, value }) => [key, value])];
  return (
    texts.filter((one) => one !== undefined && /[\r\n\v\f\u0085\u2028\u2029]/.test(one)).length +
    annotators.filter((name) => name !== undefined && /[\t\r\n]/.test(name)).length
  );
}
