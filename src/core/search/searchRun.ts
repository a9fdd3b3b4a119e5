import { excerpt } from '../excerpt.ts';
import type { Sentence } from '../sentence.ts';
import type { Layer, Source } from '../span.ts';
import { overlaps } from '../span.ts';
import { copied, inconsistentSpans } from './inconsistent.ts';
import type { InconsistentString } from './inconsistent.ts';
import { matchQuery } from './matchQuery.ts';
import type { Place } from './matchQuery.ts';
import type { SearchQuery } from './query.ts';

/** A place that was found, with as much of its sentence as is shown; it keeps nothing else of the corpus in memory. */
export interface SearchHit extends Place {
  /** The 0-based index of the sentence in its document. */
  readonly sentence: number;
  /** The sentence from a little before the place on, in one line. */
  readonly text: string;
  /** Where the place is in `text`, as UTF-16 offsets. */
  readonly highlight: readonly [start: number, end: number];
  /** The labels that each source has there: null where its answer is not known, empty for no entity. */
  readonly labels: Readonly<Partial<Record<Source, readonly string[] | null>>>;
}

/** A sentence of the corpus as a search takes it. */
export interface RunSentence extends Sentence {
  readonly layerOf: (source: Source) => Layer | null;
}

/** UTF-16 characters shown of a sentence. */
const SHOWN = 160;

/** Which sources a query speaks of, gold always. */
export function sourcesOf({ conditions }: SearchQuery): readonly Source[] {
  return [...new Set<Source>(['gold', ...conditions.map(({ source }) => source)])];
}

/** Searches one sentence after the other and counts what was found and what could not be told. */
export class SearchRun {
  /** Sentences that were searched. */
  sentences = 0;
  /** Places that were found. */
  found = 0;
  /** Sentences about which nothing can be said before this source's answer is known. */
  readonly unknown = new Map<Source, number>();
  readonly #query: SearchQuery;
  readonly #sources: readonly Source[];

  constructor(query: SearchQuery) {
    this.#query = query;
    this.#sources = sourcesOf(query);
  }

  /** The places in the next sentence, which is the one with this index in its document. */
  next(sentence: RunSentence, index: number): readonly SearchHit[] {
    this.sentences++;
    const forms = sentence.tokens.map(({ form }) => form);
    const { places, unknown } = matchQuery(this.#query, { forms, layerOf: sentence.layerOf });
    for (const source of unknown) this.unknown.set(source, (this.unknown.get(source) ?? 0) + 1);
    this.found += places.length;
    return places.map((place) => hitOf(sentence, index, place, this.#sources));
  }
}

/** The places of strings that are labelled in several ways, one sentence after the other. */
export function inconsistentHits(
  strings: ReadonlyMap<string, InconsistentString>,
  sentence: RunSentence,
  index: number,
): readonly { readonly hit: SearchHit; readonly string: InconsistentString }[] {
  const forms = sentence.tokens.map(({ form }) => form);
  return inconsistentSpans(strings, forms, sentence.layerOf('gold')).map(({ span, string }) => {
    return { hit: hitOf(sentence, index, span, ['gold']), string };
  });
}

function hitOf(sentence: RunSentence, index: number, { first, end }: Place, sources: readonly Source[]): SearchHit {
  const { text, highlight } = excerpt(sentence, { first, end });
  const labels = sources.map((source) => {
    const layer = sentence.layerOf(source);
    return [source, layer && labelsAt(layer, first, end)] as const;
  });
  const shown = text.length > Math.max(SHOWN, highlight[1]) ? `${text.slice(0, Math.max(SHOWN, highlight[1]))}…` : text;
  return { sentence: index, first, end, text: copied(shown), highlight, labels: Object.fromEntries(labels) };
}

function labelsAt(layer: Layer, first: number, end: number): readonly string[] {
  return layer.filter((span) => overlaps(span, { first, end, label: '' })).map(({ label }) => label);
}
