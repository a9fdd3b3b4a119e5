import type { CorpusItem, CorpusSentence } from '../corpus.ts';

/** What one record of a format of running text holds: a run of neighbouring sentences, or one sentence. */
export const RECORDS = ['run', 'sentence'] as const;
export type Records = (typeof RECORDS)[number];

type DocumentItem = Extract<CorpusItem, { kind: 'document' }>;

/** A sentence in the running text of a document. */
interface Placed {
  readonly sentence: CorpusSentence;
  readonly start: number;
}

/**
 * Cuts the texts of documents where sentences are left out of them, so that no text goes out whose sentences do not go
 * with it: each run of neighbouring sentences becomes a document with its own text and offsets, and a `cut` stands
 * between what does not belong together. A document of which nothing is left out stays as it is.
 */
export class RecordCutter {
  readonly #records: Records;
  readonly #apart: boolean;
  #document: DocumentItem | undefined;
  /** Whether everything of the document so far is in the run. */
  #whole = true;
  #run: Placed[] = [];
  #left = 0;
  /** Whether the last sentence was annotated; undefined before the first one. */
  #annotated: boolean | undefined;

  /** `apart` also cuts between sentences that somebody annotated and others, for formats that say so of whole documents only. */
  constructor(records: Records, apart = false) {
    this.#records = records;
    this.#apart = apart;
  }

  /** Takes an item that is to be written. */
  add(item: CorpusItem): readonly CorpusItem[] {
    if (item.kind === 'document') {
      const done = this.#flush();
      this.#document = item;
      this.#whole = true;
      return done;
    }
    if (item.kind !== 'sentence') return [item];
    const { sentence, start } = item;
    const annotated = sentence.layer !== null;
    const differs = this.#apart && this.#annotated !== undefined && this.#annotated !== annotated;
    this.#annotated = annotated;
    if (start === undefined) {
      const done = this.#flush();
      this.#document = undefined;
      return [...done, ...(differs || this.#records === 'sentence' ? [this.#cut()] : this.#cutIfLeft()), item];
    }
    const alone = this.#records === 'sentence';
    if (alone || differs) this.#whole = false;
    const done = differs ? this.#flush() : [];
    this.#run.push({ sentence, start });
    return alone ? this.#flush() : done;
  }

  /** Takes notice of a sentence that is left out. */
  skip(): readonly CorpusItem[] {
    this.#whole = false;
    const done = this.#flush();
    this.#left++;
    return done;
  }

  end(): readonly CorpusItem[] {
    return this.#flush();
  }

  #flush(): readonly CorpusItem[] {
    const run = this.#run;
    const [first] = run;
    const last = run.at(-1);
    this.#run = [];
    if (first === undefined || last === undefined) return [];
    const document = this.#document;
    const item = ({ sentence, start }: Placed, from: number): CorpusItem => ({
      kind: 'sentence',
      sentence,
      start: start - from,
    });
    if (this.#whole && document !== undefined)
      return [...this.#cutIfLeft(), document, ...run.map((one) => item(one, 0))];
    if (this.#records === 'sentence' || document === undefined)
      return [this.#cut(), ...run.map(({ sentence }) => ({ kind: 'sentence', sentence }) as const)];
    const text = document.text.slice(first.start, last.start + last.sentence.text.length);
    return [this.#cut(), { kind: 'document', id: document.id, text }, ...run.map((one) => item(one, first.start))];
  }

  #cut(): CorpusItem {
    const left = this.#left;
    this.#left = 0;
    return { kind: 'cut', left };
  }

  #cutIfLeft(): readonly CorpusItem[] {
    return this.#left === 0 ? [] : [this.#cut()];
  }
}
