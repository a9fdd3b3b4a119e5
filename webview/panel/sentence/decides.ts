import { UNDECIDED } from '../../../src/core/decisions.ts';
import { encode } from '../../../src/core/scheme.ts';
import type { Scheme } from '../../../src/core/scheme.ts';
import type { Layer } from '../../../src/core/span.ts';
import type { PanelSentence } from '../../../src/protocol/panelSentence.ts';
import { counted } from '../../shared/names.ts';

/** How many words get another tag, or a first one, where these spans become the gold of the sentence. */
export function wordsChanged({ tokens, rows }: PanelSentence, layer: Layer, scheme: Scheme): number {
  const gold = rows.find(({ source }) => source === 'gold')?.tags ?? null;
  return encode(layer, tokens.length, scheme).filter((tag, token) => (gold?.[token] ?? UNDECIDED) !== tag).length;
}

/** What a decision would do, behind its name: `Accept BERT: 3 words`. */
export function withWords(name: string, words: number): string {
  return `${name}: ${counted(words, 'word')}`;
}

/** The state of the sentence, and how much of it is still to be decided. */
export function stateText({ state, undecided, tokens }: PanelSentence): string {
  switch (state) {
    case 'untouched':
      return 'Untouched';
    case 'inProgress':
      return `In progress: ${counted(undecided.length, 'word')} of ${String(tokens.length)} undecided`;
    case 'complete':
      return 'Complete';
    case 'reviewed':
      return 'Reviewed';
  }
}
