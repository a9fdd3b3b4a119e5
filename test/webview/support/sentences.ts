import { decode } from '../../../src/core/scheme.ts';
import type { Source } from '../../../src/core/span.ts';
import type { PanelSentence, SentenceRow } from '../../../src/protocol/panelSentence.ts';

/** One source's tags as a text, "B-PER I-PER O", with a probability each for the models. */
export function row(source: Source, tags: string | null, probability = 0.93): SentenceRow {
  const list = tags === null ? null : tags.split(' ');
  return {
    source,
    tags: list,
    layer:
      list === null
        ? null
        : [
            ...decode(
              list.map((tag) => (tag === '_' ? 'O' : tag)),
              'repair',
            ).layer,
          ],
    probabilities:
      list === null || source === 'gold'
        ? null
        : list.map((_, index) => Math.max(0.3, probability - (index % 5) * 0.11)),
    failures: [],
    raw: null,
  };
}

/** A sentence whose disagreeing tokens are those in which the given tags differ. */
export function sentence(index: number, text: string, rows: readonly SentenceRow[]): PanelSentence {
  const tokens = text.split(' ');
  const disagreeing = tokens.flatMap((_, token) => {
    const tags = new Set(rows.flatMap(({ tags: list }) => (list === null ? [] : [list[token]])));
    return tags.size > 1 ? [token] : [];
  });
  const gold = rows.find(({ source }) => source === 'gold')?.tags ?? null;
  const undecided = (gold ?? []).flatMap((tag, token) => (tag === '_' ? [token] : []));
  return {
    index,
    id: null,
    documentId: null,
    tokens,
    rows: [...rows],
    disagreeing,
    illegal: [],
    state: undecided.length > 0 ? 'inProgress' : gold === null ? 'untouched' : 'complete',
    undecided,
    completions: [],
    reviewed: null,
    note: null,
  };
}
