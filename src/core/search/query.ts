import type { Pattern } from '../pattern.ts';
import type { Source } from '../span.ts';

/** One token, or several that stand for one word of the query. */
export type TokenTest =
  /** Whole tokens that together are this word, as "don't" is "do" and "n't". */
  | { readonly kind: 'word'; readonly text: string; readonly ignoreCase: boolean }
  /** One token in which the pattern matches somewhere. */
  | { readonly kind: 'pattern'; readonly pattern: Pattern }
  /** One token that is these parts in order, with any characters between them. */
  | { readonly kind: 'wildcard'; readonly parts: readonly string[]; readonly ignoreCase: boolean };

/** Words that a sentence has to hold: tokens one after the other, or a pattern over its words joined by single spaces. */
export type TextTerm =
  | { readonly kind: 'tokens'; readonly tests: readonly [TokenTest, ...(readonly TokenTest[])] }
  | { readonly kind: 'line'; readonly pattern: Pattern };

/**
 * What a source has to say of a place: one of these labels (in small letters); any label; that it is no entity; or nothing,
 * since nobody annotated the sentence or the model was not asked.
 */
export type Wanted =
  | { readonly kind: 'labels'; readonly labels: readonly string[] }
  | { readonly kind: 'tags'; readonly tags: readonly string[] }
  | { readonly kind: 'any' }
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown' };

/** A condition on one source. */
export interface Condition {
  readonly source: Source;
  readonly wanted: Wanted;
  /** Whether it is the contrary that has to hold. */
  readonly negated: boolean;
}

/** All that has to hold of a place; the place is that of the first text, else that of the first condition which names spans, else a whole sentence. */
export interface SearchQuery {
  readonly texts: readonly TextTerm[];
  readonly conditions: readonly Condition[];
}
