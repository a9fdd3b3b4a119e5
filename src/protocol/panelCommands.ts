/**
 * What a key of the panel, or the same key in the editor's annotation mode, can do. Each is the name of a command of the
 * extension without its prefix, so that a person can give it another key as any command.
 */
export const PANEL_COMMANDS = [
  'acceptBert',
  'acceptT5',
  'acceptBertAndNext',
  'acceptT5AndNext',
  'completeNoEntity',
  'completeAgreed',
  'completeBert',
  'completeT5',
  'nextUndecided',
  'nextInQueue',
  'setEmpty',
  'setEmptyAndNext',
  'removeLabel',
  'removeLabelAndNext',
  'extendSpanEnd',
  'shrinkSpanEnd',
  'extendSpanStart',
  'shrinkSpanStart',
  'splitSpan',
  'mergeSpan',
  'nextSpan',
  'previousSpan',
  'nextSentence',
  'previousSentence',
  'nextDisagreement',
  'previousDisagreement',
  'markReviewed',
  'editNote',
  'filterQueue',
  'undoCorrection',
  'redoCorrection',
  'showTokens',
  'showKeys',
] as const;

/** One of these. */
export type PanelCommand = (typeof PANEL_COMMANDS)[number];
