import { UNDECIDED } from '../../../src/core/decisions.ts';
import { decode, tagParts } from '../../../src/core/scheme.ts';
import type { PanelLabel } from '../../../src/protocol/panel.ts';
import type { PanelSentence, SentenceRow } from '../../../src/protocol/panelSentence.ts';

/** What the grid draws of one source beside its tags. */
export interface RowFacts {
  /** With gold the tokens in which a model differs from it; without, those in which the models differ. */
  readonly differing: ReadonlySet<number>;
  /** Tokens whose tag cannot follow the one before it. */
  readonly illegal: ReadonlySet<number>;
  /** For each token the classes that give its colour and its place in the span. */
  readonly classes: readonly string[];
}

/** The class of a label's colour; there are nine, then they begin again. 0 is for labels that nobody knows. */
export function colorClass(color: number): string {
  return color === 0 ? 'c0' : `c${String(((color - 1) % 9) + 1)}`;
}

/** What is to be drawn of one row of a sentence. */
export function rowFacts(sentence: PanelSentence, row: SentenceRow, labels: readonly PanelLabel[]): RowFacts {
  const { tags } = row;
  if (tags === null) return { differing: new Set(), illegal: new Set(), classes: [] };
  const gold = sentence.rows.find((other) => other.source === 'gold')?.tags ?? null;
  const differs = (token: number): boolean => gold === null || gold[token] !== tags[token];
  const illegal = decode(
    tags.map((tag) => (tag === UNDECIDED ? 'O' : tag)),
    'strict',
  ).illegal;
  return {
    differing: new Set(sentence.disagreeing.filter(differs)),
    illegal: new Set(row.source === 'gold' ? [...illegal, ...sentence.illegal] : illegal),
    classes: tags.map((tag, token) => cellClass(tag, token, row, labels)),
  };
}

function cellClass(tag: string, token: number, row: SentenceRow, labels: readonly PanelLabel[]): string {
  if (tag === UNDECIDED) return 'undecided';
  const parts = tagParts(tag);
  if (parts.prefix === 'O') return 'outside';
  const label = parts.prefix === 'unknown' ? undefined : labels.find(({ name }) => name === parts.label);
  const span = row.layer?.find(({ first, end }) => token >= first && token < end);
  const first = span === undefined || span.first === token ? 'first' : '';
  const last = span === undefined || span.end - 1 === token ? 'last' : '';
  return `inside ${colorClass(label?.color ?? 0)} ${first} ${last}`;
}
