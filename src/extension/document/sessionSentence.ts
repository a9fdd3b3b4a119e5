import { tokensIn } from '../../core/companion.ts';
import { decidedSpans, decisionsOf, sameDecisions } from '../../core/decisions.ts';
import type { ColumnSentence } from '../../core/columns/document.ts';
import type { Sentence } from '../../core/sentence.ts';
import type { Token } from '../../core/token.ts';
import type { SessionSentence } from './session.ts';

/** True where both lists hold the same words in the same order, which is all that a model sees. */
export function sameWords(a: readonly Token[], b: readonly Token[]): boolean {
  return a.length === b.length && a.every((token, index) => token.form === b[index]?.form);
}

/** A sentence of a column file as sessions show it. */
export function ofColumns(sentence: ColumnSentence): SessionSentence {
  const { text, tokens, id, documentId, gold, partial, annotators, illegal, comments } = sentence;
  const decided = partial === undefined ? { gold } : { gold, partial };
  const tags = gold === null && partial === undefined ? undefined : sentence.tags;
  return { text, tokens, id, documentId, ...decided, tags, annotators, illegal, comments, predictions: {} };
}

/** A sentence of prose that nobody annotated. */
export function ofProse({ text, tokens }: Sentence): SessionSentence {
  const nothing = { id: undefined, documentId: undefined, gold: null, tags: undefined };
  return { text, tokens, ...nothing, annotators: [], illegal: [], comments: [], predictions: {} };
}

/**
 * A sentence of prose with what the gold file says of it; undefined where the file's words are not those of the text.
 * The file's tokens win, at their places in the prose (whose lines may end in the middle of a sentence).
 */
export function withGold(prose: Sentence, column: ColumnSentence): SessionSentence | undefined {
  const tokens = tokensIn(prose.text, column);
  return tokens && { ...ofColumns(column), text: prose.text, tokens };
}

/** True where two states of a sentence have the same text and gold. */
export function sameContent(a: SessionSentence | undefined, b: SessionSentence | undefined): boolean {
  if (a === undefined || b === undefined || a.text !== b.text) return a === b;
  return sameDecisions(decisionsOf(a), decisionsOf(b));
}

/** The labels that gold spans carry, counted so that a change costs only the sentences that it touches. */
export class LabelCounts {
  readonly #counts = new Map<string, number>();

  /** All labels in use, in order of their first use. */
  names(): Iterable<string> {
    return this.#counts.keys();
  }

  has(label: string): boolean {
    return this.#counts.has(label);
  }

  /** Counts new sentences in place of old ones; true where the set of labels changed. */
  replace(old: readonly SessionSentence[], fresh: readonly SessionSentence[]): boolean {
    const before = [...this.#counts.keys()];
    for (const sentence of fresh) this.#add(sentence, 1);
    for (const sentence of old) this.#add(sentence, -1);
    const after = [...this.#counts.keys()];
    return before.length !== after.length || before.some((name, index) => name !== after[index]);
  }

  #add(sentence: SessionSentence, amount: number): void {
    for (const { label } of decidedSpans(sentence)) {
      const count = (this.#counts.get(label) ?? 0) + amount;
      if (count > 0) this.#counts.set(label, count);
      else this.#counts.delete(label);
    }
  }
}
