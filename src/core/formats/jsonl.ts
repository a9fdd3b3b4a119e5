import { encode } from '../scheme.ts';
import type { CorpusSentence } from '../corpus.ts';
import { codePointCounter } from '../text.ts';

/** One line of a JSON Lines file that Hugging Face's datasets reads; `start` and `end` are code points of `text`. */
export interface JsonlRow {
  readonly id: string;
  readonly doc?: string;
  readonly text: string;
  readonly tokens: readonly string[];
  /** IOB2 tags by name; null where nobody annotated the sentence. */
  readonly ner_tags: readonly string[] | null;
  readonly spans: readonly { readonly start: number; readonly end: number; readonly label: string }[] | null;
}

/** The row of one sentence; `number` (from 1) names it where it has no id. */
export function jsonlRow(sentence: CorpusSentence, number: number): JsonlRow {
  const { layer, tokens, text } = sentence;
  const points = codePointCounter(text);
  return {
    id: sentence.id ?? String(number),
    ...(sentence.documentId === undefined ? {} : { doc: sentence.documentId }),
    text,
    tokens: tokens.map(({ form }) => form),
    ner_tags: layer === null ? null : encode(layer, tokens.length, 'full'),
    spans:
      layer === null
        ? null
        : layer.map(({ first, end, label }) => ({
            start: points(tokens[first]?.start ?? 0),
            end: points(tokens[end - 1]?.end ?? 0),
            label,
          })),
  };
}

/** JSON Lines of sentences, one piece of text a sentence, each ending with a line feed. */
export function* writeJsonl(sentences: Iterable<CorpusSentence>): Generator<string> {
  let number = 0;
  for (const sentence of sentences) yield `${JSON.stringify(jsonlRow(sentence, ++number))}\n`;
}
