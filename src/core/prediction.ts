import type { Layer } from './span.ts';

/** A named way in which a model's raw output was not a legal answer. */
export type FailureKind =
  | 'illegalTransition'
  | 'truncated'
  | 'splitAcrossPieces'
  | 'unparseable'
  | 'illegalTag'
  | 'wrongLength'
  | 'notInText'
  | 'ambiguousPlace'
  | 'repetition'
  | 'tokenLimit';

/** One failure: its kind, the tokens it concerns (half-open, undefined for the whole sentence) and what was seen. */
export interface Failure {
  readonly kind: FailureKind;
  readonly first?: number;
  readonly end?: number;
  readonly detail: string;
}

/** What one model says of one sentence in one scheme. */
export interface Prediction {
  /**
   * The spans: of the likeliest legal tag sequence where the model gave a distribution, else of its tags under the repair
   * policy. In the simplified scheme every label is NO_LABEL.
   */
  readonly layer: Layer;
  /** The model's tags before any repair, one a token. */
  readonly tags: readonly string[];
  /** The probability of each token's tag, 0 to 1, one a token. */
  readonly probabilities: readonly number[];
  readonly failures: readonly Failure[];
  /** What a generator really wrote and was asked; undefined for a classifier. */
  readonly raw?: { readonly prompt: string; readonly answer: string };
}
