import { matchGold, tokensIn } from './companion.ts';
import type { ColumnSentence } from './columns/document.ts';
import { corpusSentence } from './columns/columnStream.ts';
import type { CorpusItem, CorpusSentence } from './corpus.ts';
import type { ProseSentence } from './proseScan.ts';

/** Prose and the sentences of its gold file as a corpus: one document, whose sentences have the gold that belongs to them. */
export function itemsOfProse(
  id: string,
  text: string,
  found: readonly ProseSentence[],
  gold: readonly ColumnSentence[],
): readonly CorpusItem[] {
  const { goldOf } = matchGold(
    found.map(({ sentence }) => sentence),
    { sentences: gold },
  );
  const items = found.map(({ start, sentence }, index): CorpusItem => {
    const column = gold[goldOf[index] ?? -1];
    const tokens = column && tokensIn(sentence.text, column);
    const known: CorpusSentence =
      column === undefined || tokens === undefined
        ? { ...sentence, layer: null }
        : { ...corpusSentence(column), text: sentence.text, tokens };
    return { kind: 'sentence', sentence: { ...known, documentId: id }, start };
  });
  return [{ kind: 'document', id, text }, ...items];
}
