import type { Token } from './token.ts';

/** The unit of annotation and of metrics: a text and its tokens in order. */
export interface Sentence {
  readonly text: string;
  readonly tokens: readonly Token[];
}
