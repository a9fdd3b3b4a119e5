import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RunSentence } from '../../core/search/searchRun.ts';
import type { Layer, Source } from '../../core/span.ts';
import type { Token } from '../../core/token.ts';
import { sentencesOf } from '../../node/corpus/corpusDocuments.ts';
import type { Services } from '../prediction/services.ts';
import type { SessionSentence } from '../document/session.ts';
import type { CorpusEntry } from './corpusEntry.ts';
import { uriFiles } from './uriFiles.ts';

/** A sentence of the corpus; `lineOf` gives the 0-based line of a token where it was read from disk. */
export interface CorpusSentence extends RunSentence {
  readonly lineOf?: (token: number) => number;
}

/** Sentences that are handed out at a time: some milliseconds' work. */
const BATCH = 500;

/**
 * The sentences of a document with the labels of gold and models, some at a time: as they are in the editor where it is
 * open, else as they lie on disk. What a model said is known where it was asked in this session, in the full scheme.
 */
export async function* corpusSentences(
  { sessions, models }: Pick<Services, 'sessions' | 'models'>,
  { uri, gold }: Pick<CorpusEntry, 'uri' | 'gold'>,
  signal: AbortSignal,
): AsyncGenerator<readonly CorpusSentence[]> {
  const known = (source: Exclude<Source, 'gold'>, tokens: readonly Token[]): Layer | null => {
    const forms = tokens.map(({ form }) => form);
    return models.cached(source, 'full', forms)?.layer ?? null;
  };
  const session = sessions.get(uri);
  if (session === undefined) {
    for await (const found of sentencesOf(uriFiles, { file: uri.toString(), gold: gold?.toString() }, signal))
      yield found.map((sentence) => ({
        text: sentence.text,
        tokens: sentence.tokens,
        lineOf: sentence.lineOf,
        layerOf: (source) => (source === 'gold' ? sentence.gold : known(source, sentence.tokens)),
      }));
    return;
  }
  const { sentences, scheme } = session;
  const layerOf = (sentence: SessionSentence, source: Source): Layer | null => {
    if (source === 'gold') return sentence.gold;
    const own = scheme === 'full' ? sentence.predictions[source] : undefined;
    return own?.layer ?? known(source, sentence.tokens);
  };
  for (let first = 0; first < sentences.length; first += BATCH) {
    signal.throwIfAborted();
    yield sentences.slice(first, first + BATCH).map((sentence) => ({
      text: sentence.text,
      tokens: sentence.tokens,
      layerOf: (source) => layerOf(sentence, source),
    }));
    await nextTurn();
  }
}
