import type { IllegalPolicy } from '../scheme.ts';

/** The policies for illegal tags as a report says them. */
export const POLICY_NAMES = {
  repair: 'repaired, an I- without its B- starts a span (as conlleval and seqeval by default)',
  strict: 'discarded, an I- without its B- is no span (as seqeval strict IOB2)',
} as const satisfies Record<IllegalPolicy, string>;

/** What each figure of a report means. */
export function definitions(policy: IllegalPolicy): readonly string[] {
  return [
    `Illegal sequences are ${POLICY_NAMES[policy]}, on both sides; strict span figures always discard them.`,
    'Labelled span: micro precision, recall and F1 over spans with exact borders and label. Macro: the mean of F1 over the labels seen on either side.',
    'Unlabelled span (exact): exact borders, labels dropped after decoding in the scheme of the report. It is not the same as the labelled span figure of the simplified scheme, where neighbours can grow together.',
    'Partial: a pair of overlapping spans counts half, with equal borders one. Type: a pair that overlaps and has the same label counts one. Spans are paired once, exact ones first, then by the largest total overlap, whatever their order.',
    'Token F1: one tag against the rest, tags compared as they are before any repair. The macro mean is over all tags of the scheme, O included; a tag that neither side has counts 0.',
    'Token accuracy says little alone: most tokens are O.',
    'A dash stands where a figure is 0/0: precision without predictions, recall without gold, F1 without both.',
    'Intervals are bootstrap percentile intervals. p-values of differences come from paired approximate randomisation over sentences, two-sided. McNemar tests which gold spans were found, so it does not see spurious predictions.',
    'Kappa is Cohen’s over the tags of all tokens; without O it is over the tokens that either side tags.',
    'A failure is one verdict that is not correct, or one fault of a raw answer. A pair with wrong borders is split or merged where one side has several spans there, else named by its borders.',
  ];
}
