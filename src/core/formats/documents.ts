import type { CorpusItem, CorpusSentence } from '../corpus.ts';
import { append } from '../lists.ts';

/** A corpus as documents, step by step, so that a long one need not be in memory: its sentences come before its text. */
export type DocumentStep =
  | { readonly kind: 'open'; readonly id: string | undefined }
  /** `start` is the UTF-16 offset in the text of the document; `text` is all of that text up to the sentence's end that was not given yet. */
  | { readonly kind: 'sentence'; readonly sentence: CorpusSentence; readonly start: number; readonly text: string }
  /** `text` is the whole text, `rest` the part after the last sentence. */
  | { readonly kind: 'close'; readonly text: string; readonly rest: string };

/** Gathers sentences to documents: those of one id up to a cut, whose text is known or made of the sentences, one a line. */
export class DocumentGatherer {
  #open = false;
  #id: string | undefined;
  #known: string | undefined;
  #parts: string[] = [];
  #length = 0;

  add(item: CorpusItem): readonly DocumentStep[] {
    if (item.kind === 'document') {
      const closing = this.end();
      this.#known = item.text;
      return [...closing, this.#begin(item.id)];
    }
    if (item.kind === 'cut') return this.end();
    if (item.kind !== 'sentence') return [];
    const { sentence, start } = item;
    const steps: DocumentStep[] = [];
    const belongs = this.#known === undefined ? start === undefined : start !== undefined;
    if (!this.#open || this.#id !== sentence.documentId || !belongs) {
      append(steps, this.end());
      steps.push(this.#begin(sentence.documentId));
    }
    const at = this.#known === undefined || start === undefined ? this.#length + (this.#length > 0 ? 1 : 0) : start;
    const text =
      this.#known === undefined
        ? (this.#length > 0 ? '\n' : '') + sentence.text
        : this.#known.slice(this.#length, at + sentence.text.length);
    if (this.#known === undefined) this.#parts.push(text);
    this.#length += text.length;
    return [...steps, { kind: 'sentence', sentence, start: at, text }];
  }

  end(): readonly DocumentStep[] {
    if (!this.#open) return [];
    const text = this.#known ?? this.#parts.join('');
    const rest = text.slice(this.#length);
    this.#open = false;
    this.#known = undefined;
    this.#parts = [];
    this.#length = 0;
    return [{ kind: 'close', text, rest }];
  }

  #begin(id: string | undefined): DocumentStep {
    this.#open = true;
    this.#id = id;
    return { kind: 'open', id };
  }
}
