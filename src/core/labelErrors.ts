import { largest, smallest } from './lists.ts';
/** How a token's score is made from its class probabilities, as cleanlab names it; low scores are likely label errors. */
export type TokenQuality = 'selfConfidence' | 'normalizedMargin' | 'confidenceWeightedEntropy';

const SMALLEST = 1e-6;

/** The probability of the given class, 0 to 1. */
export function selfConfidence(probabilities: readonly number[], label: number): number {
  return probabilities[label] ?? 0;
}

/** How far the given class leads (or trails) the best other class, scaled to 0 to 1. */
export function normalizedMargin(probabilities: readonly number[], label: number): number {
  const other = largest(
    probabilities.filter((_, index) => index !== label),
    0,
  );
  return (selfConfidence(probabilities, label) - other + 1) / 2;
}

/** Entropy (scaled to 0 to 1) over self-confidence, turned so that low is suspicious, 0 to 1. */
export function confidenceWeightedEntropy(probabilities: readonly number[], label: number): number {
  const entropy = probabilities.reduce((sum, p) => sum - (p > 0 ? p * Math.log(p) : 0), 0);
  const scaled = probabilities.length > 1 ? entropy / Math.log(probabilities.length) : 0;
  const weighted = Math.max(scaled / Math.max(selfConfidence(probabilities, label), SMALLEST), SMALLEST);
  return Math.log(weighted + 1) / weighted;
}

const QUALITIES = {
  selfConfidence,
  normalizedMargin,
  confidenceWeightedEntropy,
} satisfies Record<TokenQuality, (probabilities: readonly number[], label: number) => number>;

/** The label quality of each token of a sentence, 0 to 1: `distributions[i]` are token i's class probabilities, `labels[i]` its given class. */
export function tokenQualities(
  distributions: readonly (readonly number[])[],
  labels: readonly number[],
  quality: TokenQuality = 'selfConfidence',
): readonly number[] {
  return labels.map((label, index) => QUALITIES[quality](distributions[index] ?? [], label));
}

/** The label quality of a sentence: that of its worst token; null for no tokens. */
export function sentenceQuality(tokens: readonly number[]): number | null {
  return tokens.length === 0 ? null : smallest(tokens);
}

/** The label quality of a sentence as a mean that leans to its worst tokens, more so at low temperatures; null for no tokens. */
export function softminQuality(tokens: readonly number[], temperature = 0.05): number | null {
  if (tokens.length === 0) return null;
  const lowest = smallest(tokens);
  const weights = tokens.map((score) => Math.exp((lowest - score) / temperature));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return tokens.reduce((sum, score, index) => sum + (score * (weights[index] ?? 0)) / total, 0);
}
