import type { CorpusItem } from './corpus.ts';
import type { Format } from './formats/format.ts';

/**
 * Gives the sentences of running text ids, where the format has comments to hold them (CoNLL-U asks for `# sent_id`) and
 * they have none: the name of their document and their place in it, so that an id stays when more sentences are taken.
 * It must be shown every sentence, taken or not.
 */
export class SentenceNamer {
  readonly #wanted: boolean;
  #documentId: string | undefined;
  #count = 0;

  constructor({ holds }: Format) {
    this.#wanted = holds.sentenceIds && holds.comments;
  }

  add(item: CorpusItem): CorpusItem {
    if (item.kind === 'document') this.#count = 0;
    if (item.kind !== 'sentence' || item.start === undefined || !this.#wanted) return item;
    const { sentence } = item;
    if (sentence.documentId !== this.#documentId) this.#count = 0;
    this.#documentId = sentence.documentId;
    this.#count++;
    if (sentence.id !== undefined) return item;
    // The slash is reserved in ids of CoNLL-U.
    const name = (sentence.documentId ?? 'text').replace(/[\s/]+/g, '_');
    return { ...item, sentence: { ...sentence, id: `${name}-${String(this.#count).padStart(4, '0')}` } };
  }
}
