import type { CorpusItem, CorpusSentence, SentenceComment } from '../corpus.ts';
import { countBreaks } from '../lines.ts';
import { predictedComment, predictionsIn } from '../predictedNote.ts';
import { tokenize } from '../tokenize.ts';
import type { Layer } from '../span.ts';
import type { Token } from '../token.ts';
import {
  cutAtSpans,
  layerOf,
  rangesByPlace,
  sentenceRanges,
  spanIssue,
  spansWithin,
  usableSpans,
} from './charSpans.ts';
import type { CharSpan } from './charSpans.ts';
import { append } from '../lists.ts';

/** A text with spans as most programs keep it: one row of a file. Offsets are UTF-16. */
export interface Row {
  readonly text: string;
  /** Null where nobody annotated the text. */
  readonly spans: readonly CharSpan[] | null;
  readonly documentId: string | undefined;
  /** The id of each sentence, as far as known. */
  readonly ids: readonly (string | undefined)[];
  /** Where known, the words of the text. */
  readonly tokens: readonly Token[] | undefined;
  /** Where known, the number of words of each sentence; one sentence where there are words but no numbers. */
  readonly lengths: readonly number[] | undefined;
  /** The comments of each sentence, on the way out. */
  readonly comments?: readonly (readonly SentenceComment[])[] | undefined;
  /** What other programs predicted; it becomes notes of the sentences. */
  readonly predictions?: readonly RowPrediction[] | undefined;
}

/** What a program predicted for a text. */
export interface RowPrediction {
  readonly by: string;
  readonly spans: readonly CharSpan[];
}

/**
 * The items of a row that stands at a line of a file (1-based); what cannot be held is an issue. `whole` says that the text
 * is the file itself, so that its lines are those of the file.
 */
export function itemsOfRow(row: Row, line: number, whole = false): readonly CorpusItem[] {
  const { text } = row;
  const { spans, problems } = usableSpans(text, row.spans ?? []);
  const items: CorpusItem[] = problems.map((problem) => ({ kind: 'issue', issue: spanIssue(problem, line) }));
  const predictions = (row.predictions ?? []).map(({ by, spans: own }) => ({
    by,
    spans: usableSpans(text, own).spans,
  }));
  // Words are cut at the borders of predictions too, so that notes hold them exactly.
  const cuts = [...spans, ...predictions.flatMap((one) => one.spans)].sort(
    (a, b) => a.start - b.start || a.end - b.end,
  );
  const pieces = row.tokens === undefined ? foundSentences(text, cuts) : givenSentences(row.tokens, row.lengths, cuts);
  const single = pieces.length === 1 && (row.tokens !== undefined || text.trim() === text);
  if (!single) items.push({ kind: 'document', id: row.documentId, text });
  pieces.forEach((tokens, index) => {
    const start = single ? 0 : (tokens[0]?.start ?? 0);
    const end = single ? text.length : (tokens.at(-1)?.end ?? start);
    const sentence: CorpusSentence = {
      text: text.slice(start, end),
      tokens:
        start === 0
          ? tokens
          : tokens.map((token) => ({ ...token, start: token.start - start, end: token.end - start })),
      layer: row.spans === null ? null : layerOf(tokens, spansWithin(spans, start, end)),
      id: row.ids[index],
      documentId: row.documentId,
      ...(predictions.length === 0
        ? {}
        : {
            comments: predictions.map(({ by, spans: own }) => {
              const inside = spansWithin(own, start, end);
              return predictedComment({ by, layer: layerOf(tokens, inside) });
            }),
          }),
    };
    const lineOf = (token: number): number => (whole ? line + countBreaks(text.slice(0, tokens[token]?.start)) : line);
    items.push({ kind: 'sentence', sentence, ...(single ? {} : { start }), lineOf });
  });
  return items;
}

function foundSentences(text: string, spans: readonly CharSpan[]): readonly (readonly Token[])[] {
  const cutsWithin = rangesByPlace(spans);
  return sentenceRanges(text, spans).map(({ start, end }) => {
    const tokens = tokenize(text.slice(start, end)).map((token) => ({
      ...token,
      start: token.start + start,
      end: token.end + start,
    }));
    return cutAtSpans(tokens, cutsWithin(start, end));
  });
}

/** The given words by sentence, cut at spans, with sentences made one where a span crosses their border. */
function givenSentences(
  tokens: readonly Token[],
  lengths: readonly number[] | undefined,
  spans: readonly CharSpan[],
): readonly (readonly Token[])[] {
  const sentences: Token[][] = [];
  const cutsWithin = rangesByPlace(spans);
  let first = 0;
  for (const length of lengths ?? [tokens.length]) {
    const given = tokens.slice(first, first + length);
    const own = cutAtSpans(given, cutsWithin(given[0]?.start ?? 0, given.at(-1)?.end ?? 0));
    first += length;
    const last = sentences.at(-1);
    const border = last?.at(-1)?.end ?? 0;
    const crossed =
      last !== undefined && cutsWithin(border - 1, border + 1).some((span) => span.start < border && span.end > border);
    if (crossed) append(last, own);
    else if (own.length > 0) sentences.push([...own]);
  }
  return sentences;
}

/** Sentences on their way out, gathered to rows: a document whose running text is known is one row, else each sentence is one. */
export class RowGatherer {
  #document: Extract<CorpusItem, { kind: 'document' }> | undefined;
  #sentences: { readonly sentence: CorpusSentence; readonly start: number }[] = [];

  add(item: CorpusItem): readonly Row[] {
    if (item.kind === 'document') {
      const rows = this.end();
      this.#document = item;
      return rows;
    }
    if (item.kind === 'cut') return this.end();
    if (item.kind !== 'sentence') return [];
    const { sentence, start } = item;
    if (this.#document !== undefined && start !== undefined && sentence.documentId === this.#document.id) {
      this.#sentences.push({ sentence, start });
      return [];
    }
    return [...this.end(), rowOf(sentence.text, sentence.documentId, [{ sentence, start: 0 }])];
  }

  end(): readonly Row[] {
    const document = this.#document;
    const sentences = this.#sentences;
    this.#document = undefined;
    this.#sentences = [];
    if (document === undefined || sentences.length === 0) return [];
    const annotated = sentences.filter(({ sentence }) => sentence.layer !== null).length;
    // A row is annotated or not; where only some sentences are, each becomes a row of its own.
    return annotated === 0 || annotated === sentences.length
      ? [rowOf(document.text, document.id, sentences)]
      : sentences.map(({ sentence }) => rowOf(sentence.text, sentence.documentId, [{ sentence, start: 0 }]));
  }
}

function rowOf(
  text: string,
  documentId: string | undefined,
  sentences: readonly { readonly sentence: CorpusSentence; readonly start: number }[],
): Row {
  const place = (token: Token, start: number): Token => ({
    ...token,
    start: token.start + start,
    end: token.end + start,
  });
  const spansAt = (sentence: CorpusSentence, start: number, layer: Layer): readonly CharSpan[] =>
    layer.map(({ first, end, label }) => ({
      start: start + (sentence.tokens[first]?.start ?? 0),
      end: start + (sentence.tokens[end - 1]?.end ?? 0),
      label,
    }));
  const predicted = new Map<string, CharSpan[]>();
  for (const { sentence, start } of sentences)
    for (const { by, layer } of predictionsIn(sentence.comments ?? [])) {
      const known = predicted.get(by) ?? [];
      append(known, spansAt(sentence, start, layer));
      predicted.set(by, known);
    }
  return {
    text,
    documentId,
    ...(predicted.size === 0 ? {} : { predictions: [...predicted].map(([by, spans]) => ({ by, spans })) }),
    ids: sentences.map(({ sentence }) => sentence.id),
    comments: sentences.map(({ sentence }) => sentence.comments ?? []),
    tokens: sentences.flatMap(({ sentence, start }) => sentence.tokens.map((token) => place(token, start))),
    lengths: sentences.map(({ sentence }) => sentence.tokens.length),
    spans: sentences.some(({ sentence }) => sentence.layer === null)
      ? null
      : sentences.flatMap(({ sentence, start }) => spansAt(sentence, start, sentence.layer ?? [])),
  };
}
